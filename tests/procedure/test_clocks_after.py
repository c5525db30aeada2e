"""Clocks carried on from the case before an event are those worked out from nothing, for any case and any event."""

from random import Random

import pytest

from fazheng.lawbook.load import load
from fazheng.procedure.case import Case, Event
from fazheng.procedure.clocks import clocks, clocks_after
from fazheng.procedure.law import Law
from tests.procedure.story import real_calendar, toys
from tests.procedure.walks import Walker

WALKS = 60


def carried_on(law: Law, standing: tuple[Event, ...]) -> int:
    """How many clocks were carried on and compared, over every way to cut the case in two."""
    calendar, compared = real_calendar(), 0
    for n in range(len(standing) + 1):
        for more in (1, 2, 3):
            before, after = Case(standing[:n], standing[:n]), Case(standing[: n + more], standing[: n + more])
            anew = clocks(law, Case(after.entries, after.standing), calendar)
            assert clocks_after(law, before, after, calendar) == anew, (n, more)
            compared += len(anew)
    return compared


@pytest.mark.parametrize("procedure", ["penalty.ordinary", "hotline.ticket", "petition"])
def test_in_walks_of_the_law(procedure: str) -> None:
    walker = Walker(procedure, ends=frozenset())
    compared = 0
    for seed in range(WALKS):
        walk = walker.walk(seed)
        compared += carried_on(walk.law, walk.events)
    assert compared > 1000


@pytest.mark.parametrize("procedure", sorted({*toys().procedures, *load().procedures}))
def test_whatever_happens_in_whatever_order(procedure: str) -> None:
    """Events drawn without asking any gate: every suspension, extension and chained limit meets every event."""
    book = toys() if procedure in toys().procedures else load()
    versions = book.procedures[procedure]
    law = Law(versions[-1], versions)
    names = sorted({step.records for version in versions for step in version.steps.values()})
    random, first = Random(procedure), versions[-1].in_force
    for _ in range(12):
        day, standing = max(first.toordinal(), 738000), []
        for n in range(1, 13):
            day += random.choice((0, 1, 5, 40))
            event = Event(
                random.choice(names), type(first).fromordinal(day), "甲", {"days": random.randrange(1, 40)}, n
            )
            standing.append(event)
        carried_on(law, tuple(standing))
