"""统一社会信用代码 (GB 32100) and 公民身份号码 (GB 11643): form and check digit, nothing more.

An area code is never held against a table: numbers are given when first issued, by whichever area then stood.
"""

from __future__ import annotations

import re
from datetime import date

_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = [pow(3, n, 31) for n in range(17)]
_ID_WEIGHTS = [pow(2, 17 - n, 11) for n in range(17)]
_ID_CHECK = "10X98765432"


def is_org_code(text: str) -> bool:
    """Whether 18 signs form a 统一社会信用代码 with the right check digit."""
    if len(text) != 18 or any(sign not in _USCC for sign in text):
        return False
    total = sum(_USCC.index(sign) * weight for sign, weight in zip(text, _USCC_WEIGHTS, strict=False))
    return _USCC[-total % 31] == text[17]


def org_code(first17: str) -> str:
    """A code with its check digit, from its first 17 signs."""
    total = sum(_USCC.index(sign) * weight for sign, weight in zip(first17, _USCC_WEIGHTS, strict=True))
    return first17 + _USCC[-total % 31]


def is_id_number(text: str) -> bool:
    """Whether 18 signs form a 公民身份号码: a real day of birth and the right check digit."""
    if not re.fullmatch(r"\d{17}[\dX]", text):
        return False
    try:
        date.fromisoformat(f"{text[6:10]}-{text[10:12]}-{text[12:14]}")
    except ValueError:
        return False
    total = sum(int(sign) * weight for sign, weight in zip(text, _ID_WEIGHTS, strict=False))
    return _ID_CHECK[total % 11] == text[17]
