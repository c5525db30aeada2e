"""交接单: who has an open case in hand, and its handing over. No open case is without a person.

A case is in the hands of the people its steps last named for handling it, or of who opened it where none is named; an
entry of handing over puts another in the place of one of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from django.db.models import Case as Case_
from django.db.models import Exists, F, OuterRef, Q, Subquery, TextField, Value, When

from fazheng.casework.act import Act
from fazheng.casework.folding import case_file
from fazheng.casework.kept import HANDS, MOST_HANDS
from fazheng.casework.on_paper import signs
from fazheng.casework.outlooks import ends_of
from fazheng.casework.parts import PERSON
from fazheng.casework.writing import Writing
from fazheng.lawbook.load import LawBook
from fazheng.ledger.joined import Question, joined, question
from fazheng.ledger.models import CasePart, CaseRow, Entry
from fazheng.ledger.read import cases_entries
from fazheng.procedure.builtin import recused
from fazheng.procedure.case import ASIDE, ASK_WITHDRAWN, ASKED, ASKED_ANSWERED, Case, Event
from fazheng.procedure.law import Law
from fazheng.procedure.refusals import not_yet, own, unknown
from fazheng.procedure.surroundings import Refusal

HANDED_OVER = "handed_over"
_NOT_IN_HAND = ASIDE | {ASKED, ASKED_ANSWERED, ASK_WITHDRAWN}  # who was asked reads the case, and has it not in hand


@dataclass(frozen=True, slots=True)
class InHand:
    """An open case a person has in hand, the roles in which they have it, and its open tasks."""

    case_id: str
    name: str
    roles: tuple[str, ...]
    tasks: tuple[str, ...] = ()


def in_hand(law: Law, case: Case, book: LawBook) -> dict[str, frozenset[str]]:
    """Who has the case in hand, each with the roles in which they do; nobody before it is opened."""
    hands: dict[str, tuple[str, Sequence[str]]] = {}
    handed = [entry for entry in case.entries if entry.event == HANDED_OVER]
    for event in sorted(chain(case.standing, handed), key=lambda event: event.version):
        if event.event == HANDED_OVER:
            was, now = str(event.data["from"]), str(event.data["to"])
            hands = {
                place: (role, [now if one == was else one for one in people]) for place, (role, people) in hands.items()
            }
        else:
            hands |= _named(law, event, book)
    found: dict[str, frozenset[str]] = {}
    for role, people in hands.values():
        for one in people:
            found[one] = found.get(one, frozenset()) | {role}
    return found


def _named(law: Law, event: Event, book: LawBook) -> Iterator[tuple[str, tuple[str, Sequence[str]]]]:
    """By field: the people an event names for handling the case; by itself: who opened it where it names nobody."""
    step = law.step_of(event.event)
    if step is None:
        return
    version = law.on(event.on) or law.first
    signing = {one.role for one in version.steps.values() if signs(book, one)}
    named = {
        field: (kind.of, event.data[field])
        for field, kind in step.kinds.items()
        if kind.name == "people" and kind.of and kind.of not in signing and event.data.get(field)
    }
    if step.id == version.opens and not named:
        named[""] = (step.role, [event.by])
    yield from named.items()


def cases_in_hand(act: Writing, code: str) -> list[InHand]:
    """The open cases a person has in hand, by number, with the tasks open in them. Empty where there is none.

    One statement, and one for each some hundred cases whose hands nobody asked since their last entry.
    """
    act.flush()
    told = joined(_touched(act.bureau.code, code, act.book.procedures))
    tasks: dict[str, list[str]] = {}
    for case_id, task in sorted(told["tasks"]):
        tasks.setdefault(str(case_id), []).append(str(task))
    digests = {str(case_id): str(digest) for case_id, digest in sorted(told["touched_ends"])}
    hands = _hands(act, digests)
    return [
        InHand(id, act.book.procedures[id.rsplit("-", 2)[0]][-1].name, tuple(sorted(roles)), tuple(tasks.get(id, ())))
        for id in digests
        if (roles := hands[id].get(code))
    ]


def _hands(act: Writing, digests: Mapping[str, str]) -> dict[str, Mapping[str, frozenset[str]]]:
    """Who has each of the cases in hand that end so, kept by the last entry of each."""
    found = {id: known[1] for id in digests if (known := HANDS.get(id)) and known[0] == digests[id]}
    missing = [id for id in digests if id not in found]
    if len(HANDS) + len(missing) > MOST_HANDS:
        HANDS.clear()
    for id, rows in cases_entries(act.bureau.code, missing) if missing else ():
        file = case_file(id, rows, act.book)
        found[id] = in_hand(file.law, file.case, act.book) if file else {}
        HANDS[id] = rows[-1].digest, found[id]
    return found


def last_part(code: str) -> Subquery:
    """For rows of a `bureau` and `case_id`: what `takes_part` reads off. Wider than `cases_in_hand`, which reads each
    case: for pages that tell many people of many cases.
    """
    naming = Q(data__contains=json.dumps(code, ensure_ascii=False))
    of_case = Entry.objects.filter(Q(by=code) | naming, bureau=OuterRef("bureau"), case_id=OuterRef("case_id"))
    said = Case_(When(event=HANDED_OVER, then=F("data")), default=Value(""), output_field=TextField())
    return Subquery(of_case.exclude(event__in=_NOT_IN_HAND).order_by("-version").values_list(said)[:1])


def takes_part(said: str | None, code: str) -> bool:
    """Whether the person acted in the case or is named, and did not hand it over since."""
    return said is not None and (not said or bool(json.loads(said)["to"] == code))


def _touched(bureau: str, code: str, procedures: Iterable[str]) -> dict[str, Question]:
    """Where the open cases end in which a person has a part: who acted, is named, or was handed the case; and what is
    open in them.
    """
    still = CaseRow.objects.filter(bureau=OuterRef("bureau"), case_id=OuterRef("case_id"), closed_on__isnull=True)
    parts = CasePart.objects.filter(bureau=bureau, procedure__in=sorted(procedures), who=f"{PERSON}{code}")
    rows = parts.filter(Exists(still)).values_list("case_id", Subquery(still.values("last_version")))
    tasks = (
        "SELECT t.case_id, t.task_id FROM ledger_task t"
        " WHERE t.bureau = %s AND t.settled_on IS NULL AND t.case_id IN (SELECT c0 FROM touched)"
    )
    ends = ends_of(bureau, "touched")["touched_ends"]
    return {
        "touched": question(rows, for_others=True), "touched_ends": ends, "tasks": Question(tasks, (bureau,), 2),
    }  # fmt: skip


def hand_over(
    act: Writing, was: str, now: str, by: Act, reason: str, cases: Sequence[str] = ()
) -> tuple[tuple[Refusal, ...], list[InHand]]:
    """Hands the open cases of `was` (those named, else all) over to `now`; what was handed over, or why nothing was."""
    found = [*unknown(act.roster, was, now, by.by), *not_yet(by.on, act.today)]
    if was == now:
        found.append(own("field", "交给的是同一个人", "请核对两个人员编号", hard=True))
    if not found and act.roster.on(now, by.on) is None:
        found.append(own("role", f"{now}在{by.on}不在岗", "请交给在岗的人", hard=True))
    if not reason.strip():
        found.append(own("field", "缺少“理由”", "请写明为什么交接（另存）", hard=True))
    mine = cases_in_hand(act, was)
    if strange := [one for one in cases if one not in {case.case_id for case in mine}]:
        found.append(own("order", f"{'、'.join(strange)}不在{was}手里", "请核对哪些案件在谁手里", hard=True))
    if found:
        return tuple(found), []
    wanted = [case for case in mine if not cases or case.case_id in cases]
    act.read([case.case_id for case in wanted])
    for case in wanted:
        found += _unfit(act, case, now, by)
    if found:
        return tuple(found), []
    for case in wanted:
        data = {"from": was, "to": now, "reason": act.apart.hold(reason.strip())}
        act.record(case.case_id, HANDED_OVER, by, data)
    return (), wanted


def _unfit(act: Writing, mine: InHand, now: str, by: Act) -> Iterator[Refusal]:
    """Why this case may not go to that person: no such role, no certificate, recused."""
    law, case = act.case(mine.case_id)
    version = law.on(by.on) or law.first
    for id in mine.roles:
        role = version.roles[id]
        if not version.serving(id) & act.roster.roles(now, by.on):
            said = f"{mine.case_id}由{role.name}办理，{now}在{by.on}不是"
            yield own("role", said, f"请交给{role.name}，或者只交别的案件", hard=True)
        elif role.certificate and not act.roster.certified(now, by.on):
            said = f"{mine.case_id}要持证人员办理，{now}在{by.on}没有有效证件"
            yield own("certificate", said, "请交给持证人员，或先更新证件登记", hard=True)
    if now in recused(law, case):
        yield own("recused", f"{now}在{mine.case_id}已经回避", "请交给别人", hard=True)


def keeps_from_leaving(act: Writing, code: str, left: frozenset[str] = frozenset()) -> tuple[Refusal, ...]:
    """Refuses to let a person go, or to leave them with the roles `left` alone, while a case of theirs would be without
    a person: it says which.
    """
    mine = cases_in_hand(act, code)
    act.read([case.case_id for case in mine])
    orphaned = [case for case in mine if not _kept(act, case, left)]
    if not orphaned:
        return ()
    told = "、".join(case.case_id for case in orphaned[:10]) + (f"等{len(orphaned)}件" if len(orphaned) > 10 else "")
    todo = "请先交接，或者和交接一起办"
    return (own("handover", f"{code}手里还有没办结的案件：{told}", todo, hard=True),)


def _kept(act: Writing, mine: InHand, left: frozenset[str]) -> bool:
    law, _ = act.case(mine.case_id)
    return bool(left) and all(law.first.serving(role) & left for role in mine.roles)


def as_json(case: InHand) -> Mapping[str, object]:
    """A case in hand for a program."""
    return {"case": case.case_id, "procedure": case.name, "roles": list(case.roles), "tasks": list(case.tasks)}
