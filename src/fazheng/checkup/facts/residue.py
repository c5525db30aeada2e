"""What programs leave in a text: law/style/residue.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fazheng.checkup.style import Style
from fazheng.lawbook.procedure import Table


class ResidueWords(Table, frozen=True, kw_only=True):
    """Patterns: `chrome` are whole lines."""

    markup: list[str]
    garble: list[str]
    chrome: list[str]


@dataclass(frozen=True)
class Residue:
    markup: re.Pattern[str]
    garble: re.Pattern[str]
    chrome: re.Pattern[str]


def residue(style: Style) -> Residue:
    """The patterns; give it to `Style.made`."""
    read = style.read("residue", ResidueWords)
    return Residue(*(re.compile("|".join(words)) for words in (read.markup, read.garble, read.chrome)))
