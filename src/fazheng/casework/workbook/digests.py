"""Which rows of a workbook are in the book already.

A row's digest stands in the open entry, for anyone who checks the chain. Made of the row alone it could be guessed: who
knows a ticket tries telephone numbers until the digest fits. So it is an HMAC under a key of the bureau's own that is
held apart like personal data: an entry names the key's digest, the key itself is in the private store. Who has not the
private store learns nothing from a row's digest; who has it, has the values anyway.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from fazheng.casework import clock
from fazheng.casework.bureaux import BUREAU_CASE
from fazheng.casework.writing import Act, Writing
from fazheng.ledger.chain import canonical_json
from fazheng.ledger.models import ImportedRow
from fazheng.ledger.read import entries, private_value

KEY_MADE = "import_key_made"
PREFIX = "import:"
_AT_ONCE = 500


class Digests:
    """The digests of one import's rows. The first import into a book seals an entry that keeps the key."""

    def __init__(self, act: Writing, by: str) -> None:
        self._act = act
        self._seen: set[bytes] = set()
        self._again: dict[bytes, int] = {}  # rows that came more than once: how often
        found = _key(act.bureau.code)
        self.made_key = found is None
        key = found or clock.salt().hex()
        self._key = bytes.fromhex(key)
        if self.made_key:
            held = {"key": act.apart.hold(key)}
            act.record(BUREAU_CASE, KEY_MADE, Act(act.today, by, {}), held)

    def digest(self, sheet: str, values: Mapping[str, Any]) -> str:
        """The digest of a row: its sheet, its values as read, and which one it is among rows that are the same."""
        text = canonical_json([sheet, dict(values)]).encode()
        short, nth = hashlib.blake2b(text, digest_size=16).digest(), 1
        if short in self._seen:
            nth = self._again[short] = self._again.get(short, 1) + 1
        self._seen.add(short)
        return hmac.digest(self._key, b"%d %s" % (nth, text), hashlib.sha256).hex()

    def of_file(self, path: Path) -> str:
        """The digest of a whole workbook, under the same key: what is in it cannot be guessed from the digest."""
        return _of_file(self._key, path)

    def known(self, digests: Iterable[str]) -> set[str]:
        """Those that are in the book already."""
        wanted = [digest for digest in digests if digest]
        if self.made_key:
            return set()
        rows = ImportedRow.objects.filter(bureau=self._act.bureau.code)
        return {
            found
            for start in range(0, len(wanted), _AT_ONCE)
            for found in rows.filter(row_digest__in=wanted[start : start + _AT_ONCE]).values_list(
                "row_digest", flat=True
            )
        }


def file_digest(bureau: str, path: Path) -> str:
    """The digest under which an import of this workbook stands in the book; "" before the first import."""
    key = _key(bureau)
    return _of_file(bytes.fromhex(key), path) if key else ""


def _of_file(key: bytes, path: Path) -> str:
    made = hmac.new(key, digestmod=hashlib.sha256)
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            made.update(piece)
    return made.hexdigest()


def _key(bureau: str) -> str | None:
    """The key of the last entry that keeps one; None before the first import, or once the key has been erased."""
    kept = [entry for entry in entries(bureau, case_id=BUREAU_CASE) if entry.event == KEY_MADE]
    return private_value(bureau, json.loads(kept[-1].data)["key"]["apart"]) if kept else None
