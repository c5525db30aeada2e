"""Attachments of cases: the entry holds digest, size and media type; the file's name and its key are held apart."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import BinaryIO

from fazheng.casework import clock
from fazheng.casework.act import Act
from fazheng.casework.bureaux import Bureau
from fazheng.casework.leaving import beside, move, write
from fazheng.casework.looking import look_at
from fazheng.casework.on_paper import SHEET
from fazheng.casework.sealing import stranger
from fazheng.casework.sent import left_by
from fazheng.casework.writing import Writing, writing
from fazheng.ledger.attachments import (
    UNFINISHED,
    AttachmentFault,
    TakenIn,
    content,
    files,
    place,
    settle,
    take_in,
)
from fazheng.ledger.models import Attachment, Entry
from fazheng.ledger.private_cipher import AES, KEY_BYTES
from fazheng.ledger.private_keys import Ring
from fazheng.ledger.read import private_values
from fazheng.ledger.signed import CASE as REPORT
from fazheng.procedure.refusals import not_yet
from fazheng.procedure.surroundings import Refusal

ATTACHED = "attached"
_NO_CASE = re.compile(f"{REPORT}:[0-9]{{4}}|{SHEET}:.+")  # a year's report and a signed sheet have papers, too
_A_DAY = timedelta(days=1)  # an unfinished file this old belongs to nobody who still works


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of all attachments found: how many hold, those that do not and why, how many were erased."""

    sound: int
    faults: tuple[str, ...]
    erased: int


def attach(
    bureau: Bureau, case_id: str, source: Path | BinaryIO, by: Act, *, name: str = "", today: date | None = None
) -> tuple[tuple[Refusal, ...], TakenIn | None, bool]:
    """Attaches a file to a case: refusals, or what was taken in and whether its content was there already.

    A year's report (`report:2025`) and a signed sheet (`sheet_of`) take files like a case. `name`: what the file is
    called, where `source` is no path. The file is read and sealed before the book is held, so nobody waits for it. A
    form sent twice (the `source` of `by`) attaches it once. Raises CaseUnknown, AttachmentFault, PrivateUnreadable.
    """
    with writing(bureau, today=today) as act:  # nothing is read for what will be refused
        if found := _against(act, case_id, by):
            return found, None, False
    cipher = Ring(bureau.code).cipher or AES
    key = clock.chance(KEY_BYTES[cipher])
    taken = take_in(source, bureau.code, clock.chance(8).hex(), cipher, key)
    try:
        with writing(bureau, today=today) as act:
            if found := _against(act, case_id, by):
                return found, None, False
            if left_by(bureau.code, by.source):  # the form was sent twice, and the other sending was faster
                return (), taken, True
            standing = _sound_key(bureau.code, taken.digest, taken.size)
            if standing is None:
                settle(taken, bureau.code)
            called = (name or Path(str(source.name)).name).encode("utf-8", "replace").decode("utf-8")
            data = {
                "digest": taken.digest, "size": taken.size, "media": taken.media, "name": act.apart.hold(called),
                "key": act.apart.hold((standing or key).hex()),
            }  # fmt: skip
            act.record(case_id, ATTACHED, by, data)
        return (), taken, standing is not None
    finally:
        taken.path.unlink(missing_ok=True)


def _against(act: Writing, case_id: str, by: Act) -> tuple[Refusal, ...]:
    if not _NO_CASE.fullmatch(case_id):
        act.case(case_id)
    found = list(stranger(act, by.by))
    found += not_yet(by.on, act.today)
    return tuple(found)


def _keys(bureau: str, digest: str) -> list[tuple[bytes, int]]:
    """The keys under which that content may stand, the newest first, each with its size; none once all are erased."""
    rows = Attachment.objects.filter(bureau=bureau, digest=digest).order_by("-seq").values_list("key", "size")
    held = private_values(bureau, [key for key, _ in rows])
    return list(dict.fromkeys((bytes.fromhex(held[key]), size) for key, size in rows if key in held))


def _read(bureau: str, digest: str) -> Iterator[bytes]:
    """The content under the first key that opens it. Raises AttachmentFault."""
    keys = _keys(bureau, digest)
    if not keys:
        known = Attachment.objects.filter(bureau=bureau, digest=digest).exists()
        raise AttachmentFault(f"附件 {digest[:12]}… 保存期满，已经清除" if known else "没有这个附件；请核对附件的摘要")
    for key, size in keys[:-1]:
        pieces = content(bureau, digest, size, key)
        try:
            first = next(pieces, b"")
        except AttachmentFault:
            continue
        yield first
        yield from pieces
        return
    yield from content(bureau, digest, keys[-1][1], keys[-1][0])


def _sound_key(bureau: str, digest: str, size: int) -> bytes | None:
    """The key of content that stands already and is whole; None where it must be kept (again)."""
    for key, _ in _keys(bureau, digest):
        with contextlib.suppress(AttachmentFault):
            for _ in content(bureau, digest, size, key):
                pass
            return key
    return None


def give_out(bureau: Bureau, digest: str, to: Path, by: Act, reason: str) -> tuple[tuple[Refusal, ...], int]:
    """Logs the look, then writes the content into a new file; refusals, and how many bytes.

    The file appears whole and checked, or not at all. Raises AttachmentFault, PrivateUnreadable.
    """
    place(bureau.code, digest)
    try:
        waiting = beside(to)
    except FileExistsError as fault:
        raise AttachmentFault(str(fault)) from fault
    row = Attachment.objects.filter(bureau=bureau.code, digest=digest).order_by("seq").last()
    if row is None:
        raise AttachmentFault("没有这个附件；请核对附件的摘要")
    with writing(bureau) as act:
        if found := look_at(act, row.case_id, ["附件"], [digest], by, reason):
            return found, 0
    try:
        size = write(waiting, _read(bureau.code, digest))
        move(waiting, to)
    except OSError as fault:
        raise AttachmentFault(f"附件没有写出：{fault.strerror}。请检查文件夹、权限和磁盘") from fault
    finally:
        waiting.unlink(missing_ok=True)
    return (), size


def looked_out(
    bureau: Bureau, case_id: str, digest: str, by: Act, reason: str, *, today: date | None = None
) -> tuple[tuple[Refusal, ...], Iterator[bytes], str]:
    """Logs the look, then the content of an attachment of the case, read to its last byte and found whole before the
    first is given; its media type. Refusals: nothing is given. Raises AttachmentFault, PrivateUnreadable.
    """
    place(bureau.code, digest)
    row = Attachment.objects.filter(bureau=bureau.code, digest=digest, case_id=case_id).order_by("seq").last()
    if row is None:
        raise AttachmentFault("本案没有这个附件")
    with writing(bureau, today=today) as act:
        if found := look_at(act, case_id, ["附件"], [digest], by, reason):
            return found, iter(()), ""
    for _ in _read(bureau.code, digest):
        pass
    return (), _read(bureau.code, digest), row.media


def check(bureau: str) -> Checked:
    """Reads every attachment to its last byte."""
    sound, erased, faults = 0, 0, []
    for digest in sorted(set(Attachment.objects.filter(bureau=bureau).values_list("digest", flat=True))):
        if not _keys(bureau, digest):
            erased += 1
            continue
        try:
            for _ in _read(bureau, digest):
                pass
            sound += 1
        except AttachmentFault as fault:
            faults.append(str(fault))
    return Checked(sound, tuple(faults), erased)


def sweep(bureau: Bureau, *, remove: bool) -> list[Path]:
    """Files that no entry counts: left by an attaching that was cut short, or whose key was erased.

    They are removed only where `remove` says so. What is unfinished and not a day old may still be at work: it stays.
    """
    with writing(bureau):  # nobody gives a file its place meanwhile
        rows = Attachment.objects.filter(bureau=bureau.code).values_list("digest", "key")
        there = set(_existing(bureau.code, [key for _, key in rows]))
        counted = {digest for digest, key in rows if key in there}
        stray = [path for path in files(bureau.code) if path.name not in counted and not _at_work(path)]
        for path in stray if remove else ():
            path.unlink(missing_ok=True)
    return stray


def _existing(bureau: str, digests: list[str]) -> Iterator[str]:
    from fazheng.ledger.models import PrivateValue

    for start in range(0, len(digests), 500):
        some = digests[start : start + 500]
        yield from PrivateValue.objects.filter(bureau=bureau, digest__in=some).values_list("digest", flat=True)


def _at_work(path: Path) -> bool:
    if not path.name.startswith(UNFINISHED):
        return False
    return clock.now().timestamp() - path.stat().st_mtime < _A_DAY.total_seconds()


def attachments(bureau: str, case_id: str = "") -> list[dict[str, object]]:
    """The attachments of the bureau, of one case where named, in the order of entries; no name among them."""
    rows = Attachment.objects.filter(bureau=bureau, **({"case_id": case_id} if case_id else {})).order_by("seq")
    there = set(_existing(bureau, [row.key for row in rows]))
    days = dict(
        Entry.objects.filter(bureau=bureau, seq__in=[row.seq for row in rows]).values_list("seq", "happened_on")
    )
    return [
        {
            "case": row.case_id,
            "digest": row.digest,
            "size": row.size,
            "media": row.media,
            "on": days[row.seq],
            "erased": row.key not in there,
        }
        for row in rows
    ]


def unsound(bureau: str, digests: Sequence[str]) -> list[str]:
    """Of these contents the ones that do not hold to their last byte, once each."""
    found = []
    for digest in dict.fromkeys(digests):
        try:
            for _ in _read(bureau, digest):
                pass
        except AttachmentFault:
            found.append(digest)
    return found
