"""A row of 人员名册, 科室, 主持工作 or 授权代签: entered, changed, struck; never overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fazheng.casework.act import Act
from fazheng.casework.registers import change_row, enter_row, strike_row
from fazheng.casework.sent import sent, source_of
from fazheng.casework.writing import Writing
from fazheng.lawbook.figure import ACTING, AUTHORITY, SECTION, STAFF, Register
from fazheng.lawbook.load import LawBook
from fazheng.procedure.surroundings import Refusal
from fazheng.register import Row, row_on, rows_on
from fazheng.staff.rights import may_do, may_open, row_command
from fazheng.web.forms import PREFIX, Box, Option, boxes
from fazheng.web.names import role_names
from fazheng.web.pages import page
from fazheng.web.sending import Sending
from fazheng.web.visit import Visit

# register → the page on which it is shown
OURS: Mapping[str, str] = {STAFF: "people", SECTION: "sections", ACTING: "people", AUTHORITY: "people"}
_SHORT = {STAFF: "人员", SECTION: "科室", ACTING: "主持工作", AUTHORITY: "授权代签"}
_TERM, _STEPS = "term_from", "steps"
_PERSON = {"deputy", "who", "granted_by"}  # fields that hold a person's code


@page("people", post=True)
def row_new(visit: Visit, register: str) -> HttpResponse:
    """Enters a row."""
    return _form(visit, _known(visit, register), None)


@page("people", post=True)
def row(visit: Visit, register: str, key: str) -> HttpResponse:
    """Changes or strikes a row that stands today."""
    known = _known(visit, register)
    standing = row_on(visit.bureau.code, register, key, visit.today)
    if standing is None:
        raise Http404
    return _form(visit, known, standing)


def _known(visit: Visit, register: str) -> Register:
    if register not in OURS or register not in visit.book.registers:
        raise Http404
    if not (may_do(visit.viewer, row_command(register)) and may_open(visit.viewer, OURS[register])):
        raise PermissionDenied
    return visit.book.registers[register]


def _form(visit: Visit, known: Register, standing: Row | None) -> HttpResponse:
    kinds = {id: kind for id, kind in known.kinds.items() if standing is None or id != known.key}
    sending = _dated(known, standing, Sending.of(visit, kinds, known.choices))
    if visit.request.method == "POST" and not sending.faults:
        sending = replace(sending, refused=_recorded(visit, known, standing, sending))
        if not sending.refused:
            key = standing.key if standing else str(sending.data[known.key])
            there = reverse("person", args=[key]) if known.id == STAFF else reverse(OURS[known.id])
            left = visit.request.POST.get("what") == "strike"
            return redirect(reverse(OURS[known.id]) if left else f"{there}?done=1")
    typed = sending.typed if visit.request.method == "POST" or standing is None else _standing(standing.data)
    shown = boxes(kinds, known.labels, known.choices, lambda role: (), typed=typed, faults=sending.marked)
    told = {
        "boxes": [_chosen(visit, box, typed) for box in shown], "sending": sending, "standing": standing,
        "register": known, "short": _SHORT[known.id], "back": reverse(OURS[known.id]),
        "dated": standing is not None or _TERM not in known.kinds,
    }  # fmt: skip
    return visit.render("people/row.html", told, status=422 if sending.wrong else 200)


def _dated(known: Register, standing: Row | None, sending: Sending) -> Sending:
    """A new row with a term of its own stands from that term's first day, or from today where that is still to come,
    and rests on the paper it names: nobody types either twice.
    """
    if standing is not None or not (first := sending.data.get(_TERM)) or _TERM not in known.kinds:
        return sending
    return replace(sending, on=min(str(first), sending.on), paper=sending.paper or str(sending.data.get("paper", "")))


def _standing(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """What stands in the row as it would be typed; what is held apart stays out, and as it is."""
    found = {}
    for field, value in data.items():
        if isinstance(value, dict):
            continue
        values = value if isinstance(value, list) else [value]
        found[field] = [("是" if one else "否") if isinstance(one, bool) else str(one) for one in values]
    return found


def _chosen(visit: Visit, box: Box, typed: Mapping[str, Sequence[str]]) -> Box:
    """Codes are chosen from what the book has, not typed."""
    field = box.name.removeprefix(PREFIX)
    stands = typed.get(field, ())
    if field in _PERSON:
        names = role_names(visit.bureau.place)
        every = [
            (one.code, f"{one.code}　{'、'.join(names.get(role, role) for role in one.data.get('roles', ()))}")
            for one in visit.roster.here(visit.today)
        ]
        return replace(box, widget="select", help="", options=[Option(v, text, v in stands) for v, text in every])
    if field == _STEPS:
        return replace(box, help="步骤的名称，例：延期；几个的用、隔开")
    if field == "procedures":
        options = [Option(id, versions[-1].name, id in stands) for id, versions in visit.book.procedures.items()]
        return replace(box, widget="checks", options=options, help="")
    if field == "sections":
        rows = rows_on(visit.bureau.code, SECTION, visit.today)
        options = [Option(one.key, str(one.data["name"]), one.key in stands) for one in rows]
        return replace(box, widget="checks", options=options, help="" if options else "还没有登记科室")
    return box


def _recorded(visit: Visit, known: Register, standing: Row | None, sending: Sending) -> tuple[Refusal, ...]:
    """Writes it down once, or says why not."""
    changed, on = _changed(visit.book, known, standing, sending), date.fromisoformat(sending.on)
    by = Act(on, visit.viewer.code, changed, paper=sending.paper, source=source_of(sending.key))
    strikes = visit.request.POST.get("what") == "strike"

    def work(act: Writing) -> tuple[Refusal, ...]:
        if sent(visit.bureau.code, sending.key):
            return ()
        if standing is None:
            return enter_row(act, known.id, by)
        if strikes:
            return strike_row(act, known.id, standing.key, replace(by, data={}))
        return change_row(act, known.id, standing.key, by) if by.data else ()

    return visit.desk.submit(work)


def _with_step_ids(book: LawBook, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data, each step that was named as pages call it by its id, as far as the procedures have it."""
    versions = [version for id in data.get("procedures") or () for version in book.procedures.get(id, ())]
    ids = {step.name: step.id for version in versions for step in version.steps.values()}
    return {**data, **({_STEPS: [ids.get(one, one) for one in data[_STEPS]]} if data.get(_STEPS) else {})}


def _changed(book: LawBook, known: Register, standing: Row | None, sending: Sending) -> dict[str, Any]:
    """What is to be entered: everything, or of a standing row what differs. Emptied boxes empty the field."""
    data = _with_step_ids(book, sending.data)
    if standing is None:
        return data
    changed = {field: value for field, value in data.items() if standing.data.get(field) != value}
    for field, kind in known.kinds.items():
        if kind.optional and not kind.apart and standing.data.get(field) and field not in sending.data:
            changed[field] = None
    return changed
