"""这是谁签的: the signatures of a case, of a signed report, or behind a document number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fazheng.casework.folding import case_file
from fazheng.casework.on_paper import signs
from fazheng.casework.paper_months import confirmed_entries
from fazheng.lawbook.figure import STAFF
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import SealedEntry
from fazheng.ledger.models import StandingEvent
from fazheng.ledger.read import cases_entries
from fazheng.ledger.signed import CASE, RESTATED, SIGNED
from fazheng.procedure.case import ADD_LATE
from fazheng.procedure.on_paper import MARK, STANDS_IN

AT_MOST = 20  # cases behind one document number
_REPORTS = {SIGNED: "签发年度报告", RESTATED: "签发更正说明"}


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature: what was signed, who, as what, on which paper, who entered it.

    `scan` "" where it was signed on the screen; `confirmed` says whether the head confirmed one that was signed on
    paper, None where nothing needs it. `withdrawn`: the entry no longer stands.
    """

    entry: int
    case_id: str
    step: str
    on: str
    by: str
    acting_as: str
    entered_by: str
    stands_in: str
    document: str
    scan: str
    confirmed: bool | None
    withdrawn: bool = False


def cases_of_document(bureau: str, number: str) -> list[str]:
    """Cases in which a paper of that number stands, at most AT_MOST, by number. One statement; reads every event."""
    text = json.dumps(number.strip(), ensure_ascii=False)
    rows = StandingEvent.objects.filter(bureau=bureau, data__contains=text).values_list("case_id", "data")
    found = {case_id for case_id, data in rows if _names(json.loads(data), number.strip())}
    return sorted(found)[:AT_MOST]


def signatures(bureau: str, book: LawBook, cases: list[str]) -> list[Signed]:
    """The signatures in these cases (`report:2025` is the yearly report), by case and entry. Two statements."""
    found: list[Signed] = []
    confirmed: dict[int, str] | None = None
    for case_id, entries in cases_entries(bureau, cases):
        file = case_file(case_id, entries, book)
        standing = {event.version for event in file.case.standing} if file else set()
        for entry in entries:
            step = _step(book, case_id, entry)
            if step:
                confirmed = confirmed_entries(bureau) if confirmed is None else confirmed
                found.append(_signed(book, entry, step, confirmed, bool(file) and entry.version not in standing))
    return found


def _step(book: LawBook, case_id: str, entry: SealedEntry) -> str:
    """The name of the signing step that the entry took; "" where it is no signature."""
    if case_id.startswith(f"{CASE}:"):
        return _REPORTS.get(entry.event, "")
    for version in reversed(book.procedures.get(case_id.rsplit("-", 2)[0], ())):
        named = json.loads(entry.data).get("step") if entry.event == ADD_LATE else None
        step = version.steps.get(str(named)) if named else version.step_of.get(entry.event)
        if step is not None:
            return step.name if signs(book, step) else ""
    return ""


def _signed(book: LawBook, entry: SealedEntry, step: str, confirmed: dict[int, str], withdrawn: bool) -> Signed:
    data = json.loads(entry.data)
    stood, scan = data.get(STANDS_IN), str((data.get(MARK) or {}).get("scan", ""))
    roles = book.registers[STAFF].choices.get("role", {}) if STAFF in book.registers else {}
    name = "授权代签" if stood and stood["as"] == "signing_authority" else "主持工作"
    seen = confirmed.get(entry.seq) == entry.digest if scan else None
    return Signed(
        entry.seq, entry.case_id, step, entry.happened_on, entry.by, roles.get(entry.acting_as, entry.acting_as),
        entry.entered_by, f"{name}，依据{stood['paper']}" if stood else "", "、".join(_numbers(data)), scan, seen,
        withdrawn,
    )  # fmt: skip


def _numbers(data: dict[str, Any]) -> Iterator[str]:
    """The document numbers that an entry bears: they have the year in 六角括号."""
    for value in data.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and "〔" in one and one.endswith("号") and len(one) < 40:
                yield one


def _names(data: dict[str, Any], number: str) -> bool:
    return any(value == number or (isinstance(value, list) and number in value) for value in data.values())
