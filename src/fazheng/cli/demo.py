"""`fazheng demo`: a whole invented year in a book of its own, from sheets to report."""

from __future__ import annotations

import csv
import os
import shutil
import sys
from pathlib import Path

import click

from fazheng.casework import clock
from fazheng.casework.bureaux import Bureau, known
from fazheng.casework.declaring import open_bureau
from fazheng.casework.workbook import import_workbook, write_workbook
from fazheng.cli import chinese
from fazheng.cli.common import DEFAULT_HOME, REPORTS, Unusable, answer, common, settings
from fazheng.cli.sheets import as_text as import_as_text
from fazheng.figures import count, year
from fazheng.lawbook.load import load
from fazheng.ledger import standalone_verifier
from fazheng.ledger.storage import BOOK, close_home, open_home
from fazheng.ledger.verify import verify
from fazheng.report import compose, render

NAME, CODE = "示例县民政局", "999001"
WORKBOOK = "示例年度.xlsx"
VERIFIER = "verify_ledger.py"


@click.command(cls=chinese.Command)
@common
def demo() -> int:
    """看示例：建一个虚构的账本，导入一个年度，编出报告，验算台账，说明打开什么。"""
    chosen = settings().home if settings().home != DEFAULT_HOME else "demo-home"
    home = Path(chosen)
    _clear(home)
    open_home(home, create=True)
    bureau = open_bureau(NAME, CODE)
    book = load(place=bureau.place)
    sheets = example_sheets()
    write_workbook(home / WORKBOOK, book, sheets)
    imported = import_workbook(home / WORKBOOK, bureau)
    if imported.faults:
        answer({"faults": len(imported.faults)}, lambda: import_as_text(imported, False))
        return 1
    years = _years(sheets)
    reports = [_report(home, bureau, each) for each in years]
    shutil.copyfile(standalone_verifier.__file__, home / VERIFIER)
    walked = verify(bureau.code)
    value = {
        "home": str(home),
        "bureau": bureau.code,
        "entries": walked.entries,
        "head": walked.head,
        "ok": walked.ok,
        "workbook": str(home / WORKBOOK),
        "reports": [str(path) for path in reports],
    }
    answer(
        value,
        lambda: "\n".join(
            [
                import_as_text(imported, False),
                *_numbers(bureau, years[0]),
                *_told(home, reports, walked.ok, walked.entries),
            ]
        ),
    )
    return 0 if walked.ok else 1


def _clear(home: Path) -> None:
    """Makes room for the demo's own book; any other book stays as it is. Raises Unusable."""
    if not home.exists():
        return
    if (home / BOOK).exists():
        open_home(home)
        ours = [bureau.code for bureau in known()] in ([CODE], [])
        close_home()
        if not ours:
            raise Unusable(f"“{home}”里已有别的账本，示例不会动它。请用 --home 另指一个文件夹")
    elif any(home.iterdir()):
        raise Unusable(f"“{home}”里已有别的文件，示例不会动它。请用 --home 另指一个空文件夹")
    shutil.rmtree(home)


def examples_root() -> Path:
    """The folder `examples`: packaged beside the code, or beside `src` in a work tree."""
    packaged = Path(__file__).parents[1] / "examples"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "examples"


def example_sheets() -> dict[str, list[dict[str, str]]]:
    """The example county's sheets: name → rows, as a clerk would fill them."""
    found: dict[str, list[dict[str, str]]] = {}
    for path in sorted((examples_root() / "example-county").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = list(csv.DictReader(file))
    return found


def _years(sheets: dict[str, list[dict[str, str]]]) -> list[int]:
    """The years in which the example's cases were opened."""
    days = [
        row["日期"]
        for name, rows in sheets.items()
        if name not in ("后续步骤", "零申报")
        for row in rows
        if row.get("日期")
    ]
    return sorted({int(day[:4]) for day in days})


def _report(home: Path, bureau: Bureau, each: int) -> Path:
    composed = compose(bureau.code, bureau.name, load(place=bureau.place), each, {}, today=clock.today())
    path = home / REPORTS / f"{composed.title}.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(render(composed), "utf-8")
    return path


def _numbers(bureau: Bureau, each: int) -> list[str]:
    wanted = [
        "hotline.received",
        "hotline.answered",
        "hotline.in_progress",
        "penalty.decided",
        "penalty.late",
        "penalty.with_defect",
    ]
    found = count(bureau.code, load(place=bureau.place), year(each), ids=wanted)
    return [f"{each}年：" + "，".join(f"{value.name} {value.shown}" for value in found)]


def _python() -> str:
    """This Python as a reader can type it from where they stand."""
    try:
        return os.path.relpath(sys.executable)
    except ValueError:  # another drive
        return sys.executable


def _told(home: Path, reports: list[Path], ok: bool, entries: int) -> list[str]:
    run = "fazheng" if shutil.which("fazheng") else f"{_python()} -m fazheng"
    book = home / BOOK
    mailed = [f"验算：python3 {home / VERIFIER} {book}"] if book.exists() else [f"验算：{run} --home {home} verify"]
    return [
        f"台账 {entries} 条，{'验算完好' if ok else '验算有误'}。",
        "请打开：",
        *(f"  {path}" for path in reports),
        "  每个数字都可以点开，看到它的案件；没有数据的另列。",
        f"表格：{home / WORKBOOK}（改一行，另建账本再导入，报告随之改变）",
        *mailed,
        f"看一个案件：{run} --home {home} case show penalty.ordinary-2024-0005",
        f"在浏览器里看：python3 -m http.server 8000 --bind 127.0.0.1 --directory {home / REPORTS}，再打开 http://127.0.0.1:8000/",
    ]


COMMANDS = (demo,)
