"""Looks at what is held apart: who, at which fields, when, and why (held apart too), as an entry of the case."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fazheng.casework.act import Act
from fazheng.casework.bureaux import BUREAU_CASE
from fazheng.casework.folding import CaseUnknown
from fazheng.casework.sealing import stranger
from fazheng.casework.writing import Writing
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import SealedEntry
from fazheng.ledger.models import Entry
from fazheng.ledger.read import entries, private_values
from fazheng.procedure.refusals import own
from fazheng.procedure.surroundings import Refusal

LOOKED = "private_looked"
_OWN = {"paper": "凭证", "reason": "理由", "name": "文件名", "text": "督办、会签、阅件里写的"}
_NEVER = {("attached", "key")}  # keys are for the program: nobody is shown one


@dataclass(frozen=True, slots=True)
class Held:
    """Something held apart: in which entry of the case, under which field. `value`: None before a look, or erased."""

    entry: int
    on: str
    field: str
    label: str
    digest: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Who looked at which fields of which case; `at` is the moment it was entered."""

    case_id: str
    by: str
    at: str
    fields: tuple[str, ...]


def held(rows: Iterable[SealedEntry], book: LawBook) -> list[Held]:
    """What these entries of one case, or of one row of a register, hold apart; keys left out."""
    found: list[Held] = []
    for entry in rows:
        labels = _labels(entry.case_id, book)
        for field, digest in apart_in(json.loads(entry.data)):
            if (entry.event, field) not in _NEVER:
                label = _OWN[field] if field in _OWN and field not in labels else labels.get(field, field)
                found.append(Held(entry.version, entry.happened_on, field, label, digest))
    return found


def apart_in(data: Mapping[str, Any], field: str = "") -> Iterator[tuple[str, str]]:
    """Each digest of something held apart in an entry's data, with the field it stands in."""
    for key, value in data.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                if set(one) == {"apart"}:
                    yield key, one["apart"]
                else:
                    yield from apart_in(one, key)


def look(
    act: Writing, case_id: str, fields: Sequence[str], by: Act, reason: str
) -> tuple[tuple[Refusal, ...], list[Held]]:
    """Logs a look at these fields (id or label; all where none is named), and what stands there; or refusals.

    Nothing may be shown before the transaction has ended. Raises CaseUnknown, PrivateUnreadable.
    """
    act.flush_if_drafted(case_id)
    rows = list(entries(act.bureau.code, case_id=case_id))
    if not rows or case_id == BUREAU_CASE:
        raise CaseUnknown(f"账本里没有案件或名册行“{case_id}”；请核对案件号")
    known = held(rows, act.book)
    wanted = [one for one in known if not fields or one.field in fields or one.label in fields]
    missing = [name for name in fields if not any(name in (one.field, one.label) for one in known)]
    if missing or not wanted:
        there = "、".join(dict.fromkeys(one.label for one in known)) or "无"
        what = f"{case_id}没有另存“{'、'.join(missing)}”" if missing else f"{case_id}没有另存的内容"
        return (own("field", what, f"另存的有：{there}", hard=True),), []
    labels = list(dict.fromkeys(one.label for one in wanted))
    if found := look_at(act, case_id, labels, [one.digest for one in wanted], by, reason):
        return found, []
    values = private_values(act.bureau.code, [one.digest for one in wanted])
    return (), [replace(one, value=values.get(one.digest)) for one in wanted]


def look_at(
    act: Writing, case_id: str, labels: Sequence[str], digests: Sequence[str], by: Act, reason: str
) -> tuple[Refusal, ...]:
    """Enters that somebody looks, and why; refused without a reason, and for who is not of the bureau today."""
    found = list(stranger(act, by.by))
    if not reason.strip():
        found.append(own("field", "缺少“理由”", "请写明为什么要看", hard=True))
    if not found:
        data = {"fields": list(labels), "digests": list(digests), "reason": act.apart.hold(reason.strip())}
        act.record(case_id, LOOKED, by, data)
    return tuple(found)


def looks(bureau: str, case_id: str = "", by: str = "") -> list[Look]:
    """Who looked at what, in the order of entries; of one case, or by one person, where named."""
    rows = Entry.objects.filter(bureau=bureau, event=LOOKED).order_by("seq")
    rows = rows.filter(case_id=case_id) if case_id else rows
    rows = rows.filter(by=by) if by else rows
    return [Look(row.case_id, row.by, row.recorded_at, tuple(json.loads(row.data)["fields"])) for row in rows]


def _labels(case_id: str, book: LawBook) -> Mapping[str, str]:
    if versions := book.procedures.get(case_id.rsplit("-", 2)[0], ()):
        return {field: label for version in versions for field, label in version.labels.items()}
    register = book.registers.get(case_id.partition(":")[0])
    return register.labels if register else {}
