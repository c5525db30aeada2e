"""A form that was sent: what was typed, on which day, as a fact or as an act; recorded once, or told why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fazheng.casework.act import Act, Done
from fazheng.casework.folding import CaseFile
from fazheng.casework.sent import Sent, new_key, source_of
from fazheng.lawbook.procedure import Kind
from fazheng.procedure.surroundings import Refusal
from fazheng.web.forms import Choices, read_day, read_typed, typed_in
from fazheng.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Sending:
    """The form as it stands. `key` is its own, kept while it comes back with faults: it is recorded once.

    `seen`: the last entry of the case that the person saw; None where there is no case yet.
    """

    key: str
    on: str
    happened: bool = False
    paper: str = ""
    by: str = ""
    seen: int | None = None
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    day_fault: str = ""
    refused: Sequence[Refusal] = ()

    @property
    def wrong(self) -> bool:
        """Whether the form comes back."""
        return bool(self.faults or self.refused)

    @staticmethod
    def of(visit: Visit, kinds: Mapping[str, Kind], choices: Choices) -> Sending:
        """The form as it was posted; a new one on GET."""
        post = visit.request.POST
        if visit.request.method != "POST":
            return Sending(new_key(), visit.today.isoformat())
        key, seen = post.get("form_key", ""), post.get("seen", "")
        try:
            source_of(key)
        except ValueError:
            raise SuspiciousOperation("form_key") from None
        typed = typed_in(post, kinds)
        read = read_typed(typed, kinds, choices)
        on, day_fault = read_day(post.get("on", ""), visit.today)
        shown = post.get("on", "") if day_fault else on.isoformat()
        faults = {**read.faults, **({"on": day_fault} if day_fault else {})}
        number = int(seen) if seen.isdigit() else None
        return Sending(
            key, shown, bool(post.get("happened")), post.get("paper", "").strip(), post.get("by", "").strip(), number,
            typed, read.data, faults, day_fault,
        )  # fmt: skip

    def act(self, visit: Visit) -> Act:
        """What is to be recorded. Only what had happened already may name somebody else as the one who did it."""
        who = visit.viewer.code
        by = (self.by if self.happened else "") or who
        entered_by = who if by != who else ""
        on = date.fromisoformat(self.on)
        return Act(on, by, self.data, self.happened, entered_by, self.paper, source_of(self.key), self.seen)


def refusals_told(done: Done) -> tuple[Refusal, ...]:
    """Every reason why not, warnings left out."""
    return tuple(refusal for refusal in done.decision.refusals if not refusal.warns)


def stepped(done: Done | Sent) -> HttpResponse:
    """On to the case, which says what was recorded, or that it had been recorded before."""
    if isinstance(done, Sent):
        return redirect(f"{reverse('case', args=[done.case_id])}?again={done.version}")
    return redirect(f"{reverse('case', args=[done.case_id])}?recorded=1")


def said_of(request: HttpRequest, found: CaseFile) -> str:
    """What became of the form that led to this page; "" where none did."""
    last = found.entries[-1].version
    again = request.GET.get("again", "")
    if again.isdigit() and 0 < int(again) <= last:
        return f"这张表已经记过了，是第{int(again)}条，没有重复记入。"
    return f"已记入，本案现在记到第{last}条。" if request.GET.get("recorded") == "1" else ""
