"""Brackets and quotation marks that have no partner."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fazheng.checkup.facts.wrapped import whole_paragraphs
from fazheng.checkup.report import Report

PARTNERS = {
    "）": "（",
    "》": "《",
    "〉": "〈",
    "〕": "〔",
    "】": "【",
    "]": "[",
    "”": "“",
    "’": "‘",
    "」": "「",
    "』": "『",
}
_SIGN = re.compile("[（）《》〈〉〔〕【】\\[\\]“”‘’「」『』]")
_POINT = re.compile(r"(?:^|[：；，。\s])(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z]|[①-⑳])$")
_APOSTROPHE = re.compile("[A-Za-z]’[A-Za-z]")


@dataclass(frozen=True)
class Single:
    """A sign without its partner. `again`: it opens where the same sign is open already."""

    sign: str
    at: int
    again: bool = False


def singles(report: Report) -> tuple[Single, ...]:
    """Signs without a partner in their paragraph, in order. A quotation over several paragraphs is whole."""
    found: list[Single] = []
    carried: list[tuple[str, int]] = []
    for line in report.made(whole_paragraphs):
        found += _in_line(report.plain, line.start, line.end, carried)
    found += [Single(sign, at) for sign, at in carried]
    return tuple(sorted(found, key=lambda single: single.at))


def _in_line(plain: str, start: int, end: int, carried: list[tuple[str, int]]) -> list[Single]:
    """What has no partner in this line. A “ left open waits in `carried` for the ” of one of the next lines."""
    open_: list[tuple[str, int]] = []
    found: list[Single] = []
    for match in _SIGN.finditer(plain, start, end):
        sign, at = match[0], match.start()
        if sign not in PARTNERS:
            if sign in "“《（" and any(s == sign for s, _ in open_) and sign != "（":
                first = next(o for o in reversed(open_) if o[0] == sign)
                open_.remove(first)
                found.append(Single(sign, at if sign == "“" else first[1], again=sign == "“"))
            open_.append((sign, at))
            continue
        partner = next((o for o in reversed(open_) if o[0] == PARTNERS[sign]), None)
        if partner:
            open_.remove(partner)
        elif carried and carried[0][0] == PARTNERS[sign]:
            carried.clear()
        elif not (sign == "）" and _POINT.search(plain[max(start, at - 4) : at])) and not _APOSTROPHE.match(
            plain, max(0, at - 1)
        ):
            found.append(Single(sign, at))
    kept = [o for o in open_ if o[0] == "“"]
    found += [Single(sign, at) for sign, at in open_ if sign != "“"]
    found += [Single(sign, at) for sign, at in carried if kept]
    if kept:
        carried[:] = kept[-1:]
        found += [Single(sign, at) for sign, at in kept[:-1]]
    return found
