"""岗位卡: one item of the list on a page: by which law, who, in how many days, with which papers, whom to call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fazheng.lawbook.figure import Register
from fazheng.register.powers import DELEGATIONS, ITEMS, PHONES, Item, items_on
from fazheng.register.powers_matrix import matrix
from fazheng.register.rows import rows_on

_ORDER = ("code", "kind", "bases", "actor", "office", "rests_on", "steps", "materials", "limit_by_law", "promised",
          "phone", "boundary")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """`rows`: label and text, what was never entered left out. `posts`: post, people, last day of the term."""

    title: str
    on: str
    rows: tuple[tuple[str, str], ...]
    posts: tuple[tuple[str, str, str], ...]


def card(bureau: str, code: str, day: date, known: Mapping[str, Register]) -> Card | None:
    """The card of the item as it stands on `day`; None where it does not stand on the list."""
    item = next((one for one in items_on(bureau, day) if one.code == code), None)
    if item is None:
        return None
    split = matrix(bureau, day)
    posts = tuple((duty.post, "、".join(duty.officers), duty.until or "不定期") for duty in split.of(code))
    return Card(f"岗位卡：{item.name}", day.isoformat(), tuple(_rows(bureau, item, day, known)), posts)


def _rows(bureau: str, item: Item, day: date, known: Mapping[str, Register]) -> list[tuple[str, str]]:
    register = known[ITEMS]
    shown = {
        "code": item.code,
        **{name: _text(name, item.data.get(name), register) for name in _ORDER if name != "code"},
    }
    rows = [(register.labels[name], shown[name]) for name in _ORDER if shown[name]]
    rows += _delegation(bureau, item, day, known)
    uses = known[PHONES].choices["phone_use"]
    rows += [(f"{uses[row.data['use']]}电话", str(row.data["number"])) for row in rows_on(bureau, PHONES, day)]
    return [*rows, ("在清单上", f"自{item.from_day}起" + (f"，至{item.to_day}以前" if item.to_day else ""))]


def _delegation(bureau: str, item: Item, day: date, known: Mapping[str, Register]) -> list[tuple[str, str]]:
    named = str(item.data.get("delegation") or "")
    row = next((one for one in rows_on(bureau, DELEGATIONS, day) if one.key == named), None)
    if not named:
        return []
    if row is None:
        return [(known[DELEGATIONS].name, f"{named}（没有登记或者已经终止，不能办理）")]
    until = str(row.data.get("valid_until") or "")
    over = "，已经到期，不能办理" if until and until < day.isoformat() else ""
    term = f"{row.data['valid_from']}起" + (f"至{until}" if until else "")
    return [(known[DELEGATIONS].name, f"{row.data['giver']}，{row.data['document']}，期限{term}{over}")]


def _text(field: str, value: Any, register: Register) -> str:
    if value is None or value == []:
        return ""
    names = register.choices.get(register.kinds[field].of, {})
    listed = value if isinstance(value, list) else [value]
    joint = " → " if field == "steps" else "；" if field == "boundary" else "、"
    return joint.join(str(names.get(str(one), one)) for one in listed)
