"""The yearly review of the list of powers: what the book counts by item, entered as a case that figures add up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from fazheng.casework.bureaux import Bureau
from fazheng.casework.writing import Act, Writing
from fazheng.lawbook.load import LawBook, load
from fazheng.procedure.examples import calendar_of
from fazheng.procedure.refusals import own
from fazheng.procedure.surroundings import Refusal
from fazheng.register.powers import items_on
from fazheng.register.powers_bases import bases_of
from fazheng.register.powers_matrix import matrix
from fazheng.register.powers_use import Usage, usage

REVIEW, BEGUN, CHECK = "powers.review", "review_begun", "check_item"


@dataclass(frozen=True, slots=True)
class Counted:
    """What the book says of the list in a year: one set of numbers an item, under the names of the review's fields."""

    year: int
    usage: Usage
    numbers: dict[str, dict[str, int]]

    def total(self, field: str) -> int:
        """The sum of a field over all items."""
        return sum(one[field] for one in self.numbers.values())

    @property
    def without(self) -> int:
        """Cases of procedures that are in no item."""
        return sum(map(len, self.usage.without.values()))

    def as_json(self) -> dict[str, Any]:
        """For a program: the numbers by item, the cases without an item, those not yet put under one, deviations."""
        return {
            "year": self.year,
            "items": self.numbers,
            "unused": self.usage.unused,
            "cases_without_item": dict(self.usage.without),
            "cases_not_yet_put": dict(self.usage.shared),
            "deviations": [
                {"item": use.item.code, "case": one.case_id, "how": one.how, "what": one.what}
                for use in self.usage.items
                for one in use.deviations
            ],
        }


def counted(bureau: Bureau, year: int, book: LawBook | None = None, today: date | None = None) -> Counted:
    """What the book says of the year; the list, its posts and its bases are asked of the year's last day.

    In a year that is not over, of `today`.
    """
    book = book or load(place=bureau.place)
    last = min(date(year, 12, 31), today) if today and today.year == year else date(year, 12, 31)
    found = usage(bureau.code, book, calendar_of(book), date(year, 1, 1), date(year, 12, 31))
    return Counted(year, found, dict(_numbers(bureau.code, found, book, last)))


def _numbers(bureau: str, found: Usage, book: LawBook, last: date) -> Iterator[tuple[str, dict[str, int]]]:
    unowned = set(matrix(bureau, last).unowned)
    bases = bases_of(items_on(bureau, last), book, last)
    for use in found.items:
        code = use.item.code
        own_bases = [one for one in bases if one.item == code]
        yield (
            code,
            {
                "of_item": len(use.cases),
                "unused": int(not use.cases),
                "bases": len(own_bases),
                "outdated": sum(one.state == "outdated" for one in own_bases),
                "unowned": int(code in unowned),
                "closed": use.compared,
                "deviating": use.deviating,
                "promised": use.promised,
                "kept": use.kept,
                "days_saved": use.saved,
            },
        )


class ReviewRefused(Exception):
    """A step of the review was refused: raised, so that the transaction leaves nothing of it."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(refusals[0].says)
        self.refusals = refusals


def enter_review(act: Writing, year: int, by: Act) -> str:
    """Counts the year and enters it; the case. Raises ReviewRefused."""
    act.flush()
    found = counted(act.bureau, year, act.book, by.on)
    if not found.numbers:
        none = own("order", f"{year}年底没有权责清单", "先导入或者登记权责清单", hard=True)
        raise ReviewRefused((none,))
    begun = {"year": year, "items": len(found.numbers), "cases": found.total("of_item"), "cases_without": found.without}
    done = act.open(REVIEW, Act(by.on, by.by, begun))
    if done.refused:
        raise ReviewRefused(done.decision.refusals)
    for code, numbers in found.numbers.items():
        step = act.do(done.case_id, CHECK, Act(by.on, by.by, {"item": code, **numbers}))
        if step.refused:
            raise ReviewRefused(step.decision.refusals)
    return done.case_id
