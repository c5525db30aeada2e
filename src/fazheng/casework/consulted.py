"""督办、会签、阅件 as a case holds them: who was asked what, by whom, and who answered. None moves the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fazheng.procedure.case import ASK_WITHDRAWN, ASKED, ASKED_ANSWERED, Case

SUPERVISION, OPINION, READING = "supervision", "opinion", "reading"
KINDS: Mapping[str, str] = {SUPERVISION: "督办", OPINION: "会签", READING: "阅件"}
PERSON = "@"  # before a staff code in a task's role: it waits for that person and for nobody else


@dataclass(frozen=True, slots=True)
class Answer:
    """What one of those asked said; `text` is the digest under which it is held apart, "" for 已阅."""

    by: str
    on: date
    text: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """One asking. `about`: the limit that is late, the step that comes, the entry to be read."""

    version: int
    kind: str
    by: str
    on: date
    of: tuple[str, ...]
    about: str
    text: str = ""
    answers: tuple[Answer, ...] = ()
    withdrawn: date | None = None
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Who has not answered; nobody once it was withdrawn."""
        if self.withdrawn:
            return ()
        answered = {answer.by for answer in self.answers}
        return tuple(code for code in self.of if code not in answered)


def asked_in(case: Case) -> list[Asked]:
    """Every asking of the case, oldest first. Empty where nobody asked anything."""
    found: dict[int, Asked] = {}
    for entry in case.entries:
        if entry.event == ASKED:
            data = entry.data
            found[entry.version] = Asked(
                entry.version, str(data["kind"]), entry.by, entry.on, tuple(map(str, data["of"])), str(data["about"]),
                _apart(data.get("text")), said=data,
            )  # fmt: skip
        elif entry.event in (ASKED_ANSWERED, ASK_WITHDRAWN) and (old := found.get(int(entry.data["entry"]))):
            found[old.version] = _after(old, entry.event, entry.by, entry.on, entry.data, entry.version)
    return list(found.values())


def open_tasks(case_id: str, case: Case, called: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """A task for each asking and each person asked, settled on the day of the answer. `called`: steps and limits."""
    for one in asked_in(case):
        answered = {answer.by: answer.on.isoformat() for answer in one.answers}
        for code in one.of:
            about = called.get(one.about, "")
            yield {
                "task_id": f"{one.kind}:{case_id}:{one.version}:{code}", "kind": one.kind, "role": f"{PERSON}{code}",
                "reason": f"{one.by}{_ASKS[one.kind]}" + (f"：{about}" if about else ""), "article": "",
                "opened_on": one.on.isoformat(),
                "settled_on": answered.get(code) or (one.withdrawn.isoformat() if one.withdrawn else None),
            }  # fmt: skip


_ASKS = {SUPERVISION: "督办", OPINION: "请您会签", READING: "送您阅"}


def _after(old: Asked, event: str, by: str, on: date, data: Mapping[str, Any], version: int) -> Asked:
    answers = (*old.answers, Answer(by, on, _apart(data.get("text")), version)) if event == ASKED_ANSWERED else ()
    withdrawn = on if event == ASK_WITHDRAWN else old.withdrawn
    return Asked(
        old.version, old.kind, old.by, old.on, old.of, old.about, old.text, answers or old.answers, withdrawn, old.said
    )


def _apart(value: Any) -> str:
    return str(value["apart"]) if isinstance(value, dict) else ""
