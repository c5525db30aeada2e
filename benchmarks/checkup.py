"""The check-up's speed: `make bench-checkup` or `python -m benchmarks.checkup [scale]`. A minute; prints figures.

Each figure is the best of a few runs: other work on the machine only ever makes a run longer.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks.peers.w4_data import LAWS, corpus
from benchmarks.peers.w4_naive import naive
from fazheng.checkup.facts.near import near
from fazheng.checkup.quick import quick
from fazheng.checkup.registry import rules
from fazheng.checkup.report import Report
from fazheng.checkup.run import run
from fazheng.checkup.style import style
from fazheng.checkup.text import Document
from tests.checkup.mutate import sound

T = TypeVar("T")
PEER_NAMES = {"unknown_name": "law", "duplicated_word": "dup", "odd_date": "date", "sum_unclear": "sum"}


def best(work: Callable[[], T], runs: int = 5) -> tuple[float, T]:
    """Seconds of the fastest run, and what it gave."""
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        given = work()
        seconds.append(time.perf_counter() - begun)
    return min(seconds), given


def say(what: str, figure: str) -> None:
    sys.stdout.write(f"{what:64}{figure}\n")
    sys.stdout.flush()


def four_rules(documents: list[str], wanted: dict[str, int]) -> None:
    size, known, words = sum(len(one.encode()) for one in documents), frozenset(LAWS), style()

    def ours() -> dict[str, int]:
        found = Counter(PEER_NAMES[look.kind] for one in documents for look in quick(one, known, words))
        return {name: found[name] for name in wanted}

    theirs_s, theirs = best(lambda: naive(documents))
    ours_s, mine = best(ours)
    assert mine == theirs == wanted, (mine, theirs, wanted)
    say("four rules, naive Python, counts only", f"{size / theirs_s / 1e6:8.1f} MB/s")
    say("four rules, fazheng --quick, with positions", f"{size / ours_s / 1e6:8.1f} MB/s")
    say("  ratio", f"{theirs_s / ours_s:8.1f} x")


def all_rules(documents: list[str]) -> None:
    dice = random.Random(3)
    reports = [sound(dice) for _ in range(300)]
    for name, texts in (("reports, a figure in every 30 signs", reports), ("the W4 corpus", documents)):
        size = sum(len(one.encode()) for one in texts)
        seconds, _ = best(lambda texts=texts: [run(Report(Document(one))) for one in texts], 3)
        say(f"all {len(rules())} rules with positions, {name}", f"{size / seconds / 1e6:8.2f} MB/s")


def one_report() -> None:
    text = sound(random.Random(4))
    more = [sound(random.Random(n)).split("成效\n")[1].split("\n二、")[0] + "\n" for n in range(6)]
    long = text.replace("二、党政", "".join(more) + "二、党政")
    seconds, _ = best(lambda: run(Report(Document(long))), 20)
    say(f"one report of {len(long)} signs, after start", f"{seconds * 1e3:8.1f} ms")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(long, "utf-8")
        command = [sys.executable, "-m", "fazheng", "checkup", str(path)]
        seconds, _ = best(lambda: subprocess.run(command, capture_output=True, check=False), 5)
        say("the same from the shell", f"{seconds * 1e3:8.0f} ms")


def paragraphs(count: int) -> list[str]:
    """Paragraphs of 60 to 160 signs, 10 % of them copies of fifty, 5 % copies with two signs changed."""
    dice = random.Random(11)
    signs, weights = [chr(0x4E00 + n) for n in range(3000)], [1 / (n + 10) for n in range(3000)]
    made = ["".join(dice.choices(signs, weights, k=dice.randint(60, 160))) for _ in range(count)]
    for at in range(50, count):
        kind = dice.random()
        if kind < 0.10:
            made[at] = made[dice.randrange(50)]
        elif kind < 0.15:
            changed = list(made[dice.randrange(at)])
            for _ in range(2):
                changed[dice.randrange(len(changed))] = dice.choice(signs)
            made[at] = "".join(changed)
    return made


def copies(count: int) -> None:
    texts = paragraphs(count)
    own = "\n".join(texts[: count // 2 : max(1, count // 400)])
    others = [Document("\n".join(texts), "others.txt")]
    seconds, found = best(lambda: run(Report(Document(own), others=others), ["copied-paragraph"]), 3)
    say(
        f"--against {count} paragraphs, a report of {own.count(chr(10)) + 1}",
        f"{seconds:8.2f} s    {len(found)} copies",
    )
    unique = list(dict.fromkeys(texts))
    seconds, pairs = best(lambda: list(near(unique, unique, 0.7)), 1)
    mine = {tuple(sorted((unique[p.ours], unique[p.theirs]))) for p in pairs if p.ours != p.theirs}
    say(f"all pairs among {count} paragraphs, fazheng (complete)", f"{seconds:8.2f} s    {len(mine)} pairs")
    try:
        from benchmarks.peers.w4_rensa import f_rensa

        seconds, theirs = best(lambda: f_rensa(texts), 1)
    except ImportError:
        say("all pairs, rensa", "not installed here (pip install rensa)")
    else:
        say("all pairs, rensa, candidates verified", f"{seconds:8.2f} s    {len(theirs)} pairs")


if __name__ == "__main__":
    scale = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    made, planted = corpus(max(1, int(200 * scale)))
    four_rules(made, {name: planted[name] for name in ("law", "dup", "date", "sum")})
    all_rules(made[: max(1, int(40 * scale))])
    one_report()
    copies(max(1000, int(20_000 * scale)))
