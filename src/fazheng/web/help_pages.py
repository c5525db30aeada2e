"""Help as help.toml has it: of each page what it is for, how to use it, the law behind it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec


@dataclass(frozen=True, slots=True)
class HelpPage:
    """`id` is the page's name in `staff/rights.py`; `is_` what it is for; `laws` short names of the law files."""

    id: str
    name: str
    is_: str
    how: tuple[str, ...]
    laws: tuple[str, ...]


@cache
def help_pages() -> tuple[HelpPage, ...]:
    """Every page's help, in the order of the file."""
    told = tomllib.loads(files(__package__).joinpath("help.toml").read_text("utf-8"))
    return tuple(msgspec.convert({**one, "is_": one["is"]}, HelpPage) for one in told["page"])
