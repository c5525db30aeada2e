"""Attached files on disk: `<home>/attachments/<bureau>/<aa>/<digest>`, sealed a piece at a time, never whole in memory.

A file begins with six bytes (form and cipher), then come pieces of 1 MiB, each with its tag. A piece's nonce is its
number and whether it is the last, so none can be left out, moved or cut off; each file has a key of its own, drawn by
chance. The digest is over the plain content.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fazheng.ledger.media import SNIFFED, media_type
from fazheng.ledger.private_cipher import AES, SM4, TAG_BYTES, Aead, Unsealable, aead
from fazheng.ledger.private_keys import sync_folder

ATTACHMENTS = "attachments"
PIECE = 1 << 20
UNFINISHED = ".part-"
_HEADS = {AES: b"fza1\x01\n", SM4: b"fza1\x02\n"}
_DIGEST = re.compile(r"[0-9a-f]{64}")


class AttachmentFault(Exception):
    """An attachment cannot be taken in or given out; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A file as it was read: digest and size (bytes) of its content, its media type, and where its sealed copy is."""

    digest: str
    size: int
    media: str
    path: Path


def folder(bureau: str) -> Path:
    """Where the open home keeps a bureau's attachments; it need not exist."""
    return Path(os.environ["FAZHENG_HOME"]) / ATTACHMENTS / bureau


def place(bureau: str, digest: str) -> Path:
    """Where the content of that digest is kept. Raises AttachmentFault for what is no digest."""
    if not _DIGEST.fullmatch(digest):
        raise AttachmentFault("附件要用64位摘要指明（0-9、a-f）；请核对附件的摘要")
    return folder(bureau) / digest[:2] / digest


def take_in(source: Path | BinaryIO, bureau: str, name: str, cipher: str, key: bytes) -> TakenIn:
    """Reads a file, or what is open already, once and seals it under `key` into an unfinished file called after `name`.

    Raises AttachmentFault; then no file is left.
    """
    part = folder(bureau) / f"{UNFINISHED}{name}"
    try:
        with _regular(source) if isinstance(source, Path) else nullcontext(source) as content:
            part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as sealed:
                digest, size, beginning = _sealed(content, sealed, cipher, key)
                sealed.flush()
                os.fsync(sealed.fileno())
    except OSError as fault:
        part.unlink(missing_ok=True)
        why = "文件不存在" if isinstance(fault, FileNotFoundError) else fault.strerror or type(fault).__name__
        raise AttachmentFault(f"附件没有收下：{why}。请核对路径、权限和磁盘") from fault
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    if not size:  # a file that holds nothing proves nothing
        part.unlink(missing_ok=True)
        raise AttachmentFault("这个文件是空的，没有收。请核对选的是不是它")
    return TakenIn(digest, size, media_type(beginning), part)


def settle(taken: TakenIn, bureau: str) -> None:
    """Gives the sealed copy its place; one that stands there is replaced. The rename lasts when this returns."""
    path = place(bureau, taken.digest)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.replace(taken.path, path)
    except OSError as fault:
        raise AttachmentFault(f"附件没有收下：{fault.strerror}。请检查磁盘和权限") from fault
    sync_folder(path.parent)
    sync_folder(path.parent.parent)


def content(bureau: str, digest: str, size: int, key: bytes) -> Iterator[bytes]:
    """The content, a piece at a time. Only when it ends without AttachmentFault was it what was attached."""
    path = place(bureau, digest)
    total, length = hashlib.sha256(), 0
    try:
        with path.open("rb") as sealed:
            for piece in _opened(sealed, key):
                total.update(piece)
                length += len(piece)
                yield piece
    except FileNotFoundError as fault:
        raise AttachmentFault(f"附件 {digest[:12]}… 的文件不在了。请从备份取回") from fault
    except OSError as fault:
        raise AttachmentFault(f"附件 {digest[:12]}… 读不了（{fault.strerror}）。请检查磁盘和权限") from fault
    except Unsealable as fault:
        raise AttachmentFault(f"附件 {digest[:12]}… 被改动过或者残缺，不能用。请从备份取回") from fault
    if (total.hexdigest(), length) != (digest, size):
        raise AttachmentFault(f"附件 {digest[:12]}… 与入账时的摘要不符，不能用。请从备份取回")


def files(bureau: str) -> Iterator[Path]:
    """Every file in the bureau's folder, unfinished ones among them, sorted."""
    yield from sorted(path for path in folder(bureau).rglob("*") if path.is_file() and not path.is_symlink())


def _regular(source: Path) -> BinaryIO:
    opened = source.open("rb")
    if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
        opened.close()
        raise AttachmentFault("附件没有收下：它不是一个普通文件。请给出一个文件")
    return opened


def _sealed(content: BinaryIO, sealed: BinaryIO, cipher: str, key: bytes) -> tuple[str, int, bytes]:
    """Seals the content; its digest, its size and its beginning."""
    head, box = _HEADS[cipher], aead(cipher, key)
    sealed.write(head)
    total, size, number = hashlib.sha256(), 0, 0
    piece = content.read(PIECE)
    beginning = piece[:SNIFFED]
    while True:
        following = content.read(PIECE)
        total.update(piece)
        size += len(piece)
        sealed.write(box.encrypt(_nonce(number, last=not following), piece, head))
        if not following:
            return total.hexdigest(), size, beginning
        piece, number = following, number + 1


def _opened(sealed: BinaryIO, key: bytes) -> Iterator[bytes]:
    head = sealed.read(len(_HEADS[AES]))
    cipher = next((name for name, known in _HEADS.items() if known == head), "")
    if not cipher:
        raise Unsealable
    box: Aead = aead(cipher, key)
    number, piece = 0, sealed.read(PIECE + TAG_BYTES)
    while True:
        following = sealed.read(PIECE + TAG_BYTES)
        yield box.decrypt(_nonce(number, last=not following), piece, head)
        if not following:
            return
        piece, number = following, number + 1


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
