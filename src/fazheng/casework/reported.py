"""What was reported, to hold against the book of today: numbers told to others, and signed yearly reports."""

from __future__ import annotations

from fazheng.casework.signing import as_telling
from fazheng.casework.telling import Telling, tellings
from fazheng.ledger.signed import CASE, Signature, signatures_under


def reported(bureau: str) -> list[Telling]:
    """Everything that was told, and of each signed year what its report last said, by day. Two statements."""
    last: dict[int, Signature] = {one.year: one for one in signatures_under(bureau, f"{CASE}:")}
    signed = [as_telling(one) for one in last.values()]
    return sorted([*tellings(bureau), *signed], key=lambda one: (one.on, one.entry))
