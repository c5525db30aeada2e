"""The import's speed and memory: `make bench-import` or `python -m benchmarks.importing [rows]`. Prints figures.

An invented year of one county's hotline is drawn by a seed: a third of the rows open tickets, each followed by two
steps. The workbook is written by one process, imported by a second (`fazheng import`, the book on disk as always), and
the same rows are inserted object by object by a third, the way a Django programme with django-fsm-2 and
django-simple-history keeps its cases (benchmarks/peers/import_django.py). Peak memory is that of the process alone.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

SEED = 20240105
ROOT = Path(__file__).parents[1]
STAFF, HOTLINE, FURTHER = "人员名册", "12345热线工单", "后续步骤"
PEER_SHARE = 10  # the peer inserts one row in ten: its cost a row does not fall with their number
_ROLES = "热线承办员、承办科室人员、办公室"
_MATTERS = ("养老机构收费", "低保申请进度", "婚姻登记预约", "临时救助", "社会组织年检", "殡葬服务收费")
_MEBI = 1024  # kilobytes, which is what the kernel counts a process's memory in


def people() -> list[dict[str, str]]:
    since = {"起始日期": "2020-01-01", "依据材料": "示例县机构编制台账"}
    return [{"人员编号": f"{n}", "姓名": f"示例{n}", "角色": _ROLES, **since} for n in range(101, 121)]


def tickets(count: int) -> Iterator[tuple[dict[str, str], list[dict[str, str]]]]:
    """`count` tickets of one year, each with its two further steps."""
    dice, first = random.Random(SEED), date(2024, 1, 2)
    for n in range(count):
        day = first + timedelta(days=n * 355 // count)
        ref, who = f"2024-{n + 1:06d}", str(dice.randrange(101, 121))
        opening = {
            "编号": ref, "日期": f"{day}", "经办人": who, "工单号": f"示例{ref}",
            "诉求类别": dice.choice(("咨询", "求助", "投诉")),
            "紧急": "否", "诉求事项": dice.choice(_MATTERS), "诉求内容": f"示例内容{dice.randrange(10**9):09d}" * 3,
            "诉求人": f"示例李{n}", "联系电话": f"138{dice.randrange(10**8):08d}", "经研究确定承办": "否",
        }  # fmt: skip
        step = {"编号": ref, "经办人": who}
        contact = {"步骤": "联系诉求人", "日期": f"{day + timedelta(days=1)}", "已联系上": "是"}
        reply = {"步骤": "答复诉求人", "日期": f"{day + timedelta(days=dice.randrange(2, 5))}", "办理结果": "已经解决"}
        said = {"答复内容": f"示例答复{dice.randrange(10**9):09d}"}
        yield opening, [step | contact, step | reply | said]


def write(path: Path, rows: int) -> None:
    """The invented year as a workbook of about `rows` rows, the staff apart."""
    from fazheng.ledger.storage import open_home

    open_home(path.parent / "unused", create=True)  # the sheets' room knows the tables
    from fazheng.casework.workbook import write_workbook
    from fazheng.lawbook.load import load

    made = list(tickets(rows // 3))
    further = [step for _, steps in made for step in steps]
    sheets = {STAFF: people(), HOTLINE: [opening for opening, _ in made], FURTHER: further}
    write_workbook(path, load(place="示例县"), sheets, ["hotline.ticket"])


def run(*command: str, home: Path) -> tuple[float, float, str]:
    """Seconds, peak memory in megabytes and output of a fresh process. Raises SystemExit where it fails."""
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        environment = os.environ | {"FAZHENG_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        process = subprocess.Popen([sys.executable, *command], stdout=out, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - begun
        out.seek(0)
        told = out.read().decode()
    if process.returncode:
        sys.exit(f"{' '.join(command)}: {process.returncode}\n{told[:2000]}")
    return seconds, used.ru_maxrss / _MEBI, told


def say(what: str, figure: str) -> None:
    sys.stdout.write(f"{what:64}{figure}\n")
    sys.stdout.flush()


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home, path = Path(folder) / "home", Path(folder) / "year.xlsx"
        run("-m", "benchmarks.importing", "--write", str(path), str(rows), home=home)
        run("-m", "fazheng", "init", "--bureau", "示例县民政局", "--code", "999001", home=home)
        say("the workbook", f"{path.stat().st_size / 2**20:8.1f} MB")
        seconds, peak, told = run("-m", "fazheng", "import", str(path), "--format", "json", home=home)
        done = json.loads(told)
        steps = len(done["cases"]) + done["steps"]
        assert steps == rows // 3 * 3, done["faults"][:3]
        say(f"import of {done['rows']} rows, {steps} steps, all or nothing", f"{seconds:8.1f} s")
        say("  rows a second", f"{done['rows'] / seconds:8.0f}")
        say("  steps a second", f"{steps / seconds:8.0f}")
        say("  peak memory of the process", f"{peak:8.0f} MB")
        again, peak, told = run("-m", "fazheng", "import", str(path), "--format", "json", home=home)
        assert json.loads(told)["recorded"] == 0
        say("the same file again: nothing changes", f"{again:8.1f} s {peak:8.0f} MB")
        fewer = max(300, rows // PEER_SHARE)
        _, peak, told = run("-m", "benchmarks.peers.import_django", str(fewer), home=home)
        theirs = json.loads(told)
        say(
            "django-fsm-2 + django-simple-history, objects saved one by one",
            f"{theirs['rows'] / theirs['s']:8.0f} rows/s",
        )
        say("  ratio", f"{(done['rows'] / seconds) / (theirs['rows'] / theirs['s']):8.1f} x")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(int((sys.argv[1:] or ["100000"])[0]))
