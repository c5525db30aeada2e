"""An import undone by entries: every step withdrawn, every row struck, every signed zero withdrawn; nothing deleted."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from fazheng.casework.besides import IMPORT_UNDONE, NOTHING_HAPPENED, UNDO, ZERO_WITHDRAWN
from fazheng.casework.bureaux import BUREAU_CASE, Bureau
from fazheng.casework.workbook.built import built_upon, entries_of, made_by
from fazheng.casework.workbook.imports import Import, imports
from fazheng.casework.workbook.putting_back import ROW_CHANGE, put_back
from fazheng.casework.writing import Act, Writing, writing
from fazheng.procedure.case import BOOKKEEPING, CORRECT, WITHDRAW
from fazheng.staff.roster import REGISTER as STAFF

_TOLD = 10  # cases that a sentence names


class UndoRefused(ValueError):
    """The import cannot be undone; the message says why and what to do."""


@dataclass(slots=True)
class Undone:
    """What an undoing did. `kept`: cases and rows of registers left in the book, since something rests on them."""

    number: int
    steps: int = 0
    rows: int = 0
    zeros: int = 0
    corrections: int = 0
    kept: tuple[str, ...] = ()
    cases: set[str] = field(default_factory=set)


def undo_import(
    bureau: Bureau,
    number: int,
    *,
    by: str,
    reason: str,
    keep_worked_on: bool = False,
    today: date | None = None,
    progress: Callable[[int, int], None] = lambda done, entries: None,
) -> Undone:
    """Withdraws by entries all that the import recorded, in one transaction; its rows may be imported again.

    What other entries have built upon since is refused, by name, or left in the book where `keep_worked_on`; so is
    the register row of who undoes, always. `progress` is told how many of its entries are done. Raises UndoRefused.
    """
    with writing(bureau, today=today) as act:
        found = _the_import(act, number, by, reason)
        made = made_by(bureau.code, found)
        own = {f"{STAFF}:{by}"} & made.keys()
        built = built_upon(bureau.code, found, made, set())
        if built and not keep_worked_on:
            raise UndoRefused(_refusal(act, number, built))
        kept = built_upon(bureau.code, found, made, own)
        undone = _undo(act, found, kept, by, act.apart.hold(reason), progress)
        act.flush()
        return undone


def _the_import(act: Writing, number: int, by: str, reason: str) -> Import:
    known = {one.number: one for one in imports(act.bureau.code)}
    if number not in known:
        raise UndoRefused(f"没有编号为{number}的导入；请核对导入的编号")
    if undone := known[number].undone_on:
        raise UndoRefused(f"导入{number}已于{undone}撤销，不能再撤销一次")
    if not by or not act.roster.known(by):
        raise UndoRefused(f"人员名册里没有“{by}”；请写明由谁撤销（人员编号）")
    if not reason.strip():
        raise UndoRefused("缺少“理由”；请写明为什么撤销（另存）")
    return known[number]


def _refusal(act: Writing, number: int, built: set[str]) -> str:
    names = sorted(built)
    told = "、".join(_name(act, one) for one in names[:_TOLD]) + ("等" if len(names) > _TOLD else "")
    return (
        f"导入{number}以后，有{len(names)}处又办理过或者被别的条目用到：{told}。"
        "请先撤回以后的办理；也可以留下这些，只撤销其余的"
    )


def _name(act: Writing, name: str) -> str:
    register, _, key = name.partition(":")
    return f"{act.book.registers[register].name}“{key}”" if register in act.book.registers else name


def _undo(
    act: Writing,
    found: Import,
    kept: set[str],
    by: str,
    reason: dict[str, str],
    progress: Callable[[int, int], None],
) -> Undone:
    undone, of = Undone(found.number, kept=tuple(sorted(kept))), found.last - found.first + 1
    source = f"{UNDO}{found.number}"
    for entry in entries_of(act.bureau.code, found):
        if entry.seq % 1000 == 0:
            progress(entry.seq - found.first + 1, of)
        if entry.case_id in kept or entry.case_id == BUREAU_CASE or entry.event in BOOKKEEPING:
            continue
        if entry.event in (CORRECT, ROW_CHANGE):  # what was corrected is corrected back
            day = act.today if entry.event == CORRECT else date.fromisoformat(entry.happened_on)
            act.record(
                entry.case_id, entry.event, Act(day, by, {}, source=source), put_back(entry) | {"reason": reason}
            )
            undone.corrections += 1
            continue
        if entry.event.startswith("row_"):  # struck as of its own day: it never stood
            day = date.fromisoformat(entry.happened_on)
            act.record(entry.case_id, "row_strike", Act(day, by, {}, source=source), {"reason": reason})
            undone.rows += 1
            continue
        today = Act(act.today, by, {}, source=source)
        if entry.event == NOTHING_HAPPENED:
            act.record(entry.case_id, ZERO_WITHDRAWN, today, json.loads(entry.data) | {"reason": reason})
            undone.zeros += 1
        else:
            act.record(entry.case_id, WITHDRAW, today, {"entry": entry.version, "reason": reason})
            undone.steps += 1
            undone.cases.add(entry.case_id)
    told = {"import": found.number, "first": found.first, "last": found.last, "kept": sorted(kept), "reason": reason}
    act.record(BUREAU_CASE, IMPORT_UNDONE, Act(act.today, by, {}), told)
    progress(of, of)
    return undone
