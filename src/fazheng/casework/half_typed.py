"""What a person typed and has not sent: sealed as what is held apart is, though it lies outside the book."""

from __future__ import annotations

import base64

from fazheng.casework import clock
from fazheng.ledger.private_cipher import NONCE_BYTES, Unsealable
from fazheng.ledger.private_keys import PrivateUnreadable, Ring

_FORM = "fzd1"


def sealed(bureau: str, place: str, text: str) -> str:
    """The text under the bureau's last key, bound to its place; "" where the bureau has no key: then nothing is kept.

    Raises PrivateUnreadable.
    """
    ring = Ring(bureau)
    if not ring.last:
        return ""
    nonce = clock.chance(NONCE_BYTES)
    content = ring.key(ring.last).encrypt(nonce, text.encode(), _beside(bureau, place))
    return f"{_FORM}.{ring.last}.{base64.b64encode(nonce + content).decode()}"


def unsealed(bureau: str, place: str, kept: str) -> str | None:
    """What `sealed` kept; None where it does not open any more: its key was changed, or somebody changed it."""
    parts = kept.split(".")
    if len(parts) != 3 or parts[0] != _FORM or not parts[1].isdecimal():
        return None
    try:
        content = base64.b64decode(parts[2], validate=True)
        beside = _beside(bureau, place)
        return Ring(bureau).key(int(parts[1])).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], beside).decode()
    except (Unsealable, PrivateUnreadable, ValueError):
        return None


def _beside(bureau: str, place: str) -> bytes:
    return f"fazheng half typed 1\0{bureau}\0{place}".encode()
