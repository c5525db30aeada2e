"""The head's twelve questions as questions.toml names them, and what an answer is made of."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal, TypeVar

import msgspec

from fazheng.figures import FigureValue, Period, count_each, since, up_to
from fazheng.figures import year as whole_year
from fazheng.web.tables import Table
from fazheng.web.visit import Visit

T = TypeVar("T")
_HOLE = re.compile(r"\{([a-z_.]+)\}")


@dataclass(frozen=True, slots=True)
class Question:
    """`figures`: ids of those that answer it; `says`: a sentence of them; `unsaid`: what the book can't know, said so.

    `years`: which year is looked at first, the last one or this one; "" where no year is asked. `listed`: figures
    whose rows stand on the page itself.
    """

    id: str
    asks: str
    laws: tuple[str, ...]
    years: Literal["", "last", "this"] = ""
    says: str = ""
    figures: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an answer's page: a table, or paragraphs, or both; `form` is a template of its own."""

    title: str
    table: Table | None = None
    said: Sequence[str] = ()
    form: str = ""
    told: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Asked:
    """One visit to the questions. Figures of a year are counted once, all of them together, so that the answer kept
    for one question is there for the others; with `every`, those of all years that the questions look at first are
    counted together, too.
    """

    visit: Visit
    year: int = 0
    every: bool = False
    _counted: dict[int, Mapping[str, FigureValue]] = field(default_factory=dict)

    @cached_property
    def this_year(self) -> int:
        return self.visit.today.year

    def year_of(self, question: Question) -> int:
        """The year that was asked for, or the one the question looks at first; a year to come is this one."""
        first = self.this_year - 1 if question.years == "last" else self.this_year
        return min(self.year, self.this_year) if self.year else first

    def period(self, year: int) -> Period:
        """The year, as far as it is over."""
        return up_to(whole_year(year), self.visit.today)

    def values(self, year: int) -> Mapping[str, FigureValue]:
        """Every figure of the twelve questions in that year, by id. Two statements once the answer is kept."""
        if year not in self._counted:
            book, first = self.visit.book, {self.year_of(one) for one in questions() if one.years and self.every}
            years = sorted(first | {year})
            ids = sorted({id for one in questions() for id in one.figures if id in book.figures})
            found = count_each(self.visit.bureau.code, book, [self.period(one) for one in years], ids)
            for one, values in zip(years, found, strict=True):
                self._counted[one] = {value.id: value for value in values}
        return self._counted[year]

    def standing(self, key: tuple[Hashable, ...], parts: Collection[str], make: Callable[[], T]) -> T:
        """What `make` gave under the key on the same day, as long as nothing came to these parts of the book: see
        figures/wide/marks.py. Nobody may change it.
        """
        self.values(self.this_year)
        stands = since(self.visit.bureau.code, self.visit.as_of.head, parts)
        return make() if stands is None else self.visit.as_of.all_day.kept((*key, *stands), make)

    def sentence(self, question: Question) -> str:
        """What `says` says of its year; each number with its unit, and a number nobody knows as such."""
        year = self.year_of(question)
        values = self.values(year)
        span = f"{year}年{'' if year < self.this_year else '至今'}"
        asked = [values.get(id) for id in _HOLE.findall(question.says)]
        if all(value is None or value.value is None for value in asked):
            return f"{span}没有数据：账本里没有记，也没有人申报。这不是零。"
        said = _HOLE.sub(lambda found: with_unit(values.get(found[1])), question.says)
        return f"{span}：{said}。"


def with_unit(value: FigureValue | None) -> str:
    """12件, 1500.00元, 66.7%（2/3）; （没有数据） where nothing is known: never a nought."""
    if value is None or value.value is None:
        return "（没有数据）" if value is None or value.state == "no_data" else "（没有可比的基数）"
    if value.counts == "rate":
        return f"{value.shown}（{value.numerator}/{value.denominator}）"
    return f"{value.shown}{value.unit}"


@cache
def questions() -> tuple[Question, ...]:
    """The twelve, in their order."""
    told = tomllib.loads(files(__package__).joinpath("questions.toml").read_text("utf-8"))
    return tuple(msgspec.convert(one, Question) for one in told["question"])


def question(id: str) -> Question | None:
    """The question of that name; None where there is none."""
    return next((one for one in questions() if one.id == id), None)
