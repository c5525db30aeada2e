"""Verification: every digest is computed again from the rows that people read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import DatabaseError, OperationalError, connection

from fazheng.ledger.chain import GENESIS, Break, ChainWalk, Head, SealedEntry, apart_digest
from fazheng.ledger.faults import explained
from fazheng.ledger.private_cipher import Unsealable, key_number
from fazheng.ledger.private_keys import PrivateUnreadable, Ring
from fazheng.ledger.read import entries
from fazheng.ledger.rows import PAGE, chunks, listed, paged, rows

# Exact on canonical JSON: inside a text every quote is escaped, so this can only be an object of that one key.
_APART = re.compile(r'\{"apart":"([^"\\]+)"\}')


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification found.

    `entries` and `head` are the number of rows and the digest of the last one, as they stand. `first_broken` is the
    first number at fault; None when all holds, or when the fault lies in no entry (`why`, in Chinese, says where).
    `erased` counts the values held apart that are no longer there, which is no fault; `sealed` those that could not be
    opened because their key is not at hand, which is none either: their digests stand unproven.
    """

    ok: bool
    entries: int
    head: str
    first_broken: int | None
    why: str
    erased: int
    sealed: int = 0


def verify(bureau: str, *, expect: tuple[int, str] | None = None) -> Verification:
    """Recomputes the bureau's chain: order, gaps, versions, digests, the head row, values held apart.

    `expect` is a head kept aside earlier (number, digest): only it shows a chain that somebody computed anew after a
    change. New entries may come while this runs. Raises HomeUnreadable when the file itself cannot be read.
    """
    kept = Head(expect[0], expect[1].lower()) if expect else None
    try:
        try:
            return _verified(bureau, kept)
        except OperationalError as fault:
            if "decode" not in str(fault):
                raise
        connection.connection.text_factory = _tolerant  # SQLite: one text that is no UTF-8 stops a whole page otherwise
        try:
            return _verified(bureau, kept)
        finally:
            connection.connection.text_factory = str
    except DatabaseError as fault:
        raise explained(fault) from fault


def _verified(bureau: str, kept: Head | None) -> Verification:
    private = _Private(bureau)
    walk = ChainWalk()
    fault = _chain_fault(bureau, walk, private, kept) or _repeated(bureau, walk.seq)
    why = fault.why if fault else private.stray_fault() or _file_fault()
    if why:
        count = rows("SELECT count(*) FROM ledger_entry WHERE bureau = %s", [bureau])[0][0]
        last = rows("SELECT digest FROM ledger_entry WHERE bureau = %s ORDER BY seq DESC LIMIT 1", [bureau])
        digest = str(last[0][0]) if last else GENESIS
        return Verification(
            False, count, digest, fault.seq if fault else None, why, len(private.erased), private.sealed
        )
    why = f"台账完整：共 {walk.seq} 条，逐条重算摘要无误"
    if private.erased:
        why += f"；另存的内容已清除 {len(private.erased)} 处"
    if private.sealed:
        why += f"；另存的内容有 {private.sealed} 处已加密，没有钥匙，没有打开核对"
    return Verification(True, walk.seq, walk.digest, None, why, len(private.erased), private.sealed)


class _Private:
    """The values held apart of one bureau: which of them no longer give their digest, and which are gone."""

    def __init__(self, bureau: str) -> None:
        self._bureau = bureau
        self._changed: set[object] = set()
        self.erased: set[str] = set()
        self.sealed = 0
        self._ring, self._shut = Ring(bureau), set[int]()
        columns = ("digest", "salt", "value")
        for digest, salt, value in paged("ledger_private_value", columns, bureau, ["digest"], None):
            found = self._given(digest, salt, value)
            if found != digest:
                self._changed |= {digest, found}  # the row is at fault for the entry it names and the one it was for

    def _given(self, digest: str, salt: object, value: object) -> str:
        """The digest that a row gives; its own where it is sealed and the key is not at hand."""
        number = key_number(salt, value)
        if number is None:
            return _recomputed(salt, value)
        try:
            if number not in self._shut:
                one = self._ring.value(digest, str(salt), str(value))
                return _recomputed(one.salt, one.value)
        except PrivateUnreadable:
            self._shut.add(number)
        except Unsealable:
            return ""
        self.sealed += 1
        return digest

    def faults(self, page: Sequence[SealedEntry]) -> Iterator[Break]:
        """The entries of this page that name a changed value; those that are gone are added to `erased`."""
        named = {entry.seq: set(_APART.findall(entry.data)) for entry in page if '"apart"' in entry.data}
        for some in chunks(sorted(set().union(*named.values()))):
            sql = f"SELECT digest FROM ledger_private_value WHERE bureau = %s AND digest IN ({listed(len(some))})"
            self.erased |= set(some) - {row[0] for row in rows(sql, [self._bureau, *some])}
        for seq, apart in named.items():
            if apart & self._changed:
                yield Break(seq, f"第 {seq} 条另存的内容与登记时的摘要不符，已被改动")

    def stray_fault(self) -> str:
        """What is said of a changed value that no entry names; "" when there is none."""
        return "另存的内容有一处与自己的摘要不符，且没有条目提到它" if self._changed else ""


def _chain_fault(bureau: str, walk: ChainWalk, private: _Private, kept: Head | None) -> Break | None:
    """The first fault of entries or head row. The head is read before the entries it must have: others may write."""
    before: Head | None = None
    while True:
        head = _head_row(bureau)
        if before is not None and head == before:
            return Break(before.seq + 1, f"台账有 {walk.seq} 条，链头记录只到第 {before.seq} 条")
        fault = _entry_fault(bureau, walk, private, kept)
        if fault is not None:
            return fault
        if head is None:
            return Break(walk.seq + 1, f"台账里没有机关 {bureau} 的链头记录")
        if head.seq >= walk.seq:
            return _end_fault(walk, head, kept)
        before = head


def _entry_fault(bureau: str, walk: ChainWalk, private: _Private, kept: Head | None) -> Break | None:
    stream = entries(bureau, after=walk.seq or None)
    while page := list(islice(stream, PAGE)):
        held, fault = [], None
        for entry in page:
            fault = walk.step(entry)
            if fault is not None:
                break
            held.append(entry)
        faults = [*private.faults(held), *_against(kept, held), *([fault] if fault else [])]
        if faults:
            return min(faults, key=lambda each: each.seq)
    return None


def _against(kept: Head | None, page: Sequence[SealedEntry]) -> Iterator[Break]:
    if kept is not None:
        for entry in page:
            if entry.seq == kept.seq and entry.digest != kept.digest:
                yield Break(kept.seq, f"第 {kept.seq} 条的摘要与此前另存的不同：台账在那以后被改动并重算过")


def _end_fault(walk: ChainWalk, head: Head, kept: Head | None) -> Break | None:
    if head.seq > walk.seq:
        return Break(walk.seq + 1, f"第 {walk.seq + 1} 条起缺失：链头记录说共有 {head.seq} 条，实有 {walk.seq} 条")
    if head.digest != walk.digest:
        return Break(walk.seq or 1, f"链头记录的摘要与第 {walk.seq} 条不符")
    if kept is not None and kept.seq > walk.seq:
        return Break(walk.seq + 1, f"第 {walk.seq + 1} 条起缺失：此前另存的链头是第 {kept.seq} 条")
    if kept is not None and kept.seq < 1 and kept.digest != GENESIS:
        return Break(1, "给出的链头序号不对：台账从第 1 条开始")
    return None


def _head_row(bureau: str) -> Head | None:
    found = rows("SELECT seq, digest FROM ledger_chain_head WHERE bureau = %s", [bureau])
    return Head(*found[0]) if found and isinstance(found[0][0], int) else None


def _repeated(bureau: str, last: int) -> Break | None:
    """A number that stands twice where the key was taken off the table; pages by number would step over it."""
    sql = "FROM ledger_entry WHERE bureau = %s AND seq <= %s"
    if rows(f"SELECT count(*) {sql}", [bureau, last])[0][0] == last:
        return None
    twice = rows(f"SELECT min(seq) {sql} GROUP BY seq HAVING count(*) > 1 ORDER BY 1", [bureau, last])
    return Break(twice[0][0] + 1, f"第 {twice[0][0]} 条有重复")


def _file_fault() -> str:
    """What SQLite itself finds wrong: a row that was changed past its index would be read from the index."""
    if connection.vendor == "sqlite":
        for table in ("ledger_entry", "ledger_private_value", "ledger_chain_head"):
            if rows(f"PRAGMA integrity_check({table})", [])[0][0] != "ok":
                return "账本文件的内部结构不一致，可能被直接改写过。请另存一份原件，再用备份恢复"
    return ""


def _recomputed(salt: object, value: object) -> str:
    """The digest that a stored value gives; "" where salt or value is not what append writes."""
    try:
        plain = bytes.fromhex(str(salt))
        return apart_digest(plain, value) if isinstance(value, str) and plain.hex() == salt else ""
    except ValueError:
        return ""


def _tolerant(text: bytes) -> str:
    return text.decode("utf-8", "surrogateescape")
