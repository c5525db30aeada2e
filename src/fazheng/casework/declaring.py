"""A signed zero (零申报), a bureau's first entry, a settled task."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from fazheng.casework.besides import NOTHING_HAPPENED, ZERO_WITHDRAWN
from fazheng.casework.bureaux import BUREAU_CASE, OPENED, Bureau, BureauFault, check_code, place_for
from fazheng.casework.consulted import PERSON
from fazheng.casework.moment import behind
from fazheng.casework.sealing import make_key
from fazheng.casework.writing import Act, Writing, writing
from fazheng.ledger.chain import FORMAT, FORMS
from fazheng.ledger.models import NothingHappened, StandingEvent, Task
from fazheng.ledger.private_cipher import AES
from fazheng.ledger.read import head
from fazheng.procedure.outlook import suggestions
from fazheng.procedure.refusals import not_yet, own, unknown
from fazheng.procedure.surroundings import Refusal

SYSTEM = "system"  # who enters what nobody has a staff code for yet


def open_bureau(
    name: str, code: str, place: str = "", cipher: str = AES, digest: str = FORMS[FORMAT], *,
    today: date | None = None, then: Callable[[Writing], None] = lambda act: None,
) -> Bureau:  # fmt: skip
    """Opens a bureau's book: its first entry names it, the place whose rules it adopted, and a digest not the usual.
    `cipher` seals what it holds apart, under a key that is made now. `then` enters more in the same transaction.

    Raises PrivateUnreadable, BureauFault for a code that is not one or stands already, LawFault for an unknown place,
    DigestMissing for a digest (one of FORMS) that this Python cannot compute.
    """
    code = check_code(code)
    if not name.strip():
        raise BureauFault("请写单位名称")
    chosen = place_for(code, place)
    bureau = Bureau(code, name.strip(), chosen.id if chosen else "")
    with writing(bureau, today=today) as act:
        if head(code).seq:  # a chain stands, even where its entries were taken away
            raise BureauFault(f"账本里已有编号为“{code}”的单位，不能再建")
        make_key(code, cipher)
        said = {} if digest == FORMS[FORMAT] else {"digest": digest}
        named = {"name": bureau.name, "place": bureau.place, **said}
        act.record(BUREAU_CASE, OPENED, Act(act.today, SYSTEM, {}), named)
        then(act)
    return bureau


CLOCK_CONFIRMED = "clock_confirmed"


def confirm_clock(act: Writing, by: Act, reason: str) -> tuple[Refusal, ...]:
    """Says that this computer's clock is right though the book is ahead of it: an earlier clock had been wrong.

    The entry keeps both times, and those after it go on from now. Refused where the book is not ahead.
    """
    found: list[Refusal] = []
    last = act.recorded_at
    if not behind(last):
        found.append(own("order", "本机时钟没有落后于账本", "照常办理，不用确认", hard=True))
    found += unknown(act.roster, by.by)
    if not reason.strip():
        found.append(own("field", "缺少“理由”", "请写明怎样核对的时间、以前为什么走快了", hard=True))
    if not found:
        act.clock_confirmed = True
        act.record(BUREAU_CASE, CLOCK_CONFIRMED, by, {"ahead": last, "reason": act.apart.hold(reason)})
        act.flush()
        act.clock_confirmed = False
    return tuple(found)


def declare_nothing(act: Writing, procedure: str, year: int, by: Act) -> tuple[Refusal, ...]:
    """Signs that in `year` no case of `procedure` happened; refused where one did, or the year is not over."""
    act.flush()
    versions, bureau = act.book.procedures[procedure], act.bureau.code
    found = unknown(act.roster, by.by)
    found += not_yet(by.on, act.today)
    if year >= act.today.year:
        found.append(own("future", f"{year}年还没有过完", "年度终了以后再作零申报", hard=True))
    inside = StandingEvent.objects.filter(bureau=bureau, procedure=procedure, on_day__startswith=f"{year}-")
    if (number := inside.values("case_id").distinct().count()) > 0:
        found.append(
            own("order", f"{year}年有{number}件“{versions[0].name}”在账", "有案件的年度不能作零申报", hard=True)
        )
    if NothingHappened.objects.filter(bureau=bureau, procedure=procedure, year=year).exists():
        found.append(own("once", f"{year}年“{versions[0].name}”已经零申报", "不必再报", hard=True))
    if not found:
        act.record(f"nothing:{procedure}", NOTHING_HAPPENED, by, {"of": procedure, "year": year})
    return tuple(found)


def withdraw_zero(act: Writing, procedure: str, year: int, by: Act, reason: str) -> tuple[Refusal, ...]:
    """Withdraws a signed zero, with a reason: the year is open again, for a case or another signature."""
    act.flush()
    bureau, name = act.bureau.code, act.book.procedures[procedure][0].name
    found = unknown(act.roster, by.by)
    found += not_yet(by.on, act.today)
    if not NothingHappened.objects.filter(bureau=bureau, procedure=procedure, year=year).exists():
        found.append(own("order", f"{year}年“{name}”没有零申报", "没有可以撤回的，请核对程序和年度", hard=True))
    if not reason.strip():
        found.append(own("field", "缺少“理由”", "请写明为什么撤回（另存）", hard=True))
    if not found:
        told = {"of": procedure, "year": year, "reason": act.apart.hold(reason)}
        act.record(f"nothing:{procedure}", ZERO_WITHDRAWN, by, told)
    return tuple(found)


def settle_task(act: Writing, task_id: str, by: Act, reason: str) -> tuple[Refusal, ...]:
    """Puts a task aside with a reason. The defect it speaks of stays where it stands."""
    act.flush()
    task = Task.objects.filter(bureau=act.bureau.code, task_id=task_id).first()
    found: list[Refusal] = []
    if task is None or task.settled_on is not None or task.role.startswith(PERSON):
        found.append(own("order", f"没有待处理的事项“{task_id}”", "请查看待处理事项", hard=True))
    found += unknown(act.roster, by.by)
    if not reason.strip():
        found.append(own("field", "缺少“理由”", "请写明怎样处理的", hard=True))
    found += not_yet(by.on, act.today)
    if not found and task is not None:
        act.record(task.case_id, "task_settled", by, {"task": task_id, "reason": act.apart.hold(reason)})
    return tuple(found)


def put_aside(act: Writing, case_id: str, suggestion: str, by: Act, reason: str) -> tuple[Refusal, ...]:
    """Puts a suggestion of a case aside with a reason; it is no longer shown. Raises CaseUnknown."""
    law, case = act.case(case_id)
    found: list[Refusal] = []
    if suggestion not in [s.id for s in suggestions(law, case, act.today, act.around(case_id, law))]:
        found.append(own("order", f"{case_id}没有建议“{suggestion}”", "请查看本案现有的建议", hard=True))
    found += not_yet(by.on, act.today)
    found += unknown(act.roster, by.by)
    if not reason.strip():
        found.append(own("field", "缺少“理由”", "请写明为什么不另开案件", hard=True))
    if not found:
        act.record(case_id, "suggestion_put_aside", by, {"suggestion": suggestion, "reason": act.apart.hold(reason)})
    return tuple(found)
