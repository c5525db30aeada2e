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
    if not _is_day(text[6:14]):
        return False
    total = sum(int(sign) * weight for sign, weight in zip(text, _ID_WEIGHTS, strict=False))
    return _ID_CHECK[total % 11] == text[17]


def holds_personal_number(text: str) -> bool:
    """Whether a 身份证号, a mobile number or a bank card stands in the text, spaced or mistyped ones included.

    A long number that can be none of them passes: 12345 tickets are numbered by day and hour, in fifteen digits and
    more, and no area code begins with 20.
    """
    joined = re.sub(r"(?<=\d)[ -](?=[\dXx])", "", text)
    return any(_is_personal(run) for one in (text, joined) for run in re.findall(r"\d+(?:[Xx](?![0-9A-Za-z]))?", one))


def _is_personal(run: str) -> bool:
    match len(run):
        case 11:
            return run[0] == "1" and run[1] in "3456789"
        case 16 | 17 | 18 | 19 if run.startswith("62"):
            return True
        case 16 if run[0] in "45":
            return True
        case 18:
            return not run.startswith("20") and run[6:8] in ("19", "20") and _is_day(run[6:14])
    return False


def _is_day(digits: str) -> bool:
    try:
        date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
    except ValueError:
        return False
    return True
