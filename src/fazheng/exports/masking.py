"""What of an entry may leave: fields of a closed kind; names and codes only as a sign that nobody outside can read."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Kind

# Values of these kinds come from a list, a calendar or a counter; in words a clerk may write anybody's name.
CLOSED = frozenset({"yes_no", "number", "date", "yuan", "choice", "statute", "case"})
_NAMED = frozenset({"people", "org_code"})  # one and the same thing again and again: a sign stands for it
_LAW = "law"  # of the first entry: which version of which procedure the case is pinned to


@dataclass(frozen=True)
class Mask:
    """Which values leave, and the key of the signs. `whole` lets everything leave that is not held apart."""

    book: LawBook
    key: bytes
    whole: bool = False

    def sign(self, kind: str, code: str) -> str:
        """The sign of a person or organisation, the same throughout one key; the code itself where all may leave."""
        if self.whole or not code:
            return code
        return f"{kind}-{hmac.digest(self.key, f'{kind} {code}'.encode(), 'sha256').hex()[:16]}"

    def person(self, code: str) -> str:
        """The sign of who acts."""
        return self.sign("person", code)

    def fields(self, procedure: str, event: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of an event that may leave, in the order of their names."""
        return self._kept(data, self._kinds.get((procedure, event), {}))

    def row(self, register: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of a register's row that may leave."""
        return self._kept(data, self.book.registers[register].kinds if register in self.book.registers else {})

    def row_key(self, register: str, key: str) -> str:
        """The key of a register's row, or its sign."""
        return self.sign("person" if register == "staff" else "organisation", key)

    def entry(self, case_id: str, event: str, data: str) -> tuple[str, str]:
        """The case and the data of an entry as they may leave: amendments, notes and signatures leave no data."""
        if self.whole:
            return case_id, data
        register, colon, key = case_id.partition(":")
        told = json.loads(data)
        if colon and register in self.book.registers:
            return f"{register}:{self.row_key(register, key)}", _written(
                {"row": self.row(register, told.get("row", {}))}
            )
        kept = self.fields(case_id.rsplit("-", 2)[0], event, told)
        return case_id, _written(kept | ({_LAW: told[_LAW]} if _LAW in told else {}))

    def named(self, procedure: str, event: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
        """What an event names: the field, the kind (person, organisation, case), its sign."""
        for field, kind in self._kinds.get((procedure, event), {}).items():
            of = {"people": "person", "org_code": "organisation", "case": "case"}.get(kind.name)
            value = data.get(field)
            for one in (value if isinstance(value, list) else [value]) if of else ():
                if isinstance(one, str) and of:
                    yield field, of, one if of == "case" else self.sign(of, one)

    def _kept(self, data: Mapping[str, Any], kinds: Mapping[str, Kind]) -> dict[str, Any]:
        held = {name: self._value(kinds[name], data[name]) for name in sorted(data) if name in kinds}
        return {name: value for name, value in held.items() if value is not None}

    def _value(self, kind: Kind, value: Any) -> Any:
        if kind.apart or value is None:
            return None
        if self.whole or kind.name in CLOSED:
            return value
        if kind.name not in _NAMED:
            return None
        of = "person" if kind.name == "people" else "organisation"
        return [self.sign(of, str(one)) for one in value] if isinstance(value, list) else self.sign(of, str(value))

    @cached_property
    def _kinds(self) -> dict[tuple[str, str], Mapping[str, Kind]]:
        """The kinds of every event's fields, over all versions of its procedure; the newest says of which kind."""
        found: dict[tuple[str, str], dict[str, Kind]] = {}
        for id, versions in self.book.procedures.items():
            for version in versions:
                for step in version.steps.values():
                    found.setdefault((id, step.records), {}).update(step.kinds)
        return dict(found)


def _written(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
