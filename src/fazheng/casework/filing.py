"""The file of one organisation put together, and checked: how much it holds of what it must, as an entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from fazheng.casework.act import Act
from fazheng.casework.bureaux import Bureau
from fazheng.casework.folding import case_file
from fazheng.casework.parts import ORGANISATION
from fazheng.casework.writing import Writing
from fazheng.lawbook.dossier import FILE
from fazheng.ledger.models import CasePart, CaseRow
from fazheng.ledger.read import cases_entries
from fazheng.ledger.rows import chunks
from fazheng.procedure.refusals import own
from fazheng.procedure.surroundings import LinkedCase, Refusal
from fazheng.publication.dossier import File, Item, Weighing, cases_of, linked_cases, spans_of
from fazheng.register import rows_on

CHECK = "check_file"


def organisation(looking: Writing, code: str, on: date) -> File | None:
    """The file of the organisation on that day; None where no register with a dossier ever held it."""
    return next(_files(looking, [code], on), None)


def _files(looking: Writing, codes: Sequence[str], on: date) -> Iterator[File]:
    """Those of the organisations that have one; their cases are looked for together, among those they are part of."""
    bureau, book = looking.bureau.code, looking.book
    who = [f"{ORGANISATION}{code}" for code in codes]
    parts = CasePart.objects.filter(bureau=bureau, procedure__in=sorted(book.procedures))  # led by its key
    among = {id for some in chunks(who) for id in parts.filter(who__in=some).values_list("case_id", flat=True)}
    cases = cases_of(bureau, codes, sorted(among), book, on)
    yield from (file for code in codes if (file := _file(looking, code, cases[code], on)))


def _file(looking: Writing, code: str, cases: Mapping[str, list[str]], on: date) -> File | None:
    bureau, book = looking.bureau.code, looking.book
    rows = spans_of(bureau, code, book, on)
    dossiers = [dossier for dossier in book.dossiers.values() if any(row.register == dossier.register for row in rows)]
    if not dossiers:
        return None
    ids = sorted(id for of in cases.values() for id in of)
    read = [case_file(id, found, book) for id, found in cases_entries(bureau, ids)] if ids else []
    files = {file.case_id: LinkedCase(file.law, file.case) for file in read if file}
    items: list[Item] = []
    for dossier in dossiers:
        row = [row for row in rows if row.register == dossier.register][-1]
        items += Weighing(bureau, book, on, looking.surroundings(), row, files).items(dossier)
    return File(code, tuple(rows), {id: tuple(of) for id, of in cases.items()},
                tuple(linked_cases(bureau, ids)), tuple(items))  # fmt: skip


def check_file(act: Writing, code: str, by: Act) -> tuple[tuple[Refusal, ...], File | None]:
    """Enters into the organisation's file how many of the things it must hold are there; refusals, or the file."""
    found = organisation(act, code, by.on)
    ids = list(found.cases.get(FILE, ())) if found else []
    open_ones = CaseRow.objects.filter(bureau=act.bureau.code, case_id__in=ids, closed_on__isnull=True)
    standing = sorted(open_ones.values_list("case_id", flat=True))
    if found is None or not standing:
        says = f"{code}还没有建档，或者档案已经封存"
        return (own("order", says, "请先给这个组织建档", hard=True),), None
    counts = {"must_hold": found.must_hold, "holds": found.holds}
    done = act.do(standing[-1], CHECK, Act(by.on, by.by, counts))
    return done.decision.refusals, None if done.refused else found


def organisations(bureau: Bureau, on: date) -> list[File]:
    """The file of each organisation that stands in a register with a dossier on that day, by code."""
    looking = Writing(bureau, on)
    codes = {
        row.key for dossier in looking.book.dossiers.values() for row in rows_on(bureau.code, dossier.register, on)
    }
    return list(_files(looking, sorted(codes), on))
