"""Figures of several periods asked together: few statements for all, whatever their number."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db import DatabaseError

from fazheng.figures.declared import Declared, of_table
from fazheng.figures.entered import values
from fazheng.figures.fragments import Sql, sql
from fazheng.figures.periods import Period
from fazheng.figures.reader import UNSAID, Found
from fazheng.figures.sql import SqlReader, events_of, had_rows, happened_in
from fazheng.figures.wide.asking import Answer, asked
from fazheng.figures.wide.columns import shape_digest
from fazheng.figures.wide.counting import is_yes, yes_or_no
from fazheng.figures.wide.forms import Form
from fazheng.figures.wide.making import brought_up
from fazheng.figures.wide.moving import Moving
from fazheng.figures.wide.planning import Planned, plan
from fazheng.figures.wide.tables import with_tables
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import Head
from fazheng.ledger.rows import rows

_ALONE = "t.part AS part, CAST(SUM(t.amount) AS TEXT) AS told FROM ({}) t GROUP BY t.part"
_VALUES = "t.case_id AS part, CAST(t.part AS TEXT) AS told FROM ({}) t WHERE t.part IS NOT NULL"
_Unit = tuple[Period, str]  # a period and a procedure


@dataclass
class Answers:
    """Of each period the figures that were counted, and which procedures have events in it, which registers rows.

    `ends`: where the book ended whenever something of it was asked.
    """

    found: dict[tuple[Period, str], Found] = field(default_factory=dict)
    happened: dict[_Unit, bool] = field(default_factory=dict)
    rows: dict[_Unit, bool] = field(default_factory=dict)
    ends: set[Head] = field(default_factory=set)

    def take_in(self, other: Answers) -> None:
        """Adds what is known beside it."""
        self.found = other.found | self.found
        self.happened = other.happened | self.happened
        self.rows = other.rows | self.rows


class Together:
    """What is asked of one bureau's book over some periods. Nothing is asked before somebody wants an answer.

    What is not among the answers is to be counted alone: a procedure whose rows cannot hold a case on that day, and
    everything where the database refuses to make tables. Numbers that `moving` knows of go along with the forms.
    """

    def __init__(
        self, bureau: str, book: LawBook, figures: Mapping[Period, Iterable[Figure]], moving: Moving | None = None
    ) -> None:
        self._bureau, self._book, self._moving = bureau, book, moving
        self.figures = {
            period: {figure.id: figure for figure in some if figure.rate is None and not figure.adds}
            for period, some in figures.items()
        }
        self._told = Answers()

    @cached_property
    def declared(self) -> Sequence[Declared]:
        return of_table(self._bureau)

    @cached_property
    def zeros(self) -> Collection[tuple[str, int]]:
        """The procedures and years for which somebody signed that nothing happened."""
        found = rows("SELECT procedure, year FROM ledger_nothing_happened WHERE bureau = %s", [self._bureau])
        return {(procedure, year) for procedure, year in found}

    @cached_property
    def answers(self) -> Answers:
        try:
            with_tables(self._ask)
        except DatabaseError:  # a database that is only read, or whose owner lets nobody make tables
            return Answers()
        return self._told

    @cached_property
    def _plans(self) -> dict[Period, Mapping[str, Planned]]:
        bureau, book = self._bureau, self._book
        return {period: plan(bureau, book, period, tuple(some.values())) for period, some in self.figures.items()}

    def _ask(self) -> None:
        """A round for each day that the wide forms have to be brought to; mostly they stand for all days at once.

        A form that somebody else brought to another day before it was read is asked once more.
        """
        self._told = Answers()
        left = {(period, procedure): None for period, of in self._plans.items() for procedure in of}
        also = self._alone()
        for _ in range(2 * len(self.figures)):
            if not left:
                break
            day = next(iter(left))[0][1].isoformat()
            shapes = {of: self._plans[period][of].shape for period, of in left}
            forms = brought_up(self._bureau, day, shapes, self._moving)
            units = [one for one in left if one[1] in forms and _stands(forms[one[1]], one)]
            read = self._read(units, also)
            also = []
            left = {one: None for one in left if one not in read and (one[0][1].isoformat() != day or one[1] in forms)}
        if also:
            self._read([], also)

    def _read(self, units: Sequence[_Unit], also: Sequence[_Question]) -> set[_Unit]:
        """Puts down what these are told; which of them were read from forms that stood for their day."""
        questions = [_Wide(one, self._plans[one[0]][one[1]]) for one in units]
        halves = [self._halves(one) for one in questions]
        every = [
            question for one, half in zip(questions, halves, strict=True)
            for question in (*one.planned.statement.questions, *(other.asked for other in half))
        ]  # fmt: skip
        told: list[Answer] = []
        seen: list[Mapping[str, Form]] = []
        for some in asked(self._bureau, [*every, *(one.asked for one in also)]):
            told += some.answers
            seen += [some.forms] * len(some.places)
            self._told.ends |= {some.end} if some.end else set()
        at, good = 0, set[_Unit]()
        for one, half in zip(questions, halves, strict=True):
            mid = at + len(one.planned.statement.questions)
            end = mid + len(half)
            if all(one.stands_in(forms) for forms in seen[at:end]):
                self._put_down(one, told[at:mid])
                for other, answer in zip(half, told[mid:end], strict=True):
                    other.put_down(self._told, answer)
                good.add(one.unit)
            at = end
        for question, answer in zip(also, told[at:], strict=True):
            question.put_down(self._told, answer)
        return good

    def _halves(self, one: _Wide) -> list[_Number]:
        """Figures by their own statement, of the cases that the form says may count."""
        period = one.unit[0]
        reader = SqlReader(self._bureau, self._book, period)
        return [_Number(period, figure, reader.statement(figure, among)) for figure, among in one.planned.halves]

    def _put_down(self, one: _Wide, told: Sequence[Answer]) -> None:
        period, statement = one.unit[0], one.planned.statement
        numbers, self._told.happened[one.unit] = statement.found(told)
        for figure, of in zip(statement.figures, numbers, strict=True):
            self._told.found[period, figure.id] = Found(sum(of.values()), (), dict(of) if figure.splits else {})

    def _alone(self) -> list[_Question]:
        """What no wide form answers: figures that rows cannot hold, and whether there is data for them."""
        questions: list[_Question] = []
        for period, figures in self.figures.items():
            reader = SqlReader(self._bureau, self._book, period)
            plans = self._plans[period].values()
            planned = {figure.id for one in plans for figure in (*one.statement.figures, *dict(one.halves))}
            rest = [figure for figure in figures.values() if figure.id not in planned]
            questions += [_Number(period, one, reader.statement(one)) for one in rest]
            for of in sorted({figure.of for figure in rest}):
                if of in self._book.registers:
                    questions.append(_Data(period, of, had_rows(self._bureau, of, period), register=True))
                elif of not in self._plans[period]:
                    known = events_of(self._book, of)
                    questions.append(_Data(period, of, happened_in(self._bureau, of, known, period)))
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
        return sql(_VALUES if self.figure.distinct else _ALONE, self.statement)

    def put_down(self, answers: Answers, told: Answer) -> None:
        answers.found[self.period, self.figure.id] = self._different(told) if self.figure.distinct else self._sum(told)

    def _sum(self, told: Answer) -> Found:
        parts = Counter[str]()
        for part, number in told:
            parts[part or UNSAID] += int(number)
        return Found(sum(parts.values()), (), dict(parts) if self.figure.splits else {})

    def _different(self, told: Answer) -> Found:
        assert self.figure.distinct is not None
        plain = self.figure.distinct.field in ("on", "by")
        return Found(len({one for _, said in told for one in ([said] if plain else values(json.loads(said)))}), ())


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

    def put_down(self, answers: Answers, told: Answer) -> None:
        (answers.rows if self.register else answers.happened)[self.period, self.of] = is_yes(told)


_Question = _Number | _Data
