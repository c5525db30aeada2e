"""The words around figures: law/style/figures.toml, and the patterns made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fazheng.checkup.facts.sieve import Sought
from fazheng.checkup.style import Style
from fazheng.lawbook.procedure import Table

VAGUE = "余|多|来|几"
_MANY = "[万亿千百]{1,2}"
_AMOUNT = r"\d+(?:,\d{3})*(?:\.\d+)?"
PER_CENT = re.compile(rf"百分之(?P<per_n>[一二两三四五六七八九十][一二两三四五六七八九十百千零]{{0,7}}|{_AMOUNT})")
NO_NUMBER_BEFORE = frozenset("第每逐任某同另这哪各0123456789一二两三四五六七八九十百千万")


class FigureWords(Table, frozen=True, kw_only=True):
    """See the file for what each list says."""

    units: list[str]
    chinese: list[str]
    of_one: list[str]
    not_counted: list[str]
    names_like: list[str]
    zero_verbs_like: str
    zero_things: list[str]
    zero_words_like: str
    plan_like: str
    target_like: str
    condition_like: str
    floor_like: str
    limit_like: str
    day_names_like: str


@dataclass(frozen=True)
class Patterns:
    """`arabic` matches at a digit, `chinese` is searched for; the rest judge what stands around a candidate."""

    arabic: re.Pattern[str]
    chinese: re.Pattern[str]
    names: tuple[Sought, ...]
    zero: Sought
    not_counted: re.Pattern[str]
    of_one: frozenset[str]
    plan: re.Pattern[str]
    target: re.Pattern[str]
    condition: re.Pattern[str]
    floor: re.Pattern[str]
    limit: re.Pattern[str]
    day_names: re.Pattern[str]


def any_of(words: list[str]) -> str:
    """An alternation, longer words first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def patterns(style: Style) -> Patterns:
    """The patterns of law/style/figures.toml; give it to `Style.made`."""
    words = style.read("figures", FigureWords)
    year = r"(?:19|20)\d\d"
    arabic = re.compile(
        rf"(?P<span>{year} ?年?(?:-|—|~|～|至|到) ?{year} ?年(?!度))"
        rf"|(?P<date>{year} ?年 ?\d{{1,2}} ?月(?: ?\d{{1,2}} ?日)?)"
        r"|(?P<day>(?<![年月])\d{1,2} ?月 ?\d{1,2} ?日)"
        rf"|(?P<pair>(?<![.:：]){_AMOUNT} ?[:：] ?{_AMOUNT}(?![\d:：.]))"
        rf"|(?<![.,A-Za-z第])(?P<n>{_AMOUNT}) ?(?P<v1>{VAGUE})?(?P<many>{_MANY})?(?P<v2>{VAGUE})? ?"
        rf"(?:(?P<sign>[%‰])|(?P<unit>(?:{any_of(words.units)})(?![A-Za-z])))?"
    )
    chinese = re.compile(
        rf"(?P<c>[一二两三四五六七八九十][一二两三四五六七八九十百千零]{{0,7}})(?P<cv>{VAGUE})?(?P<cunit>{any_of(words.chinese)})"
    )
    zero = Sought(
        rf"(?P<verb>{words.zero_verbs_like})[^，。；：！？\n]{{0,25}}(?P<thing>{any_of(words.zero_things)})"
        rf"|(?P<word>{words.zero_words_like})"
    )
    return Patterns(
        arabic, chinese, tuple(map(Sought, words.names_like)), zero, re.compile(any_of(words.not_counted)),
        frozenset(words.of_one), re.compile(words.plan_like), re.compile(words.target_like),
        re.compile(words.condition_like),
        re.compile(words.floor_like), re.compile(words.limit_like),
        re.compile(words.day_names_like),
    )  # fmt: skip
