"""What must be public and by when: matters before any act, decisions after it, what must be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from fazheng.lawbook.act import BEFORE, ActKind, Public
from fazheng.lawbook.load import LawBook
from fazheng.ledger.models import ClockRow, StandingEvent
from fazheng.procedure.outlook import Light, light
from fazheng.procedure.refusals import source

MISSING, FORMED = "", "before_formed"


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to be public. `case_id` empty: a matter that no case of the book speaks of. `due` None: the clock
    stands, or no day is set. `days_left` in calendar days; below 0 it is late.
    """

    act: str
    name: str
    stage: str
    article: str
    case_id: str
    begun: date | None
    due: date | None
    estimate: bool
    days_left: int | None
    light: Light

    @property
    def late(self) -> bool:
        """Whether it should be public already. A guess of a calendar is never late."""
        return self.days_left is not None and self.days_left < 0 and not self.estimate


def due_list(bureau: str, book: LawBook, on: date) -> list[Due]:
    """What is still to be made public, or taken back, as the book stands on that day; the nearest day first.

    Law: 政府信息公开条例第二十六条, 行政处罚法第三十九条、第四十八条; the terms are those of law/procedures.
    """
    found = [*_after(bureau, book, on), *_before(bureau, book, on)]
    return sorted(found, key=lambda one: (one.due or date.max, one.act, one.name, one.case_id))


def _after(bureau: str, book: LawBook, on: date) -> Iterator[Due]:
    told: dict[tuple[str, str], tuple[ActKind, Public]] = {}
    for act in book.acts.values():
        for rule in act.public:
            if rule.limit and rule.has_effect:
                told |= {(procedure, rule.limit): (act, rule) for procedure in rule.of or act.of}
    for row in running(bureau, {limit for _, limit in told}, on):
        if named := told.get((row.case_id.rsplit("-", 2)[0], row.limit)):
            act, rule = named
            yield _due(act.name, rule.name, rule.stage, source(rule), row, on)


def _due(act: str, name: str, stage: str, article: str, row: ClockRow, on: date) -> Due:
    begun, due = date.fromisoformat(row.begun), date.fromisoformat(row.due) if row.due else None
    left = (due - on).days if due else None
    colour: Light = light(left, (due - begun).days) if due and left is not None else "green"
    return Due(act, name, stage, article, row.case_id, begun, due, row.estimate, left, colour)


def running(bureau: str, limits: set[str], on: date) -> list[ClockRow]:
    """The clocks of these limits that run on that day, not yet met; by case."""
    text = on.isoformat()
    rows = ClockRow.objects.filter(
        Q(done=None) | Q(done__gt=text), Q(superseded_on=None) | Q(superseded_on__gt=text),
        bureau=bureau, limit__in=sorted(limits), begun__lte=text,
    )  # fmt: skip
    return list(rows.order_by("case_id", "nth"))


def _before(bureau: str, book: LawBook, on: date) -> Iterator[Due]:
    versions = book.procedures.get(BEFORE, ())
    if not versions:
        return
    formed, public = _matters(bureau, on)
    limits = {limit.id: limit for version in versions for limit in version.limits}
    acts = {act.id: act.name for act in book.acts.values()}
    matters = versions[-1].choices.get("matter", {})
    for row in running(bureau, set(limits), on):
        if row.case_id in formed:
            kind, matter = formed[row.case_id]
            name = f"{matters.get(matter, matter)}（{limits[row.limit].name}）"
            yield _due(acts.get(kind, kind), name, "before", source(limits[row.limit]), row, on)
    known = {*formed.values()}
    for act in book.acts.values():
        for rule in act.public:
            if rule.stage == "before" and rule.has_effect and (act.id, rule.matter) not in known | public:
                colour: Light = "red" if rule.mark == "read" else "yellow"
                yield Due(act.name, rule.name, "before", source(rule), MISSING, None, None, False, None, colour)


def _matters(bureau: str, on: date) -> tuple[dict[str, tuple[str, str]], set[tuple[str, str]]]:
    """Each case of a matter with its kind of act and matter; those that are public on that day. Taken down: neither."""
    events = StandingEvent.objects.filter(bureau=bureau, procedure=BEFORE, on_day__lte=on.isoformat())
    formed: dict[str, tuple[str, str]] = {}
    seen: dict[str, set[str]] = {}
    for event in events:
        seen.setdefault(event.case_id, set()).add(event.event)
        if event.event == FORMED:
            data = json.loads(event.data)
            formed[event.case_id] = data["act_kind"], data["matter"]
    formed = {case: named for case, named in formed.items() if "before_taken_down" not in seen[case]}
    return formed, {named for case, named in formed.items() if "before_published" in seen[case]}
