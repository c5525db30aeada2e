"""The report as the book and a person's words make it now: composed and examined once, until one of them changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.http import Http404

from fazheng.casework.bureaux import Bureau
from fazheng.figures import PeriodFault
from fazheng.issuing.papers import there
from fazheng.issuing.prose import PROSE, read_prose
from fazheng.lawbook.load import load
from fazheng.ledger.chain import Head
from fazheng.report import Composed, Examined, OutlineUnknown, ReportUnknown, compose, examine
from fazheng.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a composed report depends on beside the law files, which are read once a process."""

    bureau: Bureau
    end: Head
    today: date
    year: int
    outline: str
    prose: tuple[tuple[str, str], ...]
    with_cases: bool


@lru_cache(2)
def _made(asked: Asked) -> tuple[Composed, Examined]:
    """The report and its check-up: composed once, until the book or a person's words are others."""
    bureau = asked.bureau
    made = compose(
        bureau.code, bureau.name, load(place=bureau.place), asked.year, dict(asked.prose),
        outline=asked.outline, with_cases=asked.with_cases, today=asked.today,
    )  # fmt: skip
    return made, examine(made)


def composed_now(visit: Visit, year: int, outline: str = "", *, with_cases: bool = False) -> tuple[Composed, Examined]:
    """The report as the book and the person's words make it now, the stories of its cases only where they are asked
    for. Raises Http404 for a year or outline there is not.
    """
    asked = Asked(
        visit.bureau, visit.as_of.head, visit.today, year, outline, tuple(prose_of(visit).items()), with_cases
    )
    try:
        return _made(asked)
    except (PeriodFault, ReportUnknown, OutlineUnknown) as fault:
        raise Http404 from fault


def prose_of(visit: Visit) -> dict[str, str]:
    """A person's words by section id, as the file of the home holds them. Raises Unusable."""
    return read_prose(there(visit.serving.home / PROSE), visit.book.reports)
