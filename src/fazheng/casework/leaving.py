"""A file that leaves the book: whole and checked in its place, or not there at all; never over one that stands."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from fazheng.casework import clock
from fazheng.ledger.private_keys import sync_folder


def beside(out: Path) -> Path:
    """Where the file waits until it may be moved. Raises FileExistsError where something stands in its place."""
    if out.exists() or out.is_symlink():
        raise FileExistsError(f"{out} 已经存在，没有改动它。请另写一个文件名")
    return out.with_name(f".{out.name}.{clock.chance(8).hex()}.part")


def write(waiting: Path, pieces: Iterable[bytes]) -> int:
    """Writes the file that waits, for its owner alone, to the disk; how many bytes. Raises OSError."""
    with open(os.open(waiting, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        size = sum(file.write(piece) for piece in pieces)
        file.flush()
        os.fsync(file.fileno())
    return size


def move(waiting: Path, out: Path) -> None:
    """Puts it in its place, so that it lasts. Raises OSError."""
    os.replace(waiting, out)
    sync_folder(out.parent)
