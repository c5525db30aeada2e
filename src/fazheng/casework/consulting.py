"""督办 (the head asks about a clock that is due), 会签 (opinions asked before a step), 阅件 (an entry to be read).

Each is an entry of the case, its answers too. They bind nobody: no gate asks for them and no clock waits for them; a
step stays as open, or as shut, as it was. What was not answered stays unanswered, however long it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from fazheng.casework.act import Act
from fazheng.casework.consulted import KINDS, OPINION, READING, SUPERVISION, Asked, asked_in
from fazheng.casework.handing import in_hand
from fazheng.casework.writing import Writing
from fazheng.procedure.builtin import recused
from fazheng.procedure.case import ASK_WITHDRAWN, ASKED, ASKED_ANSWERED, Case
from fazheng.procedure.law import Law
from fazheng.procedure.outlook import duties
from fazheng.procedure.refusals import not_yet, own, unknown
from fazheng.procedure.surroundings import Refusal
from fazheng.staff.roster import HEAD

LONGEST = 2000  # characters of a question or an answer


def ask_people(act: Writing, case_id: str, kind: str, about: str, of: Sequence[str], by: Act) -> tuple[Refusal, ...]:
    """Enters the question of `by` (its words in `by.paper`) to `of`; why not where it is refused. `kind`: of KINDS.

    `about` is the limit, the step, or the number of the entry. Raises CaseUnknown; KeyError for another kind.
    """
    law, case = act.case(case_id)
    people = tuple(dict.fromkeys(code for code in of if code))
    found = [*unknown(act.roster, by.by, *people), *not_yet(by.on, act.today)]
    if not people:
        found.append(own("field", f"没有写{KINDS[kind]}给谁", "请选人员", hard=True))
    if not found:
        found += _unfit(act, law, case, people, by)
    if kind != READING and not by.paper.strip():
        found.append(own("field", "没有写要问什么", "请写明（另存，不公开）", hard=True))
    found += _too_long(by.paper)
    found += {SUPERVISION: _supervision, OPINION: _opinion, READING: _reading}[kind](act, case_id, law, case, about, by)
    if not found:
        text = {"text": act.apart.hold(by.paper.strip())} if by.paper.strip() else {}
        data = {"kind": kind, "about": about, "of": list(people), **text}
        role = HEAD if kind == SUPERVISION else ""
        act.record(case_id, ASKED, replace(by, paper=""), data, role)
    return tuple(found)


def answer(act: Writing, case_id: str, version: int, by: Act) -> tuple[Refusal, ...]:
    """Enters what `by` answers (in `by.paper`; nothing for 已阅) to the asking of that number; why not else."""
    _, case = act.case(case_id)
    asked = _asked(case, version)
    found = [*unknown(act.roster, by.by), *not_yet(by.on, act.today), *_too_long(by.paper)]
    if asked is None or by.by not in asked.waits_for:
        found.append(own("order", f"第{version}条没有等{by.by}答复", "已经答复或者撤回的，不用再答", hard=True))
    elif by.on < asked.on:
        found.append(own("order", f"{asked.on}才问的", "请核对日期", hard=True))
    if asked is not None and asked.kind != READING and not by.paper.strip():
        found.append(own("field", "没有写答复", "请写明（另存，不公开）", hard=True))
    if not found:
        text = {"text": act.apart.hold(by.paper.strip())} if by.paper.strip() else {}
        act.record(case_id, ASKED_ANSWERED, replace(by, paper=""), {"entry": version, **text})
    return tuple(found)


def withdraw_asking(act: Writing, case_id: str, version: int, by: Act) -> tuple[Refusal, ...]:
    """撤回: who asked takes it back, with a reason in `by.paper`; what was answered stays."""
    _, case = act.case(case_id)
    asked = _asked(case, version)
    found = [*unknown(act.roster, by.by), *not_yet(by.on, act.today), *_too_long(by.paper)]
    if asked is None or not asked.waits_for:
        found.append(own("order", f"第{version}条没有可以撤回的", "都答复了的，不用撤回", hard=True))
    elif asked.by != by.by:
        found.append(own("role", f"这一条是{asked.by}提的", f"请{asked.by}撤回", hard=True))
    if not by.paper.strip():
        found.append(own("field", "缺少“理由”", "请写明为什么撤回（另存）", hard=True))
    if not found:
        data = {"entry": version, "reason": act.apart.hold(by.paper.strip())}
        act.record(case_id, ASK_WITHDRAWN, replace(by, paper=""), data)
    return tuple(found)


def late_clocks(act: Writing, case_id: str, law: Law, case: Case) -> dict[str, date]:
    """Limits of the case whose last day is today or was before, each with that day. Empty where none is red."""
    running = duties(law, case, act.today, act.around(case_id, law))
    return {one.clock.limit.id: one.clock.due for one in running if one.light == "red" and one.clock.due}


def _asked(case: Case, version: int) -> Asked | None:
    return next((one for one in asked_in(case) if one.version == version), None)


def _unfit(act: Writing, law: Law, case: Case, people: Sequence[str], by: Act) -> Iterator[Refusal]:
    gone = recused(law, case)
    for code in people:
        if code == by.by:
            yield own("field", "问的是自己", "请选别人", hard=True)
        elif act.roster.on(code, by.on) is None:
            yield own("role", f"{code}在{by.on}不在岗", "请选在岗的人", hard=True)
        elif code in gone:
            yield own("recused", f"{code}在本案已经回避", "请选别人", hard=True)


def _supervision(act: Writing, case_id: str, law: Law, case: Case, about: str, by: Act) -> list[Refusal]:
    if HEAD not in act.roster.roles(by.by, by.on):
        return [own("role", "督办由负责人提出", "请告诉负责人", hard=True)]
    if about not in late_clocks(act, case_id, law, case):
        return [own("order", f"本案没有到期的期限“{about}”", "今天到期或者已超期的才督办", hard=True)]
    return []


def _opinion(act: Writing, case_id: str, law: Law, case: Case, about: str, by: Act) -> list[Refusal]:
    version = law.on(by.on) or law.first
    step = version.steps.get(about)
    if step is None or about == version.opens:
        says = f"本程序没有步骤“{about}”" if about else "没有写在哪个步骤以前"
        return [own("order", says, "请选以后要办的步骤", hard=True)]
    if case.last(step.records) and not step.repeats:
        return [own("order", f"“{step.name}”已经办了", "会签在步骤以前；办了以后的，用送阅", hard=True)]
    return []


def _reading(act: Writing, case_id: str, law: Law, case: Case, about: str, by: Act) -> list[Refusal]:
    if about.isdecimal() and any(entry.version == int(about) for entry in case.entries):
        return []
    return [own("order", f"本案没有第{about}条", "请选案件里的一条", hard=True)]


def _too_long(text: str) -> list[Refusal]:
    return [own("field", f"超过{LONGEST}字", "请写短些，材料另附", hard=True)] if len(text) > LONGEST else []


def handlers(act: Writing, law: Law, case: Case) -> list[str]:
    """Who has the case in hand: whom 督办 asks where nobody else is named."""
    return sorted(in_hand(law, case, act.book))
