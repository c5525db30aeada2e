"""Figures of one bureau over a period, counted by one of the two readers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial

from fazheng.figures.adding import added, rests_on
from fazheng.figures.adopted import why_not
from fazheng.figures.again import remember, values_again
from fazheng.figures.again import told as told_of
from fazheng.figures.asking import Asking
from fazheng.figures.declared import Declared, of_period, opening_of
from fazheng.figures.declaring import made_of, with_declared, with_opening
from fazheng.figures.definition import definition, version_of
from fazheng.figures.findings import figure_findings, good_figures
from fazheng.figures.lazy import united
from fazheng.figures.periods import Period
from fazheng.figures.python import PythonReader
from fazheng.figures.reader import UNSAID, Found, Reader
from fazheng.figures.sql import SqlReader
from fazheng.figures.value import NO_DATA, NOTHING_OVER, FigureValue, Part, per_cent, source_of
from fazheng.figures.wide import WideReader
from fazheng.lawbook.fault import Finding, LawFault
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook


class FigureUnknown(LookupError):
    """No law file defines a figure of that id."""


def count(bureau: str, book: LawBook, period: Period, ids: Collection[str] | None = None) -> list[FigureValue]:
    """The figures in the order of the law files, or those of `ids`, counted by SQL, all of a procedure at once; read
    back where the same was asked and nothing has been written since. Their rows are looked up when they are asked for.

    Every fact is that of the period's last day; for a period that is still running see periods.up_to. A value is None
    where the book was not kept and nobody declared the number, a rule is not adopted, or a rate has nothing to stand
    on. Raises FigureUnknown, and LawFault for a figure whose definition leads nowhere.
    """
    return count_each(bureau, book, [period], ids)[0]


def count_each(
    bureau: str, book: LawBook, periods: Sequence[Period], ids: Collection[str] | None = None
) -> list[list[FigureValue]]:
    """The same for each of these periods, in their order: read back together, and what is missing counted together."""
    _wanted(book, ids)
    leaves = _leaves(book, ids)
    asking = Asking(bureau, book, tuple(dict.fromkeys(periods)), leaves)
    source = asking.source()
    named = None if ids is None else tuple(sorted(ids))
    values: dict[Period, list[FigureValue]] = {}
    for period in asking.periods:
        now = told_of(source, period, leaves)
        before = values_again(bureau, book, period, named, now) if now else None
        if before is None:
            whole = WideReader(bureau, book, period, leaves, source)
            before = count_by(partial(_reader, whole, bureau, book, period), book, period, ids)
            if now:
                remember(bureau, book, period, named, now, before, whole.told)
        values[period] = before
    asking.keep()
    return [values[period] for period in periods]


def _reader(whole: WideReader, bureau: str, book: LawBook, period: Period, asked: Period) -> Reader:
    return whole if asked == period else SqlReader(bureau, book, asked)


def recount(bureau: str, book: LawBook, period: Period, ids: Collection[str] | None = None) -> list[FigureValue]:
    """The same, counted independently: each case folded from its entries and asked in Python."""
    return count_by(lambda asked: PythonReader(bureau, book, asked), book, period, ids)


def count_by(
    reader: Callable[[Period], Reader], book: LawBook, period: Period, ids: Collection[str] | None = None
) -> list[FigureValue]:
    """The same, by the reader that `reader` makes for a period."""
    wanted = _wanted(book, ids)
    counting = _Counting(reader, reader(period), book, period)
    return [counting.value(figure) for figure in wanted]


def _wanted(book: LawBook, ids: Collection[str] | None) -> list[Figure]:
    """The figures in the order of the law files. Raises FigureUnknown, LawFault."""
    if unknown := [id for id in ids or () if id not in book.figures]:
        raise FigureUnknown(f"没有统计项“{'、'.join(unknown)}”；有：{'、'.join(book.figures) or '无'}")
    wanted = [figure for figure in book.figures.values() if ids is None or figure.id in ids]
    if faults := [finding for figure in wanted for finding in _faults(figure, book)]:
        raise LawFault(list(dict.fromkeys(faults)))
    return wanted


def _leaves(book: LawBook, ids: Collection[str] | None) -> list[Figure]:
    """The figures asked for that are counted themselves, and those that rates and sums rest on."""
    found, waiting = {}, [id for id in (book.figures if ids is None else ids) if id in book.figures]
    while waiting:
        figure = book.figures[waiting.pop()]
        waiting += [id for id in rests_on(figure) if id in book.figures]
        found[figure.id] = figure
    return [figure for figure in found.values() if not rests_on(figure)]


def _faults(figure: Figure, book: LawBook) -> list[Finding]:
    """The faults of a figure, and of those that a rate or a sum rests on."""
    found = [] if figure.id in good_figures(book) else figure_findings(figure, book)
    return found or [fault for id in rests_on(figure) for fault in _faults(book.figures[id], book)]


@dataclass
class _Counting:
    """One count of figures over a period; each is worked out once."""

    readers: Callable[[Period], Reader]
    reader: Reader
    book: LawBook
    period: Period
    known: dict[str, FigureValue] = field(default_factory=dict)

    @cached_property
    def declared(self) -> Sequence[Declared]:
        return self.reader.declared()

    def value(self, figure: Figure) -> FigureValue:
        if figure.id not in self.known:
            self.known[figure.id] = self._made(figure)
        return self.known[figure.id]

    def _made(self, figure: Figure) -> FigureValue:
        if figure.rate is not None:
            return self._rate(figure, *(self.value(self.book.figures[id]) for id in rests_on(figure)))
        if figure.adds:
            addends = [self.value(self.book.figures[id]) for id in figure.adds]
            counted = added(figure, addends, definition(figure, self.book, self.period))
        else:
            counted = self._number(figure)
        mine = of_period(figure, self.period, self.declared)
        opening = opening_of(figure, self.period, self.declared)
        if opening is not None and not (mine and counted.value is None):
            return with_opening(counted, opening, partial(self._then, figure), self.period)
        return with_declared(counted, mine, self.period)

    def _then(self, figure: Figure, day: date) -> int:
        """What the book counts as of another day."""
        return self.readers((day, day)).read(figure).value

    def _rate(self, figure: Figure, of: FigureValue, over: FigureValue) -> FigureValue:
        top, base = of.value, over.value
        told = FigureValue(
            figure.id, figure.name, figure.unit, None, definition(figure, self.book, self.period),
            united((of.rows, over.rows)), digits=figure.digits, of=over.of, counts="rate",
            rests_on=(of.id, over.id),
        )  # fmt: skip
        if not isinstance(top, int) or not isinstance(base, int):
            return replace(told, note=of.note or over.note)
        told = replace(told, numerator=top, denominator=base, source=source_of((of, over)))
        told = replace(told, declared=made_of((of, over)))
        if base == 0:
            return replace(told, note=NOTHING_OVER)
        return replace(told, value=per_cent(top, base, figure.digits))

    def _number(self, figure: Figure) -> FigureValue:
        book, period, where = self.book, self.period, figure.where
        told = FigureValue(figure.id, figure.name, figure.unit, None, definition(figure, book, period),
                           of=figure.of, counts=figure.counts or "sums")  # fmt: skip
        waits = where is not None and figure.counts != "register" and why_not(where, figure.of, book, period)
        if waits:
            return replace(told, note=waits)
        found = self.reader.read(figure)
        has_data = self.reader.had_rows if figure.counts == "register" else self.reader.was_kept
        if not found.value and not has_data(figure.of):  # rows without a number have events in the period
            return replace(told, note=NO_DATA)
        return replace(told, value=found.value, rows=found.rows, parts=_parts(figure, found, book, period))


def _parts(figure: Figure, found: Found, book: LawBook, period: Period) -> tuple[Part, ...]:
    """Every choice with its number, also 0, in the order of the law file; 未填 only where the parts fall short."""
    if figure.splits is None:
        return ()
    names = choices_of(figure, book, period)
    known = [Part(key, name, found.parts.get(key, 0)) for key, name in names.items()]
    odd = [Part(key, key, number) for key, number in sorted(found.parts.items())
           if number and key not in names and key != UNSAID]  # fmt: skip
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
