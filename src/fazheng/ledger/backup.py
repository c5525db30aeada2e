"""Copies of a book: one zip file that any office computer opens, made while others write, and put back whole.

`book.sqlite3` holds the whole book, wherever it lives: a book on PostgreSQL is copied table by table in one snapshot,
and can be put back into either database. Beside it lie the folders of the home that belong to it, and `manifest.json`
with a digest of every file and the end of every chain. The keys stay out unless they are asked for.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from fazheng import __version__
from fazheng.ledger.chain import Head
from fazheng.ledger.faults import explained
from fazheng.ledger.folders import settle
from fazheng.ledger.moving import server_to_file
from fazheng.ledger.standalone_verifier import chains_of_book
from fazheng.ledger.storage import BOOK, DESK, copy_desk, copy_file

CARRIED = ("attachments", "报告")  # folders of a home that go with its book: what an entry names is there before it
ABOUT = ("checkpoints",)  # folders that tell of the book, and may only tell of what is in the backup
KEYS = "keys"  # the folder whose files open what is kept encrypted
NAME = "fazheng-"
MANIFEST = "manifest.json"
_FORM = 1
_PIECE = 1 << 20
_NO_ARCHIVE = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError)
_NO_MANIFEST = (ValueError, LookupError, TypeError, AttributeError)


class BackupUnusable(Exception):
    """The file is no whole backup; the message says why and what to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup says of itself. `keys` are in it; `without_keys`: its home had keys and they were left out.

    `faults` says in Chinese which chains did not hold when it was made; "" where all did.
    """

    made_at: str
    release: str
    heads: dict[str, Head]
    files: int
    keys: bool
    without_keys: bool
    faults: str


def save(home: Path, to: Path, made_at: str, *, with_keys: bool = False) -> tuple[Path, Kept]:
    """Writes a backup of the open home into the folder `to`; the file, and what it says of itself.

    `made_at` is an ISO time, from which the name is made. The file appears under its name when it is whole and on the
    disk. Raises HomeUnreadable, and then leaves nothing that looks like a backup.
    """
    try:
        to.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in to.glob(f".{NAME}*.part*"):  # of a backup that was killed
            left.unlink(missing_ok=True)
        path = _unused(to, made_at)
        with _beside(path) as beside:
            book, desk = (beside.with_name(f"{beside.name}{end}") for end in (".sqlite3", ".desk.sqlite3"))
            try:
                told = [(name, path.read_bytes()) for name, path in _files(home, ABOUT)]
                copy_book(book)
                copies = [(BOOK, book)]
                if (home / DESK).exists():
                    copies.append((DESK, desk))
                    copy_desk(home, desk)
                kept = _packed(home, copies, beside, made_at, with_keys, told)
            finally:
                book.unlink(missing_ok=True)
                desk.unlink(missing_ok=True)
            os.replace(beside, path)
            settle(to)
    except OSError as fault:
        raise explained(fault) from fault
    return path, kept


def copy_book(target: Path) -> None:
    """The open book as it stands at one moment, as a SQLite file of its own. Raises HomeUnreadable."""
    from django.db import connection

    (copy_file if connection.vendor == "sqlite" else server_to_file)(target)


def read(path: Path, expect: tuple[int, str] | None = None) -> Kept:
    """What the backup says of itself, after every digest and every chain in it was computed again.

    `expect` is a head kept aside, of a backup with one bureau. Raises BackupUnusable, also for a chain at fault.
    """
    with tempfile.TemporaryDirectory() as folder:
        return unpack(path, Path(folder), expect)


def unpack(path: Path, folder: Path, expect: tuple[int, str] | None = None) -> Kept:
    """Puts the files of a backup into `folder` and verifies them there, as `read` does. Raises BackupUnusable."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            if manifest["form"] != _FORM:
                raise BackupUnusable("这份备份由更新版本的法正写成，本版本不能用。请先升级程序")
            names = [name for name in archive.namelist() if name != MANIFEST]
            if sorted(names) != sorted(manifest["files"]) or not all(map(_safe, names)):
                raise BackupUnusable("备份里的文件与清单不符：有缺少的或多出来的。请换一份备份")
            for name in names:
                _put(archive, name, folder, manifest["files"][name])
        kept = _told(manifest)
    except FileNotFoundError as fault:
        raise BackupUnusable(f"没有这份备份：{path}。请核对路径") from fault
    except (*_NO_ARCHIVE, ValueError, LookupError, TypeError, AttributeError) as fault:
        raise BackupUnusable("这不是完整的备份：可能没有写完、没有拷完，或已损坏。请换一份备份") from fault
    except OSError as fault:
        raise explained(fault) from fault
    _compare(folder / BOOK, kept, expect)
    return kept


def drop_old(folder: Path, keep: int) -> list[Path]:
    """Removes all but the newest `keep` backups of the folder, by their names; what was removed."""
    found = sorted((path for path in folder.glob(f"{NAME}*.zip") if path.is_file()), key=lambda path: path.stem)
    for path in found[:-keep]:
        path.unlink()
    return found[:-keep]


def _packed(
    home: Path,
    copies: Sequence[tuple[str, Path]],
    beside: Path,
    made_at: str,
    with_keys: bool,
    told: Sequence[tuple[str, bytes]],
) -> Kept:
    chains = chains_of_book(copies[0][1], None, None)
    files: dict[str, list[Any]] = {}
    with beside.open("wb") as raw:
        os.fchmod(raw.fileno(), 0o600) if hasattr(os, "fchmod") else None
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            for name, content in told:
                files[name] = _add(archive, name, BytesIO(content))
            for name, path in [*copies, *_files(home, (*CARRIED, *([KEYS] if with_keys else [])))]:
                with suppress(FileNotFoundError), path.open("rb") as source:  # a file may be erased meanwhile
                    files[name] = _add(archive, name, source)
            manifest = {
                "form": _FORM,
                "made_at": made_at,
                "release": __version__,
                "heads": {code: f"{chain.count}:{chain.last}" for code, chain in sorted(chains.items())},
                "faults": "；".join(f"{code}：{chain.fault[1]}" for code, chain in chains.items() if chain.fault[1]),
                "keys": with_keys,
                "without_keys": (home / KEYS).is_dir() and not with_keys,
                "files": files,
            }
            archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        raw.flush()
        os.fsync(raw.fileno())
    return _told(manifest)


def _files(home: Path, folders: Sequence[str]) -> list[tuple[str, Path]]:
    """The files under these folders of the home, by their names in a backup."""
    found = [path for folder in folders for path in sorted((home / folder).rglob("*"))]
    whole = [path for path in found if path.is_file() and not path.is_symlink() and not path.name.endswith(".part")]
    return [(path.relative_to(home).as_posix(), path) for path in whole]


def _add(archive: zipfile.ZipFile, name: str, source: IO[bytes]) -> list[Any]:
    """Size and digest of the file, as it went into the archive."""
    info = zipfile.ZipInfo(name)  # no time of the clock: the manifest says when
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    with archive.open(info, "w", force_zip64=True) as target:
        return _copied(source, target)


def _copied(source: IO[bytes], target: IO[bytes]) -> list[Any]:
    size, digest = 0, hashlib.sha256()
    while piece := source.read(_PIECE):
        size += len(piece)
        digest.update(piece)
        target.write(piece)
    return [size, digest.hexdigest()]


def _put(archive: zipfile.ZipFile, name: str, folder: Path, expected: list[Any]) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as source, path.open("wb") as target:
        found = _copied(source, target)
    path.chmod(0o600)
    if found != expected:
        raise BackupUnusable(f"备份里的“{name}”与清单的摘要不符，已损坏或被改动。请换一份备份")


def _safe(name: str) -> bool:
    parts = Path(name).parts
    known = name == BOOK or (len(parts) > 1 and parts[0] in (*ABOUT, *CARRIED, KEYS))
    return known and ".." not in parts and "\\" not in name and ":" not in name


def _compare(book: Path, kept: Kept, expect: tuple[int, str] | None) -> None:
    if expect and len(kept.heads) != 1:
        raise BackupUnusable("这份备份有几个单位，另存的链尾只能核对一个单位的备份")
    chains = chains_of_book(book, None, (expect[0], expect[1].lower()) if expect else None)
    for code, chain in chains.items():
        if chain.fault[1]:
            raise BackupUnusable(f"备份里的账本验算有误（{code}）：{chain.fault[1]}。请换一份备份")
    if {code: Head(chain.count, chain.last) for code, chain in chains.items()} != kept.heads:
        raise BackupUnusable("备份里的账本与清单上的链尾不符。请换一份备份")


def _told(manifest: dict[str, Any]) -> Kept:
    split = {code: text.split(":") for code, text in manifest["heads"].items()}
    return Kept(
        made_at=str(manifest["made_at"]),
        release=str(manifest["release"]),
        heads={code: Head(int(seq), digest) for code, (seq, digest) in split.items()},
        files=len(manifest["files"]) - 1,
        keys=bool(manifest["keys"]),
        without_keys=bool(manifest["without_keys"]),
        faults=str(manifest["faults"]),
    )


def _unused(to: Path, made_at: str) -> Path:
    stamp = "".join(sign for sign in made_at[:19] if sign not in "-:")
    names = (f"{NAME}{stamp}{end}.zip" for end in ("", *(f".{n}" for n in range(2, 1000))))
    return next(path for name in names if not (path := to / name).exists())


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    beside = path.with_name(f".{path.name}.part")
    try:
        yield beside
    finally:
        beside.unlink(missing_ok=True)
