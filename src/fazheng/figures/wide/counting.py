"""Many figures of one procedure over its wide form: a few questions, that share passes over its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from fazheng.figures.fragments import ALWAYS, Sql, sql
from fazheng.figures.reader import UNSAID
from fazheng.figures.sql import EACH, bound_event, happened_in
from fazheng.figures.wide.asking import Answer
from fazheng.figures.wide.columns import NotWide
from fazheng.figures.wide.conditions import Wide
from fazheng.figures.wide.selecting import TOUCHED
from fazheng.figures.wide.tables import again_table, wide_table
from fazheng.lawbook.figure import Figure

_AT_ONCE = 200  # numbers in one sum of texts: an expression of SQLite is at most 1000 deep
_MOVED = f"(SELECT t.* FROM {TOUCHED} x CROSS JOIN {{}} t WHERE t.case_id = x.case_id AND x.entered = 1)"
_ONCE = "NULL AS part, {} AS told FROM {}"
_EACH = "{} AS part, CAST(SUM({}) AS TEXT) AS told FROM {} GROUP BY 2 HAVING COUNT({}) > 0"


@dataclass(frozen=True)
class Piece:
    """What one figure, by its place, takes from the rows of one source: the condition, what each adds, its part."""

    place: int
    amount: Sql
    where: Sql | None
    part: Sql | None

    @property
    def added(self) -> Sql:
        """A number for each row that counts, NULL for others."""
        return sql("CASE WHEN {} THEN {} END", self.where, self.amount) if self.where else self.amount

    @property
    def total(self) -> Sql:
        if self.amount.text == "1":
            return sql("COUNT(*) FILTER (WHERE {})", self.where) if self.where else Sql("COUNT(*)")
        return sql("COALESCE(SUM({}), 0)", self.added)


@dataclass(frozen=True)
class Written:
    """What the database is asked: whether the procedure has events, then a question a range of figures. The same
    text for the same question, so that it is prepared once.
    """

    questions: tuple[Sql, ...]
    ranges: tuple[tuple[int, ...], ...]
    figures: tuple[Figure, ...]

    def found(self, told: Sequence[Answer]) -> tuple[list[Counter[str]], bool]:
        """Of each figure its number by part, one part where it is not split; and whether there are events."""
        numbers = [Counter[str]() for _ in self.figures]
        kept, *answers = told
        for places, answer in zip(self.ranges, answers, strict=True):
            for part, said in answer:
                for place, number in zip(places, said.split(","), strict=True):
                    numbers[place][part or UNSAID] += int(Decimal(number))
        return numbers, is_yes(kept)


@dataclass
class Statement:
    """What counts these figures, all of one procedure: over all cases, or those that went on (`moved`).

    Raises NotWide where rows cannot hold one.
    """

    bureau: str
    figures: Sequence[Figure]
    wide: Wide
    moved: bool = False
    sources: dict[Sql, list[Piece]] = field(default_factory=dict)
    ranges: list[tuple[int, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        table = wide_table(self.bureau, self.wide.asked.procedure)
        self.table = f"{_MOVED.format(table) if self.moved else table} w"
        if any(figure.counts == "register" or figure.distinct is not None for figure in self.figures):
            raise NotWide
        for place, figure in enumerate(self.figures):
            if figure.counts == "cases":
                self._cases(place, figure)
        for place, figure in enumerate(self.figures):  # they may share a pass with figures of cases
            if figure.counts != "cases":
                self._events(place, figure, figure.sums.event if figure.sums else figure.event)

    def written(self, known: Iterable[str]) -> Written:
        """Asks for rows of: a part or nothing, the numbers of a range of figures with commas between.

        `known` are the events of the procedure: whether one lies in the period, of any case, is told beside the
        numbers.
        """
        asked = self.wide.asked
        self.ranges = []
        told = [yes_or_no(happened_in(self.bureau, asked.procedure, known, asked.period))]
        for source, pieces in self.sources.items():
            whole = [piece for piece in pieces if piece.part is None]
            for n in range(0, len(whole), _AT_ONCE):
                some = whole[n : n + _AT_ONCE]
                between = Sql(" || ',' || ".join(["CAST({} AS TEXT)"] * len(some)))
                told.append(sql(_ONCE, sql(between.text, *(one.total for one in some)), source))
                self.ranges.append(tuple(piece.place for piece in some))
            for one in pieces:
                if one.part is not None:
                    told.append(sql(_EACH, one.part, one.added, source, one.added))
                    self.ranges.append((one.place,))
        return Written(tuple(told), tuple(self.ranges), tuple(self.figures))

    def _cases(self, place: int, figure: Figure) -> None:
        """Cases that must have an event in the period are looked for by its day."""
        bound, where = bound_event(figure.where)
        if bound is None:
            source = sql(f"{self.table} WHERE w.born <= {{}}", self.wide.asked.day)
        else:
            source = self._in_period(bound)
        part = self.wide.text(figure.splits) if figure.splits else None
        self._add(source, Piece(place, EACH, self.wide.holds(where) if where else None, part))

    def _events(self, place: int, figure: Figure, event: str) -> None:
        """Events that a case has once stand in its row; those it has several times are looked for one by one."""
        dialect, columns, splits, sums = self.wide.asked.dialect, self.wide.columns, figure.splits, figure.sums
        all_of_them = columns.of("all", event)
        holds = self.wide.holds(figure.where) if figure.where else ALWAYS
        of_case = self.wide.text(splits) if splits else None
        own = splits is not None and splits.event == event
        amount = dialect.integer(columns.field(event, sums.field)) if sums else EACH
        part = dialect.text(columns.field(event, splits.field)) if splits and own else of_case
        once = Sql(f"{all_of_them} = 1")
        source, where = self._in_period(event), sql("{} AND {}", once, holds) if figure.where else once
        bound = bound_event(figure.where)[0]
        if bound not in (None, event) and (other := self._by_day(bound)) in self.sources:
            source, where = other, sql("{} AND {}", self.wide.in_period(event), where)
        self._add(source, Piece(place, amount, where, part))
        amount = dialect.integer(dialect.field("s.data", sums.field)) if sums else EACH
        part = dialect.text(dialect.field("s.data", splits.field)) if splits and own else of_case
        first, last = (day.isoformat() for day in self.wide.asked.period)
        again = again_table(self.bureau, self.wide.asked.procedure)
        repeated = sql(
            f"{self.table} CROSS JOIN {again} s WHERE {all_of_them} > 1 AND s.case_id = w.case_id AND s.event = {{}}"
            " AND s.on_day BETWEEN {} AND {}",
            event, first, last,
        )  # fmt: skip
        self._add(repeated, Piece(place, amount, holds, part))

    def _in_period(self, event: str) -> Sql:
        self.wide.columns.bound(event)
        return self._by_day(event)

    def _by_day(self, event: str) -> Sql:
        return sql(f"{self.table} WHERE {{}}", self.wide.in_period(event))

    def _add(self, source: Sql, piece: Piece) -> None:
        self.sources.setdefault(source, []).append(piece)


def not_valid(bureau: str, procedure: str, day: str) -> Sql:
    """The question how many of the cases that went on have rows that say nothing of the day."""
    edges = "w.since <= {} AND w.begun_since <= {} AND w.until > {} AND w.begun_until > {}"
    source = f"{_MOVED.format(wide_table(bureau, procedure))} w WHERE NOT ({edges})"
    return sql("NULL AS part, CAST(COUNT(*) AS TEXT) AS told FROM " + source, day, day, day, day)


def yes_or_no(condition: Sql) -> Sql:
    """The question whether the condition holds."""
    return sql("NULL AS part, CASE WHEN {} THEN '1' ELSE '0' END AS told", condition)


def is_yes(answer: Answer) -> bool:
    return answer[0][1] == "1"
