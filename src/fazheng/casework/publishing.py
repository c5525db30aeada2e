"""Packages for an upper platform: made, entered with the digests of their rows, answered by its receipt."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fazheng.casework import clock
from fazheng.casework.act import Act
from fazheng.casework.folding import case_file
from fazheng.casework.looking import look_at
from fazheng.casework.writing import Writing
from fazheng.lawbook.platform import Platform
from fazheng.ledger.read import cases_entries, private_values
from fazheng.procedure.refusals import own
from fazheng.procedure.surroundings import LinkedCase, Refusal
from fazheng.publication.rows import Maker, Row, due_cases, file_digest, listed
from fazheng.publication.sent import (
    ANSWERED,
    LISTED,
    PACKAGE,
    Reconciled,
    receipts,
    reconcile,
    rows_of,
    sent_rows,
)
from fazheng.publication.sheets import Answered, workbook
from fazheng.register import row_on


class Undone(Exception):
    """Refused half-way: the transaction is given up, nothing was entered."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        self.refusals = refusals
        super().__init__("；".join(refusal.says for refusal in refusals))


@dataclass(frozen=True, slots=True)
class Packed:
    """A package that was made: its case, the file's digest and the numbers of its rows."""

    case_id: str
    digest: str
    rows: tuple[str, ...]


def rows(act: Writing, platform: Platform, first: date, last: date, package: str = "") -> list[Row]:
    """The rows of the acts whose term began in these days, as they stand today. Raises Leak, PrivateUnreadable."""
    cases: dict[str, dict[str, LinkedCase]] = {}
    for sheet in platform.sheets:
        ids = due_cases(act.bureau.code, sheet, act.book, first, last)
        files = [case_file(id, found, act.book) for id, found in cases_entries(act.bureau.code, ids)] if ids else []
        cases[sheet.name] = {file.case_id: LinkedCase(file.law, file.case) for file in files if file}
    return list(_maker(act).rows(platform, cases, package))


def _maker(act: Writing) -> Maker:
    bureau = act.bureau.code

    def row(register: str, key: str, day: date) -> Mapping[str, Any] | None:
        found = row_on(bureau, register, key, day)
        return found.data if found else None

    return Maker(act.book, bureau, act.bureau.name, act.today, act.surroundings(),
                 lambda digests: private_values(bureau, digests), row)  # fmt: skip


def send(
    act: Writing, platform: Platform, first: date, last: date, by: Act, out: Path
) -> tuple[tuple[Refusal, ...], Packed | None]:
    """Makes the package of what is due in these days and not yet taken in as it stands, and enters it; or refusals.

    The file takes its place in the transaction of the entry: neither is there alone. Raises Leak, Undone, OSError.
    """
    told = sent_rows(act.bureau.code, platform.id)
    plain = {row.number: row.digest for row in rows(act, platform, first, last)}
    fresh = {n for n, digest in plain.items() if not (n in told and told[n].digest == digest and told[n].accepted)}
    if not fresh:
        return (
            own("field", "这几天没有应报而未入库的数据", "用 fazheng publication reconcile 看对账", hard=True),
        ), None
    data = {"platform": platform.name, "first_day": first.isoformat(), "last_day": last.isoformat(), "rows": len(fresh)}
    done = act.open(PACKAGE, Act(by.on, by.by, data))
    if done.refused:
        return done.decision.refusals, None
    made = [row for row in rows(act, platform, first, last, done.case_id) if row.number in fresh]
    content = workbook(platform, made)
    for row in made:
        if row.held and (refused := look_at(act, row.number, row.looked, row.held, by, f"上报{platform.name}")):
            raise Undone(refused)
    entry: dict[str, Any] = {"platform": platform.id, "file": file_digest(content), "rows": listed(made)}
    act.record(done.case_id, LISTED, Act(by.on, by.by, {}), entry)
    act.flush()
    _place(content, out)
    return (), Packed(done.case_id, entry["file"], tuple(row.number for row in made))


def _place(content: bytes, out: Path) -> None:
    beside = out.with_name(f".{clock.chance(8).hex()}.part")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, out)
    finally:
        beside.unlink(missing_ok=True)


def take_receipt(
    act: Writing, platform: Platform, answers: Sequence[Answered], digest: str, by: Act
) -> tuple[tuple[Refusal, ...], list[str]]:
    """Enters what the platform answered, each package's part in its case; refusals, or the packages. All or nothing.
    Raises Undone.
    """
    found: list[Refusal] = []
    of: dict[str, list[Answered]] = {}
    for answer in answers:
        of.setdefault(answer.package, []).append(answer)
    for package, told in of.items():
        of_platform, known = rows_of(act.bureau.code, package)
        if of_platform != platform.id:
            found.append(own("field", f"没有报给{platform.name}的数据包“{package[:40]}”", "请核对回执", hard=True))
            continue
        if digest in receipts(act.bureau.code, package):
            found.append(own("once", f"这份回执已经登记在{package}", "不必再登记", hard=True))
        numbers = [answer.row for answer in told]
        found += [
            own("field", f"回执第{one.line}行的数据不在{package}里，或者出现了两次", "请核对回执", hard=True)
            for one in told
            if one.row not in known or numbers.count(one.row) > 1
        ]
    if found:
        return tuple(found), []
    for package, told in of.items():
        taken = sum(answer.accepted for answer in told)
        counts = {"accepted": taken, "rejected": len(told) - taken}
        done = act.do(package, "receive", Act(by.on, by.by, counts))
        if done.refused:
            raise Undone(done.decision.refusals)
        act.record(package, ANSWERED, Act(by.on, by.by, {}), {"file": digest, "rows": [_told(act, a) for a in told]})
    return (), list(of)


def _told(act: Writing, answer: Answered) -> dict[str, Any]:
    said = {"row": answer.row, "accepted": answer.accepted}
    return said | ({"reason": act.apart.hold(answer.reason)} if answer.reason else {})


def held_against(act: Writing, platform: Platform, first: date, last: date) -> list[Reconciled]:
    """Each act due in these days, and each that was sent, held against what the platform answered."""
    now = {row.number: row.digest for row in rows(act, platform, first, last)}
    told = sent_rows(act.bureau.code, platform.id)
    may = [id for s in platform.sheets for id in due_cases(act.bureau.code, s, act.book, date.min, act.today)]
    return reconcile(now, told, may)
