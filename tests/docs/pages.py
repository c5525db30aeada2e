"""Code blocks of the documentation, taken out to be run."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    language: str
    text: str

    @property
    def file(self) -> str:
        """The file a block names in its first comment, or an empty string."""
        found = re.match(r"# (law/\S+)\n", self.text)
        return found[1] if found else ""

    def commands(self) -> list[list[str]]:
        """The words of each `fazheng` line, comments left out."""
        lines = [shlex.split(line, comments=True) for line in self.text.splitlines()]
        return [words[1:] for words in lines if words and words[0] == "fazheng"]


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    return [Block(found[1], found[2]) for found in _BLOCK.finditer((ROOT / page).read_text("utf-8"))]
