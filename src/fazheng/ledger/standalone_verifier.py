"""Checks a Fazheng ledger with nothing but Python 3.8+: python standalone_verifier.py BOOK.sqlite3 [--bureau CODE]

法正台账独立核验：只用 Python 标准库，不依赖法正程序，只读不写；也可核验 .jsonl（一行一个条目，键即列名）。
  --bureau CODE 只核验一个机关    --expect SEQ:DIGEST 与此前另存的链头核对    --format json 输出 JSON
  退出码：0 完整，1 有改动或缺失，2 读不了
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ZEROS = "0" * 64
COLUMNS = ("bureau", "seq", "case_id", "version", "event", "data", "defects", "warnings", "by", "entered_by",
           "acting_as", "happened_on", "recorded_at", "source", "prev", "digest")  # fmt: skip
APART = re.compile(r'\{"apart":"([^"\\]+)"\}')
SEALED = re.compile(r"fz1\.[0-9]+\.[A-Za-z0-9+/]+=*")  # a value under a key: it is there, and is not opened here


class Unreadable(Exception):
    """Nothing can be said about the content of this file; the message is for the person who asked."""


class Chain:
    """One bureau's entries, taken in order; `fault`: the number at fault, if one is, and a sentence, or ""."""

    def __init__(self, private: dict[str, str] | None, expect: tuple[int, str] | None, sealed: int = 0) -> None:
        self.sealed, self.count, self.form, self.last, self.digest = sealed, 0, 1, ZEROS, ZEROS
        self.expect = expect or (0, ZEROS)
        self.fault: tuple[int | None, str] = (None, "")
        self.versions: dict[object, int] = {}
        self.erased: set[str] = set()
        self.private = private  # {digest that stands in the row: digest that its value gives}; None: not at hand
        self.changed = {key for pair in (private or {}).items() if pair[0] != pair[1] for key in pair}

    def take(self, entry: Any) -> None:
        self.count, self.last = self.count + 1, str(entry["digest"])
        if not self.fault[1] and (wrong := self.wrong_with(entry)):
            self.fault = (self.count, f"第 {self.count} 条{wrong}")

    def wrong_with(self, entry: Any) -> str:
        if entry["seq"] != self.count:
            return "缺失，或序号被改"
        if entry["prev"] != self.digest:
            return "与上一条接不上"
        self.form = 2 if self.count == 1 and '"digest":"sm3"' in str(entry["data"]) else self.form
        if recomputed(entry, self.form) != entry["digest"]:
            return "的内容与摘要不符，已被改动"
        due = self.versions[entry["case_id"]] = self.versions.get(entry["case_id"], 0) + 1
        if entry["version"] != due:
            return "的办案版本号不连续"
        self.digest, apart = entry["digest"], set(APART.findall(entry["data"]))
        self.erased |= {digest for digest in apart if self.private is not None and digest not in self.private}
        if apart & self.changed:
            return "另存的内容与登记时的摘要不符，已被改动"
        kept = self.expect[0] != self.count or self.expect[1] == self.digest
        return "" if kept else "的摘要与此前另存的不同：台账在那以后被改动并重算过"

    def end(self, head: Any) -> None:
        after = self.count + 1  # `head`: (number, digest) of the head row; None where it is missing
        if self.fault[1]:
            return
        if head is None or not isinstance(head[0], int):
            self.fault = (after, "没有这个机关的链头记录")
        elif head[0] < self.count:
            self.fault = (head[0] + 1, f"实有 {self.count} 条，链头记录只到第 {head[0]} 条")
        elif head[0] == self.count and head[1] != self.digest:
            self.fault = (self.count or 1, "链头记录的摘要与末条不符")
        elif max(head[0], self.expect[0]) > self.count:
            self.fault = (after, f"第 {after} 条起缺失：链头记录或此前另存的链头说后面还有")
        elif self.changed:
            self.fault = (None, "另存的内容有一处与自己的摘要不符，且没有条目提到它")

    def as_json(self) -> dict[str, object]:
        return {"ok": not self.fault[1], "entries": self.count, "head": self.last, "first_broken": self.fault[0]}

    def sentence(self, whose: str = "") -> str:
        if self.fault[1]:
            return f"{whose and whose + '：'}核验不通过：{self.fault[1]}"
        told = ("已清除 {} 处", len(self.erased)), ("有 {} 处已加密，没有打开核对", self.sealed)
        apart = "".join("；另存的内容" + said.format(number) for said, number in told if number)
        return f"{whose and whose + '：'}核验通过：共 {self.count} 条，逐条重算摘要无误{apart}。末条摘要 {self.last}"


def recomputed(entry: Any, form: int) -> str:
    if not all(isinstance(entry[name], int if name in ("seq", "version") else str) for name in COLUMNS):
        return ""
    text = json.dumps([form, *map(entry.__getitem__, COLUMNS[:-1])], ensure_ascii=False, separators=(",", ":"))
    try:
        return hashlib.new(("sha256", "sm3")[form - 1], text.encode("utf-8", "surrogatepass")).hexdigest()
    except ValueError as fault:
        raise Unreadable("账本用 SM3 摘要，这台电脑的 Python 不带 SM3。请换用带 OpenSSL 1.1.1 以上的 Python") from fault


def apart_digest(salt: Any, value: Any) -> str:
    with contextlib.suppress(TypeError, ValueError, AttributeError):
        plain = bytes.fromhex(salt)
        return hashlib.sha256(plain + value.encode("utf-8")).hexdigest() if plain.hex() == salt else ""
    return ""


def still(path: Path) -> tuple[int, int, bytes]:
    """What stays the same while nobody moves pages between the book and its -wal file; that file may grow."""
    now, wal = path.stat(), Path(f"{path}-wal")
    return now.st_mtime_ns, now.st_size, wal.read_bytes()[:32] if wal.exists() else b""


@contextlib.contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The book, read only. With a -wal file beside it a copy of both is read, since SQLite would write next to them."""
    before = still(path)
    beside = [Path(f"{path}{end}") for end in ("-wal", "-journal") if Path(f"{path}{end}").exists()]
    with tempfile.TemporaryDirectory() as folder:
        if beside:
            for file in [path, *beside]:
                shutil.copyfile(str(file), str(Path(folder, file.name)))
            book = sqlite3.connect(str(Path(folder, path.name)))
        else:
            book = sqlite3.connect(path.resolve().as_uri() + "?mode=ro&immutable=1", uri=True)
        book.row_factory = sqlite3.Row
        book.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
        with contextlib.closing(book):
            yield book
        if still(path) != before:
            raise Unreadable("核验时账本正被写入，结果不作数。请再运行一次")


def chains_of_book(path: Path, bureau: str | None, expect: tuple[int, str] | None) -> dict[str, Chain]:
    chains: dict[str, Chain] = {}
    with opened(path) as book:
        named = book.execute("SELECT bureau FROM ledger_chain_head UNION SELECT bureau FROM ledger_entry").fetchall()
        for code in [bureau] if bureau else [row[0] for row in named]:
            kept = [*book.execute("SELECT digest, salt, value FROM ledger_private_value WHERE bureau = ?", (code,))]
            sealed = {row[0]: row[0] for row in kept if row[1] == "" and SEALED.fullmatch(str(row[2]))}
            chain = chains[code] = Chain({**{r[0]: apart_digest(*r[1:]) for r in kept}, **sealed}, expect, len(sealed))
            for entry in book.execute("SELECT * FROM ledger_entry WHERE bureau = ? ORDER BY seq", (code,)):
                chain.take(entry)
            chain.end(book.execute("SELECT seq, digest FROM ledger_chain_head WHERE bureau = ?", (code,)).fetchone())
        for table in ("ledger_entry", "ledger_private_value", "ledger_chain_head"):
            if book.execute(f"PRAGMA integrity_check({table})").fetchone()[0] != "ok":
                for chain in chains.values():
                    chain.fault = (chain.fault[0], chain.fault[1] or "账本文件的内部结构不一致，可能被直接改写过")
    return chains


def chains_of_lines(path: Path, bureau: str | None, expect: tuple[int, str] | None) -> dict[str, Chain]:
    chains = {bureau: Chain(None, expect)} if bureau else {}
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            entry = None
            with contextlib.suppress(ValueError):
                entry = json.loads(line)
            if not isinstance(entry, dict) or not set(COLUMNS) <= set(entry):
                raise Unreadable(f"第 {number} 行不是一个完整的条目")
            if bureau in (None, entry["bureau"]):
                chains.setdefault(str(entry["bureau"]), Chain(None, expect)).take(entry)
    for chain in chains.values():
        chain.end((chain.count, chain.digest))  # such a file has no head row
    return chains


def head_kept_aside(text: str) -> tuple[int, str]:
    if not (found := re.fullmatch(r"([1-9][0-9]*):([0-9a-fA-F]{64})", text.strip())):
        raise argparse.ArgumentTypeError("应写成 序号:64位摘要，序号从 1 开始")
    return int(found.group(1)), found.group(2).lower()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, kind in (("file", Path), ("--bureau", str), ("--expect", head_kept_aside)):
        parser.add_argument(name, type=kind)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    asked = parser.parse_args(arguments)
    try:
        read = chains_of_lines if asked.file.suffix == ".jsonl" else chains_of_book
        chains = read(asked.file, asked.bureau, asked.expect)
        if not chains or (asked.expect and len(chains) > 1):
            raise Unreadable("里面有几个机关，--expect 须与 --bureau 同用" if chains else "里面没有任何条目")
    except (OSError, sqlite3.Error, UnicodeDecodeError, Unreadable) as fault:
        why = "" if isinstance(fault, Unreadable) else "不存在、不是法正台账，或已损坏："
        print(f"读不了 {asked.file}：{why}{fault}", file=sys.stderr)
        return 2
    for code, chain in chains.items():
        whose = {"bureau": str(code)} if len(chains) > 1 else {}
        print(json.dumps({**whose, **chain.as_json()}) if asked.format == "json" else chain.sentence(*whose.values()))
    return 1 if any(chain.fault[1] for chain in chains.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
