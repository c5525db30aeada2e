"""The words between figures: law/style/arithmetic.toml, and the patterns made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fazheng.checkup.facts.figure_words import any_of
from fazheng.checkup.style import Style
from fazheng.lawbook.procedure import Table


class ArithmeticWords(Table, frozen=True, kw_only=True):
    """See the file for what each word list says."""

    parts_like: str
    whole_like: str
    total_like: str
    surely_total_like: str
    received_like: str
    done_like: str
    pending_like: str
    rate_stems: list[str]
    rate_apart: list[str]
    at_most_whole: list[str]
    rises: list[str]
    falls: list[str]
    growth_like: str
    state_like: str
    other_base_like: str
    owed_like: str
    really_like: str


@dataclass(frozen=True)
class Words:
    parts: re.Pattern[str]
    whole: re.Pattern[str]
    total: re.Pattern[str]
    surely_total: re.Pattern[str]
    received: re.Pattern[str]
    done: re.Pattern[str]
    pending: re.Pattern[str]
    rate_stem: re.Pattern[str]
    rate_apart: re.Pattern[str]
    at_most_whole: re.Pattern[str]
    rises: re.Pattern[str]
    falls: re.Pattern[str]
    growth: re.Pattern[str]
    state: re.Pattern[str]
    other_base: re.Pattern[str]
    owed: re.Pattern[str]
    really: re.Pattern[str]


def words(style: Style) -> Words:
    """The patterns of law/style/arithmetic.toml; give it to `Style.made`."""
    read = style.read("arithmetic", ArithmeticWords)
    return Words(
        *map(re.compile, (
            read.parts_like, read.whole_like, read.total_like, read.surely_total_like, read.received_like,
            read.done_like, read.pending_like, any_of(read.rate_stems), any_of(read.rate_apart),
            rf"(?:{any_of(read.at_most_whole)})[^，。；、]{{0,3}}率", any_of(read.rises), any_of(read.falls),
            read.growth_like, read.state_like, read.other_base_like, read.owed_like, read.really_like,
        ))
    )  # fmt: skip
