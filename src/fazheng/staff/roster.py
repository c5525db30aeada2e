"""The staff register as the engine asks it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fazheng.ledger.models import RegisterRow

REGISTER = "staff"


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the staff register: what holds of a person from a day to the day before another."""

    code: str
    from_day: str
    to_day: str | None
    data: Mapping[str, Any]

    def covers(self, day: str) -> bool:
        return self.from_day <= day and (self.to_day is None or day < self.to_day)


class Roster:
    """Everybody who ever worked here. A person unknown on a day holds no role that day."""

    def __init__(self, rows: Iterable[Person]) -> None:
        self._rows: dict[str, list[Person]] = {}
        for row in rows:
            self._rows.setdefault(row.code, []).append(row)

    def known(self, code: str) -> bool:
        """Whether the code ever named a person of this bureau."""
        return code in self._rows

    def on(self, code: str, day: date) -> Person | None:
        """The person's row on `day`; None before they came or after they left."""
        text = day.isoformat()
        return next((row for row in self._rows.get(code, ()) if row.covers(text)), None)

    def roles(self, code: str, on: date) -> frozenset[str]:
        """The roles the person holds that day; empty for nobody."""
        row = self.on(code, on)
        return frozenset(row.data.get("roles", ())) if row else frozenset()

    def certified(self, code: str, on: date) -> bool:
        """Whether the person's certificate is valid that day, its last day included; one taken away is not."""
        row = self.on(code, on)
        if row is None or not row.data.get("certificate_until") or row.data.get("certificate_stopped"):
            return False
        day = on.isoformat()
        return str(row.data.get("certificate_from") or "") <= day <= str(row.data["certificate_until"])

    def holding(self, role: str, on: date) -> list[str]:
        """Codes of those who hold the role that day, sorted."""
        return sorted(code for code in self._rows if role in self.roles(code, on))


def load_roster(bureau: str) -> Roster:
    """The roster as the projections hold it now."""
    rows = RegisterRow.objects.filter(bureau=bureau, register=REGISTER).order_by("key", "nth")
    return Roster(Person(row.key, row.from_day, row.to_day, json.loads(row.data)) for row in rows)
