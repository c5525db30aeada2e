"""`law/style/`: word lists, names and plans as data. Who needs a file says its form."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from fazheng.lawbook.fault import Finding, LawFault
from fazheng.lawbook.load import law_root
from fazheng.lawbook.reading import convert, toml

T = TypeVar("T")


class Style:
    """The files of one `law/style` folder, read when first asked for and kept."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.asked: set[str] = set()
        self._read: dict[tuple[str, type], Any] = {}
        self._made: dict[Callable[[Style], Any], Any] = {}

    def read(self, name: str, kind: type[T]) -> T:
        """`law/style/<name>.toml` as a `kind` (a lawbook Table). Raises LawFault."""
        if (name, kind) not in self._read:
            path = self.root / f"{name}.toml"
            file = f"style/{path.name}"
            if not path.is_file():
                raise LawFault([Finding(file, "没有这个文件")])
            findings: list[Finding] = []
            found = convert(toml(path), kind, file, findings)
            if found is None:
                raise LawFault(findings)
            self._read[name, kind] = found
            self.asked.add(name)
        return cast(T, self._read[name, kind])

    def made(self, build: Callable[[Style], T]) -> T:
        """What `build` makes of these files, such as a compiled pattern: made once, kept."""
        if build not in self._made:
            self._made[build] = build(self)
        return cast(T, self._made[build])


@cache
def _style(root: Path) -> Style:
    return Style(root / "style")


def style(root: Path | None = None) -> Style:
    """The word lists of the law folder."""
    return _style(root or law_root())
