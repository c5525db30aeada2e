"""Verification: every digest is computed again from the rows that people read.

All cores read at once (quick.py). Where they have any doubt, the walk in order below reads everything once more and
names the first fault, so that there is one definition of what a fault is and where it lies.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from django.db import DatabaseError, OperationalError, connection

from fazheng.ledger.chain import GENESIS, Break, ChainWalk, Head, SealedEntry, apart_digest
from fazheng.ledger.checkpoints import Checkpoint
from fazheng.ledger.faults import explained
from fazheng.ledger.private_cipher import Unsealable, key_number
from fazheng.ledger.private_keys import PrivateUnreadable, Ring
from fazheng.ledger.quick import READ_ALL, Plan, Whole, whole
from fazheng.ledger.ranges import APART as _APART
from fazheng.ledger.read import entries
from fazheng.ledger.rows import PAGE, chunks, listed, paged, rows


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification found.

    `entries` and `head` are the number of rows and the digest of the last one, as they stand. `first_broken` is the
    first number at fault; None when all holds, or when the fault lies in no entry (`why`, in Chinese, says where).
    `erased` counts the values held apart that are no longer there, which is no fault: all of them, or those that the
    entries name that were read; `sealed` those that could not be opened because their key is not at hand, which is
    none either: their digests stand unproven. `read` says in Chinese what was read; `root` is the Merkle root over all
    entries, "" where a fault was found; `form` that of the book.
    """

    ok: bool
    entries: int
    head: str
    first_broken: int | None
    why: str
    erased: int
    sealed: int = 0
    read: str = field(default="", compare=False)
    root: str = field(default="", compare=False)
    form: int = field(default=1, compare=False)


def verify(
    bureau: str,
    *,
    expect: tuple[int, str] | None = None,
    checkpoints: Sequence[Checkpoint] = (),
    plan: Plan = READ_ALL,
) -> Verification:
    """Recomputes the bureau's chain: order, gaps, versions, digests, the head row, values held apart.

    `expect` is a head kept aside earlier (number, digest), `checkpoints` are such of this bureau: only they show a
    chain that somebody computed anew after a change, or an older book in its place. `plan` may leave out to read anew
    what one of the checkpoints says was read before. New entries may come while this runs.
    Raises HomeUnreadable when the file itself cannot be read, DigestMissing for a digest this Python has not.
    """
    kept = [Head(expect[0], expect[1].lower())] if expect else []
    try:
        try:
            return _verified(bureau, kept, checkpoints, plan)
        except OperationalError as fault:
            if "decode" not in str(fault):
                raise
        connection.connection.text_factory = _tolerant  # SQLite: one text that is no UTF-8 stops a whole page otherwise
        try:
            return _verified(bureau, kept, checkpoints, plan)
        finally:
            connection.connection.text_factory = str
    except DatabaseError as fault:
        raise explained(fault) from fault


def _verified(bureau: str, kept: list[Head], checkpoints: Sequence[Checkpoint], plan: Plan) -> Verification:
    private = _Private(bureau, read_all=not plan.since)
    heads = [Head(one.size, one.head) for one in checkpoints]
    asked = replace(plan, sizes=frozenset(one.size for one in checkpoints))
    found = whole(bureau, asked, private.hold, lambda: not private.stray_fault() + _file_fault())
    if found is None or not _kept_in(bureau, found, [*kept, *heads], checkpoints):
        walked = _walked(bureau, [*kept, *heads])
        if found is None or not walked.ok or all(_rooted(found, one) for one in checkpoints):
            return walked
        return replace(walked, ok=False, why="存证点的树根与账本不符，链尾却相符：存证点的文字可能被改动过")
    why = f"台账完整：共 {found.entries} 条，{'逐条重算摘要无误' if found.read_from == 1 else '所读各条的摘要无误'}"
    why += private.said()
    root = found.roots.get(found.entries, "")
    read = _read(found)
    gone, sealed = len(private.erased), private.sealed
    return Verification(True, found.entries, found.head, None, why, gone, sealed, read, root, found.form)


def _read(found: Whole) -> str:
    if found.read_from == 1:
        return f"全部 {found.entries} 条已逐条重读"
    old, new = found.read_from - 1, found.entries - found.read_from + 1
    return (
        f"以前已核验到第 {old} 条，本次只核验其后 {new} 条；"
        f"以前各条只核对摘要合成的树根，另随机抽 {found.sampled} 条重读。"
        "有人改动以前某条的文字而不动它的摘要，本次不一定发现；全部重读才一定发现"
    )


def _kept_in(bureau: str, found: Whole, kept: Sequence[Head], checkpoints: Sequence[Checkpoint]) -> bool:
    """Whether a chain that holds still has every head and root that was kept aside."""
    for head in kept:
        at = rows("SELECT digest FROM ledger_entry WHERE bureau = %s AND seq = %s", [bureau, head.seq])
        if not at or at[0][0] != head.digest:
            return False
    return all(_rooted(found, one) for one in checkpoints)


def _rooted(found: Whole, checkpoint: Checkpoint) -> bool:
    return checkpoint.form == found.form and found.roots.get(checkpoint.size) == checkpoint.root


def _walked(bureau: str, kept: Sequence[Head]) -> Verification:
    """What the walk in order finds: the whole verification once more, one entry after the other."""
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
    why = f"台账完整：共 {walk.seq} 条，逐条重算摘要无误{private.said()}"
    read = f"全部 {walk.seq} 条已逐条重读"
    erased, sealed = len(private.erased), private.sealed
    return Verification(True, walk.seq, walk.digest, None, why, erased, sealed, read, form=walk.form)


class _Private:
    """The values held apart of one bureau: which of them no longer give their digest, and which are gone."""

    def __init__(self, bureau: str, *, read_all: bool = True) -> None:
        self._bureau = bureau
        self._read_all = read_all
        self._changed: set[object] = set()
        self.erased: set[str] = set()
        self.sealed = 0
        self._ring, self._shut = Ring(bureau), set[int]()
        if not read_all:
            return
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

    def hold(self, named: set[str]) -> bool:
        """Whether none of these values was changed; those that are gone are added to `erased`."""
        for some in chunks(sorted(named)):
            sql = f"FROM ledger_private_value WHERE bureau = %s AND digest IN ({listed(len(some))})"
            kept = rows(f"SELECT digest, salt, value {sql}", [self._bureau, *some])
            self.erased |= set(some) - {row[0] for row in kept}
            if not self._read_all and any(self._given(*row) != row[0] for row in kept):
                return False
        return not named & self._changed

    def said(self) -> str:
        """How many are gone and how many were not opened, for the end of a sentence; "" for none of either."""
        gone = f"；另存的内容已清除 {len(self.erased)} 处" if self.erased else ""
        return gone + (f"；另存的内容有 {self.sealed} 处已加密，没有钥匙，没有打开核对" if self.sealed else "")

    def stray_fault(self) -> str:
        """What is said of a changed value that no entry names; "" when there is none."""
        return "另存的内容有一处与自己的摘要不符，且没有条目提到它" if self._changed else ""


def _chain_fault(bureau: str, walk: ChainWalk, private: _Private, kept: Sequence[Head]) -> Break | None:
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


def _entry_fault(bureau: str, walk: ChainWalk, private: _Private, kept: Sequence[Head]) -> Break | None:
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


def _against(kept: Sequence[Head], page: Sequence[SealedEntry]) -> Iterator[Break]:
    there = {entry.seq: entry.digest for entry in page} if kept else {}
    for head in kept:
        if there.get(head.seq, head.digest) != head.digest:
            yield Break(head.seq, f"第 {head.seq} 条的摘要与此前另存的不同：台账在那以后被改动并重算过")


def _end_fault(walk: ChainWalk, head: Head, kept: Sequence[Head]) -> Break | None:
    if head.seq > walk.seq:
        return Break(walk.seq + 1, f"第 {walk.seq + 1} 条起缺失：链头记录说共有 {head.seq} 条，实有 {walk.seq} 条")
    if head.digest != walk.digest:
        return Break(walk.seq or 1, f"链头记录的摘要与第 {walk.seq} 条不符")
    for one in kept:
        if one.seq > walk.seq:
            return Break(walk.seq + 1, f"第 {walk.seq + 1} 条起缺失：此前另存的链头是第 {one.seq} 条")
        if one.seq < 1 and one.digest != GENESIS:
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
