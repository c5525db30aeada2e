"""What came to the list of powers, what left it and what changed between two days, each with its reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fazheng.ledger.models import Entry, RegisterMove, StandingEvent
from fazheng.register.powers import ITEMS, Item, items_on

CHANGE, PROPOSED = "powers.change", "change_proposed"


@dataclass(frozen=True, slots=True)
class Moved:
    """An item that differs: `how` list | alter | remove; `fields` old and new by field, where it was altered.

    `reason` is a choice of the register or empty, `basis` the words of the request, `source` the case or the register's
    own entry.
    """

    code: str
    name: str
    how: str
    on: str
    reason: str = ""
    basis: str = ""
    source: str = ""
    fields: Mapping[str, tuple[Any, Any]] | None = None


def difference(bureau: str, before: date, after: date) -> list[Moved]:
    """The items that stand on `after` and not on `before`, the other way round, and those that read differently.

    By code; empty where the list is the same on both days.
    """
    was = {item.code: item for item in items_on(bureau, before)}
    now = {item.code: item for item in items_on(bureau, after)}
    found = []
    for code in sorted(was.keys() | now.keys()):
        old, new = was.get(code), now.get(code)
        if old is not None and new is not None and not (fields := _fields(old, new)):
            continue
        how = "list" if old is None else "remove" if new is None else "alter"
        one = new or old
        assert one is not None
        changed = fields if old is not None and new is not None else None
        found.append(_moved(bureau, one, how, before, after, changed))
    return found


def _fields(old: Item, new: Item) -> dict[str, tuple[Any, Any]]:
    names = [*new.data, *(name for name in old.data if name not in new.data)]
    return {
        name: (old.data.get(name), new.data.get(name))
        for name in names
        if name != "reason" and (old.data.get(name) or None) != (new.data.get(name) or None)
    }


def _moved(
    bureau: str, item: Item, how: str, before: date, after: date, fields: Mapping[str, tuple[Any, Any]] | None
) -> Moved:
    moves = RegisterMove.objects.filter(
        bureau=bureau, register=ITEMS, key=item.code, on_day__gt=before.isoformat(), on_day__lte=after.isoformat()
    )
    last = moves.order_by("on_day", "seq", "nth").last()
    if last is None:
        return Moved(item.code, item.name, how, item.from_day, str(item.data.get("reason", "")), fields=fields)
    source = Entry.objects.filter(bureau=bureau, seq=last.seq).values_list("case_id", flat=True).first() or ""
    reason, basis = _reason(bureau, source)
    own = str(item.data.get("reason", "")) if how != "remove" else ""
    return Moved(item.code, item.name, how, last.on_day, reason or own, basis, source, fields)


def _reason(bureau: str, case_id: str) -> tuple[str, str]:
    if not case_id.startswith(f"{CHANGE}-"):
        return "", ""
    proposed = StandingEvent.objects.filter(bureau=bureau, case_id=case_id, event=PROPOSED).first()
    data = json.loads(proposed.data) if proposed else {}
    return str(data.get("reason", "")), str(data.get("reason_basis", ""))
