"""What a row of the staff register, of a section, of 主持工作 and of 授权代签 must keep to, beside its fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from fazheng.casework.act import Act
from fazheng.casework.handing import keeps_from_leaving
from fazheng.casework.writing import Writing
from fazheng.lawbook.figure import ACTING, AUTHORITY, SECTION, STAFF
from fazheng.procedure.refusals import own, unknown
from fazheng.procedure.surroundings import Refusal
from fazheng.register import row_on, rows_on
from fazheng.staff.rights import ADMINISTRATORS, COMMANDS
from fazheng.staff.roster import HEAD

Row = Mapping[str, Any]
_Faults = Callable[[Writing, str, Row, Act], Iterator[Refusal]]


def row_faults(writing: Writing, register: str, key: str, act: Act, *, anew: bool) -> tuple[Refusal, ...]:
    """Why the row may not be entered, or changed, so; empty where it may, and for registers with no such rules."""
    asked = _ASKED.get(register)
    if asked is None:
        return ()
    standing = None if anew else row_on(writing.bureau.code, register, key, act.on)
    row = {**(standing.data if standing else {}), **act.data}
    found = list(asked(writing, key, row, act))
    if register == STAFF and standing and "roles" in act.data:
        left = frozenset(row.get("roles") or ())
        found += [*keeps_from_leaving(writing, key, left), *_last_keeper(writing, key, act.on, left)]
    return tuple(found)


def strike_faults(writing: Writing, register: str, key: str, on: date) -> tuple[Refusal, ...]:
    """Why the row may not be struck: a person with open cases leaves none of them without a person, and somebody stays
    who can enter the next.
    """
    if register != STAFF:
        return ()
    return (*keeps_from_leaving(writing, key), *_last_keeper(writing, key, on))


def _last_keeper(writing: Writing, key: str, on: date, left: frozenset[str] = frozenset()) -> Iterator[Refusal]:
    """Why the person keeps their post: without it nobody could enter a person any more. `left`: the roles they keep."""
    keepers, roster = COMMANDS["staff_row"], writing.roster
    if left & keepers or not roster.roles(key, on) & keepers:
        return
    if not any(roster.roles(one.code, on) & keepers for one in roster.here(on) if one.code != key):
        says = f"{key}是最后一个能登记人员的人，这样改了就没有人能再登记"
        yield own("roles", says, "请先登记接任的人，或者主持工作的人", hard=True)


def _staff(writing: Writing, key: str, row: Row, act: Act) -> Iterator[Refusal]:
    roles = list(row.get("roles") or ())
    names = writing.book.registers[STAFF].choices.get("role", {})
    if len(roles) > 1 and (alone := [role for role in roles if role in ADMINISTRATORS]):
        told = "、".join(names.get(role, role) for role in alone)
        beside = "、".join(names.get(role, role) for role in roles if role != alone[0])
        says = f"{told}不办业务，三员也不能由一人兼任；这一行还有：{beside}"
        yield own("roles", says, "请由另一个人担任；别的单位的人也可以（别的单位的人=是）", hard=True)
    deputy = row.get("deputy")
    if deputy and deputy == key:
        yield own("field", "AB岗写的是本人", "请写另一个人的编号", hard=True)
    elif deputy and "deputy" in act.data:
        yield from unknown(writing.roster, deputy)
    if (sections := act.data.get("sections")) and SECTION in writing.book.registers:
        for one in sections:
            if row_on(writing.bureau.code, SECTION, one, act.on) is None:
                says = f"“科室”里没有“{one}”"
                yield own("field", says, "请先登记科室", hard=True)


def _section(writing: Writing, key: str, row: Row, act: Act) -> Iterator[Refusal]:
    yield from _procedures(writing, row)


def _acting(writing: Writing, key: str, row: Row, act: Act) -> Iterator[Refusal]:
    yield from _term(writing, row)
    for other in rows_on(writing.bureau.code, ACTING, act.on):
        if other.key != key and _overlap(other.data, row):
            says = f"{other.data['who']}按{other.key}主持工作，期间与这一行重叠"
            yield own("once", says, "同一天只能有一个人主持工作：先写明前一个到哪天止", hard=True)


def _authority(writing: Writing, key: str, row: Row, act: Act) -> Iterator[Refusal]:
    yield from _term(writing, row)
    granting, day = row.get("granted_by"), _day(row.get("term_from")) or act.on
    if granting:
        yield from unknown(writing.roster, granting)
        if writing.roster.known(granting) and HEAD not in writing.roster.roles(granting, day):
            yield own("role", f"{granting}在{day}不是行政机关负责人，不能授权代签", "授权由负责人签署", hard=True)
    if granting and granting == row.get("who"):
        yield own("field", "授权人和代签人是同一个人", "请核对人员编号", hard=True)
    yield from _procedures(writing, row)
    yield from _steps(writing, row)


def _term(writing: Writing, row: Row) -> Iterator[Refusal]:
    if who := row.get("who"):
        yield from unknown(writing.roster, who)
    first, last = row.get("term_from"), row.get("term_until")
    if first and last and str(last) < str(first):
        yield own("field", f"期间的末日{last}早于首日{first}", "请核对日期", hard=True)


def _procedures(writing: Writing, row: Row) -> Iterator[Refusal]:
    known = writing.book.procedures
    for one in row.get("procedures") or ():
        if one not in known:
            told = "、".join(f"{id}（{versions[-1].name}）" for id, versions in known.items())
            yield own("field", f"没有“{one}”这个程序", f"写程序的编号：{told}", hard=True)


def _steps(writing: Writing, row: Row) -> Iterator[Refusal]:
    """Steps named must be the head's, and none that the law wants of the head in person."""
    ids = [id for id in row.get("procedures") or () if id in writing.book.procedures]
    steps = {step.id: step for id in ids for v in writing.book.procedures[id] for step in v.steps.values()}
    for one in row.get("steps") or ():
        step = steps.get(one)
        if step is None or step.role != HEAD:
            said = f"“{one}”不是这些程序里由负责人办理的步骤"
            mine = [f"{id}（{s.name}）" for id, s in steps.items() if s.role == HEAD and not s.reserved]
            yield own("field", said, f"可以代签的：{'、'.join(mine) or '没有'}", hard=True)
        elif step.reserved:
            yield own("field", f"“{step.name}”要负责人本人办理，不能代签", f"依据{step.cited}；请去掉这一步", hard=True)


def _overlap(one: Row, other: Row) -> bool:
    first, last = str(other.get("term_from") or ""), str(other.get("term_until") or "9999-12-31")
    return str(one["term_from"]) <= last and first <= str(one.get("term_until") or "9999-12-31")


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None  # the field itself is refused elsewhere


_ASKED: Mapping[str, _Faults] = {STAFF: _staff, SECTION: _section, ACTING: _acting, AUTHORITY: _authority}
