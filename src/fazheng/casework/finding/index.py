"""The index of the private store: made from entries, some at a time, and never on the way of a step.

A row is a keyed digest and what it stands in; the key follows from the book's data key, so that a stolen copy of the
tables tells nothing. Where the data key changes the index is made anew; with a value its rows are erased.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.db.models import Q

from fazheng.casework.finding import tokens
from fazheng.casework.looking import apart_in
from fazheng.casework.writing import Writing
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Kind
from fazheng.ledger.chain import SealedEntry
from fazheng.ledger.models import RegisterMove, SearchedTo, SearchToken
from fazheng.ledger.private_keys import Ring
from fazheng.ledger.read import cases_entries, entries, head, private_values
from fazheng.ledger.rows import chunks, insert
from fazheng.procedure.case import AMENDING

AT_ONCE = 2000  # entries indexed in one transaction
_COLUMNS = ("bureau", "token", "target", "digest")
Word = tuple[str, str, str]  # what is found, where, and the digest of the value held apart, or ""


def bring_up(act: Writing, at_most: int = AT_ONCE) -> int:
    """Indexes entries that came since; how many are left. Raises PrivateUnreadable without the book's key."""
    bureau, ring = act.bureau.code, Ring(act.bureau.code)
    done = SearchedTo.objects.filter(bureau=bureau).first()
    if done is None or done.key != ring.last:
        drop_index(bureau)
        done = SearchedTo(bureau=bureau, seq=0, key=ring.last)
    some = list(islice(entries(bureau, after=done.seq), at_most))
    if some:
        anew, words = _amended(bureau, some, act.book)
        _forget(bureau, ring.searching, anew, words, act.book)
        _put(bureau, ring.searching, [*_of_entries(bureau, some, act.book), *_of_moves(bureau, some, anew, act.book)])
        done.seq = some[-1].seq
        SearchedTo.objects.update_or_create(bureau=bureau, defaults={"seq": done.seq, "key": done.key})
    return head(bureau).seq - done.seq


def drop_index(bureau: str) -> None:
    """Empties the index; it is made again when somebody searches."""
    SearchToken.objects.filter(bureau=bureau).delete()
    SearchedTo.objects.filter(bureau=bureau).delete()


def _put(bureau: str, key: bytes, words: Iterable[Word]) -> None:
    made = {(bureau, next(tokens.digests(key, [word])), target, digest) for word, target, digest in words}
    insert(SearchToken._meta.db_table, _COLUMNS, sorted(made), unless_there=True)


def _of_entries(bureau: str, some: Iterable[SealedEntry], book: LawBook) -> Iterator[Word]:
    """Persons, their numbers and the numbers of papers in cases; the number of a case where it is opened."""
    held: list[tuple[str, str, str]] = []
    for entry in some:
        kinds = _kinds(book, entry.case_id)
        if kinds is None:
            continue
        if entry.version == 1:
            yield from ((word, entry.case_id, "") for word in tokens.of_number(entry.case_id.rpartition("-")[2]))
        data = json.loads(entry.data)
        for field, value in _said(data).items():
            if field == "ref" or (field in kinds and kinds[field].name == "document_no"):
                yield from ((word, entry.case_id, "") for word in tokens.of_number(str(value)))
        held += [(kinds[f].name, entry.case_id, d) for f, d in apart_in(data) if f in kinds and _searched(kinds[f])]
    values = private_values(bureau, [digest for _, _, digest in held])
    for kind, case_id, digest in held:
        value = values.get(digest, "")
        found = tokens.of_person(value) if kind == "person" else tokens.of_number(value)
        yield from ((word, case_id, digest) for word in (found if value else ()))


def _said(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an entry, those that a correction or a late addition brings among them."""
    brought = data.get("data")
    return {**data, **(brought if isinstance(brought, dict) else {})}


def _amended(bureau: str, some: list[SealedEntry], book: LawBook) -> tuple[list[str], set[str]]:
    """The organisations that cases named, ever, which one of these entries amends, and what they were found by: what
    moved them may be another now.
    """
    cases, taken = sorted({entry.case_id for entry in some if entry.event in AMENDING}), _taken(book)
    codes: set[str] = set()
    names: set[str] = set()
    for case_id, rows in cases_entries(bureau, cases) if cases else ():
        kinds = _kinds(book, case_id) or {}
        for field, value in (said for row in rows for said in _said(json.loads(row.data)).items()):
            texts = {one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)}
            codes |= texts if field in kinds and kinds[field].name == "org_code" else set()
            names |= texts if field in taken else set()
    found = [*map(tokens.of_number, codes), *map(tokens.of_organisation, names)]
    return sorted(codes), set().union(*found)


def _taken(book: LawBook) -> set[str]:
    """The fields of events that the registers of organisations take their words from."""
    changes = [change for id in organisations(book) for change in book.registers[id].changes]
    return {fact.field for change in changes for fact in change.takes.values()}


def _forget(bureau: str, key: bytes, codes: list[str], words: set[str], book: LawBook) -> None:
    """Deletes what these organisations are found by; by the token first, which leads the key of the table."""
    targets = [f"{register}:{code}" for register in organisations(book) for code in codes]
    for held in chunks(sorted(tokens.digests(key, words))):
        for part in chunks(targets):
            SearchToken.objects.filter(bureau=bureau, token__in=held, target__in=part).delete()


def _of_moves(bureau: str, some: list[SealedEntry], anew: list[str], book: LawBook) -> Iterator[Word]:
    """Organisations of the registers: their names and codes stand in the open. `anew`: those indexed again."""
    moves = RegisterMove.objects.filter(Q(seq__gte=some[0].seq, seq__lte=some[-1].seq) | Q(key__in=anew), bureau=bureau)
    for move in moves.filter(register__in=organisations(book)):
        target, fields = f"{move.register}:{move.key}", book.registers[move.register].kinds
        yield from ((word, target, "") for word in tokens.of_number(move.key))
        for field, value in json.loads(move.data).items():
            if field in fields and fields[field].name == "words" and isinstance(value, str):
                yield from ((word, target, "") for word in tokens.of_organisation(value))


def organisations(book: LawBook) -> list[str]:
    """The registers whose rows are organisations, known by their code."""
    return [id for id, register in book.registers.items() if register.kinds[register.key].name == "org_code"]


def _searched(kind: Kind) -> bool:
    return kind.name in ("person", "phone", "id_number")


def _kinds(book: LawBook, case_id: str) -> dict[str, Kind] | None:
    """The fields of the case's procedure by name; None for what is no case."""
    versions = book.procedures.get(case_id.rsplit("-", 2)[0])
    if versions is None:
        return None
    return {
        field: kind for version in versions for step in version.steps.values() for field, kind in step.kinds.items()
    }
