"""A small law with one table of every kind, copied and spoilt for tests."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from fazheng.lawbook.check import check
from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.load import LawBook, load

SMALL = Path(__file__).parent / "small"
PLACE = "示例村"
CASE = "procedures/small-case/procedure.toml"
RULES = "procedures/small-case/rules.toml"
ADOPT = "local/示例村/adopt.toml"


@dataclass(frozen=True)
class Copy:
    """A copy of the small law that may be spoilt."""

    root: Path

    def replace(self, file: str, old: str, new: str) -> "Copy":
        """Puts `new` for `old`, which must stand in the file."""
        path = self.root / file
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), "utf-8")
        return self

    def append(self, file: str, text: str) -> "Copy":
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text("utf-8") if path.exists() else ""
        path.write_text(before + text, "utf-8")
        return self

    def load(self, place: str = "") -> LawBook:
        return load(root=self.root, place=place)

    def stops(self, place: str = "") -> list[str]:
        """Why it does not load; empty where it does."""
        try:
            self.load(place)
        except LawFault as fault:
            return [str(finding) for finding in fault.findings]
        return []

    def findings(self, place: str = "") -> list[str]:
        """Why it does not load, else what the check finds."""
        return self.stops(place) or [str(finding) for finding in check(self.load(place)).findings]


def copied(folder: Path) -> Copy:
    """A fresh copy of the small law in a new folder."""
    number = len(list(folder.glob("law*")))
    root = folder / f"law{number}"
    shutil.copytree(SMALL, root)
    return Copy(root)


def tables(file: Path) -> list[tuple[str, int]]:
    """The tables of a TOML file as they are written, `[[step]]`, with the place right behind each."""
    return [(found[0], found.end()) for found in re.finditer(r"^\[.+\]$", file.read_text("utf-8"), re.M)]


def keys(file: Path) -> list[tuple[str, int, int]]:
    """Every `key =` at the beginning of a line, with where it begins and ends. Choices are left out: they are names."""
    text = file.read_text("utf-8")
    choices = [(found.start(), found.end()) for found in re.finditer(r"^\[choices\..*?(?=^\[|\Z)", text, re.M | re.S)]
    return [
        (found[1], found.start(), found.end())
        for found in re.finditer(r"^(\w+)(?= *=)", text, re.M)
        if not any(begins <= found.start() < ends for begins, ends in choices)
    ]


def files() -> list[str]:
    """Every TOML file of the small law, relative to it."""
    return sorted(path.relative_to(SMALL).as_posix() for path in SMALL.rglob("*.toml"))
