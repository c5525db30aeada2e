"""What a correction amended, as it was before: so that an import which corrected can be undone by another one."""

from __future__ import annotations

import json
from typing import Any

from fazheng.ledger.chain import SealedEntry
from fazheng.ledger.read import entries
from fazheng.procedure.case import CORRECT, fold

ROW_CHANGE = "row_change"


def put_back(entry: SealedEntry) -> dict[str, Any]:
    """The data of an entry that undoes a correction, or a change of a register's row; None empties a field."""
    told = json.loads(entry.data)
    before = [one for one in entries(entry.bureau, case_id=entry.case_id) if one.version < entry.version]
    if entry.event != CORRECT:
        row: dict[str, Any] = {}
        for one in before:
            row |= json.loads(one.data).get("row", {})
        return {"row": {field: row.get(field) for field in told.get("row", {})}}
    target = next((event for event in fold(before).standing if event.version == told["entry"]), None)
    if target is None:
        return {"entry": told["entry"], "data": {}}
    day = {"on": target.on.isoformat()} if "on" in told else {}
    return {"entry": told["entry"], "data": {field: target.data.get(field) for field in told.get("data", {})}} | day
