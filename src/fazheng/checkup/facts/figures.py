"""Finds the figures of a text: counts, rates, amounts, ratios, dates, and what the text says there was none of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from fazheng.checkup.facts.citations import bracketed
from fazheng.checkup.facts.figure import Figure, FigureKind, Scope
from fazheng.checkup.facts.figure_words import Patterns, patterns
from fazheng.checkup.facts.header import Header
from fazheng.checkup.facts.labels import label
from fazheng.checkup.facts.numerals import number
from fazheng.checkup.facts.outline import Section
from fazheng.checkup.facts.scopes import scope
from fazheng.checkup.style import Style
from fazheng.checkup.text import Document

_QUOTED = re.compile('“[^”\n]{1,20}”|"[^"\n]{1,20}"')
_DOCUMENT_NUMBER = re.compile(r"[〔\[【［（]\d{4}[〕\]】］）] ?第?[ \d]*号|第 ?\d+ ?号")
_MOVES = "提[高升]|增[加长]?|上[升调]|缩小|扩大|下降|降低|降|升|调整|调[增减]|减少?|压缩"
_PAIR = re.compile(rf" ?(?:、|→|->|和|与|(?:分别)?(?:{_MOVES})?(?:到|至|为)) ?")
_UNREAL = re.compile("如|若|确保|严防|防止")
_RATIO = re.compile(r"比(?:值|例|率)?[^，。；\d]{0,8}$")
_BARE = re.compile(r"(?:由|从)$|(?:到|至|为)$")
_TEN_THOUSAND = re.compile("[万亿千百]+")


class _Raw(NamedTuple):
    """A candidate before its neighbours are known. `unit` is empty where it has none."""

    start: int
    end: int
    value: Decimal
    unit: str
    kind: FigureKind
    vague: bool


def figures(document: Document, sections: tuple[Section, ...], header: Header, style: Style) -> tuple[Figure, ...]:
    """Every figure in order. Numerals in names, ordinals, document numbers and bare years are none."""
    made = style.made(patterns)
    found = [*_head_and_foot(document, header), *_zeros(document, sections, made)]
    taken = [(f.start, f.end) for f in found]
    silent = _Silent(document, made)
    silent.spans += taken
    raws: list[_Raw] = []
    dated: list[Figure] = []
    for match in made.number.finditer(document.plain):
        if silent.covers(match.start(), match.end(), match.lastgroup == "span" or bool(match["span"])):
            continue
        if match["span"] or match["date"] or match["day"]:
            dated += _dated(document, match, header, sections, made)
        elif raw := _raw(match, document.plain, made):
            raws.append(raw)
    starts = [section.start for section in sections]
    for raw in _with_units(raws, document.plain):
        index = bisect_right(starts, raw.start) - 1
        part = sections[index].part if index >= 0 else ""
        judged = scope(document.plain, raw.start, raw.end, part, made)
        found.append(
            Figure(
                label(document.plain, raw.start, raw.end), raw.value, raw.unit, raw.kind,
                "zero" if raw.value == 0 and judged == "actual" else judged,
                document.text[raw.start : raw.end], raw.start, raw.end, raw.vague,
            )
        )  # fmt: skip
    return tuple(sorted([*found, *dated], key=lambda f: f.start))


class _Silent:
    """Spans whose numerals are names: 《…》, short quotations, 〔2024〕1号, telephone lines."""

    def __init__(self, document: Document, made: Patterns) -> None:
        self.titles = [*bracketed(document.text)]
        self.spans = [match.span() for match in _QUOTED.finditer(document.plain)]
        self.spans += [match.span() for match in _DOCUMENT_NUMBER.finditer(document.plain)]
        self.spans += [match.span() for match in made.names.finditer(document.plain)]
        self.sorted: list[tuple[int, int]] | None = None

    def covers(self, start: int, end: int, in_titles_too: bool) -> bool:
        """Whether a numeral at these characters is no figure. Spans of years count in titles, too."""
        if self.sorted is None:
            self.sorted = _merged(self.spans)
            self.titles = _merged(self.titles)
        return _covered(self.sorted, start, end) or (not in_titles_too and _covered(self.titles, start, end))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def _covered(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_right(spans, (start, 1 << 60)) - 1
    return (at >= 0 and start < spans[at][1]) or (at + 1 < len(spans) and spans[at + 1][0] < end)


def _head_and_foot(document: Document, header: Header) -> Iterator[Figure]:
    if header.number and header.number_year:
        at = document.plain.find(str(header.number_year), header.number.start) - 1
        end = header.number.end
        raw = document.text[at:end]
        yield Figure("发文字号年份", Decimal(header.number_year), "", "date", "document", raw, at, end)
    if header.signed_at:
        value = header.signed.isoformat() if header.signed else header.signed_at.value
        where = header.signed_at
        yield Figure("成文日期", value, "", "date", "document", where.value, where.start, where.end)


def _zeros(document: Document, sections: tuple[Section, ...], made: Patterns) -> Iterator[Figure]:
    starts = [section.start for section in sections]
    for match in made.zero.finditer(document.plain):
        if re.search(r"\d", match[0]) or _UNREAL.search(document.plain, max(0, match.start() - 6), match.start()):
            continue
        index = bisect_right(starts, match.start()) - 1
        if index >= 0 and scope(document.plain, match.start(), match.end(), sections[index].part, made) == "plan":
            continue
        raw = document.text[match.start() : match.end()]
        thing = match["thing"] or match["word"]
        yield Figure(thing + "数", Decimal(0), "件", "count", "zero", raw, match.start(), match.end())


def _dated(
    document: Document, match: re.Match[str], header: Header, sections: tuple[Section, ...], made: Patterns
) -> Iterator[Figure]:
    numbers = [int(n) for n in re.findall(r"\d+", match[0])]
    judged: Scope = "document"
    if match["span"]:
        value = f"{numbers[0]}/{numbers[1]}"
    elif match["date"]:
        value = "-".join([f"{numbers[0]:04}", *(f"{n:02}" for n in numbers[1:])])
    else:
        value = (
            f"{header.year:04}-{numbers[0]:02}-{numbers[1]:02}" if header.year else f"--{numbers[0]:02}-{numbers[1]:02}"
        )
    if not match["span"]:
        index = bisect_right([section.start for section in sections], match.start()) - 1
        part = sections[index].part if index >= 0 else ""
        judged = "plan" if scope(document.plain, match.start(), match.end(), part, made) == "plan" else "actual"
    raw = document.text[match.start() : match.end()]
    yield Figure(
        label(document.plain, match.start(), match.end()), value, "", "date", judged, raw, match.start(), match.end()
    )


def _raw(match: re.Match[str], plain: str, made: Patterns) -> _Raw | None:
    start, end = match.span()
    if match["per"]:
        value = number(match["per_n"])
        return None if value is None else _Raw(start, end, value, "%", "rate", False)
    if match["pair"]:
        first, second = (Decimal(part.strip().replace(",", "")) for part in re.split("[:：]", match["pair"]))
        return _Raw(start, end, first / second, "", "ratio", False) if second else None
    vague = bool(match["v1"] or match["v2"] or match["cv"])
    if match["c"]:
        return _chinese(match, plain, made, vague)
    value = number(match["n"])
    unit = match["sign"] or (match["many"] or "") + (match["unit"] or "")
    if value is None or (unit == "年" and value >= 1900) or (unit and not match["sign"] and _named(match, plain, made)):
        return None
    if not unit:
        end = start + len(match["n"])
    return _Raw(start, end, value, unit, kind_of(unit), vague or plain[max(0, start - 1) : start] in ("约", "近"))


def _named(match: re.Match[str], plain: str, made: Patterns) -> bool:
    """Whether what follows makes it a class or a set phrase: 3个档次."""
    return bool(made.not_counted.match(plain, match.end()))


def _chinese(match: re.Match[str], plain: str, made: Patterns, vague: bool) -> _Raw | None:
    value = number(match["c"])
    unit = match["cunit"]
    bare = len(match["c"]) > 1 and not re.search("[十百千]", match["c"])  # 六一: digits side by side are a name
    if value is None or bare or _named(match, plain, made) or (match["c"] == "一" and unit not in made.of_one):
        return None
    if match["c"] == "一" and plain[match.start() - 1 : match.start()] in tuple("同统第唯进万之"):
        return None
    return _Raw(*match.span(), value, unit, "count", vague)


def kind_of(unit: str) -> FigureKind:
    """The kind of figure a unit makes."""
    if unit in ("%", "‰") or unit.endswith("百分点"):
        return "rate"
    if unit == "倍":
        return "ratio"
    return "amount" if "元" in unit else "count"


def _with_units(raws: list[_Raw], plain: str) -> Iterator[_Raw]:
    """Numbers with a unit, and those that borrow the next one's: 650→700元/月, 由1.16缩小至1.15."""
    borrowed: dict[int, _Raw] = {}
    for index in range(len(raws) - 1, -1, -1):
        here = raws[index]
        after = borrowed.get(index + 1) or (raws[index + 1] if index + 1 < len(raws) else None)
        if here.unit and not _TEN_THOUSAND.fullmatch(here.unit):
            continue
        before = plain[max(0, here.start - 14) : here.start]
        if (
            after
            and after.start - here.end <= 8
            and _PAIR.fullmatch(plain, here.end, after.start)
            and (after.unit or after.kind == "ratio")
        ):
            borrowed[index] = here._replace(unit=here.unit or after.unit, kind=after.kind)
        elif "." in plain[here.start : here.end] and (_RATIO.search(before) or _BARE.search(before)):
            borrowed[index] = here._replace(kind="ratio")
        elif here.unit:
            borrowed[index] = here
    for index, raw in enumerate(raws):
        if index in borrowed:
            yield borrowed[index]
        elif raw.unit or raw.kind == "ratio":
            yield raw


def in_ones(figure: Figure) -> Figure:
    """The figure with 万, 亿 in its unit counted out, for sums."""
    found = _TEN_THOUSAND.match(figure.unit)
    if found is None or not isinstance(figure.value, Decimal) or found[0] == figure.unit == "千":
        return figure
    factor = number(f"1{found[0]}") or Decimal(1)
    return replace(figure, value=figure.value * factor, unit=figure.unit[found.end() :])
