"""审计: whether the book is whole, what proves it outside, who looked at what is held apart, what left the book."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from fazheng.casework.bureaux import BUREAU_CASE
from fazheng.casework.checkpointing import make_checkpoint, write_checkpoint
from fazheng.casework.declaring import CLOCK_CONFIRMED
from fazheng.casework.exporting import EXPORTED, EXPORTS
from fazheng.casework.telling import HOWS, TOLD, TOLD_CASE
from fazheng.ledger.checkpoints import CheckpointUnreadable, as_text, kept, newest, read
from fazheng.ledger.faults import HomeUnreadable
from fazheng.ledger.models import Entry
from fazheng.ledger.proofs import NotContained
from fazheng.ledger.proofs import receipt as receipt_of
from fazheng.ledger.read import head
from fazheng.ledger.witness import complaint
from fazheng.staff.rights import may_do, may_open
from fazheng.web import audit_verifying as verifying
from fazheng.web.audit_looks import looks, one_look
from fazheng.web.pages import page
from fazheng.web.visit import Visit

SHOWN = 50  # checkpoints, exports
LONGEST = 20_000  # characters of a checkpoint that is held against the book


@page("audit")
def audit(visit: Visit) -> HttpResponse:
    """Where the chain ends, how the last verification ended, the checkpoints of this home."""
    row = verifying.last(visit.bureau.code)
    told = {
        "head": head(visit.bureau.code), "row": row, "running": verifying.running(row),
        "broken": verifying.broken_off(row), "complaint": complaint(visit.serving.home, visit.bureau.code),
        "checkpoints": _checkpoints(visit),
        "may": {what: may_do(visit.viewer, what) for what in ("verify", "checkpoint")},
        "logins": may_open(visit.viewer, "logins"),
    }  # fmt: skip
    return visit.render("audit/audit.html", told)


def _checkpoints(visit: Visit) -> list[dict[str, Any]]:
    """The checkpoints that stand in the home, newest first; one that cannot be read says so."""
    found = []
    for file in kept(visit.serving.home, visit.bureau.code)[::-1][:SHOWN]:
        try:
            one = read(file)
            found.append({"name": file.name, "size": one.size, "at": one.made_at, "signed": bool(one.signatures)})
        except CheckpointUnreadable as fault:
            found.append({"name": file.name, "fault": str(fault)})
    return found


@page("verify", post=True)
def verify(visit: Visit) -> HttpResponse:
    """How far the verification is; sent, it begins. A second one is not begun beside it."""
    if visit.request.method == "POST":
        if not may_do(visit.viewer, "verify"):
            raise PermissionDenied
        verifying.begin(visit, everything=visit.request.POST.get("everything") == "1")
        return redirect("verify")
    row = verifying.last(visit.bureau.code)
    share = 100 * row.done // row.total if row and row.total else 0
    told = {"row": row, "running": verifying.running(row), "broken": verifying.broken_off(row), "share": share}
    return visit.render("audit/verify.html", told)


@page("audit", post=True)
def checkpoint(visit: Visit) -> HttpResponse:
    """Makes a checkpoint; with a text from outside, holds the book against it."""
    if visit.request.method != "POST":
        return redirect("audit")
    text = visit.request.POST.get("text", "")[:LONGEST].replace("\r\n", "\n").strip()
    if text:
        try:
            why = verifying.held_against(visit.bureau.code, text + "\n")
        except CheckpointUnreadable as fault:
            why = str(fault)
        return visit.render("audit/against.html", {"why": why, "text": text}, 422 if why else 200)
    if not may_do(visit.viewer, "checkpoint"):
        raise PermissionDenied
    write_checkpoint(make_checkpoint(visit.bureau), visit.serving.home)
    return redirect("audit")


@page("audit")
def checkpoint_file(visit: Visit, size: int) -> HttpResponse:
    """The page of a checkpoint, to print or to keep elsewhere."""
    for file in kept(visit.serving.home, visit.bureau.code):
        if file.name.endswith(f"-{size:010d}.txt"):
            try:
                return _file(as_text(read(file)), file.name, "text/plain")
            except CheckpointUnreadable as fault:
                return visit.render("audit/against.html", {"why": str(fault), "text": ""}, 409)
    return redirect("audit")


@page("audit", post=True)
def receipt(visit: Visit) -> HttpResponse:
    """The receipt of a case: its entries stand under a checkpoint, as anybody can check elsewhere. No content."""
    if visit.request.method != "POST":
        return redirect("audit")
    case_id = visit.request.POST.get("case", "").strip()
    try:
        against = newest(visit.serving.home, visit.bureau.code)
        told = receipt_of(case_id, against) if against else {"entries": []}
    except (NotContained, HomeUnreadable) as fault:
        return visit.render("audit/against.html", {"why": str(fault), "text": ""}, 409)
    if not told["entries"]:
        why = "最新的存证点里没有这个案件的条目：案件较新的，先写一个存证点；也请核对案件号"
        return visit.render("audit/against.html", {"why": why, "text": ""}, 422)
    return _file(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "receipt.json", "application/json")


def _file(text: str, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@page("audit")
def exports(visit: Visit) -> HttpResponse:
    """What left the book, newest first: exports with their digests, numbers that were told."""
    made = _entries(visit, EXPORTS, EXPORTED)
    told = [{**one, "how": HOWS.get(one["data"]["how"], ""), "count": len(one["data"]["figures"])}
            for one in _entries(visit, TOLD_CASE, TOLD)]  # fmt: skip
    return visit.render("audit/exports.html", {"made": made, "told": told, "most": SHOWN})


@page("audit")
def clocks(visit: Visit) -> HttpResponse:
    """When somebody confirmed that this computer's clock was right though the book was ahead of it."""
    return visit.render("audit/clocks.html", {"set_back": _entries(visit, BUREAU_CASE, CLOCK_CONFIRMED)})


def _entries(visit: Visit, case_id: str, event: str) -> list[Mapping[str, Any]]:
    """Entries of that kind, newest first, as far as a page shows them. One statement."""
    rows = Entry.objects.filter(bureau=visit.bureau.code, case_id=case_id, event=event).order_by("-version")[:SHOWN]
    return [{"seq": row.seq, "by": row.by, "at": row.recorded_at, "on": row.happened_on, "data": json.loads(row.data)}
            for row in rows]  # fmt: skip


urls = [
    path("audit/", audit, name="audit"),
    path("audit/verify/", verify, name="verify"),
    path("audit/checkpoint/", checkpoint, name="checkpoint"),
    path("audit/checkpoint/<int:size>/", checkpoint_file, name="checkpoint_file"),
    path("audit/receipt/", receipt, name="receipt"),
    path("audit/looks/", looks, name="looks"),
    path("audit/looks/<int:seq>/", one_look, name="look"),
    path("audit/exports/", exports, name="audit_exports"),
    path("audit/clocks/", clocks, name="audit_clocks"),
]
