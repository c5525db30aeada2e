"""Figures of one bureau over a period, counted by one of the two readers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from fazheng.figures.adding import added, rests_on
from fazheng.figures.adopted import why_not
from fazheng.figures.definition import definition, version_of
from fazheng.figures.findings import figure_findings
from fazheng.figures.periods import Period
from fazheng.figures.python import PythonReader
from fazheng.figures.reader import UNSAID, Found, Reader
from fazheng.figures.sql import SqlReader
from fazheng.figures.value import NO_DATA, NOTHING_OVER, FigureValue, Part, per_cent
from fazheng.lawbook.fault import Finding, LawFault
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook


class FigureUnknown(LookupError):
    """No law file defines a figure of that id."""


def count(bureau: str, book: LawBook, period: Period, ids: Collection[str] | None = None) -> list[FigureValue]:
    """The figures in the order of the law files, or those of `ids`, counted by SQL.

    Every fact is that of the period's last day; for a period that is still running see periods.up_to. A value is None
    where the book was not kept, a rule is not adopted, or a rate has nothing to stand on. Raises FigureUnknown, and
    LawFault for a figure whose definition leads nowhere.
    """
    return _counted(SqlReader(bureau, book, period), book, period, ids)


def recount(bureau: str, book: LawBook, period: Period, ids: Collection[str] | None = None) -> list[FigureValue]:
    """The same, counted independently: each case folded from its entries and asked in Python."""
    return _counted(PythonReader(bureau, book, period), book, period, ids)


def _counted(reader: Reader, book: LawBook, period: Period, ids: Collection[str] | None) -> list[FigureValue]:
    if unknown := [id for id in ids or () if id not in book.figures]:
        raise FigureUnknown(f"没有统计项“{'、'.join(unknown)}”；有：{'、'.join(book.figures) or '无'}")
    wanted = [figure for figure in book.figures.values() if ids is None or figure.id in ids]
    if faults := [finding for figure in wanted for finding in _faults(figure, book)]:
        raise LawFault(list(dict.fromkeys(faults)))
    known: dict[str, FigureValue] = {}
    return [_value(figure, reader, book, period, known) for figure in wanted]


def _faults(figure: Figure, book: LawBook) -> list[Finding]:
    """The faults of a figure, and of those that a rate or a sum rests on."""
    found = figure_findings(figure, book)
    return found or [fault for id in rests_on(figure) for fault in _faults(book.figures[id], book)]


def _value(figure: Figure, reader: Reader, book: LawBook, period: Period, known: dict[str, FigureValue]) -> FigureValue:
    if figure.id not in known:
        make = _rate if figure.rate is not None else _sum if figure.adds else _number
        known[figure.id] = make(figure, reader, book, period, known)
    return known[figure.id]


def _rate(figure: Figure, reader: Reader, book: LawBook, period: Period, known: dict[str, FigureValue]) -> FigureValue:
    assert figure.rate is not None
    of, over = (_value(book.figures[id], reader, book, period, known) for id in (figure.rate.of, figure.rate.over))
    top, base = of.value, over.value
    told = FigureValue(
        figure.id, figure.name, figure.unit, None, definition(figure, book, period),
        tuple(sorted({*of.rows, *over.rows})), digits=figure.digits, of=over.of, counts="rate",
        rests_on=(of.id, over.id),
    )  # fmt: skip
    if not isinstance(top, int) or not isinstance(base, int):
        return replace(told, note=of.note or over.note)
    if base == 0:
        return replace(told, numerator=top, denominator=base, note=NOTHING_OVER)
    return replace(told, numerator=top, denominator=base, value=per_cent(top, base, figure.digits))


def _sum(figure: Figure, reader: Reader, book: LawBook, period: Period, known: dict[str, FigureValue]) -> FigureValue:
    addends = [_value(book.figures[id], reader, book, period, known) for id in figure.adds]
    return added(figure, addends, definition(figure, book, period))


def _number(
    figure: Figure, reader: Reader, book: LawBook, period: Period, known: dict[str, FigureValue]
) -> FigureValue:
    told = FigureValue(figure.id, figure.name, figure.unit, None, definition(figure, book, period),
                       of=figure.of, counts=figure.counts or "sums")  # fmt: skip
    waits = figure.where is not None and figure.counts != "register" and why_not(figure.where, figure.of, book, period)
    if waits:
        return replace(told, note=waits)
    found = reader.read(figure)
    has_data = reader.had_rows if figure.counts == "register" else reader.was_kept
    if not found.rows and not has_data(figure.of):
        return replace(told, note=NO_DATA)
    return replace(told, value=found.value, rows=found.rows, parts=_parts(figure, found, book, period))


def _parts(figure: Figure, found: Found, book: LawBook, period: Period) -> tuple[Part, ...]:
    """Every choice with its number, also 0, in the order of the law file; 未填 only where the parts fall short."""
    if figure.splits is None:
        return ()
    names = choices_of(figure, book, period)
    known = [Part(key, name, found.parts.get(key, 0)) for key, name in names.items()]
    odd = [Part(key, key, number) for key, number in sorted(found.parts.items()) if key not in names and key != UNSAID]
    unsaid = found.value - sum(part.value for part in (*known, *odd))
    return (*known, *odd, *((Part(UNSAID, "未填", unsaid),) if unsaid else ()))


def choices_of(figure: Figure, book: LawBook, period: Period) -> dict[str, str]:
    """The choices of the field a figure is split by: those of the version in force first, then those of others."""
    assert figure.splits is not None
    field = figure.splits.field
    if figure.counts == "register":
        register = book.registers[figure.of]
        return dict(register.choices[register.kinds[field].of])
    names: dict[str, str] = {}
    for version in (version_of(figure.of, book, period), *reversed(book.procedures[figure.of])):
        step = version.step_of.get(figure.splits.event)
        kind = step.kinds.get(field) if step else None
        if kind is not None and kind.name == "choice":
            for key, name in version.choices.get(kind.of, {}).items():
                names.setdefault(key, name)
    return names
