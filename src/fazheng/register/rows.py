"""Rows of a register on a day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from fazheng.ledger.models import RegisterRow
from fazheng.ledger.rows import chunks, listed, rows
from fazheng.procedure.standing import RowSpan


@dataclass(frozen=True, slots=True)
class Row:
    """A row and the days it stands: from the first to the day before the second (None: still)."""

    key: str
    from_day: str
    to_day: str | None
    data: Mapping[str, Any]


def rows_on(bureau: str, register: str, day: date) -> list[Row]:
    """The rows that stand on `day`, by key. Empty where none does."""
    text = day.isoformat()
    found = RegisterRow.objects.filter(
        Q(to_day__isnull=True) | Q(to_day__gt=text), bureau=bureau, register=register, from_day__lte=text
    ).order_by("key")
    return [Row(row.key, row.from_day, row.to_day, json.loads(row.data)) for row in found]


def row_on(bureau: str, register: str, key: str, day: date) -> Row | None:
    """The row of that key on `day`, or None."""
    text = day.isoformat()
    stands = Q(to_day__isnull=True) | Q(to_day__gt=text)
    row = RegisterRow.objects.filter(stands, bureau=bureau, register=register, key=key, from_day__lte=text).first()
    return Row(row.key, row.from_day, row.to_day, json.loads(row.data)) if row else None


def spans_of(bureau: str, register: str, key: str) -> list[RowSpan]:
    """Everything the key ever held, and when, in order of time. Empty where it never stood."""
    found = RegisterRow.objects.filter(bureau=bureau, register=register, key=key).order_by("nth")
    return [RowSpan(row.from_day, row.to_day, json.loads(row.data)) for row in found]


def spans_of_many(bureau: str, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[RowSpan]]:
    """The same of many keys, by (register, key), each in order of time; those that never stood are left out. One
    statement for some hundred keys.
    """
    found: dict[tuple[str, str], list[RowSpan]] = {}
    for some in chunks(sorted(set(pairs))):
        keys: dict[str, list[str]] = {}
        for register, key in some:
            keys.setdefault(register, []).append(key)
        text = " UNION ALL ".join(_SPANS + f" AND key IN ({listed(len(of))})" for of in keys.values())
        params = [one for register, of in keys.items() for one in (bureau, register, *of)]
        for register, key, _, from_day, to_day, data in sorted(rows(text, params), key=lambda row: row[:3]):
            found.setdefault((register, key), []).append(RowSpan(from_day, to_day, json.loads(data)))
    return found


_SPANS = (
    "SELECT register, key, nth, from_day, to_day, data FROM ledger_register_row WHERE bureau = %s AND register = %s"
)
