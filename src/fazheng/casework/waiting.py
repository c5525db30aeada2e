"""What waits for a person's signature or review: steps of signing roles that the case has come to.

A signing step has been come to where it may be taken now, whatever is entered, and either ends or meets a clock that is
running and has something that must come before it, or is what a gate of another step still wants, or is what another
step comes after. Everything else that may be signed (a recusal, an extension) is on the case's page when it is wanted.
Nothing here decides: a step that waits goes on waiting.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db.models import Exists, F, Min, OuterRef, Q

from fazheng.casework.able import able
from fazheng.casework.folding import CaseFile
from fazheng.casework.on_paper import signs
from fazheng.casework.outlooks import Ends, Sight, ends_of
from fazheng.casework.parts import ROLE
from fazheng.casework.writing import Writing
from fazheng.lawbook.conditions import Condition, HappenedSince, walk
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Procedure, Step
from fazheng.ledger.joined import Question, Row, joined, question
from fazheng.ledger.models import CasePart, CaseRow, ClockRow, StandingEvent
from fazheng.procedure.outlook import Duty, Prospect
from fazheng.staff.roster import Term

T = TypeVar("T")
MOST = 100  # cases looked at, those whose clock ends first; the lists have the others


@dataclass(frozen=True, slots=True)
class Waits:
    """A case that has come to steps of a person, with the steps, and its nearest clock. `papers`: those by which they
    sign some of the steps in another's place (授权代签).
    """

    file: CaseFile
    steps: tuple[Step, ...]
    duty: Duty | None
    prospects: tuple[Prospect, ...] = ()
    papers: tuple[Term, ...] = ()


class Some(list[T]):
    """The nearest of what there is. `more`: there are others behind them, which nobody looked at or counted."""

    def __init__(self, found: Iterable[T] = (), *, more: bool = False) -> None:
        super().__init__(found)
        self.more = more


WAITS = "waits"  # the name of the question that finds them


def waiting(looking: Writing, code: str, roles: Collection[str], most: int = MOST) -> Some[Waits]:
    """The open cases that wait for `code`, who holds these roles of the staff register or signs by a paper whose term
    runs, the nearest clock first.

    At most three statements, however many cases there are; one where nothing of them or of the rows that their rules
    ask was entered since they were asked last. Empty where nothing waits.
    """
    found, more = nearest(joined(candidates(looking, code, roles, most)), most)
    return Some(waiting_of(looking, Sight(looking, found), list(found.cases), code, roles), more=more)


def candidates(looking: Writing, code: str, roles: Collection[str], most: int = MOST) -> dict[str, Question]:
    """What is asked to find the cases that may wait for the person; nothing for who signs nothing."""
    bureau, book = looking.bureau.code, looking.book
    wanted = _procedures(book, roles, looking.roster.authorities(code, looking.today))
    if not wanted:
        return {}
    rows = _candidates(bureau, wanted, book)[: most + 1].values_list("case_id", "last_version", "nearest")
    return {WAITS: question(rows, for_others=True), **ends_of(bureau, WAITS, more=1)}


def nearest(told: Mapping[str, Sequence[Row]], most: int = MOST) -> tuple[Ends, bool]:
    """Out of the answers: where the nearest of them end, the nearest clock first; and whether there are others."""
    found = sorted(told.get(f"{WAITS}_ends", ()), key=lambda row: (row[2] or "9999", row[0]))
    ends = Ends()
    ends.told(found[:most], told.get(f"{WAITS}_links", ()))
    return ends, len(found) > most


def waiting_of(
    looking: Writing, sight: Sight, case_ids: Sequence[str], code: str, roles: Collection[str]
) -> list[Waits]:
    """Those of the cases that wait for the person, the nearest clock first."""
    papers = looking.roster.authorities(code, looking.today)
    wanted = _procedures(looking.book, roles, papers)
    sight.ready(case_ids)
    files = [file for id in case_ids if (file := sight.files.get(id)) and file.procedure in wanted]
    found = [_waits(file, looking, sight, code, wanted[file.procedure]) for file in files]
    found = [_by_paper(one, looking, roles, papers) for one in found] if papers else found
    return sorted((one for one in found if one.steps), key=_nearest)


def comes_to(version: Procedure, step: Step, seen: Sequence[Prospect], running: Collection[str]) -> bool:
    """Whether the case has come to the step. `seen`: its prospects; `running`: limits whose clock runs."""
    mine = next((one for one in seen if one.step.id == step.id), None)
    if mine is None or not mine.open or step.id == version.opens:
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


def _by_paper(one: Waits, looking: Writing, roles: Collection[str], papers: Sequence[Term]) -> Waits:
    """With the papers by which the person signs those of the steps that no role of their own takes."""
    version = one.file.law.on(looking.today) or one.file.law.first
    others = [step for step in one.steps if not version.serving(step.role) & set(roles)]
    by = (next((paper for paper in papers if paper.reaches(version.id, step.id)), None) for step in others)
    return replace(one, papers=tuple({paper.code: paper for paper in by if paper}.values()))


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


def _procedures(book: LawBook, roles: Collection[str], papers: Sequence[Term] = ()) -> dict[str, frozenset[str]]:
    """Procedure → its signing steps, of any version, that somebody of these roles takes, or who holds these papers."""
    found: dict[str, frozenset[str]] = {}
    for id, versions in book.procedures.items():
        steps = frozenset(
            step.id
            for version in versions
            for step in version.steps.values()
            if signs(book, step) and step.id != version.opens
            if version.serving(step.role) & set(roles) or any(paper.reaches(id, step.id) for paper in papers)
        )
        if steps:
            found[id] = steps
    return found


def _candidates(bureau: str, wanted: Mapping[str, frozenset[str]], book: LawBook) -> Any:
    """Open cases that may have come to these steps, those whose clock ends first in front."""
    clocks = ClockRow.objects.filter(bureau=OuterRef("bureau"), case_id=OuterRef("case_id")).order_by()
    running = Q(done=None, superseded_on=None)  # beside the case and not before it, or each walks every open clock
    nearest = clocks.values("case_id").annotate(day=Min("due", filter=running)).values("day")
    stands = StandingEvent.objects.filter(bureau=OuterRef("bureau"), case_id=OuterRef("case_id"))
    rows = CaseRow.objects.filter(_come(wanted, book), Exists(stands), bureau=bureau, closed_on=None)
    return rows.annotate(nearest=nearest).order_by(F("nearest").asc(nulls_last=True), "case_id")


def _come(wanted: Mapping[str, frozenset[str]], book: LawBook) -> Q:
    """Cases of these procedures; of a procedure all of whose steps come after something, only those in which one of
    the steps' roles has a part: a role has it once its step may come next, and keeps it (`parts`).
    """
    grouped: dict[frozenset[str], list[str]] = {}
    for id, ids in wanted.items():
        steps = [version.steps[one] for version in book.procedures[id] for one in ids if one in version.steps]
        roles = frozenset(step.role for step in steps) if all(step.after for step in steps) else frozenset[str]()
        grouped.setdefault(roles, []).append(id)
    come = Q(pk__in=[])
    for roles, procedures in grouped.items():
        who = [f"{ROLE}{role}" for role in sorted(roles)]
        of_case = CasePart.objects.filter(bureau=OuterRef("bureau"), case_id=OuterRef("case_id"))
        part = of_case.filter(procedure=OuterRef("procedure"), who__in=who)
        come |= Q(procedure__in=procedures) & (Q(Exists(part)) if roles else Q())
    return come


def _waits(file: CaseFile, looking: Writing, sight: Sight, code: str, ids: Collection[str]) -> Waits:
    version = file.law.on(looking.today) or file.law.first
    seen, clocks = sight.outlook(file)
    running = [one.clock.limit.id for one in clocks if one.clock.limit.id in version.limit_of]
    mine = [
        step for step in version.steps.values() if step.id in ids and code in able(step, file.law, file.case, looking)
    ]
    come = {step.id for step in mine if comes_to(version, step, seen, running)}
    roles, free = {version.steps[id].role for id in come}, {one.step.id for one in seen if one.open}
    back = {step.id for step in mine if step.role in roles and step.id in free and step.id in _read_once(version).back}
    steps = tuple(step for step in mine if step.id in come | back)
    return Waits(file, steps, clocks[0] if clocks else None, seen)


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


def _nearest(one: Waits) -> tuple[str, str]:
    due = one.duty.clock.due if one.duty else None
    return (due.isoformat() if due else "9999", one.file.case_id)
