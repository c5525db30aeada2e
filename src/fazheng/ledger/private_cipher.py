"""How a value held apart is sealed: AES-256-GCM or SM4-GCM, bound to its bureau and its digest. No database.

Salt and value are sealed together: who has the salt and the digest but not the key could try out identity numbers.
A digest is over a salt of 16 bytes drawn by chance, so its beginning serves as the nonce: it comes again only with the
same salt and value, and then the sealed text is the same.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Final, Protocol

from fazheng.ledger.chain import ApartValue

AES: Final = "aes-256-gcm"
SM4: Final = "sm4-gcm"
KEY_BYTES: Final = {AES: 32, SM4: 16}
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
_SALT_BYTES: Final = 16
_FORM: Final = "fz1"  # the version of the token: fz1.<number of the key>.<base64>
_BOUND: Final = "fazheng private value 1\0"


class Unsealable(ValueError):
    """What was sealed does not open: it was changed, moved to another row, or sealed with another key."""


class Aead(Protocol):
    """A cipher with one key. `decrypt` raises Unsealable."""

    def encrypt(self, nonce: bytes, data: bytes, beside: bytes) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, beside: bytes) -> bytes: ...


class _Aes:
    def __init__(self, key: bytes) -> None:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._gcm, self._broken = AESGCM(key), InvalidTag
        self.encrypt = self._gcm.encrypt

    def decrypt(self, nonce: bytes, data: bytes, beside: bytes) -> bytes:
        try:
            return self._gcm.decrypt(nonce, data, beside)
        except (self._broken, ValueError) as fault:
            raise Unsealable from fault


class _Sm4:
    def __init__(self, key: bytes) -> None:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers import Cipher, modes
        from cryptography.hazmat.primitives.ciphers.algorithms import SM4 as ALGORITHM

        self._broken, self._modes = InvalidTag, modes
        self._cipher, self._key = Cipher, ALGORITHM(key)

    def encrypt(self, nonce: bytes, data: bytes, beside: bytes) -> bytes:
        sealing = self._cipher(self._key, self._modes.GCM(nonce)).encryptor()
        sealing.authenticate_additional_data(beside)
        sealed: bytes = sealing.update(data) + sealing.finalize()
        return sealed + sealing.tag

    def decrypt(self, nonce: bytes, data: bytes, beside: bytes) -> bytes:
        if len(data) < TAG_BYTES:
            raise Unsealable
        opening = self._cipher(self._key, self._modes.GCM(nonce, data[-TAG_BYTES:])).decryptor()
        opening.authenticate_additional_data(beside)
        try:
            return opening.update(data[:-TAG_BYTES]) + opening.finalize()
        except self._broken as fault:
            raise Unsealable from fault


def aead(cipher: str, key: bytes) -> Aead:
    """The cipher of that name under `key`, of KEY_BYTES[cipher] bytes."""
    return _Sm4(key) if cipher == SM4 else _Aes(key)


def derived(secret: bytes, cipher: str) -> bytes:
    """The key that `secret` stands for in wrapping keys of that cipher (HKDF with SHA-256)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES[cipher], None, f"fazheng wrap 1 {cipher}".encode()).derive(secret)


def wrapped(secret: bytes, cipher: str, key: bytes, nonce: bytes, beside: str) -> str:
    """`key` sealed by what `secret` stands for; `nonce` is drawn by chance."""
    sealed = aead(cipher, derived(secret, cipher)).encrypt(nonce, key, beside.encode())
    return base64.b64encode(nonce + sealed).decode()


def unwrapped(secret: bytes, cipher: str, text: str, beside: str) -> bytes:
    """The key that `wrapped` sealed. Raises Unsealable."""
    sealed = _bytes(text)
    return aead(cipher, derived(secret, cipher)).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], beside.encode())


def token(cipher: Aead, number: int, bureau: str, apart: ApartValue) -> str:
    """What stands in the row for the value and its salt; `number` is that of the key."""
    content = bytes.fromhex(apart.salt) + apart.value.encode()
    sealed = cipher.encrypt(_nonce(apart.digest), content, f"{_BOUND}{bureau}\0{apart.digest}".encode())
    return f"{_FORM}.{number}.{base64.b64encode(sealed).decode()}"


def key_number(salt: object, value: object) -> int | None:
    """Which key the value of a row is sealed with; None where it stands as it is (its salt beside it)."""
    parts = value.split(".") if isinstance(value, str) else []
    if salt != "" or len(parts) != 3 or parts[0] != _FORM or not parts[1].isdecimal():
        return None
    return int(parts[1])


def opened(cipher: Aead, bureau: str, digest: str, value: str) -> ApartValue:
    """The salt and the value that `token` sealed. Raises Unsealable."""
    sealed = _bytes(value.rpartition(".")[2])
    try:
        plain = cipher.decrypt(_nonce(digest), sealed, f"{_BOUND}{bureau}\0{digest}".encode())
        return ApartValue(digest, plain[:_SALT_BYTES].hex(), plain[_SALT_BYTES:].decode())
    except ValueError as fault:  # Unsealable, no UTF-8, or a digest that is none
        raise Unsealable from fault


def key_name(secret: bytes) -> str:
    """What a key that lies outside the database is called: it tells keys apart and nothing about the key."""
    return hashlib.sha256(b"fazheng key\0" + secret).hexdigest()[:16]


def _nonce(digest: str) -> bytes:
    return bytes.fromhex(digest)[:NONCE_BYTES]


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as fault:
        raise Unsealable from fault
