"""What must not leave the house, looked for in what is about to: numbers of persons, and what the case holds apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from fazheng.checkup.facts.personal import is_card, is_id15, is_id18

_RUN = re.compile(r"(?<![0-9A-Za-z])\d(?:[ -]?\d){10,18}[Xx]?(?![0-9A-Za-z])")
_MOBILE = re.compile(r"1[3-9]\d{9}")
SHORTEST = 2  # signs of a value held apart that are looked for: one sign is in every text


def leak(cell: str, apart: Iterable[str] = ()) -> str:
    """What kind of personal value the cell shows; empty where none was found. The value itself is never said."""
    narrow = unicodedata.normalize("NFKC", cell)  # full-width digits are digits to who reads them
    for found in _RUN.finditer(narrow):
        digits = re.sub("[ -]", "", found[0])
        if (len(digits) == 18 and is_id18(digits)) or (len(digits) == 15 and is_id15(digits)):
            return "身份证号码"
        if _MOBILE.fullmatch(digits):
            return "电话号码"
        if len(digits) >= 16 and digits.isdigit() and is_card(digits):
            return "银行卡号"
    if any(
        len(value) >= SHORTEST and (value in cell or unicodedata.normalize("NFKC", value) in narrow) for value in apart
    ):
        return "案件另存的内容"
    return ""
