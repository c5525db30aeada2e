"""The yearly report put together: sentences with their numbers, numbers with their rows, rows with their story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from fazheng.figures import FigureValue, count, rests_on, up_to, year
from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.figure import Report, Section
from fazheng.lawbook.load import LawBook
from fazheng.ledger.read import head
from fazheng.report.blocks import blocks, stories
from fazheng.report.composed import Absent, Composed, PartText, SectionState, SectionText, Tally
from fazheng.report.findings import report_findings
from fazheng.report.sentences import WORDS, filled, holes, written

EXAMPLE_DIVISION = "999"


class ReportUnknown(LookupError):
    """No law file defines a report of that id."""


def compose(
    bureau: str,
    bureau_name: str,
    book: LawBook,
    number: int,
    prose: Mapping[str, str],
    *,
    report: str = "",
    today: date | None = None,
) -> Composed:
    """The report of the year `number`, counted from the book as it stands.

    `prose` are a person's paragraphs by section id. `report` names one of several; empty: the first. A year that is
    still running on `today` is counted up to that day. Raises ReportUnknown; LawFault where the law files of the
    report lead nowhere; KeyError for prose of a section that is not there; PeriodFault for a year to come.
    """
    known = _report(book, report)
    _check(known, prose, book)
    period = year(number) if today is None else up_to(year(number), today)
    values = {value.id: value for value in count(bureau, book, period, _asked(known, prose, book))}
    sections = {section.id: _section(section, prose, values, number, bureau_name) for section in known.sections}
    last = head(bureau)
    anchors, cases = stories(bureau, book, period, values.values())
    return Composed(
        bureau=bureau,
        bureau_name=bureau_name,
        title=f"{bureau_name}{number}年{known.name}",
        name=known.name,
        year=number,
        period=period,
        example=_division(bureau).startswith(EXAMPLE_DIVISION),
        seq=last.seq,
        digest=last.digest,
        parts=_parts(known, sections),
        figures=blocks(bureau, book, period, values, anchors),
        cases=cases,
        absent=tuple(_absent(known, sections, values)),
        tally=_tally(values.values()),
        marked=sum(piece.marked for s in sections.values() for paragraph in s.prose for piece in paragraph),
    )


def _check(report: Report, prose: Mapping[str, str], book: LawBook) -> None:
    if faults := report_findings(report, book):
        raise LawFault(faults)
    if strangers := sorted(set(prose) - {section.id for section in report.sections}):
        raise KeyError("、".join(strangers))


def _report(book: LawBook, id: str) -> Report:
    found = book.reports.get(id) if id else next(iter(book.reports.values()), None)
    if found is None:
        raise ReportUnknown(f"没有报告“{id}”；有：{'、'.join(book.reports) or '无'}")
    return found


def _division(bureau: str) -> str:
    """The division code within a bureau's code: all of it, or the six digits within a 统一社会信用代码."""
    return bureau[2:8] if len(bureau) == 18 else bureau


def _asked(report: Report, prose: Mapping[str, str], book: LawBook) -> list[str]:
    """The figures the report rests on, names, or has in a person's text; and those that its rates and sums rest on."""
    texts = [text for s in report.sections for text in (s.some, s.zero, s.no_data)] + list(prose.values())
    named = {section.rests_on for section in report.sections} | {hole for text in texts for hole in holes(text)}
    for _ in range(2):  # a rate may rest on a sum
        named |= {under for id in named if id in book.figures for under in rests_on(book.figures[id])}
    return [id for id in book.figures if id in named]


def _section(
    section: Section, prose: Mapping[str, str], values: Mapping[str, FigureValue], number: int, bureau_name: str
) -> SectionText:
    words = dict(zip(WORDS, (str(number), str(number + 1), bureau_name), strict=True))
    state = _state(values[section.rests_on])
    told = {"some": section.some, "zero": section.zero, "no_data": section.no_data}[state]
    sentence, beside = filled(told, values, words), written(prose.get(section.id, ""), values, words)
    return SectionText(section.id, section.title, state, sentence, beside)


def _state(value: FigureValue) -> SectionState:
    """A rate over nothing reads like a zero: the book was kept, and there was nothing."""
    return "zero" if value.state == "nothing_over" else value.state


def _tally(values: Iterable[FigureValue]) -> Tally:
    states = Counter(
        "declared" if value.state == "some" and value.source != "counted" else value.state for value in values
    )
    return Tally(states["some"], states["zero"], states["nothing_over"], states["no_data"], states["declared"])


def _parts(report: Report, sections: Mapping[str, SectionText]) -> tuple[PartText, ...]:
    """The parts in their order, with the sections that say anything."""
    return tuple(
        PartText(name, tuple(sections[s.id] for s in report.sections if s.part == id and sections[s.id].says_anything))
        for id, name in report.parts.items()
    )


def _absent(report: Report, sections: Mapping[str, SectionText], values: Mapping[str, FigureValue]) -> Iterable[Absent]:
    """Sections without data, and those whose zero has no sentence."""
    for section in report.sections:
        text, value = sections[section.id], values[section.rests_on]
        if text.state == "no_data" or not text.sentence:
            why = value.note or "数为零，没有为零写的句子"
            yield Absent(report.parts[section.part], section.title or section.id, value.name, why)
