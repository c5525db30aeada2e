"""An import that is killed while it runs: all of its rows are in the book afterwards, or none.

`kill_imports` starts one process that has everything loaded; it forks those that import and are killed, so that a kill
costs the time of an import and not of a start. A machine without fork cannot run it.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
BUREAU, CASES = "999001", 200


@dataclass(frozen=True)
class Killed:
    """How many books held no row after the kill, how many all of them; seconds of a whole import."""

    none: int
    all: int
    seconds: float


def kill_imports(folder: Path, times: int, seed: int = 0) -> Killed:
    """Kills `times` imports at random moments, each in a fresh copy of a home in `folder`, and looks at the book.

    Raises AssertionError where a book is broken, holds a part of the rows, or does not take the same file afterwards.
    """
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(folder), str(times), str(seed)],
        env=environment | {"PYTHONPATH": path, "FAZHENG_HOME": str(folder)}, cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return Killed(**json.loads(done.stdout))


def _kill(folder: Path, times: int, seed: int) -> Killed:
    home, book = folder / "home", folder / "台账.xlsx"
    before, rows = _prepare(home, book)
    chance, found = random.Random(seed), Counter[str]()
    seconds = max(_run(book, _copy(home, folder / "whole"), None) for _ in range(2))
    for n in range(times):
        copy = _copy(home, folder / "killed")
        _run(book, copy, chance.uniform(0, 1.1 * seconds))
        found[_state(copy, before, rows)] += 1
        if n % 5 == 0:
            _run(book, copy, None)
            assert _state(copy, before, rows) == "all"
    return Killed(found["none"], found["all"], seconds)


def _prepare(home: Path, book: Path) -> tuple[int, int]:
    """A home with a bureau, a workbook of some hundred cases; entries before, and rows of the workbook."""
    from fazheng.ledger.storage import close_home, open_home

    open_home(home, create=True)
    from fazheng.casework.declaring import open_bureau
    from fazheng.ledger.read import head
    from tests.casework.workbook.desk import FURTHER, HOTLINE, STAFF, answered, contacted, person, ticket, written

    bureau = open_bureau("示例县民政局", BUREAU)
    refs = [f"T{n}" for n in range(CASES)]
    steps = [step for ref in refs for step in (contacted(ref), answered(ref))]
    sheets = {STAFF: [person("甲")], HOTLINE: [ticket(ref) for ref in refs], FURTHER: steps}
    written(book.parent, bureau, sheets)
    before = head(BUREAU).seq
    close_home()
    return before, sum(map(len, sheets.values()))


def _copy(home: Path, target: Path) -> Path:
    shutil.rmtree(target, ignore_errors=True)
    return Path(shutil.copytree(home, target))


def _run(book: Path, home: Path, moment: float | None) -> float:
    """Imports in a process of its own that is killed after `moment` seconds (None: not at all); seconds it took."""
    began = time.monotonic()
    process = os.fork()
    if process == 0:
        os._exit(_import(book, home))
    if moment is not None:
        time.sleep(moment)
        os.kill(process, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    assert status in ((0,) if moment is None else (0, -signal.SIGKILL)), status
    return time.monotonic() - began


def _import(book: Path, home: Path) -> int:
    from fazheng.casework.bureaux import the_bureau
    from fazheng.casework.workbook import import_workbook
    from fazheng.ledger.storage import open_home

    try:
        open_home(home)
        done = import_workbook(book, the_bureau(BUREAU))
    except Exception:
        traceback.print_exc()
        return 1
    return len(done.faults)


def _state(home: Path, before: int, rows: int) -> str:
    """ "none" or "all", once the book has been found whole and its projections as they would be made again."""
    from fazheng.casework.bureaux import the_bureau
    from fazheng.casework.rebuild import dump, rebuild
    from fazheng.ledger.read import entries
    from fazheng.ledger.storage import close_home, open_home
    from fazheng.ledger.verify import verify

    open_home(home)
    try:
        walked = verify(BUREAU)
        assert walked.ok, walked.why
        imported = sum(bool(entry.source) for entry in entries(BUREAU))
        assert imported in (0, rows), f"{imported} of {rows} rows"
        assert walked.entries == (before if imported == 0 else before + rows + 1)  # 1: the key of the rows' digests
        live = dump(BUREAU)
        rebuild(the_bureau(BUREAU))
        assert dump(BUREAU) == live
        return "all" if imported else "none"
    finally:
        close_home()


if __name__ == "__main__":
    print(json.dumps(asdict(_kill(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))))
