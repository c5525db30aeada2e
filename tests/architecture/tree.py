"""What the tests of this folder look at: the files of the work tree, and the syntax of the Python files among them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "fazheng"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files() -> tuple[Path, ...]:
    """Every file that is committed or could be: what git ignores is left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True,
    ).stdout.decode()  # fmt: skip
    return tuple(path for name in sorted(set(listed.split("\0"))) if name and (path := ROOT / name).is_file())


def python(*folders: Path) -> list[Path]:
    """The Python files of these folders, of the whole tree without one."""
    within = folders or (ROOT,)
    return [path for path in files() if path.suffix == ".py" and any(path.is_relative_to(top) for top in within)]


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path: Path, node: ast.AST) -> str:
    """`src/fazheng/room/file.py:12`, as an editor opens it."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def texts(tree: ast.AST) -> Iterator[ast.Constant]:
    """The string literals that run. What only tells is left out: docstrings, and what a check-up rule's page says."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    pages = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and dotted(node.func) == "rule")
    alone |= {id(told.value) for page in pages for told in page.keywords if told.arg in ("why", "source", "example")}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node


def dotted(node: ast.expr) -> str:
    """`a.b.c` for a name or a chain of attributes, empty for anything else."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""
