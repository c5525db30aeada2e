"""How the list of powers was used in a period: cases by item, acts without an item, items never used, promises kept,
and the steps and papers of each case against those that the list names.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Procedure
from fazheng.ledger.models import CaseRow, StandingEvent
from fazheng.register.powers import Item, Lists, items_on
from fazheng.register.powers_bases import length_of
from fazheng.register.rows import rows_on
from fazheng.workdays import Calendar, Length, estimate

NO_POWER = "no_power"
IF_NEEDED = "（必要时）"
_PARTING = re.compile(r"[、,，;；\s]")
_AT_ONCE = 400  # cases whose events are read with one statement


@dataclass(frozen=True, slots=True)
class Deviation:
    """A case done otherwise than the list says: `how` is step_missing, step_extra, paper_missing or paper_extra."""

    case_id: str
    how: str
    what: str


@dataclass(slots=True)
class Use:
    """What became of one item. `compared` and `promised`: closed cases that could be judged; `saved`: calendar days
    before the last day that the law gives; `unjudged`: closed cases with time that does not count.
    """

    item: Item
    cases: list[str] = field(default_factory=list)
    compared: int = 0
    deviations: list[Deviation] = field(default_factory=list)
    promised: int = 0
    kept: int = 0
    saved: int = 0
    unjudged: int = 0

    @property
    def deviating(self) -> int:
        """How many cases deviate, however often."""
        return len({one.case_id for one in self.deviations})


@dataclass(frozen=True, slots=True)
class Usage:
    """The items that stand on the last day with their cases; cases that several items may be about (`shared`) and
    those of procedures in no item (`without`), by procedure.
    """

    items: tuple[Use, ...]
    shared: Mapping[str, tuple[str, ...]]
    without: Mapping[str, tuple[str, ...]]

    @property
    def unused(self) -> list[str]:
        """Items that no case of the period is about. One that shares its procedure with another may have been used."""
        return [use.item.code for use in self.items if not use.cases]


def usage(bureau: str, book: LawBook, calendar: Calendar, first: date, last: date) -> Usage:
    """The cases opened from `first` to `last`, by the item they are about."""
    lists = Lists(bureau)
    lists.read_cases()
    uses = {item.code: Use(item) for item in items_on(bureau, last)}
    inside = {row.key for row in rows_on(bureau, NO_POWER, last)}
    shared, without = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    closed = list[tuple[Use, CaseRow]]()
    for row in CaseRow.objects.filter(
        bureau=bureau, opened_on__gte=first.isoformat(), opened_on__lte=last.isoformat()
    ).order_by("case_id"):
        about = lists.of_case(row.case_id, row.procedure, date.fromisoformat(row.opened_on))
        known = [uses[item.code] for item in about if item.code in uses]
        if len(known) == 1:
            known[0].cases.append(row.case_id)
            closed += [(known[0], row)] if row.closed_on else []
        elif about:
            shared[row.procedure].append(row.case_id)
        elif row.procedure not in inside:
            without[row.procedure].append(row.case_id)
    _judge(bureau, book, calendar, closed)
    return Usage(tuple(uses.values()), _fixed(shared), _fixed(without))


def _fixed(found: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(value) for key, value in found.items()}


def _judge(bureau: str, book: LawBook, calendar: Calendar, closed: Sequence[tuple[Use, CaseRow]]) -> None:
    for start in range(0, len(closed), _AT_ONCE):
        some = closed[start : start + _AT_ONCE]
        events = defaultdict[str, list[StandingEvent]](list)
        for event in StandingEvent.objects.filter(bureau=bureau, case_id__in=[row.case_id for _, row in some]):
            events[event.case_id].append(event)
        for use, row in some:
            version = _version(book, row)
            _compare(use, row, version, events[row.case_id])
            _keep(use, row, version, {event.event for event in events[row.case_id]}, calendar)


def _version(book: LawBook, row: CaseRow) -> Procedure:
    versions = book.procedures[row.procedure]
    return next((one for one in versions if one.in_force.isoformat() == row.in_force), versions[-1])


def _compare(use: Use, row: CaseRow, version: Procedure, events: Sequence[StandingEvent]) -> None:
    steps, papers = use.item.words("steps"), use.item.words("materials")
    if not steps and not papers:
        return
    use.compared += 1
    taken = [step.name for event in events if (step := version.step_of.get(event.event))]
    use.deviations += [
        Deviation(row.case_id, how, what)
        for how, what in (*_differ(steps, taken, "step"), *_papers(papers, version, events))
    ]


def _differ(listed: Sequence[str], really: Iterable[str], of: str) -> Iterator[tuple[str, str]]:
    """What the list names and the case lacks, then what the case has beside; nothing where the list names none.

    A name is compared without the signs that part a list in a sheet; one that ends in （必要时） may be lacking.
    """
    if not listed:
        return
    needed = {_PARTING.sub("", name.removesuffix(IF_NEEDED)): name for name in listed}
    found = {_PARTING.sub("", name): name for name in really}
    yield from (
        (f"{of}_missing", name) for key, name in needed.items() if key not in found and not name.endswith(IF_NEEDED)
    )
    yield from ((f"{of}_extra", name) for key, name in found.items() if key not in needed)


def _papers(listed: Sequence[str], version: Procedure, events: Sequence[StandingEvent]) -> Iterator[tuple[str, str]]:
    """Papers by the names of the fields in which they are noted; one that no field of the procedure notes cannot be
    judged. Beside the list count only the papers handed in when the case was opened.
    """
    if not listed:
        return
    opening = version.steps[version.opens]
    noted = {version.label(name) for step in version.steps.values() for name in step.kinds}
    given, handed_in = set[str](), list[str]()
    for event in events:
        data: Mapping[str, Any] = json.loads(event.data)
        given |= {version.label(name) for name, value in data.items() if value}
        if event.event == opening.records:
            handed_in += [
                version.label(name) for name, kind in opening.kinds.items() if kind.name == "file" and data.get(name)
            ]
    yield from (("paper_missing", name) for name in listed if name in noted and name not in given)
    yield from (("paper_extra", name) for name in handed_in if name not in listed)


def _keep(use: Use, row: CaseRow, version: Procedure, events: set[str], calendar: Calendar) -> None:
    promised = length_of(str(use.item.data.get("promised") or ""))
    by_law = length_of(str(use.item.data.get("limit_by_law") or ""))
    if row.closed_on is None or (promised is None and by_law is None):
        return
    if events & {suspension.from_ for suspension in version.suspensions}:
        use.unjudged += 1
        return
    begun, done = date.fromisoformat(row.opened_on), date.fromisoformat(row.closed_on)
    if promised is not None:
        use.promised += 1
        use.kept += done <= _last(begun, promised, calendar)
        if by_law is not None:
            use.saved += max((_last(begun, by_law, calendar) - done).days, 0)


def _last(begun: date, length: Length, calendar: Calendar) -> date:
    return estimate(begun, length, calendar).day
