"""The keys of the private store. A bureau's data keys stand in the database, wrapped by a key that lies outside of it.

That key is a file `<home>/keys/<name>.key`, or what FAZHENG_KEY says: the key itself (64 hex digits) or a path.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from fazheng.ledger.chain import ApartValue
from fazheng.ledger.private_cipher import Aead, Unsealable, aead, key_name, key_number, opened, token, unwrapped
from fazheng.ledger.rows import rows

KEY_VARIABLE = "FAZHENG_KEY"
KEYS = "keys"  # the folder of a home that no backup takes along unless asked
_HEX = re.compile(r"[0-9a-fA-F]{64}")
_HEAD = "# 法正账本的钥匙。丢失以后，另存的内容和附件再也打不开；请另存一份，不要和账本的备份放在一起。\n"
Row = tuple[str, str, str, str]


class PrivateUnreadable(Exception):
    """What is held apart cannot be sealed or opened; the message says why and what to do, and shows no key."""


def keys_folder() -> Path:
    """The folder of the open home's keys; it need not exist."""
    return Path(os.environ["FAZHENG_HOME"]) / KEYS


def key_file(name: str) -> Path:
    """Where the open home keeps the key of that name."""
    return keys_folder() / f"{name}.key"


def key_named_by_environment() -> bytes | None:
    """The key that FAZHENG_KEY says; None where it says nothing. Raises PrivateUnreadable."""
    said = os.environ.get(KEY_VARIABLE, "").strip()
    if not said:
        return None
    return bytes.fromhex(said) if _HEX.fullmatch(said) else read_key(Path(said))


def read_key(path: Path) -> bytes:
    """The key in a file. Raises PrivateUnreadable."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise PrivateUnreadable(f"钥匙文件 {path} 读不了。请核对路径和权限，或从另存处取回") from fault
    found = "".join(line.strip() for line in lines if not line.startswith("#"))
    if not _HEX.fullmatch(found):
        raise PrivateUnreadable(f"{path} 不是法正的钥匙文件。请核对路径，或从另存处取回")
    return bytes.fromhex(found)


def write_key(path: Path, secret: bytes) -> None:
    """Writes a key file that only its owner reads: beside, then in its place. Raises PrivateUnreadable if one stands.

    A file that holds this very key already is left as it is.
    """
    if path.exists():
        if read_key(path) == secret:
            return
        raise PrivateUnreadable(f"{path} 已有一把别的钥匙，没有改动它。请另选一个文件")
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()
        with open(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(f"{_HEAD}{secret.hex()}\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
        sync_folder(path.parent)
    except OSError as fault:
        raise PrivateUnreadable(f"钥匙文件 {path} 写不了，没有写入。请检查文件夹的权限和磁盘") from fault


def sync_folder(folder: Path) -> None:
    """Makes a rename in the folder last; where the system opens no folder (Windows), nothing."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def outside_key(name: str) -> bytes:
    """The key of that name, from FAZHENG_KEY or its file. Raises PrivateUnreadable where it is lost or another one."""
    told = key_named_by_environment()
    if told is not None and key_name(told) == name:
        return told
    path = key_file(name)
    if path.exists():
        found = read_key(path)
        if key_name(found) == name:
            return found
        raise PrivateUnreadable(f"钥匙不对：{path} 里的不是这个账本的钥匙（编号 {name}）。请从另存处取回原来的钥匙文件")
    if told is not None:
        raise PrivateUnreadable(f"钥匙不对：{KEY_VARIABLE} 给出的不是这个账本的钥匙（编号 {name}）。请核对")
    raise PrivateUnreadable(
        f"找不到钥匙：另存的内容已加密，钥匙文件 {path} 不在。请从另存处取回，或用环境变量 {KEY_VARIABLE} 指明；"
        "没有钥匙时，统计、查看和验链照常可用"
    )


def bound(bureau: str, number: int) -> str:
    """What a wrapped data key is bound to."""
    return f"{bureau}\0{number}"


class Ring:
    """The data keys of one bureau as the database has them now; each is unwrapped when it is first asked for."""

    def __init__(self, bureau: str, at_hand: Mapping[str, bytes] | None = None) -> None:
        self._bureau, self._at_hand = bureau, at_hand or {}
        found = rows("SELECT number, cipher, kek, wrapped FROM ledger_data_key WHERE bureau = %s", [bureau])
        self._rows: dict[int, tuple[str, str, str]] = {row[0]: (row[1], row[2], row[3]) for row in found}
        self._open: dict[int, Aead] = {}

    @property
    def last(self) -> int:
        """The number of the key that new values are sealed with; 0 where there is none and values stand as they are."""
        return max(self._rows, default=0)

    @property
    def cipher(self) -> str:
        """The name of that key's cipher; "" where there is none."""
        return self._rows[self.last][0] if self._rows else ""

    @property
    def outside(self) -> str:
        """The name of the key outside the database that wraps it; "" where there is none."""
        return self._rows[self.last][1] if self._rows else ""

    def key(self, number: int) -> Aead:
        """The cipher under the data key of that number. Raises PrivateUnreadable."""
        if number not in self._open:
            if number not in self._rows:
                raise PrivateUnreadable("另存的内容所用的钥匙不在账本里：这一行可能被改动过。请核验账本")
            self._open[number] = aead(self._rows[number][0], self._unwrapped(number))
        return self._open[number]

    @property
    def searching(self) -> bytes:
        """The key of the search index, which follows from the last data key; in a book without one, from its bureau:
        values stand in the open there. Raises PrivateUnreadable.
        """
        secret = self._unwrapped(self.last) if self.last else self._bureau.encode()
        return hmac.digest(secret, b"fazheng search 1", "sha256")

    def _unwrapped(self, number: int) -> bytes:
        cipher, kek, text = self._rows[number]
        secret = self._at_hand.get(kek) or outside_key(kek)
        try:
            return unwrapped(secret, cipher, text, bound(self._bureau, number))
        except Unsealable as fault:
            raise PrivateUnreadable("账本里的数据钥匙打不开：它可能被改动过。请用备份核对") from fault

    def rows(self, values: Iterable[ApartValue]) -> list[Row]:
        """The rows that keep these values: sealed, or as they are in a book without a key. Raises PrivateUnreadable."""
        number, bureau = self.last, self._bureau
        if not number:
            return [(bureau, one.digest, one.salt, one.value) for one in values]
        cipher = self.key(number)
        return [(bureau, one.digest, "", token(cipher, number, bureau, one)) for one in values]

    def value(self, digest: str, salt: str, value: str) -> ApartValue:
        """What a row keeps. Raises PrivateUnreadable without the key, Unsealable where the row was changed."""
        number = key_number(salt, value)
        if number is None:
            return ApartValue(digest, salt, value)
        return opened(self.key(number), self._bureau, digest, value)
