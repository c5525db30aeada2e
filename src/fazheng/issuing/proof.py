"""The signed report with all that its numbers rest on, for a check without the book."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fazheng.casework.bureaux import Bureau
from fazheng.casework.checkpointing import make_checkpoint, write_checkpoint
from fazheng.casework.past import counted_then, spans_then
from fazheng.casework.telling import rows_digest
from fazheng.figures import FigureValue, Period, count
from fazheng.issuing.fault import Unusable
from fazheng.issuing.files import REPORTS
from fazheng.lawbook.load import LawBook, load
from fazheng.ledger.chain import canonical, hash_of
from fazheng.ledger.checkpoints import as_text
from fazheng.ledger.partial_tree import without
from fazheng.ledger.read import cases_entries, entries
from fazheng.ledger.signed import CASE, SIGNED, Signature, sha256, signature
from fazheng.ledger.standalone_report import packed
from fazheng.ledger.tree import contents

EACH = ("cases", "register")  # figures whose number is how many rows they have


@dataclass(frozen=True)
class Proof:
    """The packed file, the page of its checkpoint, and how many figures and entries it holds."""

    content: bytes
    checkpoint: Path
    figures: int
    entries: int


def proof_of(bureau: Bureau, year: int, home: Path) -> Proof:
    """The proof file of the signed report, and a checkpoint over it, made and written. Raises Unusable."""
    done = signature(bureau.code, year)
    if done is None:
        raise Unusable(f"{year}年的年度报告还没有签发；签发以后才有证明文件")
    checkpoint = make_checkpoint(bureau)
    page = write_checkpoint(checkpoint, home)
    entry = next(one for one in entries(bureau.code, case_id=f"{CASE}:{year}") if one.event == SIGNED)
    figures, rows = _rows(bureau.code, load(place=bureau.place), done)
    known = sorted({entry.seq, *(seq for of_row in rows.values() for seq in of_row)})
    held = contents(bureau.code, 0, checkpoint.size)
    told = {
        "figures": figures,
        "rows": rows,
        "entries": [[seq, held[seq - 1].hex()] for seq in known],
        "ranges": without(hash_of(checkpoint.form), held, [seq - 1 for seq in known]),
    }
    files = {
        "checkpoint.txt": as_text(checkpoint).encode(),
        "report.txt": done.text.encode(),
        "rows.json": json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode(),
        "signed.json": canonical(entry, checkpoint.form),
    } | _page(done, home)
    return Proof(packed(files), page, len(figures), len(known))


def _page(done: Signature, home: Path) -> dict[str, bytes]:
    """The page as it was signed, where the home still has it."""
    for name, digest in done.files.items():
        path = home / REPORTS / name
        if name.endswith(".html") and path.exists() and sha256(path.read_bytes()) == digest:
            return {"report.html": path.read_bytes()}
    return {}


def _rows(bureau: str, book: LawBook, done: Signature) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """The rows behind each figure as of the signature, and the entries of each row up to it. Raises Unusable."""
    values = _as_signed(bureau, book, done)
    if lost := [one["id"] for one in done.figures if one["id"] not in values]:
        raise Unusable(f"签发时的统计项“{'、'.join(lost)}”按现在的法条文件数不出签发时的行，出不了证明文件")
    figures: dict[str, Any] = {}
    wanted: dict[str, str] = {}  # by the case its entries stand under, the row as it is named
    for one in done.figures:
        value = values[one["id"]]
        prefix = f"{value.of}:" if value.counts == "register" else ""
        each = value.counts in EACH and value.source == "counted" and value.value == len(set(value.rows))
        figures[value.id] = {"rows": list(value.rows), "of": prefix, "each": each}
        wanted |= {f"{prefix}{row}": f"{prefix}{row}" for row in value.rows}
    found = {
        case_id: [entry.seq for entry in of_case if entry.seq <= done.seq]
        for case_id, of_case in cases_entries(bureau, sorted(wanted))
    }
    return figures, found


def _as_signed(bureau: str, book: LawBook, done: Signature) -> dict[str, FigureValue]:
    """The figures with the rows that were signed: counted now, and from the book of then where they differ."""
    period: Period = _period(done)
    rows = {one["id"]: one["rows"] for one in done.figures}
    known = [id for id in rows if id in book.figures]
    values = {value.id: value for value in count(bureau, book, period, ids=known)}
    moved = [id for id in known if rows_digest(values[id].rows) != rows[id]]
    if moved:
        values |= counted_then(bureau, book, period, done.seq, moved, spans_then(bureau, book, done.seq))
    return {id: value for id, value in values.items() if rows_digest(value.rows) == rows[id]}


def _period(done: Signature) -> Period:
    first = done.figures[0]
    return date.fromisoformat(first["first"]), date.fromisoformat(first["last"])
