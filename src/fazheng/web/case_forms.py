"""The form of a step: its boxes filled with a draft or with what is known, and how it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse

from fazheng.casework.able import candidates
from fazheng.casework.act import Done
from fazheng.casework.in_view import InView
from fazheng.casework.known import Known
from fazheng.casework.on_paper import signs
from fazheng.casework.sent import Sent
from fazheng.casework.writing import Writing
from fazheng.lawbook.procedure import Procedure, Step
from fazheng.procedure.asked import asking
from fazheng.procedure.law import Law
from fazheng.procedure.surroundings import Refusal
from fazheng.web import second_factor
from fazheng.web.case_drafts import KEEP, answered, keep, kept, wipe
from fazheng.web.case_files import files_of, take_scan
from fazheng.web.forms import PREFIX, Box, Candidates, as_typed, boxes
from fazheng.web.names import role_names
from fazheng.web.sending import Sending, refusals_told, stepped
from fazheng.web.visit import Visit

DROP = "drop"  # the button that wipes a draft


class _Unproven(Exception):
    """A signature on screen without its second factor."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__()
        self.refusals = refusals


@dataclass(frozen=True, slots=True)
class StepForm:
    """A form of one step. `place` names it among a person's drafts; `view` is None where it opens a case."""

    visit: Visit
    law: Law
    version: Procedure
    step: Step
    place: str
    known: Mapping[str, Known]
    view: InView | None = None

    def posted(self, work: Callable[[Writing, Sending], Done]) -> HttpResponse | Sending:
        """The answer to a post: the draft kept or dropped, the step recorded; or the form as it comes back."""
        visit = self.visit
        sending = Sending.of(visit, self.step.kinds, self.version.choices)
        if KEEP in visit.request.POST:
            return answered(visit, keep(visit, self.place, sending.typed, sending.beside))
        if DROP in visit.request.POST:
            wipe(visit, self.place)
            return self.fresh()
        if self.view is not None and not sending.faults:
            sending = take_scan(visit, self.view, sending)
        if sending.wrong:
            return sending
        try:
            done = visit.record(sending.key, self._proven(sending, work))
        except _Unproven as lacking:
            return replace(sending, refused=lacking.refusals)
        if isinstance(done, Sent) or not done.refused:
            wipe(visit, self.place)
            return stepped(done)
        return replace(sending, refused=refusals_told(done))

    def _proven(self, sending: Sending, work: Callable[[Writing, Sending], Done]) -> Callable[[Writing], Done]:
        """`work`, which leaves no trace where it would record this person's signature without a second factor.

        The book decides first whose signature it is, as of the day of the act: what is refused anyway is told as that.
        """
        own = sending.act(self.visit).by == self.visit.viewer.code
        lacking = second_factor.lacking(self.visit, self.step) if own else ()

        def proven(writing: Writing) -> Done:
            done = work(writing, sending)
            if lacking and not done.refused:
                raise _Unproven(lacking)
            return done

        return proven

    @property
    def _own(self) -> bool:
        """Whether the step is this person's to take today, so that its form shows the box for the code."""
        return self.visit.viewer.code in self.visit.roster.able(self.version, self.step, self.visit.today)

    def started(self) -> tuple[Sending, str]:
        """The form nobody sent yet, and the day of the draft in it, "" where it holds none."""
        draft = kept(self.visit, self.place)
        if draft is None:
            return self.fresh(), ""
        typed, beside, on = draft
        return Sending.new(self.visit, {f: v for f, v in typed.items() if f in self.step.kinds}, beside), on

    def fresh(self) -> Sending:
        """The form with what the bureau knows."""
        kinds = self.step.kinds
        return Sending.new(self.visit, {field: as_typed(kinds[field], one.value) for field, one in self.known.items()})

    def boxes(self, sending: Sending) -> list[Box]:
        """The boxes, with what the law asks of each and where what stands in it was found."""
        kinds = self.step.kinds
        same = {f for f, one in self.known.items() if list(sending.typed.get(f, ())) == as_typed(kinds[f], one.value)}
        made = boxes(
            kinds,
            self.version.labels,
            self.version.choices,
            candidates_of(self.visit, self.law),
            typed=sending.typed,
            faults=sending.marked,
            known={field: self.known[field].where for field in same},
            rules=asking(self.version, self.step),
        )
        return [self._asking_for(box) for box in made]

    def _asking_for(self, box: Box) -> Box:
        """A box for people whom nobody can be today: whom it wants, and that they need a certificate."""
        kind = self.step.kinds[box.name.removeprefix(PREFIX)]
        if box.options or kind.name != "people" or not kind.of:
            return box
        role = self.version.roles[kind.of]
        return replace(box, nobody=f"持有效证件的{role.name}" if role.certificate else role.name)

    def told(self, sending: Sending, draft: str = "") -> dict[str, Any]:
        """What `parts/form.html` is made from."""
        rules = [gate for gate in self.version.gates_before.get(self.step.id, ()) if gate.says or gate.name]
        first = self.view.found.case.standing if self.view else ()
        return {
            "step": self.step,
            "name": self.version.name,
            "boxes": self.boxes(sending),
            "sending": sending,
            "draft": draft,
            "kept": self.visit.request.GET.get("kept", ""),
            "factor": second_factor.of(self.visit, self.step) if self._own else None,
            "drafts": True,
            "people": everybody(self.visit),
            "gates": rules,
            "as_of": first[0].on if first and self.law.first.pins == "opening" else self.visit.today,
            "seen": self.view.last if self.view else None,
        } | self._paper(sending)

    def _paper(self, sending: Sending) -> dict[str, Any]:
        """For a step that is a signature: who may have signed, and the scans that there are."""
        if self.view is None or not signs(self.visit.book, self.step):
            return {}
        signers = self.view.looking.roster.able(self.version, self.step, self.visit.today)
        return {"signers": signers, "scans": files_of(self.view.found)}


def everybody(visit: Visit) -> list[tuple[str, str]]:
    """Who is at the bureau today, each with what they are, to be proposed where somebody is named by their code."""
    names, today = role_names(visit.bureau.place), visit.today
    every = [(one.code, sorted(visit.roster.roles(one.code, today))) for one in visit.roster.here(today)]
    return [(code, "、".join(names.get(role, role) for role in roles)) for code, roles in every]


def candidates_of(visit: Visit, law: Law) -> Candidates:
    """Who may be named in a field of people: those the law lets serve in that role today."""
    looking = visit.looking

    def named(role: str) -> list[tuple[str, str]]:
        everybody = candidates(role, law, looking) if role else [one.code for one in visit.roster.here(visit.today)]
        return [(code, code) for code in everybody]

    return named
