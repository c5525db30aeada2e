"""签字: whose hand a signature is, who may put it right, and 代录, one on paper that somebody else enters.

A step of a role that signs is entered by the person's own hand, or with the explicit mark that it was signed on paper,
whose scan is attached: who signed, on which day, and who entered it stand in the entry.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from fazheng.casework.act import Act
from fazheng.casework.besides import FORM
from fazheng.lawbook.figure import STAFF
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Step
from fazheng.ledger.models import Attachment
from fazheng.procedure.amend import step_meant
from fazheng.procedure.case import CORRECT, WITHDRAW, Case
from fazheng.procedure.law import Law
from fazheng.procedure.on_paper import MARK, STANDS_IN
from fazheng.procedure.refusals import SCAN, own
from fazheng.procedure.surroundings import NO_PERSON, Command, Decision, Refusal, Staff, StandIn, Surroundings

SHEET = "asked_sheet"  # what the scans of a section's signed sheet are attached to, by section and period
_PUT_RIGHT = {CORRECT: "更正", WITHDRAW: "撤回"}


def signs(book: LawBook, step: Step) -> bool:
    """Whether the step is a signature: the staff register says which roles sign (`signs`). None does without one."""
    return STAFF in book.registers and step.role in book.registers[STAFF].signs


def unsigned(bureau: str, book: LawBook, taken: Step | None, case_id: str, act: Act) -> tuple[Refusal, ...]:
    """Why what `act` enters of the step is no signature of the person it names; empty where it is, or where none is
    needed. To correct or withdraw a signature is to sign.

    Rows of a sheet are taken over from another system with their source, and are asked nothing here. A form of a page
    has a source too, and is asked.
    """
    if act.source and not act.source.startswith(FORM):
        return ()
    if taken is None or not signs(book, taken):
        if act.signed_on_paper:
            name = f"“{taken.name}”" if taken else "这一项"
            return (own("on_paper", f"{name}不是签字的步骤", "不用写“纸上签字”", hard=True),)
        return ()
    return not_own_hand(bureau, f"“{taken.name}”", case_id, act)


def put_right(
    decision: Decision, book: LawBook, law: Law, case: Case, command: Command, act: Act, around: Surroundings
) -> Decision:
    """The decision, refused where a signature is corrected or withdrawn by who could not sign that step today (on
    paper: on the day of that paper), or by a paper older than what it puts right. It keeps the paper by which somebody
    stands in.
    """
    if command.step not in _PUT_RIGHT:
        return decision
    how, who, staff, taken = _PUT_RIGHT[command.step], act.by, around.staff, step_meant(law, case, command)
    if taken is None or not signs(book, taken) or not staff.known(who):
        return decision
    if act.signed_on_paper and (older := _older(how, taken, case, act)):
        return replace(decision, refusals=(older,), events=())  # what else it lacks hangs on the day
    own_hand = act.entered_by in ("", who, *NO_PERSON) and not act.signed_on_paper
    on = around.today if own_hand else act.on
    if may_sign(staff, law, taken, who, on):
        return replace(decision, stands_in=_stands_in(staff, law, taken, who, on))
    role = law.version_of(taken, on).roles[taken.role].name
    says = f"“{taken.name}”由{role}签字，{who}在{on}不是{role}，不能{how}"
    todo = f"请由{role}登录{how}；{role}在纸上签了字同意{how}的，附上扫描件代录，写明“纸上签字”"
    return replace(decision, refusals=(*decision.refusals, own("role", says, todo, hard=True)), events=())


def _older(how: str, taken: Step, case: Case, act: Act) -> Refusal | None:
    """Why a paper of that day cannot put the entry right: what it speaks of had not happened; None where it had."""
    entry = (act.data or {}).get("entry")
    happened = next((event.on for event in case.standing if event.version == entry), act.on)
    if act.on >= happened:
        return None
    says = f"同意{how}的纸签于{act.on}，那时“{taken.name}”还没有办（{happened}）"
    return own("order", says, "请核对纸上签字的日期", hard=True)


def may_sign(staff: Staff, law: Law, step: Step, who: str, on: date) -> bool:
    """Whether the person holds that day a role that signs the step, as their own or by a paper."""
    mine = law.version_of(step, on).serving(step.role) & staff.roles(who, on)
    return bool(mine) or _stands_in(staff, law, step, who, on) is not None


def _stands_in(staff: Staff, law: Law, step: Step, who: str, on: date) -> StandIn | None:
    version = law.version_of(step, on)
    return staff.stands_in(who, version.serving(step.role), on, version.id, step.id, reserved=step.reserved)


def marks(act: Act, decision: Decision) -> dict[str, Any]:
    """What an entry says beside its fields: that it was signed on paper, and by which paper somebody stood in."""
    said: dict[str, Any] = {MARK: {"scan": act.scan}} if act.signed_on_paper else {}
    return said | ({STANDS_IN: decision.stands_in.shown()} if decision.stands_in else {})


def sheet_of(section: str, first: str, last: str) -> str:
    """What the scans of that section's sheet over these days are attached to."""
    return f"{SHEET}:{section}:{first}..{last}"


def not_own_hand(bureau: str, what: str, attached_to: str, act: Act) -> tuple[Refusal, ...]:
    """Why what `act` enters (`what`, in Chinese) is not signed by the person it names; empty for their own hand, and
    for a paper whose scan is attached to `attached_to`: a case, or what is none (`sheet_of`).
    """
    if act.signed_on_paper:
        return without_scan(bureau, attached_to, act)
    if act.entered_by in ("", act.by, *NO_PERSON):
        return ()
    says = f"{what}要由{act.by}签字，{act.entered_by}不能代签"
    return (own("on_paper", says, "由本人登录办理；已在纸上签的，附上扫描件，写明“纸上签字”", hard=True),)


def without_scan(bureau: str, case_id: str, act: Act) -> tuple[Refusal, ...]:
    """Why no scan shows what was signed on paper; empty where one is attached to the case."""
    if not act.scan:
        return (own("on_paper", "没有写纸上签字的扫描件", "先附上扫描件，再写明是哪一份", hard=True, at=SCAN),)
    scans = Attachment.objects.filter(bureau=bureau, digest=act.scan)
    if (scans.filter(case_id=case_id) if case_id else scans).exists():
        return ()
    where = "本案" if ":" not in case_id else "这份文件"
    return (own("on_paper", f"{where}没有附件 {act.scan[:12]}…", "请先附上扫描件", hard=True),)
