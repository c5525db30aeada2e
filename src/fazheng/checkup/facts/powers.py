"""Powers that a body of a county does not have: law/style/powers.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fazheng.checkup.facts.header import Header
from fazheng.checkup.style import Style
from fazheng.lawbook.procedure import Table


class Beyond(Table, frozen=True, kw_only=True):
    """A power: words that claim it, words in the same sentence by which it is not claimed, and what to say."""

    like: str
    unless: str
    says: str


class Powers(Table, frozen=True, kw_only=True):
    county_like: str
    not_county_like: str
    beyond: list[Beyond]


@dataclass(frozen=True)
class Claims:
    claim: re.Pattern[str]
    unless: re.Pattern[str]
    says: str


def claims(style: Style) -> tuple[Claims, ...]:
    """The powers as patterns; give it to `Style.made`."""
    read = style.read("powers", Powers).beyond
    return tuple(Claims(re.compile(one.like), re.compile(one.unless), one.says) for one in read)


def of_county(header: Header, style: Style) -> bool:
    """Whether the body surely belongs to a county or district: 市 alone may be either, and is not."""
    read = style.read("powers", Powers)
    place = header.region.county or header.bureau.split("民政局", 1)[0]
    return bool(re.search(read.county_like, place)) and not re.search(read.not_county_like, place)
