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
from fazheng.checkup.facts.figure_words import NO_NUMBER_BEFORE, PER_CENT, Patterns, patterns
from fazheng.checkup.facts.header import Header
from fazheng.checkup.facts.labels import label
from fazheng.checkup.facts.numerals import number
from fazheng.checkup.facts.outline import Section
from fazheng.checkup.facts.scopes import scope
from fazheng.checkup.facts.sieve import Sought
from fazheng.checkup.style import Style
from fazheng.checkup.text import Document

_QUOTED = Sought('“[^”\n]{1,20}”|"[^"\n]{1,20}"')
_DOCUMENT_NUMBER = Sought(r"[〔\[【［（]\d{4}[〕\]】］）] ?第?[ \d]*号|第 ?\d+ ?号")
_MOVES = "提[高升]|增[加长]?|上[升调]|缩小|扩大|下降|降低|降|升|调整|调[增减]|减少?|压缩"
_PAIR = re.compile(rf" ?(?:、|→|->|和|与|(?:分别)?(?:{_MOVES})?(?:到|至|为)) ?")
_UNREAL = re.compile("如|若|确保|严防|防止")
LONGEST = 12  # digits of a figure; more are an account, or noise
_DIGITS = re.compile("[0-9]+")
_EACH = re.compile(r"((?:[^，。；、\d\n]{1,14}率[、和及])+[^，。；、\d\n]{1,14}率)(?:均|都)[^，。；、\d\n]{0,3}$")
_CLAUSE = re.compile("[，。；！？：、（）\n]")
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
    where = _Where(document.plain, sections)
    found = [*_head_and_foot(document, header), *_zeros(document, where, made)]
    silent = _Silent(document, made, [(f.start, f.end) for f in found])
    raws: list[_Raw] = []
    for match in _candidates(document.plain, made):
        groups = match.groupdict()
        if silent.covers(match.start(), match.end(), bool(groups.get("span"))):
            continue
        if groups.get("day") and made.day_names.match(document.plain, match.end()):
            continue
        if groups.get("span") or groups.get("date") or groups.get("day"):
            found.append(_dated(document, match, header, where, made))
        elif raw := _raw(match, groups, document.plain, made):
            raws.append(raw)
    for raw in _with_units(raws, document.plain):
        judged = where.scope(raw.start, raw.end, made)
        figure = Figure(
            label(document.plain, raw.start, raw.end, where.clause(raw.start)), raw.value, raw.unit, raw.kind,
            "zero" if raw.value == 0 and judged == "actual" else judged,
            document.text[raw.start : raw.end], raw.start, raw.end, raw.vague,
        )  # fmt: skip
        found += [figure, *_shared(figure, document.plain)]
    return tuple(sorted(found, key=lambda f: f.start))


def _shared(figure: Figure, plain: str) -> Iterator[Figure]:
    """办结率、满意率均为100%: one figure for each rate that is named before the last."""
    named = _EACH.search(plain, max(0, figure.start - 60), figure.start) if figure.unit == "%" else None
    for name in re.split("(?<=率)[、和及]", named[1])[:-1] if named else ():
        yield replace(figure, label=name)


class _Where:
    """Where clauses, sentences and sections begin."""

    def __init__(self, plain: str, sections: tuple[Section, ...]) -> None:
        self.plain = plain
        self.parts = [section.part for section in sections]
        self.sections = [section.start for section in sections]
        self.clauses = [0, *[stop.end() for stop in _CLAUSE.finditer(plain)]]
        self.sentences = [0, *[at for at in self.clauses[1:] if plain[at - 1] in "。\n"]]

    def clause(self, offset: int) -> int:
        """Where the clause of an offset begins."""
        return self.clauses[bisect_right(self.clauses, offset) - 1]

    def scope(self, start: int, end: int, made: Patterns) -> Scope:
        """The scope of the figure at these characters."""
        section = bisect_right(self.sections, start) - 1
        sentence = self.sentences[bisect_right(self.sentences, start) - 1]
        part = self.parts[section] if section >= 0 else ""
        return scope(self.plain, start, end, self.clause(start), sentence, part, made)


def _candidates(plain: str, made: Patterns) -> Iterator[re.Match[str]]:
    """Every numeral that may be a figure, Arabic ones first."""
    at = 0
    while digits := _DIGITS.search(plain, at):
        match = made.arabic.match(plain, digits.start())
        at = match.end() if match else digits.end()
        if match:
            yield match
    yield from PER_CENT.finditer(plain)
    for match in made.chinese.finditer(plain):
        if plain[match.start() - 1 : match.start()] not in NO_NUMBER_BEFORE:
            yield match


class _Silent:
    """Spans whose numerals are names: 《…》, short quotations, 〔2024〕1号, telephone lines."""

    def __init__(self, document: Document, made: Patterns, taken: list[tuple[int, int]]) -> None:
        names = (_QUOTED, _DOCUMENT_NUMBER, *made.names)
        signs = document.signs
        self.titles = _merged(bracketed(document.text))
        self.spans = _merged([*taken, *(match.span() for name in names for match in name.finditer(signs))])

    def covers(self, start: int, end: int, in_titles_too: bool) -> bool:
        """Whether a numeral at these characters is no figure. Spans of years count in titles, too."""
        return _covered(self.spans, start, end) or (not in_titles_too and _covered(self.titles, start, end))


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


def _zeros(document: Document, where: _Where, made: Patterns) -> Iterator[Figure]:
    for match in made.zero.finditer(document.signs):
        if re.search(r"\d", match[0]) or _UNREAL.search(document.plain, max(0, match.start() - 6), match.start()):
            continue
        if where.scope(match.start(), match.end(), made) == "plan":
            continue
        raw = document.text[match.start() : match.end()]
        thing = match["thing"] or match["word"]
        yield Figure(thing + "数", Decimal(0), "件", "count", "zero", raw, match.start(), match.end())


def _dated(document: Document, match: re.Match[str], header: Header, where: _Where, made: Patterns) -> Figure:
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
        judged = "plan" if where.scope(*match.span(), made) == "plan" else "actual"
    raw = document.text[match.start() : match.end()]
    words = label(document.plain, match.start(), match.end(), where.clause(match.start()))
    return Figure(words, value, "", "date", judged, raw, match.start(), match.end())


def _raw(match: re.Match[str], has: dict[str, str | None], plain: str, made: Patterns) -> _Raw | None:
    start, end = match.span()
    if per := has.get("per_n"):
        value = number(per)
        return None if value is None else _Raw(start, end, value, "%", "rate", False)
    if pair := has.get("pair"):
        first, second = (Decimal(part.strip().replace(",", "")) for part in re.split("[:：]", pair))
        if len(pair) > LONGEST:
            return None
        return _Raw(start, end, first / second, "", "ratio", False) if second else None
    if "c" in has:
        return _chinese(match, plain, made, bool(has["cv"]))
    digits, sign = has["n"] or "", has["sign"]
    value = number(digits)
    unit = sign or (has["many"] or "") + (has["unit"] or "")
    if (
        value is None
        or len(digits) > LONGEST
        or (unit == "年" and value >= 1900)
        or (unit and not sign and _named(match, plain, made))
    ):
        return None
    vague = bool(has["v1"] or has["v2"]) or plain[max(0, start - 1) : start] in ("约", "近")
    return _Raw(start, end if unit else start + len(digits), value, unit, kind_of(unit), vague)


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
