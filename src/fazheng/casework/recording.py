"""Recordings of a case's steps, and the record of a case held against what it must hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.db.models import Q

from fazheng.casework.act import Act
from fazheng.casework.attaching import attach, attachments, unsound
from fazheng.casework.bureaux import Bureau
from fazheng.casework.folding import CaseFile, case_file, read_case
from fazheng.casework.linking import read_linked
from fazheng.casework.writing import Writing, writing
from fazheng.lawbook.act import RECORDING
from fazheng.ledger.models import CaseLink, CaseRow
from fazheng.ledger.read import cases_entries
from fazheng.ledger.rows import chunks
from fazheng.procedure.surroundings import LinkedCase, Refusal
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
    others = sorted(_recordings(bureau.code, [case_id])[case_id])
    linked = read_linked(bureau.code, others, looking.book)
    found = _record(looking, file, linked, on)
    files = [one for id in (case_id, *others) for one in attachments(bureau.code, id)]
    digests = [str(one["digest"]) for one in files if not one["erased"]]
    return Shown(found, file, tuple(files), tuple(unsound(bureau.code, digests)))


def _record(looking: Writing, file: CaseFile, linked: Mapping[str, tuple[LinkedCase, ...]], on: date) -> Record:
    around = replace(looking.surroundings(), linked=linked)
    return record(file.case_id, file.law, file.case, around, looking.book, on)


def _recordings(bureau: str, case_ids: Sequence[str]) -> dict[str, set[str]]:
    """The recordings of each of these cases, by id; no more of them than one statement takes."""
    found: dict[str, set[str]] = {id: set() for id in case_ids}
    for link in CaseLink.objects.filter(Q(from_case__in=case_ids) | Q(to_case__in=case_ids), bureau=bureau):
        for case_id, other in ((link.from_case, link.to_case), (link.to_case, link.from_case)):
            if case_id in found and other.startswith(f"{RECORDING}-"):
                found[case_id].add(other)
    return found


def with_holes(bureau: Bureau, on: date) -> list[Record]:
    """The closed cases whose record is not whole, by case id; some hundred read at a time, no file among them."""
    looking = Writing(bureau, on)
    asked = {procedure for act in looking.book.acts.values() if act.recorded for procedure in act.of}
    rows = CaseRow.objects.filter(bureau=bureau.code, procedure__in=sorted(asked), closed_on__lte=on.isoformat())
    found: list[Record] = []
    for some in chunks(list(rows.order_by("case_id").values_list("case_id", flat=True))):
        others = _recordings(bureau.code, some)
        read = cases_entries(bureau.code, sorted({id for ids in (some, *others.values()) for id in ids}))
        files = {id: file for id, entries in read if (file := case_file(id, entries, looking.book))}
        for case_id in (id for id in some if id in files):
            beside = tuple(LinkedCase(files[id].law, files[id].case) for id in sorted(others[case_id]) if id in files)
            one = _record(looking, files[case_id], {RECORDING: beside}, on)
            found += [] if one.whole else [one]
    return found
