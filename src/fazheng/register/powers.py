"""权责清单: the items on a day, the delegation that each rests on, and which of them a case is about.

Law: 行政处罚法第十九条、第二十条, 行政许可法第二十四条 (授权、委托 within their bounds alone).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fazheng.ledger.models import RegisterRow
from fazheng.procedure.standing import RowSpan, standing_on
from fazheng.register.rows import Row, rows_on

ITEMS, DELEGATIONS, TAKEN_OVER = "powers_item", "delegation", "power_taken_over"
POSTS, CASE_ITEMS, PHONES = "powers_post", "case_item", "public_phone"
ASKED = frozenset({ITEMS, DELEGATIONS, CASE_ITEMS})  # a row that moves here may decide whether somebody may act
OWN = "own"
Spans = Mapping[str, list[RowSpan]]


@dataclass(frozen=True, slots=True)
class Item:
    """An item as it stands on a day; days as ISO text."""

    code: str
    from_day: str
    to_day: str | None
    data: Mapping[str, Any]

    @property
    def kind(self) -> str:
        return str(self.data.get("kind", ""))

    @property
    def name(self) -> str:
        return str(self.data.get("item_name", ""))

    def words(self, field: str) -> tuple[str, ...]:
        """What a list of the row holds; empty where nothing was entered."""
        return tuple(self.data.get(field) or ())


@dataclass(frozen=True, slots=True)
class Barred:
    """Why nobody may act under an item on a day: its delegation, and the article that the refusal names."""

    item: str
    name: str
    article: str
    says: str
    todo: str


def items_on(bureau: str, day: date) -> list[Item]:
    """The items that stand on the list that day, by code. Empty where there is no list."""
    return [_item(row) for row in rows_on(bureau, ITEMS, day)]


def by_kind(items: Iterable[Item], kinds: Iterable[str]) -> dict[str, int]:
    """How many items of each kind, in the order of `kinds`; one that the law files do not know comes last."""
    found = Counter(item.kind for item in items)
    return {kind: found.pop(kind) for kind in kinds if kind in found} | dict(found)


def _item(row: Row) -> Item:
    return Item(row.key, row.from_day, row.to_day, row.data)


class Lists:
    """Items and delegations over all days, read with one look into the book: they decide whether somebody may act."""

    def __init__(self, bureau: str) -> None:
        self._bureau = bureau
        self._put: dict[str, str] | None = None
        self._spans: dict[str, dict[str, list[RowSpan]]] = {ITEMS: {}, DELEGATIONS: {}}
        found = RegisterRow.objects.filter(bureau=bureau, register__in=[*self._spans]).order_by(
            "register", "key", "nth"
        )
        for row in found:
            span = RowSpan(row.from_day, row.to_day, json.loads(row.data))
            self._spans[row.register].setdefault(row.key, []).append(span)
        self._by_procedure: dict[str, list[str]] = {}
        for code, spans in self._spans[ITEMS].items():
            for procedure in {name for span in spans for name in span.data.get("procedures") or ()}:
                self._by_procedure.setdefault(procedure, []).append(code)

    def standing(self, procedure: str, day: date) -> Iterator[Item]:
        """The items that are carried out by that procedure and stand on the list that day."""
        for code in self._by_procedure.get(procedure, ()):
            stood = standing_on(self._spans[ITEMS][code], day)
            if stood is not None and procedure in (stood.data.get("procedures") or ()):
                yield Item(code, stood.since.isoformat(), None, stood.data)

    def of_case(self, case_id: str, procedure: str, day: date) -> list[Item]:
        """The items that the case may be about: the one it is put under, else all that its procedure carries out."""
        found = list(self.standing(procedure, day))
        if len(found) < 2:
            return found
        put = self._put_under(case_id)
        return [item for item in found if item.code == put] or found

    def read_cases(self) -> None:
        """Reads once under which item every case was put, for whoever asks about many."""
        standing = RegisterRow.objects.filter(bureau=self._bureau, register=CASE_ITEMS, to_day__isnull=True)
        self._put = {row.key: str(json.loads(row.data).get("item")) for row in standing}

    def _put_under(self, case_id: str) -> str:
        if self._put is not None:
            return self._put.get(case_id, "")
        of_case = RegisterRow.objects.filter(bureau=self._bureau, register=CASE_ITEMS, key=case_id, to_day__isnull=True)
        row = of_case.first() if case_id else None
        return str(json.loads(row.data).get("item")) if row else ""

    def barred(self, case_id: str, procedure: str, day: date) -> list[Barred]:
        """Why nobody may act in the case that day: every item it may be about rests on a delegation that does not
        stand or has run out. Empty where one of them may be acted under, and where the procedure is in no item.
        """
        found = [self._bar(item, day) for item in self.of_case(case_id, procedure, day)]
        return [one for one in found if one is not None] if found and None not in found else []

    def _bar(self, item: Item, day: date) -> Barred | None:
        if item.data.get("rests_on", OWN) == OWN:
            return None
        named = str(item.data.get("delegation") or "")
        stood = standing_on(self._spans[DELEGATIONS].get(named, []), day)
        if stood is None:
            why = f"授权委托“{named}”在{day}没有登记，或者已经终止" if named else "没有写授权委托编号"
            todo = "先登记授权、委托文件，或者办理权责清单调整"
        elif str(stood.data.get("valid_until") or "9999") < day.isoformat():
            why = f"授权委托“{named}”的期限到{stood.data['valid_until']}为止"
            todo = "先办理续期，登记新的期限"
        elif str(stood.data.get("valid_from") or "") > day.isoformat():
            why = f"授权委托“{named}”的期限从{stood.data['valid_from']}起"
            todo = "期限开始以后再办，或者核对授权、委托文件"
        else:
            return None
        article = str((stood.data.get("article") if stood else "") or next(iter(item.words("bases")), ""))
        return Barred(item.code, item.name, article, f"“{item.name}”（{item.code}）依授权、委托行使，{why}", todo)
