"""The only place where time and chance enter the program."""

from __future__ import annotations

import secrets
import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment in Asia/Shanghai."""
    return datetime.now(ZONE)


def today() -> date:
    """This day in Asia/Shanghai, wherever the machine stands."""
    return now().date()


def seconds() -> float:
    """Seconds that pass, counted from anywhere: for how long something took."""
    return time.monotonic()


def salt() -> bytes:
    """Sixteen bytes nobody can guess."""
    return secrets.token_bytes(16)


def chance(count: int) -> bytes:
    """`count` bytes nobody can guess: keys, and what a key is sealed with once."""
    return secrets.token_bytes(count)
