"""Where each number comes from: its definition, its base, its rows, and the stories of the cases among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fazheng.figures import FigureValue, Period, number_text
from fazheng.figures.saying import against, who
from fazheng.lawbook.figure import Register
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.sections import section_names
from fazheng.ledger.read import cases_entries
from fazheng.procedure.examples import calendar_of
from fazheng.register import rows_on
from fazheng.report.composed import CaseStory, FigureBlock, Link, RowList, Told
from fazheng.report.stories import story
from fazheng.report.wording import told

_OF_EACH = 20
Stories = tuple[tuple[str, tuple[CaseStory, ...]], ...]


MOST_TOLD = 1000  # cases whose stories a page tells: a year of 20,000 would take minutes and be too large to open


def anchors_of(
    book: LawBook, values: Iterable[FigureValue], more: Iterable[str] = (), at_most: int = MOST_TOLD
) -> tuple[dict[str, str], int]:
    """The anchor of each case whose story is told, by case id, and how many cases of the figures are not told.

    `more` are cases that promises and 素材 speak of: they always are. Where the figures count more than `at_most`,
    those of the figures with the fewest cases are told, so that what is rare can be read, and some of each other.
    """
    lists = sorted((value.rows for value in values if value.of in book.procedures), key=len)
    wanted, told = set(more), set(more)
    for rows in lists:
        wanted.update(rows)
        if len(wanted) <= at_most:
            told = set(wanted)
    for rows in lists if len(wanted) > at_most else ():
        told.update(rows[: min(_OF_EACH, max(at_most - len(told), 0))])
    return {case_id: f"c{n}" for n, case_id in enumerate(sorted(told), 1)}, len(wanted) - len(told)


def stories(bureau: str, book: LawBook, period: Period, anchors: Mapping[str, str]) -> Stories:
    """The stories of these cases by procedure, each case once, by its id. Reads and folds every one of them."""
    found: dict[str, list[CaseStory]] = {}
    calendar = calendar_of(book)
    for case_id, entries in cases_entries(bureau, list(anchors)) if anchors else ():
        if one := story(case_id, entries, book, anchors, last=period[1], calendar=calendar):
            found.setdefault(case_id.rsplit("-", 2)[0], []).append(one)
    return tuple((book.procedures[id][-1].name, tuple(cases)) for id, cases in sorted(found.items()))


def blocks(
    bureau: str, book: LawBook, period: Period, values: Mapping[str, FigureValue], anchors: Mapping[str, str],
    *, with_rows: bool = True,
) -> tuple[FigureBlock, ...]:  # fmt: skip
    """One block a figure, in the order of the law files; without `with_rows` not one row is looked up."""
    if not with_rows:
        return tuple(_said(book, value, values, ()) for value in values.values())
    seen: dict[str, list[FigureValue]] = {}  # register or procedure → the figures whose blocks tell its rows
    return tuple(_block(bureau, book, period, value, values, anchors, seen) for value in values.values())


def _block(
    bureau: str,
    book: LawBook,
    period: Period,
    value: FigureValue,
    values: Mapping[str, FigureValue],
    anchors: Mapping[str, str],
    seen: dict[str, list[FigureValue]],
) -> FigureBlock:
    under = tuple(values[id] for id in value.rests_on)
    base = under if value.counts == "rate" else ()
    if value.counts == "register":
        rows: list[RowList] = [_register_rows(bureau, book.registers[value.of], period, value, seen)]
    elif base:
        rest = sorted(set(base[1].rows) - set(base[0].rows))
        rows = [
            _case_rows(f"“{base[0].name}”", base[0].rows, anchors, see=base[0]),
            _case_rows(f"“{base[1].name}”中其余的", rest, anchors),
        ]
    elif under:
        rows = [_case_rows(f"“{one.name}”", one.rows, anchors, see=one) for one in under]
    else:
        told_by = seen.setdefault(value.of, [])
        same = next((earlier for earlier in told_by if earlier.rows == value.rows), None)
        if same is None:
            told_by.append(value)
        rows = [_case_rows("", value.rows, anchors, see=same)]
    return _said(book, value, values, tuple(row for row in rows if row.size))


def _said(
    book: LawBook, value: FigureValue, values: Mapping[str, FigureValue], rows: tuple[RowList, ...]
) -> FigureBlock:
    """The block with these rows, and whatever else is said of the number."""
    base = tuple(values[id] for id in value.rests_on) if value.counts == "rate" else ()
    parts = tuple((part.name, number_text(part.value, value.unit)) for part in value.parts)
    names = section_names(book)
    said = tuple(dict.fromkeys(who(one, names) for one in value.declared)) if value.source != "counted" else ()
    return FigureBlock(value, rows, base, parts, said, against(value, names))


def _case_rows(
    heading: str, rows: Iterable[str], anchors: Mapping[str, str], see: FigureValue | None = None
) -> RowList:
    """Case ids without their procedure, which the heading of the block names."""
    return RowList(
        heading, tuple(Link("-".join(row.rsplit("-", 2)[1:]), anchors.get(row, "")) for row in rows), see=see
    )


def _register_rows(
    bureau: str, register: Register, period: Period, value: FigureValue, seen: dict[str, list[FigureValue]]
) -> RowList:
    """The rows as they stood on the period's last day, with what may be shown of them."""
    wanted = set(value.rows)
    told_by = seen.setdefault(register.id, [])
    see = next((earlier for earlier in told_by if wanted <= set(earlier.rows)), None)
    if see is None:
        told_by.append(value)
    found: list[tuple[str, tuple[Told, ...]]] = []
    for row in rows_on(bureau, register.id, period[1]):
        if row.key in wanted:
            data = {field: held for field, held in row.data.items() if field != register.key}
            found.append((row.key, told(data, register.kinds, register.labels, register.choices, {})[0]))
    return RowList("", register=tuple(found), see=see)
