"""Small files and short functions: what does not fit on a screen is not read."""

import ast
from pathlib import Path
from statistics import median

import pytest

from tests.architecture.tree import ROOT, SOURCE, Function, files, place, python, syntax


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def longer(paths: list[Path], most: int) -> list[str]:
    return [f"{path.relative_to(ROOT)}: {lines(path)} lines" for path in paths if lines(path) > most]


def test_no_source_file_is_longer_than_400_lines() -> None:
    assert longer(python(SOURCE), 400) == []


def test_no_test_file_is_longer_than_600_lines() -> None:
    assert longer(python(ROOT / "tests"), 600) == []


def test_no_law_file_is_longer_than_250_lines_but_for_examples() -> None:
    law = [path for path in files() if path.is_relative_to(ROOT / "law") and path.suffix == ".toml"]
    assert longer([path for path in law if not path.name.startswith("examples")], 250) == []


def test_the_median_source_file_has_at_most_100_lines() -> None:
    assert median(lines(path) for path in python(SOURCE) if lines(path)) <= 100


@pytest.mark.parametrize("folder", ["src", "tests", "requirements"])
def test_no_function_is_longer_than_40_lines(folder: str) -> None:
    long = [
        f"{place(path, node)} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for path in python(ROOT / folder)
        for node in ast.walk(syntax(path))
        if isinstance(node, Function) and node.end_lineno is not None and node.end_lineno - node.lineno >= 40
    ]
    assert long == []
