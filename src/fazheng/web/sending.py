"""A form that was sent: what was typed, on which day, as a fact or as an act; recorded once, or told why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fazheng.casework.act import Act, Done
from fazheng.casework.folding import CaseFile
from fazheng.casework.meanwhile import SEEN
from fazheng.casework.sent import Sent, new_key, source_of
from fazheng.lawbook.procedure import Kind
from fazheng.procedure.refusals import DAY, REASON, SCAN, WHO
from fazheng.procedure.surroundings import Refusal
from fazheng.web.forms import Choices, read_day, read_typed, typed_in, whole
from fazheng.web.names import with_ids
from fazheng.web.visit import Visit

# what a refusal tells who sits at the command line, said to who sits at a page
_ON_A_PAGE = {
    SEEN: "请先看上面新记入的内容；仍要这样办的，再按一次",
    "on_paper": "在“纸上签字”里写明谁签的，附上扫描件；或者由本人登录办理",
}
_WORDS = ("paper", "by", "scan", "reason", "signed_on")


@dataclass(frozen=True, slots=True)
class Sending:
    """The form as it stands. `key` is its own, kept while it comes back with faults: it is recorded once.

    `seen`: the last entry of the case that the person saw; None where there is no case yet. `signer` signed on paper,
    which the attachment of digest `scan` shows. `reason`: of an amendment, and `signed_on` the day of its paper.
    """

    key: str
    on: str
    happened: bool = False
    paper: str = ""
    by: str = ""
    seen: int | None = None
    signed: bool = False
    signer: str = ""
    scan: str = ""
    reason: str = ""
    signed_on: str = ""
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    day_fault: str = ""
    refused: Sequence[Refusal] = ()

    @property
    def wrong(self) -> bool:
        """Whether the form comes back."""
        return bool(self.faults or self.refused)

    @property
    def marked(self) -> dict[str, str]:
        """What is wrong, by the box it stands at: what cannot be read, and what the book refused of that very box."""
        refused = {one.at: _at_box(one) for one in reversed(self.refused) if one.at}
        return {**refused, **self.faults}

    @property
    def loose(self) -> tuple[Refusal, ...]:
        """What was refused of no single box."""
        return tuple(one for one in self.refused if not one.at)

    @property
    def on_wrong(self) -> str:
        return self.day_fault or self.marked.get(DAY, "")

    @property
    def by_wrong(self) -> str:
        return self.marked.get(WHO, "")

    @property
    def reason_wrong(self) -> str:
        return self.marked.get(REASON, "")

    @property
    def scan_wrong(self) -> str:
        return self.marked.get(SCAN, "")

    @property
    def beside(self) -> dict[str, Any]:
        """What a draft keeps beside the fields."""
        kept = ("on", "happened", "paper", "by", "signed", "signer", "scan", "reason")
        return {name: getattr(self, name) for name in kept}

    @staticmethod
    def new(
        visit: Visit, typed: Mapping[str, Sequence[str]] = {}, beside: Mapping[str, Any] = {}, on: str = ""
    ) -> Sending:
        """A form nobody sent yet, as a draft or what is known fills it."""
        blank = Sending(new_key(), on or visit.today.isoformat(), typed=typed)
        return replace(blank, **beside)

    @staticmethod
    def of(visit: Visit, kinds: Mapping[str, Kind], choices: Choices) -> Sending:
        """The form as it was posted; a new one on GET."""
        post = visit.request.POST
        if visit.request.method != "POST":
            return Sending.new(visit)
        key, seen = post.get("form_key", ""), post.get("seen", "")
        try:
            source_of(key)
        except ValueError:
            raise SuspiciousOperation("form_key") from None
        typed = typed_in(post, kinds)
        for name in [name for name in typed if kinds[name].name == "case"]:
            typed[name] = [with_ids(visit.book, one) for one in typed[name]]
        read = read_typed(typed, kinds, choices)
        on, day_fault = read_day(post.get("on", ""), visit.today)
        faults = {**read.faults, **({"on": day_fault} if day_fault else {})}
        signed, signer = bool(post.get("signed")), post.get("signer", "").strip()
        if signed and not signer:
            faults["signer"] = "请选择是谁签的"
        words: Mapping[str, Any] = {name: post.get(name, "").strip() for name in _WORDS}
        return Sending(
            key, post.get("on", "") if day_fault else on.isoformat(), bool(post.get("happened")), seen=whole(seen),
            signed=signed, signer=signer, typed=typed, data=read.data, faults=faults, day_fault=day_fault, **words,
        )  # fmt: skip

    def act(self, visit: Visit, data: Mapping[str, Any] | None = None) -> Act:
        """What is to be recorded. Only what had happened already, or was signed on paper, may name somebody else as
        the one who did it.
        """
        who = visit.viewer.code
        by = (self.signer if self.signed else self.by if self.happened else "") or who
        entered_by = who if by != who else ""
        return Act(
            date.fromisoformat(self.on), by, self.data if data is None else data, self.happened, entered_by, self.paper,
            source_of(self.key), self.seen, self.signed, self.scan if self.signed else "",
        )  # fmt: skip


def _at_box(refusal: Refusal) -> str:
    """A refusal as the box it is about says it, which stands beside the box's name."""
    return refusal.todo if refusal.says.startswith("缺少") else f"{refusal.says}，{refusal.todo}"


def refusals_told(done: Done) -> tuple[Refusal, ...]:
    """Every reason why not, warnings left out, as a page says what to do."""
    return on_a_page(refusal for refusal in done.decision.refusals if not refusal.warns)


def on_a_page(refusals: Any) -> tuple[Refusal, ...]:
    """The refusals with what to do told to who sits at a page."""
    return tuple(replace(one, todo=_ON_A_PAGE.get(one.gate) or one.todo) for one in refusals)


def stepped(done: Done | Sent) -> HttpResponse:
    """On to the case, which says what was recorded, or that it had been recorded before."""
    if isinstance(done, Sent):
        return redirect(f"{reverse('case', args=[done.case_id])}?again={done.version}")
    return redirect(f"{reverse('case', args=[done.case_id])}?recorded=1")


def said_of(request: HttpRequest, found: CaseFile) -> str:
    """What became of the form that led to this page; "" where none did."""
    last = found.entries[-1].version
    if 0 < (again := whole(request.GET.get("again", "")) or 0) <= last:
        return f"这张表已经记过了，是第{again}条，没有重复记入。"
    return f"已记入，本案现在记到第{last}条。" if request.GET.get("recorded") == "1" else ""
