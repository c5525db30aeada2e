"""Legal holds (暂缓销毁): a case that is held is not erased, whatever its term, until the hold is lifted."""

from __future__ import annotations

from collections.abc import Iterable

from fazheng.casework.act import Act
from fazheng.casework.sealing import stranger
from fazheng.casework.writing import Writing
from fazheng.ledger.chain import SealedEntry
from fazheng.ledger.models import Entry
from fazheng.ledger.read import entries
from fazheng.procedure.refusals import not_yet, own
from fazheng.procedure.surroundings import Refusal

PLACED, LIFTED = "hold_placed", "hold_lifted"


def held_since(rows: Iterable[SealedEntry]) -> str:
    """The day since which a case of these entries is held; empty where it is not."""
    since = ""
    for entry in rows:
        since = entry.happened_on if entry.event == PLACED else "" if entry.event == LIFTED else since
    return since


def holds(bureau: str) -> dict[str, str]:
    """The cases that are held, with the day since which."""
    found: dict[str, str] = {}
    for row in Entry.objects.filter(bureau=bureau, event__in=[PLACED, LIFTED]).order_by("seq"):
        if row.event == PLACED:
            found[row.case_id] = row.happened_on
        else:
            found.pop(row.case_id, None)
    return found


def change_hold(act: Writing, case_id: str, by: Act, reason: str, *, place: bool) -> tuple[Refusal, ...]:
    """Places a hold on a case, or lifts it, with a reason that is held apart. Raises CaseUnknown."""
    act.case(case_id)
    act.flush_if_drafted(case_id)
    found = list(stranger(act, by.by))
    held = held_since(entries(act.bureau.code, case_id=case_id))
    if not reason.strip():
        found.append(own("field", "缺少“理由”", "请写明为什么（另存）", hard=True))
    found += not_yet(by.on, act.today)
    if place and held:
        found.append(own("once", f"{case_id}自{held}起已经暂缓销毁", "不必再登记", hard=True))
    if not place and not held:
        found.append(own("order", f"{case_id}没有暂缓销毁", "没有可以解除的", hard=True))
    if not found:
        act.record(case_id, PLACED if place else LIFTED, by, {"reason": act.apart.hold(reason.strip())})
    return tuple(found)
