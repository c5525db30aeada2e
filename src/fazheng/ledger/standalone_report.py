"""Checks the proof file of a signed yearly report with nothing but Python 3.8+: python verify_report.py FILE.zip

法正年度报告证明文件独立核验：只用 Python 标准库和同一文件夹里的 verify_proofs.py，不需要账本，不联网。
  --checkpoint PAGE   另存的存证点：证明文件须在它之下
逐项核：每个文件的摘要；签发条目和每一行的条目都在存证点之下；每个数的行与签发时的摘要相同、行数等于数；正文里有这些数。
退出码：0 属实，1 不属实，2 读不了。
"""

# ruff: noqa: UP006, UP031, UP035  (what Python 3.8 knows)
from __future__ import annotations

import argparse
import bisect
import hashlib
import importlib.util
import io
import json
import struct
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any, Dict, List, Tuple

_beside = [Path(__file__).with_name(name) for name in ("verify_proofs.py", "standalone_proofs.py")]
_spec = importlib.util.spec_from_file_location("fazheng_proofs", next((p for p in _beside if p.exists()), _beside[0]))
if _spec is None or _spec.loader is None or not Path(str(_spec.origin)).exists():
    sys.exit("找不到 verify_proofs.py：请把它和本文件放在同一个文件夹里")
proofs: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(proofs)

FORM, MANIFEST = "fazheng.report/1", "manifest.json"


class Untrue(Exception):
    """The file does not hold; the message says what in it."""


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def packed(files: Dict[str, bytes]) -> bytes:
    """The packet of these files, made in one way only, so that any byte of it that was changed shows."""
    squeezed = {name: _squeezed(content) for name, content in files.items()}
    listed = {name: [sha256(content), sha256(squeezed[name])] for name, content in files.items()}
    manifest = json.dumps({"form": FORM, "files": listed}, indent=1, sort_keys=True).encode("utf-8")
    parts = {name: (8, squeezed[name], content) for name, content in files.items()}
    return _zipped({**parts, MANIFEST: (0, manifest, manifest)})


def _squeezed(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def _zipped(parts: Dict[str, Tuple[int, bytes, bytes]]) -> bytes:
    """Method, stored bytes and content of each file as a .zip, in the order of names, without times."""
    body, index = b"", b""
    for name in sorted(parts):
        method, stored, content = parts[name]
        head = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 33, zlib.crc32(content), len(stored), len(content),
                           len(name), 0)  # fmt: skip
        place = struct.pack("<HHHII", 0, 0, 0, 0, len(body))
        index += b"PK\1\2" + struct.pack("<H", 20) + head + place + name.encode("ascii")
        body += b"PK\3\4" + head + name.encode("ascii") + stored
    comment = sha256(parts[MANIFEST][1]).encode("ascii")
    end = struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(index), len(body), len(comment))
    return body + index + b"PK\5\6" + end + comment


def unpacked(path: Path) -> Dict[str, bytes]:
    """Every file of the packet under its name, each held against the list of digests; any changed byte is told."""
    whole = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(whole)) as packet:
            places = {one.filename: one for one in packet.infolist()}
            comment = packet.comment
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Untrue("压缩包的目录损坏") from None
    parts = {}
    for name, one in places.items():
        start = one.header_offset + 30 + len(name)
        stored = whole[start : start + one.compress_size]
        try:
            content = stored if name == MANIFEST else zlib.decompress(stored, -15)
        except zlib.error:
            raise Untrue("文件“%s”损坏" % name) from None
        parts[name] = (0 if name == MANIFEST else 8, stored, content)
    if MANIFEST not in parts or sha256(parts[MANIFEST][1]).encode("ascii") != comment:
        raise Untrue("文件“%s”与压缩包所记的摘要不符" % MANIFEST)
    listed = json.loads(parts[MANIFEST][1].decode("utf-8"))
    for name in sorted((set(parts) | set(listed["files"])) - {MANIFEST}):
        if name not in parts or [sha256(parts[name][2]), sha256(parts[name][1])] != listed["files"].get(name):
            raise Untrue("文件“%s”与摘要不符" % name)
    if _zipped(parts) != whole or listed["form"] != FORM:
        raise Untrue("压缩包的目录与内容不符")
    return {name: part[2] for name, part in parts.items()}


def root_of(hashed: Any, size: int, leaves: Dict[int, bytes], ranges: Dict[str, str]) -> bytes:
    """The root over some leaves and a hash for each range without one (RFC 9162, 2.1.1)."""
    places: List[int] = sorted(leaves)

    def walk(begin: int, end: int) -> bytes:
        at = bisect.bisect_left(places, begin)
        if at == len(places) or places[at] >= end:
            return bytes.fromhex(ranges["%d-%d" % (begin, end)])
        if end - begin == 1:
            return hashed(b"\0" + leaves[begin])  # type: ignore[no-any-return]
        middle = begin + (1 << (end - begin - 1).bit_length() - 1)
        return hashed(b"\1" + walk(begin, middle) + walk(middle, end))  # type: ignore[no-any-return]

    return walk(0, size)


def check(files: Dict[str, bytes], kept: Any | None) -> str:
    """A sentence of what holds. Raises Untrue."""
    page = proofs.page(files["checkpoint.txt"].decode("utf-8"))
    hashed = proofs.hash_named(page.digest)
    if kept and (kept.bureau, kept.size, kept.root) != (page.bureau, page.size, page.root):
        raise Untrue("证明文件所附的存证点不是另存的那一个")
    told = json.loads(files["rows.json"].decode("utf-8"))
    text = files["signed.json"].decode("utf-8")
    entry = json.loads(text)
    seq, signed = entry[2], json.loads(entry[6]) if isinstance(entry[6], str) else entry[6]
    leaves = {number - 1: bytes.fromhex(digest) for number, digest in told["entries"]}
    if leaves.get(seq - 1) != hashed(text.encode("utf-8")) or entry[1] != page.bureau:
        raise Untrue("签发条目的全文与摘要不符")
    if root_of(hashed, page.size, leaves, told["ranges"]) != page.root:
        raise Untrue("签发条目或者某一行的条目不在存证点之下")
    counted = rows(signed, told, {number for number, _ in told["entries"]})
    words(signed, files)
    held = "另存的存证点" if kept else "所附的存证点（未与另存的核对，请用 --checkpoint）"
    return "%s年度报告由%s签发；%d个数、%d个条目都在%s之下，%d个数逐行数过" % (
        signed["year"], entry_by(entry), len(signed["figures"]), len(leaves), held, counted,
    )  # fmt: skip


def entry_by(entry: List[Any]) -> str:
    return str(entry[9])


def rows(signed: Any, told: Any, entries: Any) -> int:
    """How many figures were counted row by row. Every figure's rows must be those that were signed."""
    counted = 0
    for figure in signed["figures"]:
        mine = told["figures"].get(figure["id"])
        if mine is None or sha256("\n".join(sorted(mine["rows"])).encode("utf-8")) != figure["rows"]:
            raise Untrue("统计项“%s”的行不是签发时的行" % figure["id"])
        if mine["each"]:
            counted += 1
            if len(set(mine["rows"])) != figure["value"]:
                raise Untrue("统计项“%s”有%d行，签发的数是%s" % (figure["id"], len(mine["rows"]), figure["value"]))
        for row in mine["rows"]:
            if not set(told["rows"].get(mine["of"] + row, ())) <= entries:
                raise Untrue("统计项“%s”的行“%s”缺少条目" % (figure["id"], row))
    return counted


def words(signed: Any, files: Dict[str, bytes]) -> None:
    """The text must be that of the signature, and each number in it the figure's."""
    text = files["report.txt"].decode("utf-8")
    if sha256(files["report.txt"]) != signed["text"]:
        raise Untrue("报告正文不是签发的正文")
    if "report.html" in files and sha256(files["report.html"]) not in signed["files"].values():
        raise Untrue("报告网页不是签发的网页")
    shown = {figure["id"]: figure for figure in signed["figures"]}
    for _, runs in signed["body"]:
        for run, figure in runs:
            if run not in text:
                raise Untrue("正文里没有“%s”" % run)
            one = shown.get(figure)
            plain = run.replace("万", "").isdigit() or run.rstrip("%").replace(".", "").isdigit()
            if one and plain and "万" not in run and one["shown"] not in (run, run + ".00"):
                raise Untrue("正文里“%s”写成%s，签发的数是%s" % (figure, run, one["shown"]))


def main(arguments: List[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--checkpoint", type=Path)
    asked = parser.parse_args(arguments)
    try:
        kept = proofs.page(asked.checkpoint.read_text("utf-8-sig")) if asked.checkpoint else None
        said = check(unpacked(asked.file), kept)
    except Untrue as fault:
        print("核验不通过：%s" % fault)
        return 1
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, proofs.Unreadable):
        print("读不了 %s：不是年度报告的证明文件，或已损坏" % asked.file, file=sys.stderr)
        return 2
    print("核验通过：%s" % said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
