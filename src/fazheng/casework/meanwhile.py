"""What others entered in a case since somebody looked at it."""

from __future__ import annotations

from fazheng.procedure.case import (
    ADD_LATE,
    ASIDE,
    ASK_WITHDRAWN,
    ASKED,
    ASKED_ANSWERED,
    CORRECT,
    LIMIT_MISSED,
    WITHDRAW,
    Case,
    Event,
)
from fazheng.procedure.law import Law
from fazheng.procedure.refusals import own
from fazheng.procedure.surroundings import Refusal

SEEN = "seen"  # the gate of an act that was prepared on an older state of the case
_OWN = {
    CORRECT: "更正",
    WITHDRAW: "撤回",
    ADD_LATE: "补记",
    LIMIT_MISSED: "记下逾期",
    "task_settled": "办结待处理事项",
    "suggestion_put_aside": "搁置一项建议",
    "handed_over": "交接",
    "attached": "附上文件",
    ASKED: "督办、会签或者送阅",
    ASKED_ANSWERED: "答复",
    ASK_WITHDRAWN: "撤回所问",
}


def entered_since(law: Law, case: Case, seen: int, case_id: str) -> Refusal | None:
    """The refusal of an act prepared when the case's last entry had the number `seen`; None where that is still so.

    It names what was entered since, by whom and for which day, so that the person need not search for it.
    """
    last = case.entries[-1].version if case.entries else 0
    if seen == last:
        return None
    todo = "请重新查看本案，再决定怎样办"
    if seen > last:
        return own(SEEN, f"本案到现在只有{last}条记录，没有第{seen}条", todo, hard=True)
    since = [entry for entry in case.entries if entry.version > seen and entry.event not in ASIDE]
    if not since:
        return None
    told = "；".join(_told(law, entry) for entry in since)
    return own(SEEN, f"您查看到第{seen}条以后，本案又记入了：{told}", todo, hard=True)


def _told(law: Law, entry: Event) -> str:
    step = law.step_of(entry.event)
    name = step.name if step else _OWN.get(entry.event, entry.event)
    return f"第{entry.version}条“{name}”（{entry.entered_by or entry.by}记，发生于{entry.on}）"
