"""Rows of registers entered, changed and struck by hand, each an entry with its source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fazheng.casework.posts import row_faults, strike_faults
from fazheng.casework.writing import Act, Writing
from fazheng.lawbook.figure import Register
from fazheng.procedure.fields import check
from fazheng.procedure.refusals import not_yet, own, unknown
from fazheng.procedure.surroundings import NO_PERSON, Refusal
from fazheng.register import row_on
from fazheng.staff.roster import REGISTER

SOURCE = "source"  # refuses a row older than the book that does not say where it comes from
_CODE = re.compile(r"[0-9A-Za-z_.-]{1,40}")  # the first to enter staff stands in no register yet


def enter_row(writing: Writing, register: str, act: Act) -> tuple[Refusal, ...]:
    """Enters a row as of `act.on`; refused where one with that key stands already, or a field does not fit."""
    known = writing.book.registers[register]
    found = list(_faults(writing, known, act, complete=True))
    key = str(act.data.get(known.key) or "")
    writing.flush_if_drafted(f"{register}:{key}")
    if not found and row_on(writing.bureau.code, register, key, act.on):
        found.append(own("once", f"“{known.name}”里已有“{key}”", "要改这一行，用变更", hard=True))
    if not found:
        found += row_faults(writing, register, key, act, anew=True)
    if not found:
        _record(writing, known, key, "row_enter", act)
    return tuple(found)


def change_row(writing: Writing, register: str, key: str, act: Act) -> tuple[Refusal, ...]:
    """Changes fields of a standing row as of `act.on`."""
    known = writing.book.registers[register]
    found = list(_faults(writing, known, act, complete=False)) + list(_missing(writing, known, key, act))
    if act.data.get(known.key, key) != key:
        found.append(own("field", "编号不能变更", "编号写错的，注销这一行，再登记一行", hard=True))
    if not found:
        found += row_faults(writing, register, key, act, anew=False)
    if not found:
        _record(writing, known, key, "row_change", act)
    return tuple(found)


def strike_row(writing: Writing, register: str, key: str, act: Act) -> tuple[Refusal, ...]:
    """Strikes a standing row as of `act.on`: it stood to the day before."""
    known = writing.book.registers[register]
    found = [*_when_and_who(writing, known, act), *_missing(writing, known, key, act)]
    if not found:
        found += strike_faults(writing, register, key, act.on)
    if not found:
        _record(writing, known, key, "row_strike", act)
    return tuple(found)


def _record(writing: Writing, register: Register, key: str, event: str, act: Act) -> None:
    row = writing.apart.strip(dict(act.data), register.kinds)
    writing.record(f"{register.id}:{key}", event, act, {"row": row} if row else {})


def _missing(writing: Writing, register: Register, key: str, act: Act) -> list[Refusal]:
    writing.flush_if_drafted(f"{register.id}:{key}")
    if row_on(writing.bureau.code, register.id, key, act.on):
        return []
    return [own("order", f"{act.on}“{register.name}”里没有“{key}”", "请核对编号和日期，或先登记这一行", hard=True)]


def _when_and_who(writing: Writing, register: Register, act: Act) -> list[Refusal]:
    found = not_yet(act.on, writing.today)
    found += _older_than_the_book(writing, register, act)
    for who in dict.fromkeys((act.by, act.entered_by or act.by)):
        if who in NO_PERSON or (register.id == REGISTER and _CODE.fullmatch(who)):
            continue
        writing.flush_if_drafted(f"{REGISTER}:{who}")  # a person of this very transaction is known
        found += unknown(writing.roster, who)
    return found


def _older_than_the_book(writing: Writing, register: Register, act: Act) -> list[Refusal]:
    """What stood before the book began is taken over where the register allows it, and says where it comes from."""
    opened = writing.opened_on
    if opened is None or act.on >= opened:
        return []
    if not register.taken_over:
        todo = f"这个名册只从{opened}起登记；更早的，要在名册文件里写明可以接管（taken_over）"
        return [own("order", f"{act.on}早于本账本建立的日子", todo, hard=True)]
    if act.paper.strip():
        return []
    says = f"{act.on}早于本账本建立的日子（{opened}），没有写来源"
    return [own(SOURCE, says, "写明这一行来自哪里，例如：2022年第3号公告（档案）", hard=True)]


def _faults(writing: Writing, register: Register, act: Act, *, complete: bool) -> list[Refusal]:
    found = _when_and_who(writing, register, act)
    for field, kind in register.kinds.items():
        label, value = register.labels.get(field, field), act.data.get(field)
        if value is None or value == []:
            if (complete or field in act.data) and not kind.optional:
                found.append(own("field", f"缺少“{label}”", f"请填写“{label}”", hard=True, at=field))
        elif fault := check(kind, value, register.choices):
            found.append(own("field", f"“{label}”{fault}", f"请改正“{label}”", hard=True, at=field))
    unknown: Mapping[str, Any] = {field: value for field, value in act.data.items() if field not in register.fields}
    found += [own("field", f"“{register.name}”没有“{field}”这一栏", "请去掉这一栏", hard=True) for field in unknown]
    return found
