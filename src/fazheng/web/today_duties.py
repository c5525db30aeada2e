"""长期义务: what the year asks of the bureau regularly, unmet or soon; all of it asked in one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from fazheng.figures.duties import Owed, began_of, duties
from fazheng.figures.periods import Period
from fazheng.figures.reader import Found
from fazheng.figures.sql import SqlReader
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook
from fazheng.ledger.joined import Question, joined
from fazheng.procedure.refusals import source
from fazheng.web.clocks import Lamp, words
from fazheng.web.visit import Visit

_STATES = {"open": "未到期", "soon": "将到期", "today": "今天到期", "overdue": "逾期未办", "met_late": "逾期已办"}
_FIRST, _FIRST_OPENED = "first", "SELECT MIN(opened_on) FROM ledger_case WHERE bureau = %s"
_AT_ONCE = 200  # questions in a statement: SQLite unites at most 500
_Read = dict[tuple[str, tuple[str | int, ...]], Found | None]  # what is asked, its parameters → what was found


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing duty in one of its periods."""

    name: str
    article: str
    lamp: Lamp
    done: str
    note: str


def standing_duties(visit: Visit) -> list[Standing]:
    """What the year asks of the bureau regularly and is not met, with what was missed; nearest first. Two statements
    for some hundred duties, where none is each row's of a register one; none while the book stands.
    """
    return visit.as_of.kept(("standing duties",), lambda: _standing_duties(visit))


def _standing_duties(visit: Visit) -> list[Standing]:
    found = owed(visit.bureau.code, visit.book, visit.today)
    return list(_standing(one for one in found if one.state != "met" and not one.note))


def owed(bureau: str, book: LawBook, today: date) -> list[Owed]:
    """The duties of the year as `figures.duties` has them. They are gone through twice: what they ask is noted first,
    asked together, and then told.
    """
    asked: _Read = {}

    def through(began: date) -> list[Owed]:
        return duties(bureau, book, today.year, today, partial(_Together, asked), began)

    through(today)
    return through(began_of(_ask(asked, bureau), today))


class _Together(SqlReader):
    """Notes what is asked of it, and tells what was answered since."""

    def __init__(self, asked: _Read, bureau: str, book: LawBook, period: Period) -> None:
        super().__init__(bureau, book, period)
        self._noted = asked

    def read(self, figure: Figure) -> Found:
        one = self.statement(figure)
        return self._noted.setdefault((one.text, tuple(one.params)), None) or Found(0, ())


def _ask(asked: _Read, bureau: str) -> str | None:
    """Asks all of them, some hundred in a statement. Each tells case id, part, amount. And on which day the book's
    first case was opened, None where it has none.
    """
    every, first = list(asked), {_FIRST: Question(_FIRST_OPENED, (bureau,), 1)}
    told = joined({**_questions(every[:_AT_ONCE]), **first})
    for start in range(_AT_ONCE, len(every), _AT_ONCE):
        told |= joined(_questions(every[start : start + _AT_ONCE], start))
    for name, key in zip(_questions(every), every, strict=True):
        cases = tuple(sorted({str(row[0]) for row in told[name]}))
        asked[key] = Found(sum(int(row[2] or 0) for row in told[name]), cases)
    return told[_FIRST][0][0]


def _questions(some: Sequence[tuple[str, tuple[str | int, ...]]], start: int = 0) -> dict[str, Question]:
    return {f"q{n}": Question(text, params, 3) for n, (text, params) in enumerate(some, start)}


def _standing(found: Iterator[Owed]) -> Iterator[Standing]:
    for one in found:
        name = one.duty.name + (f"（{one.row}）" if one.row else "")
        said = words(one.days_left, one.light) if one.light else _STATES[one.state]
        lamp = Lamp(name, source(one.duty), one.light or "green", said, one.due.isoformat())
        yield Standing(name, source(one.duty), lamp, f"{one.done}/{one.duty.at_least}", _STATES[one.state])
