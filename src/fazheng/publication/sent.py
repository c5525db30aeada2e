"""What was sent to a platform and what it answered, read from the entries; the reconciliation of both with the book."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from fazheng.ledger.models import CaseRow
from fazheng.ledger.read import cases_entries

PACKAGE, LISTED, ANSWERED = "platform.package", "package_listed", "receipt_listed"
State = Literal["missing", "sent", "accepted", "rejected", "differing", "taken_back"]
STATES: Mapping[State, str] = {
    "missing": "应报未报",
    "sent": "已报，没有回执",
    "accepted": "已入库",
    "rejected": "被退回",
    "differing": "报后有改动",
    "taken_back": "报后不应再公开",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """One row as it was last sent: in which package, on which day, with which digest; None: no answer yet."""

    row: str
    package: str
    on: str
    digest: str
    accepted: bool | None = None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One act held against the platform. `package` empty where it was never sent."""

    row: str
    state: State
    package: str
    on: str


def sent_rows(bureau: str, platform: str) -> dict[str, Sent]:
    """The last sending of each row to that platform, with what it answered. Empty where nothing was sent."""
    found: dict[str, Sent] = {}
    for case_id, rows in cases_entries(bureau, packages(bureau)):
        for entry in rows:
            data = json.loads(entry.data)
            if entry.event == LISTED and data["platform"] == platform:
                for row, digest in data["rows"]:
                    found[row] = Sent(row, case_id, entry.happened_on, digest)
            elif entry.event == ANSWERED:
                for answer in data["rows"]:
                    last = found.get(answer["row"])
                    if last is not None and last.package == case_id:
                        found[last.row] = Sent(last.row, case_id, last.on, last.digest, answer["accepted"])
    return found


def packages(bureau: str) -> list[str]:
    """The packages of the bureau, oldest first."""
    rows = CaseRow.objects.filter(bureau=bureau, procedure=PACKAGE)
    return sorted(rows.values_list("case_id", flat=True))


def rows_of(bureau: str, package: str) -> tuple[str, dict[str, str]]:
    """The platform of a package and the digests of its rows by number; no rows for what is no package."""
    for _, rows in cases_entries(bureau, [package]):
        for entry in rows:
            if entry.event == LISTED:
                data = json.loads(entry.data)
                return data["platform"], dict(data["rows"])
    return "", {}


def receipts(bureau: str, package: str) -> set[str]:
    """The digests of the receipts of a package that are entered already."""
    found = [json.loads(e.data) for _, rows in cases_entries(bureau, [package]) for e in rows if e.event == ANSWERED]
    return {data["file"] for data in found}


def reconcile(due: Mapping[str, str], sent: Mapping[str, Sent], standing: Iterable[str]) -> list[Reconciled]:
    """Each act that is due (number → digest as of today) or was sent. `standing`: those that still may be public."""
    here = set(standing)
    found = [
        Reconciled(row, _state(digest, sent.get(row)), *_where(sent.get(row))) for row, digest in sorted(due.items())
    ]
    gone = [one for row, one in sorted(sent.items()) if row not in here and one.accepted is not False]
    return found + [Reconciled(one.row, "taken_back", one.package, one.on) for one in gone]


def _state(digest: str, sent: Sent | None) -> State:
    if sent is None:
        return "missing"
    if sent.accepted is False:
        return "rejected"
    if sent.digest != digest:
        return "differing"
    return "accepted" if sent.accepted else "sent"


def _where(sent: Sent | None) -> tuple[str, str]:
    return (sent.package, sent.on) if sent else ("", "")
