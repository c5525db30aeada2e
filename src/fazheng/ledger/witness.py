"""The last head that was seen of each bureau, kept beside the book and not in it.

A book that is put back to an older state, by a swapped file or by a tail of the -wal file that was lost, is whole in
itself. The file `heads.json` of its home then knows more than the book does. It is written after each commit and
never before, so it may lag behind the book and never runs ahead of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from fazheng.ledger.chain import Head
from fazheng.ledger.faults import HomeUnreadable
from fazheng.ledger.read import head
from fazheng.ledger.rows import rows

SEEN = "heads.json"
_SPOILT = f"{SEEN} 已损坏，说不出本机最后见过的链尾。请用另存的链尾核对，核对无误后确认接着用现在的账本"
_ROOM = 512  # the file is filled up with blanks to pieces of this size, that of a sector: it is written as a whole

_FOR_BOTH = os.O_RDWR | getattr(os, "O_BINARY", 0)

_LEFT: dict[str, bytes] = {}  # by path: the file of the home that was written last, as it was left


def seen(home: Path) -> dict[str, Head]:
    """Each bureau's last head that this home has seen; none for a home that never wrote. Raises HomeUnreadable."""
    return _heads(_kept(home))


def note(bureau: str, before: Head, after: Head) -> None:
    """Remembers, in the open home, that the chain went on from `before` to `after`.

    Where the book is not the one that was seen last, what was seen stands. A note that cannot be written is left out:
    what was committed is committed, and the next note makes up for it.
    """
    where = os.environ.get("FAZHENG_HOME", ".")
    try:
        if _overwritten(f"{where}{os.sep}{SEEN}", bureau, before, after):
            return
        home = Path(where)
        kept = _kept(home)
        last = _heads(kept).get(bureau)
        if last is None or _same(last, before) or (last.seq <= before.seq and _digest(bureau, last.seq) == last.digest):
            _write(home, {**kept, "heads": {**kept["heads"], bureau: _text(after)}})
    except (OSError, HomeUnreadable):
        return


def _overwritten(path: str, bureau: str, before: Head, after: Head) -> bool:
    """The short way, some microseconds after each act: the file is as this process left it, and a line of it changes.

    False where anything is otherwise, and then nothing was written.
    """
    known = _LEFT.get(path)
    if known is None:
        return False
    was, now = f'"{bureau}": "{_text(before)}"'.encode(), f'"{bureau}": "{_text(after)}"'.encode()  # as `_spelt` does
    text = known.replace(was, now)
    if len(was) != len(now) or text.count(now) != 1:  # not the head that was left, or one with a digit more
        return False
    opened = os.open(path, _FOR_BOTH)
    try:
        if os.read(opened, len(known) + 1) != known:
            return False
        os.lseek(opened, 0, os.SEEK_SET)
        os.write(opened, text)
        _LEFT[path] = text
        return True
    finally:
        os.close(opened)


def _same(one: Head, other: Head) -> bool:
    return (one.seq, one.digest) == (other.seq, other.digest)


def complaint(home: Path, bureau: str = "") -> str:
    """What is said, in Chinese, where the open book is behind what this home has seen or another one; else "".

    Of one bureau where it is named, else of all.
    """
    try:
        known = seen(home)
    except HomeUnreadable as fault:
        return str(fault)
    said = [_told(code, last) for code, last in sorted(known.items()) if bureau in ("", code)]
    return "\n".join(one for one in said if one)


def accept(home: Path, on: str) -> None:
    """Takes the open book as it stands for the one to go on with; what had been seen is kept in the file, with `on`.

    Raises HomeUnreadable where the file cannot be written.
    """
    try:
        kept = _kept(home)
    except HomeUnreadable:
        kept = {"heads": {}, "accepted": [{"on": on, "seen": "unreadable"}]}
    known = _heads(kept)
    given_up = [
        {"on": on, "bureau": code, "seen": _text(last), "stands": _text(head(code))}
        for code, last in known.items()
        if _told(code, last)
    ]
    heads = {code: _text(head(code)) for code in known}
    try:
        _write(home, {"heads": heads, "accepted": [*kept["accepted"], *given_up]})
    except OSError as fault:
        raise HomeUnreadable(f"{SEEN} 写不进去，没有改动。请检查文件夹的权限和磁盘空间") from fault


def start(home: Path, heads: Mapping[str, Head]) -> None:
    """Remembers these heads and no others: a home that was just restored. Raises OSError."""
    _write(home, {"heads": {code: _text(last) for code, last in heads.items()}, "accepted": []})


def _told(bureau: str, last: Head) -> str:
    found = _digest(bureau, last.seq) if last.seq else last.digest
    if found == last.digest:
        return ""
    now = head(bureau)
    if now.seq < last.seq:
        lost = last.seq - now.seq
        what = f"账本 {bureau} 停在第 {now.seq} 条，本机见过第 {last.seq} 条（摘要 {last.digest}）：少了 {lost} 条"
        why = "可能换上了较旧的文件，或最后的写入没有保住"
    else:
        what = f"账本 {bureau} 的第 {last.seq} 条不是本机见过的那一条（摘要 {last.digest}）"
        why = "可能换上了别的文件，或在较旧的文件上又记了新条目"
    return f"{what}。{why}。请先另存现在的文件，再用备份核对或恢复；要接着用，请确认接着用现在的账本"


def _digest(bureau: str, seq: int) -> str:
    found = rows("SELECT digest FROM ledger_entry WHERE bureau = %s AND seq = %s", [bureau, seq])
    return str(found[0][0]) if found else ""


def _kept(home: Path) -> dict[str, Any]:
    path = home / SEEN
    for attempt in range(3):  # another program may be writing it at this very moment
        try:
            kept = json.loads(path.read_text("utf-8"))
            _heads(kept)
            return {"heads": dict(kept["heads"]), "accepted": list(kept["accepted"])}
        except FileNotFoundError:
            return {"heads": {}, "accepted": []}
        except OSError as fault:
            raise HomeUnreadable(f"{SEEN} 读不出来。请检查文件夹的权限和磁盘") from fault
        except (ValueError, TypeError, KeyError, AttributeError) as fault:
            if attempt == 2:
                raise HomeUnreadable(_SPOILT) from fault
    raise AssertionError("unreachable")


def _heads(kept: dict[str, Any]) -> dict[str, Head]:
    split = ((code, text.split(":")) for code, text in kept["heads"].items())
    return {code: Head(int(seq), digest) for code, (seq, digest) in split}


def _text(last: Head) -> str:
    return f"{last.seq}:{last.digest}"


def _write(home: Path, kept: dict[str, Any]) -> None:
    """Over the file in one piece where it fits, which costs microseconds in every act; else beside it and renamed."""
    path, text = home / SEEN, _spelt(kept)
    with suppress(FileNotFoundError), path.open("r+b", buffering=0) as file:
        if file.seek(0, os.SEEK_END) == len(text):
            file.seek(0)
            file.write(text)
            _left(path, text)
            return
    beside = home / f".{SEEN}.{os.getpid()}.part"
    try:
        beside.write_bytes(text)
        os.replace(beside, path)
        _left(path, text)
    finally:
        beside.unlink(missing_ok=True)


def _spelt(kept: dict[str, Any]) -> bytes:
    text = json.dumps(kept, ensure_ascii=False).encode()
    return text.ljust(-(-len(text) // _ROOM) * _ROOM - 1) + b"\n"


def _left(path: Path, text: bytes) -> None:
    _LEFT.clear()
    _LEFT[str(path)] = text
