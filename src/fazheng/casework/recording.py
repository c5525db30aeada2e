"""Recordings of a case's steps, and the record of a case held against what it must hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fazheng.casework.act import Act
from fazheng.casework.attaching import attach, attachments, unsound
from fazheng.casework.bureaux import Bureau
from fazheng.casework.folding import CaseFile, read_case
from fazheng.casework.linking import linked_ids, read_linked
from fazheng.casework.writing import Writing, writing
from fazheng.lawbook.act import RECORDING
from fazheng.ledger.models import CaseRow
from fazheng.procedure.surroundings import Refusal
from fazheng.publication.record import Record, record


@dataclass(frozen=True, slots=True)
class Kept:
    """A recording that was kept: its case and the digest of its file."""

    case_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The record of a case, its entries, its files and those of its recordings. `spoilt`: digests that do not hold."""

    record: Record
    file: CaseFile
    files: tuple[dict[str, object], ...]
    spoilt: tuple[str, ...]


def keep(
    bureau: Bureau, case_id: str, source: Path, by: Act, today: date | None = None
) -> tuple[tuple[Refusal, ...], Kept | None]:
    """Registers a recording of a case, takes its file in and files it; refusals, or what was kept.

    `by.data` holds the stage and what else the registration asks. Cut short, the registration stands without a file,
    and the record of the case shows the hole. Raises CaseUnknown, AttachmentFault, PrivateUnreadable.
    """
    with writing(bureau, today=today) as act:
        act.case(case_id)
        done = act.open(RECORDING, replace(by, data={**by.data, "enforcement_case": case_id}))
    if done.refused:
        return done.decision.refusals, None
    refused, taken, _ = attach(bureau, done.case_id, source, replace(by, data={}))
    if refused or taken is None:
        return refused, None
    with writing(bureau, today=today) as act:
        filed = act.do(done.case_id, "file", replace(by, data={"size": taken.size}))
    return filed.decision.refusals, None if filed.refused else Kept(done.case_id, taken.digest)


def record_of(bureau: Bureau, case_id: str, on: date) -> Shown:
    """The record of a case as it stands on that day, its files read to the last byte. Raises CaseUnknown."""
    looking = Writing(bureau, on)
    file = read_case(bureau.code, case_id, looking.book)
    others = sorted(other for other in linked_ids(bureau.code, case_id) if other.startswith(f"{RECORDING}-"))
    around = replace(looking.surroundings(), linked=read_linked(bureau.code, others, looking.book))
    found = record(case_id, file.law, file.case, around, looking.book, on)
    files = [one for id in (case_id, *others) for one in attachments(bureau.code, id)]
    digests = [str(one["digest"]) for one in files if not one["erased"]]
    return Shown(found, file, tuple(files), tuple(unsound(bureau.code, digests)))


def with_holes(bureau: Bureau, on: date) -> list[Record]:
    """The closed cases whose record is not whole, by case id."""
    looking = Writing(bureau, on)
    asked = {procedure for act in looking.book.acts.values() if act.recorded for procedure in act.of}
    rows = CaseRow.objects.filter(bureau=bureau.code, procedure__in=sorted(asked), closed_on__lte=on.isoformat())
    found = []
    for case_id in rows.order_by("case_id").values_list("case_id", flat=True):
        one = record_of(bureau, case_id, on).record
        found += [] if one.whole else [one]
    return found
