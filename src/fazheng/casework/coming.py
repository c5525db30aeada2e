"""What a case has come to: which signing steps wait to be taken, whoever takes them.

A signing step has been come to where it may be taken now, whatever is entered, and either ends or meets a clock that is
running and has something that must come before it, or is what a gate of another step still wants, or is what another
step comes after. Everything else that may be signed (a recusal, an extension, what is `occasional`) is on the case's
page when it is wanted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fazheng.casework.folding import CaseFile
from fazheng.casework.on_paper import signs
from fazheng.lawbook.conditions import Condition, HappenedSince, walk
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Procedure, Step
from fazheng.procedure.outlook import Duty, Prospect, duties, prospects
from fazheng.procedure.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Coming:
    """What a case has come to, whoever signs it; the open steps that send it back; its nearest clock."""

    come: frozenset[str]
    back: frozenset[str]
    duty: Duty | None


def coming(file: CaseFile, around: Surroundings, book: LawBook) -> Coming:
    """The signing steps that the case has come to on the day of its surroundings."""
    law, case, today = file.law, file.case, around.today
    version, seen = law.on(today) or law.first, prospects(law, case, today, around)
    clocks = duties(law, case, today, around)
    running = [one.clock.limit.id for one in clocks if one.clock.limit.id in version.limit_of]
    steps = [step for step in version.steps.values() if signs(book, step)]
    come = frozenset(step.id for step in steps if comes_to(version, step, seen, running))
    back = frozenset(one.step.id for one in seen if one.open) & _read_once(version).back
    return Coming(come, back, clocks[0] if clocks else None)


def comes_to(version: Procedure, step: Step, seen: Sequence[Prospect], running: Collection[str]) -> bool:
    """Whether the case has come to the step. `seen`: its prospects; `running`: limits whose clock runs."""
    mine = next((one for one in seen if one.step.id == step.id), None)
    if mine is None or not mine.open or step.id == version.opens:
        return False
    if step.occasional:
        return False
    prepared = bool(step.after) or bool(version.gates_before.get(step.id))
    ends = step.id in version.closes or any(step.id in version.limit_of[limit].binds for limit in running)
    if prepared and ends:
        return True
    return any(_wants(version, other, step) for other in seen if other.step.id != step.id and not other.open)


def sends_back(version: Procedure, step: Step) -> bool:
    """退回: whether the step is the other answer to a question, which must then be put anew: a gate wants, since it,
    an event that the same role records at the same place of the case.
    """
    parts = (part for gate in version.gates for part in walk(gate.needs))
    for part in parts:
        if isinstance(part, HappenedSince) and part.since == step.records and part.event in version.step_of:
            other = version.step_of[part.event]
            if other.id != step.id and (other.role, other.after) == (step.role, step.after):
                return True
    return False


def hands_on(version: Procedure) -> tuple[Step, ...]:
    """转办: the steps that name other people for the role for which the opening named some. Empty: 交接单 alone."""
    opening = version.steps[version.opens]
    named = {kind.of for kind in opening.kinds.values() if kind.name == "people" and kind.of}
    return tuple(
        step for step in version.steps.values()
        if step.repeats and step.id != version.opens and len(step.kinds) <= 3
        and any(kind.name == "people" and kind.of in named and not kind.optional for kind in step.kinds.values())
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _ReadOnce:
    """What of a version is asked of each of a hundred cases: the events of its gates, its steps that send back.

    It holds the version, so that its identity is not reused.
    """

    version: Procedure
    asking: Mapping[str, frozenset[str]]
    back: frozenset[str]


_READ_ONCE: dict[int, _ReadOnce] = {}
_MOST_VERSIONS = 300


def _read_once(version: Procedure) -> _ReadOnce:
    known = _READ_ONCE.get(id(version))
    if known is None:
        if len(_READ_ONCE) >= _MOST_VERSIONS:
            _READ_ONCE.clear()
        asking = {gate.id: frozenset(_events(gate.needs)) for gate in version.gates}
        back = frozenset(step.id for step in version.steps.values() if sends_back(version, step))
        known = _READ_ONCE[id(version)] = _ReadOnce(version, asking, back)
    return known


def _wants(version: Procedure, other: Prospect, step: Step) -> bool:
    """Whether what stands against the other step is that this one was not taken, and it is not shut otherwise."""
    refused = {refusal.gate for refusal in other.against if not refusal.warns}
    asking = _read_once(version).asking
    if any(step.records in asking.get(gate, ()) for gate in refused):
        return True
    return step.records in other.step.after and not step.repeats and bool(step.after)


def _events(condition: Condition) -> Iterator[str]:
    """The events a condition asks for."""
    for part in walk(condition):
        for word in ("event", "fact", "field"):
            named = getattr(part, word, "")
            yield str(getattr(named, "event", named))
