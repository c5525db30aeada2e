"""Rows of the sheet 后续步骤: every step of a case after the one that opened it, in the order of the days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from fazheng.casework.folding import CaseUnknown
from fazheng.casework.workbook.cases import Cases, CaseWaits, Found, SeveralCases, named
from fazheng.casework.workbook.faults import Fault
from fazheng.casework.workbook.grid import Grid
from fazheng.casework.workbook.judging import Deed, Importing
from fazheng.casework.workbook.layout import (
    BY,
    FURTHER,
    HAPPENED,
    ON,
    PAPER,
    PROCEDURE,
    REF,
    STEP,
    further_steps,
    head_of,
    procedures_named,
)
from fazheng.casework.workbook.lines import Line
from fazheng.lawbook.procedure import Procedure, Step
from fazheng.ledger.rows import MANY, batches
from fazheng.procedure.case import AMENDING

_OWN = {PROCEDURE, REF, STEP, ON, BY, HAPPENED, PAPER}
_AMENDMENTS = AMENDING | {"更正", "撤回", "补记"}


@dataclass(slots=True)
class _Told:
    """What a row says in our own columns, and the case it means."""

    line: Line
    among: tuple[str, ...]
    ref: str
    step: str
    on: date | None
    by: str
    happened: bool
    paper: str
    found: Found | None = None


def take_steps(importing: Importing, cases: Cases, grids: Iterable[Grid]) -> None:
    """Takes each step that is not in the book yet, by day, then by row."""
    left, stuck = list[Deed](), set[str]()
    for rows in batches((grid, row) for grid in grids for row in grid.given()):
        left += _fresh(importing, cases, [_told(importing, Line(*row, importing.faults.append)) for row in rows], stuck)
    left.sort(key=lambda deed: (deed.on, deed.line.grid.place, deed.line.number), reverse=True)
    unasked = 0
    while left:
        some = [left.pop() for _ in range(min(len(left), MANY))]  # what is done need not be held
        importing.act.read(sorted({deed.case_id for deed in some} - stuck))
        for deed in some:
            importing.advance()
            if deed.case_id in stuck:
                unasked += 1
            elif not _take(importing, cases, deed):
                stuck.add(deed.case_id)
    if unasked:
        importing.warnings.append(
            Fault(FURTHER, 0, "", f"另有{unasked}行，因为同一案有别的行要改，还没有核对：改正以后再试一次")
        )


def _fresh(importing: Importing, cases: Cases, told: list[_Told], stuck: set[str]) -> list[Deed]:
    """The steps of these rows that are not in the book yet; cases with a row that cannot be read become `stuck`."""
    cases.look_up(one.ref for one in told if cases.unknown(one.ref))
    for one in told:
        _find(importing, cases, one)
    deeds = [deed for one in told if (deed := _deed(importing, cases, one))]
    cases.look_up(name for deed in deeds for name in named(deed.step.kinds, deed.data))
    fresh = {id(line) for line in importing.skip([deed.line for deed in deeds])}
    left = [deed for deed in deeds if id(deed.line) in fresh]
    stuck |= {one.found.case_id for one in told if one.found and not one.line.sound}
    for _ in range(len(told) - len(left)):
        importing.advance()
    for deed in left:
        deed.line.forget()
    return left


def _told(importing: Importing, line: Line) -> _Told:
    name = line.text(PROCEDURE, "text")
    among = tuple(procedures_named(name, importing.act.book)) if name else ()
    if name and not among:
        names = [versions[-1].name for versions in importing.act.book.procedures.values()]
        line.fault(PROCEDURE, f"没有叫“{name}”的程序，最接近的是“{_nearest(name, names)}”")
    ref, step = line.text(REF, required=True), line.text(STEP, "text", required=True)
    on, by, happened, paper = line.actor()
    return _Told(line, among, ref, step, on, by, happened, paper)


def _find(importing: Importing, cases: Cases, told: _Told) -> None:
    if not told.ref:
        return
    misnamed = not told.among and PROCEDURE in told.line.cells
    try:
        told.found = cases.find(told.ref, told.among)
    except SeveralCases as fault:
        if not misnamed:
            told.line.fault(REF, f"{fault}，请填“{PROCEDURE}”")
        return
    if told.found is None and not misnamed:
        where = f"“{importing.act.book.procedures[told.among[0]][-1].name}”表" if told.among else "各程序的表"
        told.line.fault(REF, f"没有编号是“{told.ref}”的案件：{where}里没有这一行，账本里也没有，请核对")


def _deed(importing: Importing, cases: Cases, told: _Told) -> Deed | None:
    """The step the row takes, its fields read; None with faults where it cannot be told."""
    found, line = told.found, told.line
    if found is None or not told.step:
        return None
    newest = importing.act.book.procedures[found.procedure][-1]
    try:
        law = cases.law(found.case_id) if found.case_id else None
    except CaseUnknown:
        line.fault(REF, f"案件{found.case_id}所依的程序已不在法律文件里，不能再办")
        return None
    version = newest if law is None or told.on is None else law.on(told.on) or law.first
    step = _step(line, version, told.step)
    if step is None:
        return None
    data = line.fields(step.kinds, version.label, version.choices)
    line.superfluous(_OWN | {head_of(version.label(name)) for name in step.kinds}, f"“{step.name}”")
    if not line.sound or told.on is None or not found.case_id:
        return None
    said = {**data, "": [step.id, told.on.isoformat(), told.by, told.happened, told.paper]}
    line.digest = importing.digests.digest(f"step {found.case_id}", said)
    return Deed(
        line, found.procedure, version, step, told.on, told.by, told.happened, told.paper, data, case_id=found.case_id
    )


def _step(line: Line, version: Procedure, name: str) -> Step | None:
    steps = {**{step.name: step for step in version.steps.values()}, **version.steps}
    step = steps.get(name)
    opening = version.steps[version.opens]
    if name in _AMENDMENTS:
        line.fault(STEP, "更正、撤回、补记要逐件办理并写明理由，不能用表格导入")
    elif step is opening:
        line.fault(STEP, f"“{opening.name}”是开案的一步，请填在“{version.name}”表")
    elif step is None:
        names = [one.name for one in further_steps(version)]
        near = f"，最接近的是“{_nearest(name, names)}”" if names else ""
        line.fault(STEP, f"“{version.name}”没有叫“{name}”的步骤{near}；有：{'、'.join(names) or '无'}")
    return step if step is not opening else None


def _nearest(name: str, names: Sequence[str]) -> str:
    return get_close_matches(name, names, n=1, cutoff=0)[0]


def _take(importing: Importing, cases: Cases, deed: Deed) -> bool:
    """Whether the case goes on after the row: recorded, or refused and weighed on as if it had happened."""
    try:
        data = cases.resolved(deed.step.kinds, deed.data)
    except SeveralCases as fault:
        deed.line.fault(STEP, f"{fault}，请写账本里的案件号")
        return False
    except CaseWaits as fault:
        deed.line.fault(STEP, f"所指的“{fault}”没有开成案件：请先改正它那一行")
        return False
    done = importing.act.do(deed.case_id, deed.step.id, importing.act_of(deed, data, happened=deed.happened))
    bearable = importing.weigh(deed, done.decision)
    if done.refused and bearable:
        done = importing.act.do(deed.case_id, deed.step.id, importing.act_of(deed, data, happened=True))
    importing.steps += not done.refused
    return not done.refused
