"""Books for the tests of this folder, and the hands that spoil them."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from fazheng.ledger.append import append, keep_private, lock_head
from fazheng.ledger.chain import (
    COLUMNS,
    GENESIS,
    ApartValue,
    DraftEntry,
    Head,
    SealedEntry,
    apart_digest,
    canonical_json,
    seal,
)
from fazheng.ledger.read import entries, head
from fazheng.ledger.rows import listed, quoted

BUREAU = "999001"
OTHER = "999002"
ROW = f"({quoted(COLUMNS)}) VALUES ({listed(len(COLUMNS))})"


def draft(number: int = 1, case: str = "study.session-2025-0001", bureau: str = BUREAU) -> DraftEntry:
    """An entry without anything held apart."""
    return DraftEntry(
        bureau=bureau,
        case_id=case,
        event="session_held",
        data=canonical_json({"topic": "示例专题", "number": number}),
        defects=canonical_json([{"gate": "legal_review", "article": "示例规则"}]),
        warnings="[]",
        by="A01",
        entered_by="A02",
        acting_as="office",
        happened_on="2025-03-04",
        recorded_at="2025-03-05T10:00:00+08:00",
        source="import:" + "ab" * 32,
    )


def apart(number: int, value: str = "示例当事人") -> ApartValue:
    """A value held apart, salted by its number: tests draw nothing by chance."""
    salt = number.to_bytes(16, "big")
    return ApartValue(apart_digest(salt, value), salt.hex(), value)


def with_apart(entry: DraftEntry, value: ApartValue) -> DraftEntry:
    """The same entry, naming a value held apart."""
    return replace(entry, data=canonical_json({"party": {"apart": value.digest}, "number": 1}))


def write(drafts: Sequence[DraftEntry], values: Sequence[ApartValue] = ()) -> list[SealedEntry]:
    """Appends in a transaction of its own."""
    bureau = drafts[0].bureau
    with transaction.atomic():
        head = lock_head(bureau)
        keep_private(bureau, values)
        return append(drafts, head)


def book_of_six() -> list[SealedEntry]:
    """Three cases with two entries each, in turn; number 2 and number 5 name a value held apart."""
    cases = [f"study.session-2025-000{n}" for n in (1, 2, 3, 1, 2, 3)]
    drafts = [draft(number, case) for number, case in enumerate(cases, 1)]
    values = [apart(2), apart(5)]
    drafts[1], drafts[4] = with_apart(drafts[1], values[0]), with_apart(drafts[4], values[1])
    return write(drafts, values)


def run(statement: str, parameters: Sequence[str | int | bytes] = ()) -> None:
    """One statement, as any program could send it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def unprotect() -> None:
    """Takes the triggers off, as somebody could who owns the file or the database."""
    if connection.vendor == "postgresql":
        for table in ("ledger_entry", "ledger_chain_head", "ledger_private_value"):
            run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def spoil(statement: str, parameters: Sequence[str | int | bytes] = ()) -> None:
    """Changes the book behind its back."""
    unprotect()
    run(statement, parameters)


def recompute_after(changed: SealedEntry) -> None:
    """Puts `changed` into the book and computes the whole chain anew, head row and all, as a forger would."""
    unprotect()
    prev = GENESIS
    for entry in list(entries(BUREAU)):
        new = changed if entry.seq == changed.seq else entry
        content = {name: value for name, value in new._asdict().items() if name in DraftEntry.__dataclass_fields__}
        forged = seal(DraftEntry(**content), new.seq, new.version, prev)
        columns = ", ".join(f'"{name}" = %s' for name in COLUMNS)
        run(f"UPDATE ledger_entry SET {columns} WHERE bureau = %s AND seq = %s",
            [*forged, BUREAU, entry.seq])  # fmt: skip
        prev = forged.digest
    run("UPDATE ledger_chain_head SET digest = %s WHERE bureau = %s", [prev, BUREAU])


def head_of(entry: SealedEntry) -> tuple[int, str]:
    """What a person writes down to compare later."""
    return entry.seq, entry.digest


def lines_of(book: Sequence[SealedEntry], path: Path) -> Path:
    """The entries as a .jsonl file."""
    path.write_text("".join(json.dumps(entry._asdict()) + "\n" for entry in book), encoding="utf-8")
    return path


def end_of(book: Sequence[SealedEntry]) -> Head:
    """The head that the book should have."""
    return Head(book[-1].seq, book[-1].digest)


@contextmanager
def refused(why: str) -> Iterator[None]:
    """What stands inside is refused in Chinese, and the book is afterwards what it was."""
    before = list(entries(BUREAU)), head(BUREAU)
    with pytest.raises(IntegrityError, match=why):
        yield
    assert (list(entries(BUREAU)), head(BUREAU)) == before


def row(entry: SealedEntry) -> list[str | int]:
    """Its values in the order of the columns."""
    return list(entry)


def following(book: list[SealedEntry], **other: object) -> SealedEntry:
    """The entry that would come next, but for what is different about it."""
    last = book[-1]
    entry = seal(draft(7), last.seq + 1, book[3].version + 1, last.digest)
    return entry._replace(**other)  # type: ignore[arg-type]
