"""代录: a signature that stands on paper, entered by somebody else.

A step of a role that signs is entered by the person's own hand, or with the explicit mark that it was signed on paper,
whose scan is attached: who signed, on which day, and who entered it stand in the entry.
"""

from __future__ import annotations

from typing import Any

from fazheng.casework.act import Act
from fazheng.casework.besides import FORM
from fazheng.lawbook.figure import STAFF
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Step
from fazheng.ledger.models import Attachment
from fazheng.procedure.case import ADD_LATE
from fazheng.procedure.law import Law
from fazheng.procedure.on_paper import MARK, STANDS_IN
from fazheng.procedure.refusals import own
from fazheng.procedure.surroundings import NO_PERSON, Decision, Refusal


def signs(book: LawBook, step: Step) -> bool:
    """Whether the step is a signature: the staff register says which roles sign (`signs`). None does without one."""
    return STAFF in book.registers and step.role in book.registers[STAFF].signs


def unsigned(bureau: str, book: LawBook, law: Law, case_id: str, step: str, act: Act) -> tuple[Refusal, ...]:
    """Why what `act` enters is no signature of the person it names; empty where it is, or where none is needed.

    Rows of a sheet are taken over from another system with their source, and are asked nothing here. A form of a page
    has a source too, and is asked.
    """
    if act.source and not act.source.startswith(FORM):
        return ()
    taken = _step(law, step, act)
    if taken is None or not signs(book, taken):
        if act.signed_on_paper:
            name = f"“{taken.name}”" if taken else "这一项"
            return (own("on_paper", f"{name}不是签字的步骤", "不用写“纸上签字”", hard=True),)
        return ()
    if act.signed_on_paper:
        return _without_scan(bureau, case_id, act)
    if act.entered_by in ("", act.by, *NO_PERSON):
        return ()
    says = f"“{taken.name}”要由{act.by}签字，{act.entered_by}不能代签"
    return (own("on_paper", says, "由本人登录办理；已在纸上签的，附上扫描件，写明“纸上签字”", hard=True),)


def marks(act: Act, decision: Decision) -> dict[str, Any]:
    """What an entry says beside its fields: that it was signed on paper, and by which paper somebody stood in."""
    said: dict[str, Any] = {MARK: {"scan": act.scan}} if act.signed_on_paper else {}
    return said | ({STANDS_IN: decision.stands_in.shown()} if decision.stands_in else {})


def _step(law: Law, step: str, act: Act) -> Step | None:
    named = str(act.data.get("step")) if step == ADD_LATE else step
    return (law.on(act.on) or law.first).steps.get(named)


def _without_scan(bureau: str, case_id: str, act: Act) -> tuple[Refusal, ...]:
    if not act.scan:
        return (own("on_paper", "没有写纸上签字的扫描件", "先附上扫描件，再写它的摘要（scan）", hard=True),)
    scans = Attachment.objects.filter(bureau=bureau, digest=act.scan)
    if (scans.filter(case_id=case_id) if case_id else scans).exists():
        return ()
    return (own("on_paper", f"本案没有附件 {act.scan[:12]}…", "先附上扫描件：fazheng attachment add", hard=True),)
