"""The yearly report put together: sentences with their numbers, numbers with their rows, rows with their story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fazheng.figures import FigureValue, Period, chinese, up_to, year
from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.figure import Report, Section
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.outline import Outline
from fazheng.lawbook.tabled import Acts
from fazheng.ledger.read import head
from fazheng.ledger.signed import CASE, restatements
from fazheng.ledger.spoken import Material, Promise, materials, promises
from fazheng.report.answering import promised, proposed, tasks
from fazheng.report.blocks import Stories, anchors_of, blocks, stories
from fazheng.report.charting import charts, compared
from fazheng.report.composed import (
    PERSON,
    Absent,
    Composed,
    FigureBlock,
    Offered,
    Paragraph,
    Piece,
    SectionState,
    SectionText,
    Tally,
)
from fazheng.report.findings import report_findings
from fazheng.report.outlining import left_out, outline_of, under_headings
from fazheng.report.sentences import WORDS, Told, filled, written
from fazheng.report.tabled import TableText
from fazheng.report.tabling import Found, acts_found, acts_table, differing, figures_of, form_table, person_of
from fazheng.report.telling import Years, all_holes, asked, material_pieces, ready, years

EXAMPLE_DIVISION = "999"
DATED = "履职记录"
OPENING = "opening"  # prose before the first heading


class ReportUnknown(LookupError):
    """No law file defines a report of that id."""


@dataclass(frozen=True)
class _Year:
    """What a section is written from."""

    report: Report
    book: LawBook
    number: int
    prose: Mapping[str, str]
    told: Told
    anchors: Mapping[str, str]
    promises: tuple[Promise, ...]
    printed: Mapping[str, list[Material]]  # by section, with --with-material

    @property
    def due(self) -> list[Promise]:
        return [one for one in self.promises if one.due(self.number)]

    @property
    def taken(self) -> list[Promise]:
        return [one for one in self.promises if one.year == self.number]


def compose(
    bureau: str,
    bureau_name: str,
    book: LawBook,
    number: int,
    prose: Mapping[str, str],
    *,
    report: str = "",
    person: str = "",
    outline: str = "",
    with_material: bool = False,
    with_cases: bool = True,
    today: date | None = None,
) -> Composed:
    """The report of the year `number`, counted from the book as it stands.

    `prose` are a person's paragraphs by section id, or `opening`. `report` names one of several; empty: the first;
    `outline` one of its outlines; empty: that of the place, else the first. 素材 is printed where prose names it, or
    all of it `with_material`. Without `with_cases` neither rows nor stories of cases are looked up, which only the page
    with the sources shows. `person` is whose acts a report of acts lists; empty: the only
    head's. A year that is still running on `today` is counted up to that day, and not compared.
    Raises ReportUnknown, OutlineUnknown, PersonUnknown; LawFault where the law files of the report lead nowhere;
    KeyError for prose of a section that is not there; PeriodFault for a year to come.
    """
    known = _report(book, report)
    _check(known, prose, book)
    period = year(number) if today is None else up_to(year(number), today)
    whose = person_of(known, bureau, period, person)
    held = _hold(bureau, bureau_name, book, known, number, prose, period, whose, with_cases)
    homes = {one.id: _home(one, known, book) for one in held.given}
    printed: dict[str, list[Material]] = {}
    for one in held.given if with_material else ():
        if one.key not in held.wanted:
            printed.setdefault(homes[one.id], []).append(one)
    writing = _Year(known, book, number, prose, held.told, held.anchors, held.said, printed)
    offered = (_offered(one, homes[one.id], known, held.anchors, held.wanted, with_material) for one in held.given)
    return replace(_put_together(held, writing, outline_of(known, outline)), offered=tuple(offered))


@dataclass(frozen=True)
class _Held:
    """What the book and the people hold for a year's report, before a sentence is written."""

    bureau: str
    bureau_name: str
    period: Period
    whose: str
    said: tuple[Promise, ...]
    given: tuple[Material, ...]
    wanted: set[str]  # holes
    acts: tuple[tuple[Acts, list[Found]], ...]
    found: Years
    anchors: Mapping[str, str]
    cases: Stories
    words: Mapping[str, str]
    told: Told
    with_cases: bool
    untold: int


def _hold(
    bureau: str, name: str, book: LawBook, known: Report, number: int, prose: Mapping[str, str], period: Period,
    whose: str, with_cases: bool,
) -> _Held:  # fmt: skip
    said, given = _spoken(bureau, number, known)
    proofs = [answer.evidence for one in said if one.due(number) and (answer := one.answer(number))]
    wanted = all_holes(known, prose.values()) | compared(known)
    acts = [(one, acts_found(one, bureau, whose, period)) for one in known.acts]
    figures = asked(known, prose.values(), book, (*proofs, *figures_of(known)))
    found = years(bureau, book, number, period, figures, wanted)
    cases = {one for one in (*proofs, *(one.case_id for one in given)) if one and one not in book.figures}
    cases |= {case for _, some in acts for case, _, _ in some}
    anchors, untold = anchors_of(book, found.values.values() if with_cases else (), cases)
    stories_told = stories(bureau, book, period, anchors) if with_cases else ()
    words = dict(zip(WORDS, (str(number), str(number + 1), name), strict=True))
    told = Told(found.values, words, ready(found, wanted, [(one, anchors.get(one.case_id, "")) for one in given]))
    return _Held(bureau, name, period, whose, tuple(said), tuple(given), wanted, tuple(acts), found, anchors,
                 stories_told, words, told, with_cases, untold)  # fmt: skip


def _put_together(held: _Held, writing: _Year, order: Outline | None) -> Composed:
    known, book, number, found = writing.report, writing.book, writing.number, held.found
    sections = {section.id: _section(section, writing) for section in known.sections}
    opening = written(writing.prose.get(OPENING, ""), held.told, PERSON)
    last = head(held.bureau)
    return Composed(
        bureau=held.bureau,
        bureau_name=held.bureau_name,
        title=f"{held.bureau_name}{number}年{known.name}",
        name=known.name,
        year=number,
        period=held.period,
        example=division(held.bureau).startswith(EXAMPLE_DIVISION),
        seq=last.seq,
        digest=last.digest,
        parts=under_headings(known, order, sections, held.words),
        figures=_blocks(held, book),
        cases=held.cases,
        untold=held.untold,
        absent=(*_absent(known, order, sections, found.values), *_without_acts(list(held.acts))),
        tally=_tally(found.values.values()),
        marked=_marked((opening, *((*s.prose, *s.entries) for s in sections.values()))),
        opening=opening,
        closing=_restated(held.bureau, number - 1),
        outline=order.id if order else "",
        proposed=proposed(known.sections, sections, writing.taken, held.told),
        unanswered=tuple(one.text for one in writing.due if one.answer(number) is None),
        charts=charts(known, found),
        tables=_tables(held, known, book),
        companion=known.companion,
        person=held.whose,
    )


def _blocks(held: _Held, book: LawBook) -> tuple[FigureBlock, ...]:
    return tuple(
        replace(block, before=held.found.earlier(block.value.id), differs=differing(block.value.id, book))
        for block in blocks(held.bureau, book, held.period, held.found.values, held.anchors, with_rows=held.with_cases)
    )


def _tables(held: _Held, known: Report, book: LawBook) -> tuple[TableText, ...]:
    forms = (form_table(form, held.found.values, book) for form in known.forms)
    return (*forms, *(acts_table(one, some, book, held.anchors) for one, some in held.acts))


def _marked(texts: Iterable[Iterable[Paragraph]]) -> int:
    return sum(piece.marked for paragraphs in texts for paragraph in paragraphs for piece in paragraph)


def _spoken(bureau: str, number: int, report: Report) -> tuple[list[Promise], list[Material]]:
    """Promises, and 素材 of the year; a companion takes neither."""
    if report.companion:
        return [], []
    return list(promises(bureau)), [one for one in materials(bureau) if one.on[:4] == str(number)]


def _restated(bureau: str, year: int) -> tuple[tuple[Piece, ...], ...]:
    """That last year's numbers are those of its restatement; empty where its report was not restated."""
    done = restatements(bureau, year)
    if not done:
        return ()
    text = f"{year}年的数据有更正的，按{chinese(done[-1].on)}签发的更正说明。"
    return ((Piece(text, source=f"{CASE}:{year}"),),)


def _check(report: Report, prose: Mapping[str, str], book: LawBook) -> None:
    if faults := report_findings(report, book):
        raise LawFault(faults)
    if strangers := sorted(set(prose) - {section.id for section in report.sections} - {OPENING}):
        raise KeyError("、".join(strangers))


def _report(book: LawBook, id: str) -> Report:
    found = book.reports.get(id) if id else main_of(book)
    if found is None:
        raise ReportUnknown(f"没有报告“{id}”；有：{'、'.join(book.reports) or '无'}")
    return found


def main_of(book: LawBook) -> Report | None:
    """The report that is meant where none is named: the main one, else the first; None without any."""
    reports = list(book.reports.values())
    return next((one for one in reports if one.main), reports[0] if reports else None)


def division(bureau: str) -> str:
    """The division code within a bureau's code: all of it, or the six digits within a 统一社会信用代码."""
    return bureau[2:8] if len(bureau) == 18 else bureau


def _section(section: Section, year: _Year) -> SectionText:
    beside = written(year.prose.get(section.id, ""), year.told, PERSON)
    given = tuple(material_pieces(one, year.anchors.get(one.case_id, "")) for one in year.printed.get(section.id, ()))
    if section.lists:
        listed = _listed(section, year)
        state: SectionState = "some" if listed else "zero"
        sentence = filled(section.zero, year.told, PERSON) if not listed else ()
        return SectionText(section.id, section.title, state, sentence, beside, (*listed, *given))
    state = _state(year.told.values[section.rests_on])
    text = {"some": section.some, "zero": section.zero, "no_data": section.no_data}[state]
    sentence = filled(text, year.told, section.rests_on)
    signed = year.told.values[section.rests_on].source != "counted"
    noun = Piece(section.none, figure=section.rests_on, declared=signed, source=section.rests_on)
    none = (noun,) if section.none else ()
    return SectionText(section.id, section.title, state, sentence, beside, given, none, section.joins)


def _listed(section: Section, year: _Year) -> tuple[tuple[Piece, ...], ...]:
    if section.lists == "tasks":
        return tasks(section, year.taken, year.told)
    return promised(section, year.due, year.number, year.told, year.book, year.anchors)


def _state(value: FigureValue) -> SectionState:
    """A rate over nothing reads like a zero: the book was kept, and there was nothing."""
    return "zero" if value.state == "nothing_over" else value.state


def _tally(values: Iterable[FigureValue]) -> Tally:
    states = Counter(
        "declared" if value.state == "some" and value.source != "counted" else value.state for value in values
    )
    return Tally(states["some"], states["zero"], states["nothing_over"], states["no_data"], states["declared"])


def _absent(
    report: Report, outline: Outline | None, sections: Mapping[str, SectionText], values: Mapping[str, FigureValue]
) -> Iterator[Absent]:
    """Sections without data, those whose zero has no sentence, and those that the outline leaves out."""
    for section in report.sections:
        text = sections[section.id]
        if not section.lists and (text.state == "no_data" or not (text.sentence or text.none)):
            value = values[section.rests_on]
            why = value.note or "数为零，没有为零写的句子"
            yield Absent(report.parts[section.part], section.title or section.id, value.name, why)
    for text in left_out(report, outline, sections):
        section = next(one for one in report.sections if one.id == text.id)
        name = values[section.rests_on].name if section.rests_on else section.title
        yield Absent(report.parts[section.part], text.title or text.id, name, "所用的提纲没有列入这一节")


def _without_acts(acts: Iterable[tuple[Acts, Sequence[object]]]) -> Iterator[Absent]:
    """What an account cannot say, for its author."""
    return (Absent(DATED, one.title, one.did, "没有本人的记录") for one, found in acts if not found)


def _home(material: Material, report: Report, book: LawBook) -> str:
    """The section a sentence belongs to: the one named, else the first that counts cases of its procedure."""
    if material.section:
        return material.section
    procedure = material.case_id.rsplit("-", 2)[0]
    counts = (s.id for s in report.sections if s.rests_on and book.figures[s.rests_on].of == procedure)
    return next(counts, "")


def _offered(
    one: Material, home: str, report: Report, anchors: Mapping[str, str], wanted: set[str], all_printed: bool
) -> Offered:
    title = next((section.title for section in report.sections if section.id == home), "")
    printed = one.key in wanted or (all_printed and bool(home))
    return Offered(one.key, one.text, one.case_id, anchors.get(one.case_id, ""), home, title, printed)
