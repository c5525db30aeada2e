"""A first password, to be changed at the first log-in: random, and readable from a slip of paper."""

from __future__ import annotations

from fazheng.casework import clock

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # without those that are taken for one another
_LENGTH = 14


def first_password() -> str:
    """A new one; about 69 bits."""
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in clock.chance(_LENGTH))
