"""Many walks, on all cores. A walk that breaks an invariant is told by its seed."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from tests.procedure.invariants import broken_by_penalty, broken_by_ticket
from tests.procedure.walks import Walker

AT_ONCE = 500
ENDS = {
    "penalty.ordinary": frozenset({"penalty_decided", "no_penalty_decided", "case_closed"}),
    "hotline.ticket": frozenset({"ticket_closed", "return_accepted"}),
}
BROKEN = {"penalty.ordinary": broken_by_penalty, "hotline.ticket": broken_by_ticket}
REACHED = {"penalty.ordinary": "penalty_decided", "hotline.ticket": "ticket_closed"}


@dataclass(frozen=True)
class Walked:
    """How many walks, how many reached what they walk for, and "seed: invariant" for each that broke one."""

    walks: int
    reached: int
    broken: tuple[str, ...]


def walked(procedure: str, first: int, last: int) -> Walked:
    """The walks with seeds from `first` to the one before `last`."""
    walker = Walker(procedure, ends=ENDS[procedure])
    reached, broken = 0, list[str]()
    for seed in range(first, last):
        events = walker.walk(seed).events
        reached += any(event.event == REACHED[procedure] for event in events)
        broken += [f"{seed}: {name}" for name in BROKEN[procedure](events)]
    return Walked(last - first, reached, tuple(broken))


def walk_all(procedure: str, walks: int) -> Iterator[Walked]:
    """The walks with seeds 0 to `walks` - 1, some hundreds at a time."""
    firsts = range(0, walks, AT_ONCE)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(
            walked, [procedure] * len(firsts), firsts, [min(first + AT_ONCE, walks) for first in firsts]
        )
