"""Figures of several periods asked together: few statements for all, whatever their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db import DatabaseError, connection, transaction

from fazheng.figures.declared import Declared, of_table
from fazheng.figures.fragments import Sql, sql
from fazheng.figures.periods import Period
from fazheng.figures.reader import UNSAID, Found
from fazheng.figures.sql import SqlReader, events_of, had_rows, was_kept
from fazheng.figures.wide.asking import Told, asked
from fazheng.figures.wide.columns import shape_digest
from fazheng.figures.wide.counting import is_yes, yes_or_no
from fazheng.figures.wide.making import Form, brought_up
from fazheng.figures.wide.planning import Planned, plan
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook

_ALONE = "t.part AS part, CAST(SUM(t.amount) AS TEXT) AS told FROM ({}) t GROUP BY t.part"
_Unit = tuple[Period, str]  # a period and a procedure


@dataclass
class Answers:
    """Of each period the figures that were counted, and which procedures and registers it has data of."""

    found: dict[tuple[Period, str], Found] = field(default_factory=dict)
    kept: dict[_Unit, bool] = field(default_factory=dict)
    rows: dict[_Unit, bool] = field(default_factory=dict)


class Together:
    """What is asked of one bureau's book over some periods. Nothing is asked before somebody wants an answer.

    What is not among the answers is to be counted alone: different values, a procedure whose rows cannot hold a case on
    that day, and everything where the database refuses to make tables.
    """

    def __init__(self, bureau: str, book: LawBook, periods: Sequence[Period], figures: Iterable[Figure]) -> None:
        self._bureau, self._book = bureau, book
        self._periods = list(dict.fromkeys(periods))
        self.figures = {figure.id: figure for figure in figures if figure.rate is None and not figure.adds}
        self._told = Answers()

    @cached_property
    def declared(self) -> Sequence[Declared]:
        return of_table(self._bureau)

    @cached_property
    def answers(self) -> Answers:
        try:
            if not connection.in_atomic_block:
                self._ask()
            else:
                with transaction.atomic():  # what fails may not take the transaction around it along
                    self._ask()
        except DatabaseError:  # a database that is only read, or whose owner lets nobody make tables
            return Answers()
        return self._told

    @cached_property
    def _plans(self) -> dict[Period, Mapping[str, Planned]]:
        figures = tuple(self.figures.values())
        return {period: plan(self._bureau, self._book, period, figures) for period in self._periods}

    def _ask(self) -> None:
        """A round for each day that the wide forms have to be brought to; mostly they stand for all days at once.

        A form that somebody else brought to another day before it was read is asked once more.
        """
        left = {(period, procedure): None for period, of in self._plans.items() for procedure in of}
        also = self._alone()
        for _ in range(2 * len(self._periods)):
            if not left:
                break
            day = next(iter(left))[0][1].isoformat()
            shapes = {of: self._plans[period][of].shape for period, of in left}
            forms = brought_up(self._bureau, day, shapes)
            units = [one for one in left if one[1] in forms and _stands(forms[one[1]], one)]
            read = self._read(units, also)
            also = []
            left = {one: None for one in left if one not in read and (one[0][1].isoformat() != day or one[1] in forms)}
        if also:
            self._read([], also)

    def _read(self, units: Sequence[_Unit], also: Sequence[_Question]) -> set[_Unit]:
        """Puts down what these are told; which of them were read from forms that stood for their day."""
        questions = [_Wide(one, self._plans[one[0]][one[1]]) for one in units]
        every = [question for one in questions for question in one.planned.statement.questions]
        told: list[Told] = []
        seen: list[Mapping[str, Form]] = []
        for places, answers, forms in asked(self._bureau, [*every, *(one.asked for one in also)]):
            told += answers
            seen += [forms] * len(places)
        at, good = 0, set[_Unit]()
        for one in questions:
            end = at + len(one.planned.statement.questions)
            if all(one.stands_in(forms) for forms in seen[at:end]):
                self._put_down(one, told[at:end])
                good.add(one.unit)
            at = end
        for other, answer in zip(also, told[at:], strict=True):
            other.put_down(self._told, answer)
        return good

    def _put_down(self, one: _Wide, told: Sequence[Told]) -> None:
        period, statement = one.unit[0], one.planned.statement
        numbers, self._told.kept[one.unit] = statement.found(told)
        for figure, of in zip(statement.figures, numbers, strict=True):
            self._told.found[period, figure.id] = Found(sum(of.values()), (), dict(of) if figure.splits else {})

    def _alone(self) -> list[_Question]:
        """What no wide form answers: figures that rows cannot hold, and whether there is data for them."""
        questions: list[_Question] = []
        for period in self._periods:
            reader = SqlReader(self._bureau, self._book, period)
            planned = {figure.id for one in self._plans[period].values() for figure in one.statement.figures}
            rest = [figure for figure in self.figures.values() if figure.id not in planned]
            questions += [_Number(period, one, reader.statement(one)) for one in rest if one.distinct is None]
            for of in sorted({figure.of for figure in rest}):
                if of in self._book.registers:
                    questions.append(_Data(period, of, had_rows(self._bureau, of, period), register=True))
                elif of not in self._plans[period]:
                    known = events_of(self._book, of)
                    questions.append(_Data(period, of, was_kept(self._bureau, of, known, period)))
        return questions


@dataclass(frozen=True)
class _Wide:
    unit: _Unit
    planned: Planned

    def stands_in(self, forms: Mapping[str, Form]) -> bool:
        """Whether the form that was read held the truth of the day."""
        form = forms.get(self.unit[1])
        return form is not None and form.shape == shape_digest(self.planned.shape) and _stands(form, self.unit)


def _stands(form: Form, unit: _Unit) -> bool:
    return form.valid_on(unit[0][1].isoformat())


@dataclass(frozen=True)
class _Number:
    """A figure by its own statement, added up where the rows are."""

    period: Period
    figure: Figure
    statement: Sql

    @property
    def asked(self) -> Sql:
        return sql(_ALONE, self.statement)

    def put_down(self, answers: Answers, told: Told) -> None:
        parts = Counter[str]()
        for part, number in told:
            parts[part or UNSAID] += int(number)
        found = Found(sum(parts.values()), (), dict(parts) if self.figure.splits else {})
        answers.found[self.period, self.figure.id] = found


@dataclass(frozen=True)
class _Data:
    """Whether there is data of a procedure or register at all."""

    period: Period
    of: str
    condition: Sql
    register: bool = False

    @property
    def asked(self) -> Sql:
        return yes_or_no(self.condition)

    def put_down(self, answers: Answers, told: Told) -> None:
        (answers.rows if self.register else answers.kept)[self.period, self.of] = is_yes(told)


_Question = _Number | _Data
