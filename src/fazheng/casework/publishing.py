"""Packages for an upper platform: made, entered with the digests of their rows, answered by its receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from fazheng.casework.act import Act
from fazheng.casework.bureaux import Bureau
from fazheng.casework.folding import case_file
from fazheng.casework.leaving import beside, move, write
from fazheng.casework.looking import look_at
from fazheng.casework.writing import Writing, writing
from fazheng.lawbook.platform import Platform
from fazheng.ledger.read import cases_entries, private_values
from fazheng.procedure.refusals import own
from fazheng.procedure.surroundings import LinkedCase, Refusal
from fazheng.publication.rows import Maker, Row, due_cases, file_digest, listed, packed
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
    """A package that was made: its case, the file's digest, the numbers of its rows and where the file is."""

    case_id: str
    digest: str
    rows: tuple[str, ...]
    path: Path


def rows(act: Writing, platform: Platform, first: date, last: date) -> list[Row]:
    """The rows of the acts whose term began in these days, as they stand today. Raises Leak, PrivateUnreadable."""
    cases: dict[str, dict[str, LinkedCase]] = {}
    for sheet in platform.sheets:
        cases[sheet.name] = _read(act, due_cases(act.bureau.code, sheet, act.book, first, last))
    return list(_maker(act).rows(platform, cases))


def _read(act: Writing, ids: Sequence[str]) -> dict[str, LinkedCase]:
    files = [case_file(id, found, act.book) for id, found in cases_entries(act.bureau.code, ids)] if ids else []
    return {file.case_id: LinkedCase(file.law, file.case) for file in files if file}


def _maker(act: Writing) -> Maker:
    bureau = act.bureau.code

    def row(register: str, key: str, day: date) -> Mapping[str, Any] | None:
        found = row_on(bureau, register, key, day)
        return found.data if found else None

    return Maker(act.book, bureau, act.bureau.name, act.today, act.surroundings(),
                 lambda digests: private_values(bureau, digests), row)  # fmt: skip


def send(
    bureau: Bureau, platform: Platform, first: date, last: date, by: Act, out: Path, today: date | None = None
) -> tuple[tuple[Refusal, ...], Packed | None]:
    """Makes the package of what is due in these days and not yet taken in as it stands, and enters it; or refusals.

    The file is written beside its place before the entry stands and moved after it: a kill leaves no entry, or one
    whose file still waits there. Raises Leak, Undone, OSError; FileExistsError where something stands in its place.
    """
    waiting, made = beside(out), None
    try:
        with writing(bureau, today=today) as act:
            refused, made = _send(act, platform, first, last, by, waiting)
    except BaseException:
        waiting.unlink(missing_ok=True)  # nothing was entered
        raise
    if made is not None:
        with suppress(OSError):
            move(waiting, out)
            made = replace(made, path=out)
    return refused, made


def _send(
    act: Writing, platform: Platform, first: date, last: date, by: Act, waiting: Path
) -> tuple[tuple[Refusal, ...], Packed | None]:
    told = sent_rows(act.bureau.code, platform.id)
    fresh = [
        row
        for row in rows(act, platform, first, last)
        if (last_sent := told.get(row.number)) is None or last_sent.digest != row.digest or not last_sent.accepted
    ]
    if not fresh:
        return (own("field", "这几天没有应报而未入库的数据", "请看对账的结果", hard=True),), None
    data = {"platform": platform.name, "first_day": first.isoformat(), "last_day": last.isoformat(), "rows": len(fresh)}
    done = act.open(PACKAGE, Act(by.on, by.by, data))
    if done.refused:
        return done.decision.refusals, None
    made = [packed(row, platform, done.case_id) for row in fresh]
    content = workbook(platform, made)
    for row in made:
        if row.held and (refused := look_at(act, row.number, row.looked, row.held, by, f"上报{platform.name}")):
            raise Undone(refused)
    entry: dict[str, Any] = {"platform": platform.id, "file": file_digest(content), "rows": listed(made)}
    act.record(done.case_id, LISTED, Act(by.on, by.by, {}), entry)
    write(waiting, [content])
    return (), Packed(done.case_id, entry["file"], tuple(row.number for row in made), waiting)


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
    maker, may = _maker(act), set[str]()
    for sheet in platform.sheets:
        sent = [id for id in due_cases(act.bureau.code, sheet, act.book, date.min, act.today) if id in told]
        may |= maker.allowed(sheet, _read(act, sent)).keys()
    return reconcile(now, told, may)
