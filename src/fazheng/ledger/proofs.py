"""Receipts and consistency proofs: what a checkpoint's holder can check with the stand-alone file alone.

A receipt tells digests and places of a case's entries and nothing else of them, unless the entries are asked for.
"""

from typing import Any

from fazheng.ledger.chain import FORMS, canonical, hash_of
from fazheng.ledger.checkpoints import Checkpoint, as_text, lost
from fazheng.ledger.faults import HomeUnreadable
from fazheng.ledger.merkle import grew, includes
from fazheng.ledger.read import entries, head
from fazheng.ledger.tree import tree

RECEIPT, CONSISTENCY = "fazheng.receipt/1", "fazheng.consistency/1"
_TREE = "存证用表与台账条目不符。请先把账本全部重读核验，再重做统计用表"


class NotContained(HomeUnreadable):
    """The open book does not hold what the checkpoint says; the message says in what they differ."""


def receipt(case_id: str, checkpoint: Checkpoint, *, with_entries: bool = False) -> dict[str, Any]:
    """Proofs that every entry of the case up to the checkpoint stands under its root; `entries` empty where none does.

    Raises NotContained where the book no longer gives that root, HomeUnreadable where kept subtrees are at fault.
    """
    if why := lost(checkpoint):
        raise NotContained(why)
    hashed, root = hash_of(checkpoint.form), bytes.fromhex(checkpoint.root)
    known, told = tree(checkpoint.bureau, checkpoint.form, checkpoint.size), []
    for entry in entries(checkpoint.bureau, case_id=case_id):
        if entry.seq > checkpoint.size:
            continue
        proof = known.inclusion(entry.seq - 1)
        if not includes(hashed, bytes.fromhex(entry.digest), entry.seq - 1, checkpoint.size, proof, root):
            raise NotContained(_TREE)
        shown = {"entry": canonical(entry, checkpoint.form).decode()} if with_entries else {}
        told.append({"seq": entry.seq, "digest": entry.digest, "proof": [step.hex() for step in proof], **shown})
    return {
        "form": RECEIPT,
        "bureau": checkpoint.bureau,
        "digest": FORMS[checkpoint.form],
        "checkpoint": as_text(checkpoint),
        "entries": told,
    }


def consistency(old: Checkpoint, new: Checkpoint | None = None) -> dict[str, Any]:
    """The proof that the book only grew from `old` to `new`, a later checkpoint, or to its end now.

    Raises NotContained where it did not: recomputed after a change, cut off, or another copy in its place.
    """
    for one in (old, new):
        if one and (why := lost(one)):
            raise NotContained(why)
    size = new.size if new else head(old.bureau).seq
    if size < old.size:
        raise NotContained(f"给出的两个存证点次序颠倒：前一个有 {old.size} 条，后一个只有 {size} 条")
    grown = tree(old.bureau, old.form, size)
    root = bytes.fromhex(new.root) if new else grown.root()
    proof = grown.consistency(old.size)
    if not grew(hash_of(old.form), (old.size, bytes.fromhex(old.root)), (size, root), proof):
        raise NotContained(
            f"这个账本前 {old.size} 条合成的树根与存证点不符：其中有条目的摘要被改动过。{_TREE}，仍不符时请以备份为准"
        )
    return {
        "form": CONSISTENCY,
        "bureau": old.bureau,
        "digest": FORMS[old.form],
        "from": {"size": old.size, "root": old.root},
        "to": {"size": size, "root": root.hex()},
        "proof": [step.hex() for step in proof],
    }
