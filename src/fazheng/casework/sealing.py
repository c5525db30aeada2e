"""The keys of a bureau's private store: made with the book, for an older book, and anew."""

from __future__ import annotations

from pathlib import Path

from fazheng.casework import clock
from fazheng.casework.act import Act
from fazheng.casework.bureaux import BUREAU_CASE
from fazheng.casework.writing import Writing
from fazheng.ledger.private_cipher import AES, KEY_BYTES, NONCE_BYTES, SM4, key_name, wrapped
from fazheng.ledger.private_keys import (
    KEY_VARIABLE,
    PrivateUnreadable,
    Ring,
    bound,
    key_file,
    key_named_by_environment,
    read_key,
    write_key,
)
from fazheng.ledger.private_rows import add_key, drop_keys, reseal, scrub
from fazheng.procedure.refusals import own
from fazheng.procedure.surroundings import Refusal

CIPHERS = {"aes": AES, "sm4": SM4}
NAMES = {AES: "AES-256-GCM", SM4: "SM4-GCM", "": "没有加密"}
_SECRET_BYTES = 32
ENCRYPTED, ROTATED = "private_encrypted", "private_key_rotated"


def make_key(bureau: str, cipher: str = AES) -> str:
    """Gives a bureau without a data key its first one, in the open transaction; the name of the key that wraps it.

    That key is what FAZHENG_KEY says, else a new file of the home, which stands before the database names it.
    Raises PrivateUnreadable.
    """
    secret = key_named_by_environment()
    if secret is None:
        secret = clock.chance(_SECRET_BYTES)
        write_key(key_file(key_name(secret)), secret)
    return _entered(bureau, 1, cipher, secret)


def encrypt(act: Writing, by: Act, cipher: str = AES) -> tuple[tuple[Refusal, ...], int]:
    """Seals every value of an older book that stands as it is; refusals, and how many there were.

    A book that has a key keeps it and its cipher. Raises PrivateUnreadable.
    """
    if found := stranger(act, by.by):
        return found, 0
    act.flush()
    if not Ring(act.bureau.code).last:
        make_key(act.bureau.code, cipher)
    done = reseal(act.bureau.code)
    if done:
        act.record(BUREAU_CASE, ENCRYPTED, by, {"cipher": Ring(act.bureau.code).cipher, "values": done})
    return (), done


def rotate(act: Writing, by: Act, new_key: Path | None = None) -> tuple[tuple[Refusal, ...], int]:
    """Gives the bureau a new data key under a new key outside, and seals every value anew; how many there were.

    `new_key` is the file of the new key, made where there is none; by default a file of the home. The old key file
    stays: older copies of the book need it. Raises PrivateUnreadable.
    """
    if found := stranger(act, by.by):
        return found, 0
    act.flush()
    bureau = act.bureau.code
    ring = Ring(bureau)
    if not ring.last:
        raise PrivateUnreadable("这个账本的另存内容还没有加密，没有钥匙可换。请先加密")
    ring.key(ring.last)  # without the old key nothing can be sealed anew
    if new_key is None and key_named_by_environment() is not None:
        raise PrivateUnreadable(f"钥匙由 {KEY_VARIABLE} 给出：请指明新钥匙的文件，换好后把 {KEY_VARIABLE} 指向它")
    secret = read_key(new_key) if new_key is not None and new_key.exists() else clock.chance(_SECRET_BYTES)
    if key_name(secret) == ring.outside:
        raise PrivateUnreadable(f"{new_key} 就是现在用的钥匙，没有换。请另指一个文件")
    write_key(key_file(key_name(secret)) if new_key is None else new_key, secret)
    done = _resealed_under(bureau, ring, secret)
    act.record(BUREAU_CASE, ROTATED, by, {"cipher": ring.cipher, "values": done})
    return (), done


def _resealed_under(bureau: str, ring: Ring, secret: bytes) -> int:
    number = ring.last + 1
    _entered(bureau, number, ring.cipher, secret)
    done = reseal(bureau, {key_name(secret): secret})
    drop_keys(bureau, number)
    return done


def _entered(bureau: str, number: int, cipher: str, secret: bytes) -> str:
    key, nonce = clock.chance(KEY_BYTES[cipher]), clock.chance(NONCE_BYTES)
    name = key_name(secret)
    add_key(bureau, number, cipher, name, wrapped(secret, cipher, key, nonce, bound(bureau, number)))
    return name


def tidy() -> None:
    """Removes from the book's file what erased rows left in it. Raises DatabaseError where others use the book."""
    scrub()


def stranger(act: Writing, code: str) -> tuple[Refusal, ...]:
    """Refuses who is not of the bureau today."""
    if act.roster.on(code, act.today) is not None:
        return ()
    return (own("role", f"人员名册里今天没有“{code}”", "请核对人员编号", hard=True),)
