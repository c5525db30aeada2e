"""Damages files of every form and reads them: only a document or one sentence may come out, and soon.

    python -m tests.checkup.fuzz [seconds] [seed]

Two minutes in `make fuzz`, which `make check` runs; an hour in `make soak`. The seed is told first: a run with the same
seed damages the same files in the same order. A failure prints its own seed and writes nothing. No network, and no
office program: what LibreOffice does with a damaged file is not ours.
"""

from __future__ import annotations

import os
import random
import sys
import time

from fazheng.checkup.reading import Unreadable, read_bytes
from fazheng.checkup.report import Report
from fazheng.checkup.run import run
from tests.checkup.files import doc, docx, p, pdf
from tests.checkup.texts import CLEAN

SLOWEST = 5.0  # seconds of the processor for one small file
SEEDS = (
    (CLEAN.encode(), "a.txt"),
    (CLEAN.encode("gb18030"), "a.txt"),
    (f"# {CLEAN}".encode(), "a.md"),
    (docx("".join(p(line) for line in CLEAN.splitlines() if line)), "a.docx"),
    (pdf("annual report 2031"), "a.pdf"),
    (doc(CLEAN.replace("\n", "\r")), "a.doc"),
    (
        f"<html><body><div class='content'>{CLEAN}</div><table><tr><td>1</td></tr></table></body></html>".encode(),
        "a.html",
    ),
)
TOKENS = (
    b"<div>",
    b"</",
    b"<!--",
    b"&#",
    b"\x00",
    b"\xff\xfe",
    "《".encode(),
    "（".encode(),
    b"9" * 40,
    b"\r",
    b"obj",
    b"<table>" * 30,
)


def damaged(raw: bytes, dice: random.Random) -> bytes:
    """The bytes with a few changes: bits, pieces cut, doubled or moved, tokens put in."""
    held = bytearray(raw)
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(held) + 1)
        match dice.randrange(5):
            case 0 if at < len(held):
                held[at] ^= 1 << dice.randrange(8)
            case 1:
                del held[at : at + dice.randint(1, 200)]
            case 2:
                held[at:at] = held[at : at + dice.randint(1, 400)] * dice.randint(1, 5)
            case 3:
                held[at:at] = dice.choice(TOKENS)
            case _:
                held = held[:at] + held[dice.randrange(len(held) + 1) :]
        if not held:
            break
    return bytes(held)


def refuse_sockets() -> None:
    """From now on whoever opens a socket fails, and so does the run."""

    def refused(event: str, _: object) -> None:
        if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "urllib.Request"):
            raise RuntimeError(f"{event}: a reader went to the network")

    sys.addaudithook(refused)


def one(dice: random.Random) -> tuple[str, float]:
    """Reads and checks one damaged file; what became of it and how many seconds it took."""
    raw, name = dice.choice(SEEDS)
    broken = damaged(raw, dice)
    begun = time.process_time()
    try:
        run(Report(read_bytes(broken, name)))
        became = "read"
    except Unreadable as told:
        became = "told" if "\n" not in str(told) else "told in more than a line"
    return became, time.process_time() - begun


def main(seconds: float, seed: int) -> int:
    sys.stdout.write(f"fuzz: {seconds:.0f} s, seed {seed}\n")
    sys.stdout.flush()
    os.environ["PATH"] = ""
    refuse_sockets()
    begun, count, slowest = time.monotonic(), 0, 0.0
    became: dict[str, int] = {}
    while time.monotonic() - begun < seconds:
        try:
            what, took = one(random.Random(seed + count))
        except Exception as fault:
            sys.stdout.write(f"seed {seed + count}: {type(fault).__name__}: {fault}\n")
            return 1
        if what not in ("read", "told"):
            sys.stdout.write(f"seed {seed + count}: {what}\n")
            return 1
        count, slowest = count + 1, max(slowest, took)
        became[what] = became.get(what, 0) + 1
        if took > SLOWEST:
            sys.stdout.write(f"seed {seed + count - 1}: {took:.1f} s\n")
            return 1
    sys.stdout.write(f"{count} files: {became}, slowest {slowest:.2f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(float((sys.argv[1:] or ["120"])[0]), int((sys.argv[2:] or [str(random.randrange(10**9))])[0])))
