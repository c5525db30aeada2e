"""首问责任: who opened a case is its first handler; each handover is a case of its own that names it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from fazheng.ledger.models import CaseLink, StandingEvent

HANDOVER, HANDED, RECEIVED, BACK = "handover", "matter_passed_on", "received", "taken_back"


@dataclass(frozen=True, slots=True)
class Handover:
    """A handover: who handed over to whom, when, and when it was received (None: not yet)."""

    case_id: str
    on: str
    by: str
    to: str
    reason: str
    received_on: str | None
    taken_back_on: str | None


def first_handler(bureau: str, case_id: str) -> str:
    """The staff code of who opened the case; empty where there is no such case, or all of it was withdrawn."""
    found = StandingEvent.objects.filter(bureau=bureau, case_id=case_id).order_by("on_day", "version").first()
    return found.by if found else ""


def handovers(bureau: str, case_id: str) -> list[Handover]:
    """The handovers of the case, by day. Empty where it never left its first handler."""
    naming = CaseLink.objects.filter(bureau=bureau, to_case=case_id, from_case__startswith=f"{HANDOVER}-")
    found = []
    for other in sorted(naming.values_list("from_case", flat=True)):
        events = {one.event: one for one in StandingEvent.objects.filter(bureau=bureau, case_id=other)}
        if (handed := events.get(HANDED)) is None:
            continue
        data = json.loads(handed.data)
        received, back = events.get(RECEIVED), events.get(BACK)
        found.append(
            Handover(
                other,
                handed.on_day,
                handed.by,
                "、".join(data.get("to") or ()),
                str(data.get("reason", "")),
                received.on_day if received else None,
                back.on_day if back else None,
            )
        )
    return sorted(found, key=lambda one: (one.on, one.case_id))
