"""A form is recorded once: its key stands in the source of the entry it made, in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass

from fazheng.casework import clock
from fazheng.casework.besides import FORM
from fazheng.ledger.models import Entry, ImportedRow


@dataclass(frozen=True, slots=True)
class Sent:
    """The entry that a form made."""

    case_id: str
    version: int
    seq: int


def new_key() -> str:
    """A key for one form, which nobody else will ever have."""
    return clock.chance(16).hex()


def source_of(key: str) -> str:
    """The `source` of an act that comes from the form of that key; "" without a key.

    Raises ValueError for a key that `new_key` did not make.
    """
    if not key:
        return ""
    if len(key) != 32 or not set(key) <= set("0123456789abcdef"):
        raise ValueError("not the key of a form")
    return FORM + key


def sent(bureau: str, key: str) -> Sent | None:
    """What the form of that key left in the book; None where it left nothing.

    To be asked inside the transaction that would record it, and before any second try.
    """
    return left_by(bureau, source_of(key))


def left_by(bureau: str, source: str) -> Sent | None:
    """The same by the `source` of the act; None also where no form is its source."""
    if not source.startswith(FORM):
        return None
    seq = ImportedRow.objects.filter(bureau=bureau, row_digest=source).values_list("seq", flat=True).first()
    if seq is None:
        return None
    entry = Entry.objects.only("case_id", "version").get(bureau=bureau, seq=seq)
    return Sent(entry.case_id, entry.version, seq)
