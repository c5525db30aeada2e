"""The bureaux of a book: who keeps it, and under which place's rules."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from fazheng.lawbook.load import load
from fazheng.lawbook.place import Place
from fazheng.ledger.read import bureaux as codes
from fazheng.ledger.read import entries
from fazheng.procedure.identifiers import is_org_code

OPENED = "bureau_opened"
BUREAU_CASE = "bureau"


class BureauFault(ValueError):
    """The bureau that was named is not to be had; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Bureau:
    """`place` is the folder under law/local whose rules it adopted; empty: national rules alone."""

    code: str
    name: str
    place: str


def known() -> list[Bureau]:
    """Every bureau of the open book, by code. Empty in a new book."""
    found = []
    for code in codes():
        first = next(entries(code, case_id=BUREAU_CASE), None)
        if first is not None:
            data = json.loads(first.data)
            found.append(Bureau(code, data["name"], data["place"]))
    return found


def the_bureau(code: str = "") -> Bureau:
    """The bureau of that code; without a code, the only one there is. Raises BureauFault."""
    found = known()
    if code:
        if match := [bureau for bureau in found if bureau.code == code]:
            return match[0]
        raise BureauFault(f"账本里没有编号为“{code}”的单位；有：{'、'.join(b.code for b in found) or '无'}")
    if len(found) == 1:
        return found[0]
    if not found:
        raise BureauFault("账本里还没有单位，请先建立单位")
    raise BureauFault(f"账本里有{len(found)}个单位，请指明是哪一个：{'、'.join(b.code for b in found)}")


def check_code(code: str) -> str:
    """The code, in capitals: a division code or a 统一社会信用代码 with its check digit. Raises BureauFault."""
    code = code.strip().upper()
    if len(code) == 18 and not is_org_code(code):
        raise BureauFault(f"“{code}”不是完好的统一社会信用代码：末位校验码对不上，请核对有没有抄错")
    if not re.fullmatch(r"[0-9A-Z]{4,18}", code):
        raise BureauFault(f"“{code}”不能作编号：请写行政区划代码（如 999001）或18位统一社会信用代码")
    return code


def is_example(code: str) -> bool:
    """Whether the bureau is an invented one: its division is 999…, which no place has."""
    return (code[2:8] if len(code) == 18 else code).startswith("999")


def place_for(code: str, named: str = "") -> Place | None:
    """The place whose rules a bureau works under: the one named, else the one its division lies in; None: none.

    Raises LawFault for a place that does not exist.
    """
    if named:
        return load(place=named).place
    return next((place for place in load().places.values() if place.governs(code)), None)
