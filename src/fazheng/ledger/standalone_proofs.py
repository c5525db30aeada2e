"""Checks what Fazheng hands out, with nothing but Python 3.8+: python standalone_proofs.py FILE [--checkpoint PAGE]

法正证明独立核验：只用 Python 标准库，不依赖法正程序，也不需要账本。FILE 是收据（fazheng receipt）、一致性证明
（fazheng prove）或存证点（fazheng checkpoint）。
  --checkpoint PAGE   另存的存证点：收据须在它之下；一致性证明的终点须是它     --from PAGE   一致性证明的起点须是它
退出码：0 属实，1 不属实，2 读不了。
"""

# ruff: noqa: UP031, UP035  (what Python 3.8 knows)
from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import struct
import sys
from pathlib import Path
from typing import Any, Callable, Iterator, NamedTuple

Hash = Callable[[bytes], bytes]


class False_(Exception):  # noqa: N801
    """What was handed out does not hold; the message says why."""


class Unreadable(Exception):
    """Nothing can be said about this file."""


class Page(NamedTuple):
    bureau: str
    size: int
    root: bytes
    head: str
    digest: str


def sm3(content: bytes) -> bytes:
    """GB/T 32905, for a Python whose OpenSSL has none: slow, and enough for a proof."""
    m32, state = (
        0xFFFFFFFF,
        [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E],
    )

    def turn(x: int, n: int) -> int:
        return (x << n % 32 | x >> (32 - n % 32)) & m32 if n % 32 else x

    padded = content + b"\x80" + bytes(-(len(content) + 9) % 64) + struct.pack(">Q", len(content) * 8)
    for start in range(0, len(padded), 64):
        w = list(struct.unpack(">16I", padded[start : start + 64]))
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ turn(w[j - 3], 15)
            w.append(x ^ turn(x, 15) ^ turn(x, 23) ^ turn(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            ss1 = turn(turn(a, 12) + e + turn(0x79CC4519 if j < 16 else 0x7A879D8A, j) & m32, 7)
            ff = a ^ b ^ c if j < 16 else a & b | a & c | b & c
            gg = e ^ f ^ g if j < 16 else e & f | ~e & g
            tt1, tt2 = ff + d + (ss1 ^ turn(a, 12)) + (w[j] ^ w[j + 4]) & m32, gg + h + ss1 + w[j] & m32
            a, b, c, d, e, f, g, h = tt1, a, turn(b, 9), c, tt2 ^ turn(tt2, 9) ^ turn(tt2, 17), e, turn(f, 19), g
        state = [state[n] ^ new for n, new in enumerate((a, b, c, d, e, f, g, h))]
    return struct.pack(">8I", *state)


def hash_named(name: str) -> Hash:
    if name not in ("sha256", "sm3"):
        raise Unreadable("摘要算法“%s”不认识" % name)
    has = name in hashlib.algorithms_available
    return (lambda content: hashlib.new(name, content).digest()) if has else sm3


def page(text: str) -> Page:
    """A checkpoint's lines: origin, size, root, then labelled ones; what stands after an empty line is signatures."""
    body = text.lstrip("\ufeff").replace("\r\n", "\n").partition("\n\n")[0]
    lines = body.split("\n")
    told = {label: rest for label, _, rest in (line.partition(" ") for line in lines[3:])}
    found = re.fullmatch("([0-9]+):([0-9a-f]{64})", told.get("链尾", ""))
    try:
        root = base64.b64decode(lines[2], validate=True)
        if not lines[0].startswith("fazheng/") or found is None or found.group(1) != lines[1] or len(root) != 32:
            raise ValueError
        return Page(lines[0][8:], int(lines[1]), root, found.group(2), told["算法"])
    except (IndexError, KeyError, ValueError):
        raise Unreadable("不是法正的存证点，或已被改动") from None


def sides(at: int, last: int, proof: list[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each step of a proof and whether it stands left of what is known (RFC 9162, 2.1.3.2 and 2.1.4.2)."""
    for step in proof:
        if last == 0:
            raise False_("证明过长")
        yield step, bool(at & 1 or at == last)
        while not at & 1 and at == last and at:
            at, last = at >> 1, last >> 1
        at, last = at >> 1, last >> 1
    if last:
        raise False_("证明不全")


def climb(hashed: Hash, index: int, size: int, proof: list[bytes], found: bytes) -> bytes:
    """The root that an inclusion proof leads to."""
    for step, left in sides(index, size - 1, proof):
        found = hashed(b"\1" + step + found) if left else hashed(b"\1" + found + step)
    return found


def check_receipt(told: Any, against: Page | None) -> str:
    own, hashed = page(told["checkpoint"]), hash_named(told["digest"])
    if (told["bureau"], told["digest"]) != (own.bureau, own.digest) or not told["entries"]:
        raise False_("收据各部分互相不符")
    if against and (own.bureau, own.size, own.root) != (against.bureau, against.size, against.root):
        raise False_("收据所附的存证点不是另存的那一个")
    for one in told["entries"]:
        seq, digest = one["seq"], bytes.fromhex(one["digest"])
        if "entry" in one:
            entry = json.loads(one["entry"])
            if hashed(one["entry"].encode()) != digest or entry[1:3] != [own.bureau, seq]:
                raise False_("第 %s 条的全文与摘要不符" % seq)
        proof = [bytes.fromhex(step) for step in one["proof"]]
        if type(seq) is not int or not 0 < seq <= own.size:
            raise False_("序号 %s 不在存证点以内" % seq)
        if climb(hashed, seq - 1, own.size, proof, hashed(b"\0" + digest)) != own.root:
            raise False_("第 %s 条不在存证点之下" % seq)
    held = "另存的存证点" if against else "所附的存证点（未与另存的核对，请用 --checkpoint）"
    return "收据属实：%d 条都在%s之下，共 %d 条" % (len(told["entries"]), held, own.size)


def check_growth(told: Any, since: Page | None, until: Page | None) -> str:
    hashed, proof = hash_named(told["digest"]), [bytes.fromhex(step) for step in told["proof"]]
    (size, root), (after, after_root) = [
        (told[end]["size"], bytes.fromhex(told[end]["root"])) for end in ("from", "to")
    ]
    for kept, end in ((since, (size, root)), (until, (after, after_root))):
        if kept and (kept.bureau, kept.digest, kept.size, kept.root) != (told["bureau"], told["digest"], *end):
            raise False_("证明的起点或终点不是给出的存证点")
    if type(size) is not int or type(after) is not int or not 0 < size <= after:
        raise False_("条数不对：台账变短了")
    steps = [root, *proof] if size & (size - 1) == 0 else proof
    at, last = size - 1, after - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    was = now = steps[0] if steps else b""
    for step, left in sides(at, last, steps[1:]):
        now = hashed(b"\1" + step + now) if left else hashed(b"\1" + now + step)
        was = hashed(b"\1" + step + was) if left else was
    if (was, now) != (root, after_root):
        raise False_("台账不是从那个存证点增长而来：以前的条目被改动、删减或换过")
    unheld = "" if since else "（起点未与另存的核对，请用 --from）"
    return "一致性证明属实：前 %d 条未变，后来增到 %d 条%s" % (size, after, unheld)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    for option in ("--checkpoint", "--from"):
        parser.add_argument(option, dest=option[2:] + "_", type=str)
    asked = vars(parser.parse_args(arguments))
    try:
        text = asked["file"].read_text("utf-8-sig")
        until, since = (
            page(Path(asked[n]).read_text("utf-8-sig")) if asked[n] else None for n in ("checkpoint_", "from_")
        )
        told = json.loads(text) if text.lstrip().startswith("{") else None
        if told is None or told["form"] == "fazheng.receipt/1":
            made = page(told["checkpoint"] if told else text)
            said = check_receipt(told, until) if told else "存证点：前 %d 条，链尾 %s" % (made.size, made.head)
        elif told["form"] == "fazheng.consistency/1":
            said = check_growth(told, since, until)
        else:
            raise Unreadable("不认识的文件")
    except False_ as fault:
        print("核验不通过：%s" % fault)
        return 1
    except (
        OSError,
        UnicodeDecodeError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        Unreadable,
    ) as fault:
        why = fault if isinstance(fault, Unreadable) else "不是收据、一致性证明或存证点，或已损坏"
        print("读不了 %s：%s" % (asked["file"], why), file=sys.stderr)
        return 2
    print("核验通过：%s" % said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
