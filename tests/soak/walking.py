"""Many walks through every procedure, on all cores. A walk that breaks a rule is told by its procedure and seed."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from tests.enforcement.wandering import unsound, versions, wander
from tests.procedure.invariants import broken_by_penalty, broken_by_petition, broken_by_ticket
from tests.procedure.walks import Walker

AT_ONCE = 250
BROKEN = {
    "penalty.ordinary": broken_by_penalty,
    "hotline.ticket": broken_by_ticket,
    "petition": broken_by_petition,
}  # what these forbid is written out once more, by hand, over walks of their own
ENDS = {
    "penalty.ordinary": frozenset({"penalty_decided", "no_penalty_decided", "case_closed"}),
    "hotline.ticket": frozenset({"ticket_closed", "return_accepted"}),
    "petition": frozenset({"petition_closed", "petition_handed_back"}),
}
Part = tuple[str, int, int]  # the folder of a version, or the id of a procedure of BROKEN; first and last seed


@dataclass(frozen=True)
class Walked:
    """How many walks, how many events, and "which seed: what" for each rule that one broke."""

    walks: int
    events: int
    broken: tuple[str, ...]


def walked(part: Part) -> Walked:
    """The walks with seeds from the first to the one before the last."""
    name, first, last = part
    if name in BROKEN:
        return _by_hand(name, first, last)
    version = next(version for version in versions() if version.folder == name)
    found = wander(version, first, last)
    told = [*found.broken, *(f"{first}-{last}: {one.gate} {one.article}" for one in unsound(version, found.refusals))]
    return Walked(found.walks, found.events, tuple(f"{name} {what}" for what in told))


def _by_hand(procedure: str, first: int, last: int) -> Walked:
    walker = Walker(procedure, ends=ENDS[procedure])
    events, broken = 0, list[str]()
    for seed in range(first, last):
        walk = walker.walk(seed).events
        events += len(walk)
        broken += [f"{procedure} {seed}: {name}" for name in BROKEN[procedure](walk)]
    return Walked(last - first, events, tuple(broken))


def parts(walks: int) -> list[Part]:
    """So many walks, spread evenly over the versions of all procedures and what is written out by hand."""
    names = [*(version.folder for version in versions()), *BROKEN]
    each = [walks // len(names) + (n < walks % len(names)) for n in range(len(names))]
    return [
        (name, first, min(first + AT_ONCE, many))
        for name, many in zip(names, each, strict=True)
        for first in range(0, many, AT_ONCE)
    ]


def walk_all(walks: int) -> Iterator[Walked]:
    """The walks, some hundreds at a time."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(walked, parts(walks))
