"""`python -m tests.soak [WALKS [KILLS]]`: 100,000 walks and 200 killed imports, unless told otherwise."""

import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.soak.walking import walk_all

ROOT = Path(__file__).parents[2]
DEFAULTS = ["100000", "200"]
PAGE = ROOT / "docs" / "soak.md"


def walks(procedure: str, number: int) -> str:
    """A line of the page. Raises SystemExit where a walk broke an invariant."""
    began, done, reached = time.monotonic(), 0, 0
    for part in walk_all(procedure, number):
        if part.broken:
            sys.exit(f"{procedure}: " + "; ".join(part.broken))
        done, reached = done + part.walks, reached + part.reached
        print(f"\r{procedure}: {done}/{number}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    told = f"{reached:,} reached their end, none broke an invariant"
    return f"| walks of `{procedure}` | {done:,} | {told} | {time.monotonic() - began:.0f} |"


def kills(number: int) -> str:
    """A line of the page. Raises AssertionError where a book was left broken or half full."""
    from tests.casework.workbook.killing import kill_imports

    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        killed = kill_imports(Path(folder), number)
    seconds = time.monotonic() - began
    told = f"{killed.none} books without a row, {killed.all} with all, every chain whole"
    return f"| imports killed at a random moment | {number:,} | {told} | {seconds:.0f} |"


def commit() -> str:
    """The commit that was tried; said where the tree differs from it."""

    def git(*arguments: str) -> str:
        found = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
        return found.stdout.strip()

    changed = [line for line in git("status", "--porcelain").splitlines() if not line.endswith("docs/soak.md")]
    return (git("rev-parse", "--short=12", "HEAD") or "none yet") + (", with changes not committed" if changed else "")


def main(arguments: list[str]) -> None:
    number, to_kill = (int(text) for text in [*arguments, *DEFAULTS[len(arguments) :]])
    lines = [walks("penalty.ordinary", number), walks("hotline.ticket", number // 10), kills(to_kill)]
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    PAGE.write_text(
        f"# Soak\n\nThe last run of `make soak`: {today}, commit {commit()}.\n\n"
        "| what | times | result | seconds |\n|---|---:|---|---:|\n" + "\n".join(lines) + "\n",
        encoding="utf-8",
    )
    print(f"written: {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])
