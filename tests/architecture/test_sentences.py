"""What a page may show: no Chinese sentence outside the command line names a command or one of its options.

A refusal raised below is read by a clerk in a browser as well as by who types; the command is added in `cli`.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fazheng.cli.with_commands import TYPED, with_commands
from tests.architecture.tree import SOURCE, files, place, python, syntax

CHINESE = re.compile(r"[\u4e00-\u9fff]")
COMMAND = re.compile(r"\bfazheng [a-z]|(?<![-\w])--[a-z]")
OF_COMMANDS = (SOURCE / "cli", SOURCE / "site", SOURCE / "__main__.py")
ALONE = {  # files whose sentences no page shows, and why
    "ledger/standalone_proofs.py": "a program by itself: it names its own options",
    "ledger/standalone_report.py": "a program by itself: it names its own options",
    "ledger/standalone_verifier.py": "a program by itself: it names its own options",
    "checkup/pages.py": "writes docs/checkup-rules, which the command line names too",
    "lawbook/index.py": "heads law/INDEX.md, and is told by `law check` to who keeps the law files",
    "lawbook/status.py": "heads docs/law-status.md",
}
SHOWN_DOCSTRINGS = SOURCE / "checkup" / "rules"  # there the docstring is what the page says of the rule


def said(path: Path) -> Iterator[tuple[ast.expr, str]]:
    """Every Chinese text of the file, pieces of one sentence joined; docstrings left out where none is shown."""
    tree = syntax(path)
    pieces = {id(piece) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in node.values}
    if not path.is_relative_to(SHOWN_DOCSTRINGS):
        pieces |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr | ast.Constant) and id(node) not in pieces:
            text = "".join(_words(piece) for piece in (node.values if isinstance(node, ast.JoinedStr) else [node]))
            if CHINESE.search(text):
                yield node, text


def _words(piece: ast.expr) -> str:
    return piece.value if isinstance(piece, ast.Constant) and isinstance(piece.value, str) else "…"


@cache
def below() -> tuple[tuple[str, str, str], ...]:
    """File, place and text of every sentence that is not of the command line."""
    paths = [path for path in python(SOURCE) if not any(path.is_relative_to(top) for top in OF_COMMANDS)]
    return tuple(
        (path.relative_to(SOURCE).as_posix(), place(path, node), text) for path in paths for node, text in said(path)
    )


def test_no_sentence_that_a_page_may_show_names_a_command_or_an_option() -> None:
    found = [f"{at}: {text}" for file, at, text in below() if file not in ALONE and COMMAND.search(text)]
    assert found == []


def test_no_template_names_a_command() -> None:
    templates = [path for path in files() if path.is_relative_to(SOURCE) and path.suffix in (".html", ".txt", ".typ")]
    assert templates
    lines = [(path, line) for path in templates for line in path.read_text("utf-8").splitlines()]
    found = [f"{path.name}: {line.strip()}" for path, line in lines if re.search(r"\bfazheng [a-z]", line)]
    assert found == []


def test_every_file_let_off_still_needs_it() -> None:
    assert {file for file, _, text in below() if COMMAND.search(text)} == set(ALONE)


def test_every_hint_that_the_command_line_adds_to_is_still_said_below() -> None:
    texts = [text for _, _, text in below()]
    assert [plain for plain in TYPED if not any(plain in text for text in texts)] == []


def test_the_command_line_names_the_command_where_a_page_would_not() -> None:
    assert with_commands("缺少“理由”；请写明为什么撤销（另存）") == "缺少“理由”；请用 --reason 写明为什么撤销（另存）"
    assert with_commands("签发以后的变化用“更正说明”更正") == "签发以后的变化用 fazheng restate 更正"
    assert with_commands("请换一个") == "请换一个"
