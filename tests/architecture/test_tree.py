"""What must not stand in any file: a path of somebody's machine, a way out of the tree."""

import re
from pathlib import Path

from tests.architecture.tree import ROOT, files

MACHINE = re.compile(r"(?<![\w.:/}\])-])/(?:home|root|Users|work|workspace|tmp|builds)/[\w.-]+|[A-Z]:\\Users\\\w+")
REFUSED = re.compile(r"[<>:\"|?*\\]|[. ](?:/|$)|(?:^|/)(?:con|prn|aux|nul|com\d|lpt\d)(?:[./]|$)", re.IGNORECASE)
UPWARDS = re.compile(r"(?<![\w./])(?:\.\./)+[\w.-]+")
WRITTEN = {".md", ".toml", ".yaml", ".yml", ".txt", ".in", ".cfg", ".sh", ".html", ".css", ""}


def readable(path: Path) -> str:
    """The text of a file; empty for what is not text, such as a spreadsheet."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in files()
        if path != Path(__file__)
        for match in MACHINE.finditer(readable(path))
    ]
    assert found == []


def test_no_file_points_out_of_the_tree() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in files()
        if path.suffix in WRITTEN
        for match in UPWARDS.finditer(readable(path))
        if not (target := (path.parent / match[0]).resolve()).is_relative_to(ROOT) or not target.exists()
    ]
    assert found == []


def test_every_text_file_ends_its_lines_the_unix_way() -> None:
    assert [str(path.relative_to(ROOT)) for path in files() if "\r" in readable(path)] == []


def test_every_file_can_lie_on_windows() -> None:
    """Signs and names that it refuses, two names that differ in capitals alone, and its 260 signs for a whole path."""
    names = [str(path.relative_to(ROOT)) for path in files()]
    refused = [name for name in names if REFUSED.search(name) or len(name) > 180]
    assert refused == []
    assert len({name.casefold() for name in names}) == len(names)
