"""Chinese and Arabic numerals."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
TENS = {"十": 10, "百": 100, "千": 1000}
GREAT = {"万": 10_000, "亿": 100_000_000}
CHINESE = "零〇○一二两三四五六七八九十百千"


def chinese(text: str) -> int | None:
    """三百零五 → 305, 二〇二四 → 2024; None where it is no numeral."""
    if not text or any(sign not in DIGITS and sign not in TENS for sign in text):
        return None
    if not any(sign in TENS for sign in text):
        return int("".join(str(DIGITS[sign]) for sign in text))
    total, digit = 0, 0
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign]
        else:
            total += (digit or 1) * TENS[sign]
            digit = 0
    return total + digit


def number(text: str) -> Decimal | None:
    """12, 1,310, 24.02万, 三十, 3亿 as a number; None where it is none."""
    factor = 1
    while text and text[-1] in GREAT:
        factor *= GREAT[text[-1]]
        text = text[:-1]
    bare = text.replace(",", "")
    if bare.replace(".", "", 1).isdecimal():
        return Decimal(bare) * factor
    found = chinese(text)
    return None if found is None else Decimal(found * factor)


def year(text: str) -> int | None:
    """2024, 二〇二四 as a year; None where it is none."""
    found = int(text) if text.isdecimal() else chinese(text)
    return found if found is not None and 1900 <= found <= 2200 else None
