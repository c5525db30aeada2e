"""What is held apart: replaced in an entry by a salted digest, kept in the private store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fazheng.casework import clock
from fazheng.lawbook.procedure import Kind
from fazheng.ledger.chain import ApartValue, apart_digest


class ApartValues:
    """Collects the values one act holds apart, to be kept in its transaction."""

    def __init__(self) -> None:
        self.values: list[ApartValue] = []

    def hold(self, value: str) -> dict[str, str]:
        """What stands in the entry for a value: {"apart": digest}."""
        salt = clock.salt()
        digest = apart_digest(salt, value)
        self.values.append(ApartValue(digest, salt.hex(), value))
        return {"apart": digest}

    def strip(self, data: Mapping[str, Any], kinds: Mapping[str, Kind]) -> dict[str, Any]:
        """The data with every value of a kind held apart replaced. None (a field emptied) stays."""
        return {
            field: self._one(value) if field in kinds and kinds[field].apart else value for field, value in data.items()
        }

    def _one(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._one(one) for one in value]
        return self.hold(value) if isinstance(value, str) else value
