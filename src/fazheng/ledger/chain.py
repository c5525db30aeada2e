"""The chain: the bytes of an entry, the digest over them, and a walk that finds the first entry at fault. No database.

An entry is hashed over one JSON list, [1, bureau, seq, case_id, … , prev], in the form that `canonical_json` writes.
The leading number is that of the form and names the digest: 1 is SHA-256, 2 is SM3 (GB/T 32905). A bureau's first entry
says which one its book keeps to: `"digest":"sm3"` among its data is form 2, nothing is form 1.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from fazheng.frozen import record
from fazheng.ledger.faults import HomeUnreadable

FORMAT = 1
FORMS = {1: "sha256", 2: "sm3"}  # the number of the form → the digest over it
GENESIS = "0" * 64  # what stands as `prev` of a bureau's first entry

_PLAIN = frozenset({str, int, bool, type(None)})
_KEYS = frozenset({str})
_write = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


class NotCanonical(ValueError):
    """A value that may not stand in the book; the message says which, in Chinese."""


class DigestMissing(HomeUnreadable):
    """The book keeps to a digest that this Python cannot compute."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"这台电脑的 Python 不带 {name.upper()} 算法（它来自 OpenSSL 1.1.1 以上）。"
            "请换用带这个算法的 Python；建新账本也可用 sha256"
        )


@record(frozen=True, slots=True)
class DraftEntry:
    """What casework knows of an entry before it has a place in the chain. `data`, `defects`, `warnings` are texts."""

    bureau: str
    case_id: str
    event: str
    data: str
    by: str
    entered_by: str
    acting_as: str
    happened_on: str
    recorded_at: str
    source: str = ""
    defects: str = "[]"
    warnings: str = "[]"


class SealedEntry(NamedTuple):
    """A row of ledger_entry; the fields stand in the order of the columns, which is that of the bytes."""

    bureau: str
    seq: int
    case_id: str
    version: int
    event: str
    data: str
    defects: str
    warnings: str
    by: str
    entered_by: str
    acting_as: str
    happened_on: str
    recorded_at: str
    source: str
    prev: str
    digest: str


COLUMNS = SealedEntry._fields


@record(frozen=True, slots=True)
class Head:
    """The end of a bureau's chain: the number and digest of its last entry; (0, GENESIS) before the first.

    `form` is that of the bureau's entries; None where nobody asked.
    """

    seq: int
    digest: str
    form: int | None = None


@dataclass(frozen=True, slots=True)
class ApartValue:
    """A value held apart: the digest that stands in the entry, the salt (hex of 16 bytes) and the value itself."""

    digest: str
    salt: str
    value: str


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain stops holding: the first number at fault, and why, in Chinese."""

    seq: int
    why: str


def canonical_json(value: object) -> str:
    """The one JSON text of `value`: keys sorted, no spaces, Chinese as it is.

    Raises NotCanonical for a float, a key that is not text, half a character, or anything JSON does not know.
    """
    if not value and value in ({}, []):  # what most columns of most entries hold
        return "{}" if value == {} else "[]"
    _refuse_unfit(value)
    text = _write(value)
    _utf8(text)
    return text


def canonical(entry: SealedEntry, form: int = FORMAT) -> bytes:
    """The bytes that `entry.digest` must be the digest of; the digest itself is not among them."""
    return _utf8(_write([form, *entry[:-1]]))


def digest(content: bytes, form: int = FORMAT) -> str:
    """The digest of canonical bytes in hex: SHA-256, or that of another form. Raises DigestMissing."""
    return hashlib.sha256(content).hexdigest() if form == FORMAT else hash_of(form)(content).hex()


@cache
def hash_of(form: int) -> Callable[[bytes], bytes]:
    """The digest of that form as a function from bytes to bytes. Raises DigestMissing where this Python lacks it."""
    if form == FORMAT:
        return lambda content: hashlib.sha256(content).digest()
    try:
        begun = hashlib.new(FORMS[form])
    except ValueError:
        raise DigestMissing(FORMS[form]) from None

    def hashed(content: bytes) -> bytes:
        one = begun.copy()  # OpenSSL looks a digest up by its name each time it is asked for a new one
        one.update(content)
        return one.digest()

    return hashed


def form_of(data: str | None) -> int:
    """The form of a bureau's entries, told by the data of its first one; 1 where that says nothing of it."""
    # in canonical JSON every quote inside a text is escaped: this can only be a key with that value
    return 2 if isinstance(data, str) and f'"digest":"{FORMS[2]}"' in data else FORMAT


def seal(draft: DraftEntry, seq: int, version: int, prev: str, form: int = FORMAT) -> SealedEntry:
    """The entry that `draft` becomes as number `seq` of its bureau, `version` of its case, after the entry `prev`.

    Raises NotCanonical for half a character, which no UTF-8 can hold; DigestMissing.
    """
    body = (
        draft.bureau,
        seq,
        draft.case_id,
        version,
        draft.event,
        draft.data,
        draft.defects,
        draft.warnings,
        draft.by,
        draft.entered_by,
        draft.acting_as,
        draft.happened_on,
        draft.recorded_at,
        draft.source,
        prev,
    )
    return SealedEntry(*body, digest(_utf8(_write([form, *body])), form))


def apart_digest(salt: bytes, value: str) -> str:
    """The digest that stands in an entry for a value held apart: SHA-256 of the salt and the UTF-8 value, in hex."""
    return digest(salt + _utf8(value))


class ChainWalk:
    """Follows one bureau's entries in order; `seq` and `digest` are those of the last entry that held."""

    def __init__(self) -> None:
        self.seq = 0
        self.digest = GENESIS
        self.form = FORMAT
        self._versions: dict[str, int] = {}

    def step(self, entry: SealedEntry) -> Break | None:
        """None when `entry` is the next link; else what is wrong, and the walk stays where it was."""
        due = self.seq + 1
        if entry.seq != due:
            return Break(due, f"第 {due} 条缺失或序号被改（此处读到的序号是 {entry.seq}）")
        if entry.prev != self.digest:
            return Break(due, f"第 {due} 条与上一条接不上：所记的上一条摘要不符")
        if due == 1:
            self.form = form_of(entry.data)
        try:
            found = digest(canonical(entry, self.form), self.form)
        except (TypeError, ValueError):  # a number, bytes or broken UTF-8 where text belongs
            return Break(due, f"第 {due} 条含有无法识别的内容，已被改动")
        if found != entry.digest:
            return Break(due, f"第 {due} 条的内容与摘要不符，已被改动")
        version = self._versions.get(entry.case_id, 0) + 1
        if entry.version != version:
            return Break(due, f"第 {due} 条的办案版本号应为 {version}，实为 {entry.version}")
        self._versions[entry.case_id] = version
        self.seq, self.digest = due, found
        return None


def first_break(entries: Iterable[SealedEntry]) -> Break | None:
    """The first fault in one bureau's entries, which come in order from number 1; None when every link holds."""
    walk = ChainWalk()
    for entry in entries:
        fault = walk.step(entry)
        if fault is not None:
            return fault
    return None


def _utf8(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as fault:
        broken = f"U+{ord(text[fault.start]):04X}"
        raise NotCanonical(f"文字里有残缺的字符（{broken}），不能入账；请重新输入") from None


def is_plain(value: Mapping[str, object]) -> bool:
    """Whether the table holds nothing but texts, whole numbers, yes and no: then its keys in order are what its
    canonical text says when it is read again.
    """
    return _PLAIN.issuperset(map(type, value.values())) and _KEYS.issuperset(map(type, value))


def _refuse_unfit(value: object) -> None:
    if type(value) is dict and is_plain(value):
        return
    if value is None or isinstance(value, str | int):
        return
    if isinstance(value, float):
        raise NotCanonical(f"账本不存小数：{value!r}；金额请用整数分")
    if isinstance(value, list | tuple):
        if _PLAIN.issuperset(map(type, value)):
            return
        for item in value:
            _refuse_unfit(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"账本里的键必须是文字：{key!r}")
            _refuse_unfit(item)
    else:
        raise NotCanonical(f"账本不能存这种内容：{type(value).__name__}")
