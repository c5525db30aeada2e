"""`fazheng demo`: a whole invented year in a book of its own, from sheets to report."""

from __future__ import annotations

import csv
import shutil
import tomllib
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from fazheng.casework import clock
from fazheng.casework.bureaux import Bureau, known
from fazheng.casework.declaring import open_bureau
from fazheng.casework.powers_review import enter_review
from fazheng.casework.promising import answer as answer_promise
from fazheng.casework.promising import material, promise
from fazheng.casework.workbook import Imported, import_workbook, write_workbook
from fazheng.casework.writing import Act, Writing, writing
from fazheng.cli import chinese
from fazheng.cli.common import DEFAULT_HOME, REPORTS, Unusable, answer, common, settings
from fazheng.cli.demo_alive import enliven
from fazheng.cli.imported import as_text as import_as_text
from fazheng.cli.shell import PYTHON, fazheng, typed
from fazheng.documents import facts_of, read_facts
from fazheng.figures import count, year
from fazheng.issuing import papers
from fazheng.issuing.prose import PROSE, read_prose
from fazheng.lawbook.load import load
from fazheng.ledger import standalone_verifier
from fazheng.ledger.models import CaseRow
from fazheng.ledger.storage import BOOK, close_home, open_home
from fazheng.ledger.verify import Verification, verify
from fazheng.procedure.surroundings import Refusal
from fazheng.report import compose, examine, render
from fazheng.report.paper import paper as as_paper

WORKBOOK = "示例年度.xlsx"
PROMISES = "promises.toml"  # what people put into the book for the report: promises, answers, material
VERIFIER = "verify_ledger.py"


@dataclass(frozen=True)
class County:
    """An invented county: its folder under examples/, its bureau, its place in the demo's home."""

    folder: str
    name: str
    code: str
    home: str


COUNTIES = (
    County("county-a", "示例县民政局", "999001", ""),
    County("county-b", "样例县民政局", "999002", "county-b"),
)


@dataclass(frozen=True)
class Filled:
    """A county's book after its sheets went in."""

    home: Path
    bureau: Bureau
    imported: Imported
    walked: Verification
    reports: tuple[Path, ...]
    numbers: tuple[str, ...]
    example: str


@click.command(cls=chinese.Command)
@click.option("--alive", is_flag=True, help="再加十几件正在办的案件，日期按今天往前数（在浏览器里看用）")
@common
def demo(alive: bool) -> int:
    """看示例：两个虚构的县各建一个账本，导入一个年度，编出报告，验算台账，说明打开什么。"""
    home = Path(settings().home if settings().home != DEFAULT_HOME else "demo-home")
    _clear(home)
    filled: list[Filled] = []
    for county in COUNTIES:
        one = _fill(county, home / county.home)
        if isinstance(one, Imported):
            answer({"faults": len(one.faults)}, partial(import_as_text, one, False))
            return 1
        filled.append(one)
        if alive:
            enliven(examples_root() / county.folder, one.bureau, clock.today())
    answer([_as_json(one) for one in filled], lambda: "\n\n".join("\n".join(_told(one)) for one in filled))
    return 0 if all(one.walked.ok for one in filled) else 1


def _fill(county: County, home: Path) -> Filled | Imported:
    """The county's book with its year in it; what the import said where it found faults."""
    close_home()
    open_home(home, create=True)
    bureau = open_bureau(county.name, county.code)
    book = load(place=bureau.place)
    sheets = example_sheets(county.folder)
    write_workbook(home / WORKBOOK, book, sheets)
    imported = import_workbook(home / WORKBOOK, bureau)
    if imported.faults:
        return imported
    promises = examples_root() / county.folder / PROMISES
    if promises.exists():
        with writing(bureau) as act:
            _speak(act, tomllib.loads(promises.read_text("utf-8")))
    years = _years(sheets)
    prose = examples_root() / county.folder / PROSE
    shutil.copyfile(prose, home / PROSE)
    shutil.copyfile(examples_root() / county.folder / papers.FACTS, home / papers.FACTS)
    reports = tuple(path for each in years for path in _reports(home, bureau, each, prose))
    shutil.copyfile(standalone_verifier.__file__, home / VERIFIER)
    numbers = tuple(_numbers(bureau, each) for each in years)
    longest = CaseRow.objects.filter(bureau=bureau.code).order_by("-last_version", "case_id").first()
    return Filled(home, bureau, imported, verify(bureau.code), reports, numbers, longest.case_id if longest else "")


def _speak(act: Writing, said: dict[str, list[dict[str, Any]]]) -> None:
    """The county's promises with their answers, its material, the review of its powers.

    Raises Unusable for an example that is refused.
    """
    for row in said.get("promise", ()):
        id, refused = promise(act, row["year"], row["text"], row.get("section", ""), Act(row["on"], row["by"], {}))
        if told := row.get("answer"):
            by = Act(told["on"], told["by"], {})
            refused += answer_promise(act, id, told["result"], told["text"], told.get("evidence", ""), by)
        _taken(refused)
    for row in said.get("material", ()):
        by = Act(row["on"], row["by"], {})
        _taken(material(act, row["text"], by, row.get("case", ""), row.get("section", ""))[1])
    for row in said.get("review", ()):
        case_id = enter_review(act, row["year"], Act(row["on"], row["by"], {}))
        checked = Act(row["on"], row["head"], {"checked_by_hand": row["checked"]})
        _taken(act.do(case_id, "finish", checked).decision.refusals)


def _taken(refused: tuple[Refusal, ...]) -> None:
    if refused:
        raise Unusable(f"示例的{PROMISES}有误：{refused[0].says}")


def _as_json(one: Filled) -> dict[str, Any]:
    return {
        "home": str(one.home),
        "bureau": one.bureau.code,
        "entries": one.walked.entries,
        "head": one.walked.head,
        "ok": one.walked.ok,
        "workbook": str(one.home / WORKBOOK),
        "reports": [str(path) for path in one.reports],
    }


def _clear(home: Path) -> None:
    """Makes room for the demo's own books; any other book stays as it is. Raises Unusable."""
    if not home.exists():
        return
    if (home / BOOK).exists():
        ours = all(_holds(home / county.home, county) for county in COUNTIES)
        close_home()
        if not ours:
            raise Unusable(f"“{home}”里已有别的账本，示例不会动它。请用 --home 另指一个文件夹")
    elif any(home.iterdir()):
        raise Unusable(f"“{home}”里已有别的文件，示例不会动它。请用 --home 另指一个空文件夹")
    shutil.rmtree(home)


def _holds(home: Path, county: County) -> bool:
    """Whether the home holds that county's book and no other bureau's, or none at all."""
    if not (home / BOOK).exists():
        return True
    close_home()
    open_home(home)
    return [bureau.code for bureau in known()] in ([county.code], [])


def examples_root() -> Path:
    """The folder `examples`: packaged beside the code, or beside `src` in a work tree."""
    packaged = Path(__file__).parents[1] / "examples"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "examples"


def example_sheets(folder: str) -> dict[str, list[dict[str, str]]]:
    """An example county's sheets: name → rows, as a clerk would fill them. 后续步骤 stands in a file a procedure."""
    found: dict[str, list[dict[str, str]]] = {}
    for path in sorted((examples_root() / folder).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found.setdefault(path.stem.split("-")[0], []).extend(csv.DictReader(file))
    return found


def _years(sheets: dict[str, list[dict[str, str]]]) -> tuple[int, ...]:
    """The years in which the county's matters began."""
    days = [
        row["日期"]
        for name, rows in sheets.items()
        if name not in ("后续步骤", "零申报")
        for row in rows
        if row.get("日期")
    ]
    return tuple(sorted({int(day[:4]) for day in days}))


def _reports(home: Path, bureau: Bureau, each: int, prose: Path) -> tuple[Path, ...]:
    """The page of the year, and the same report as papers."""
    book = load(place=bureau.place)
    words = read_prose(str(prose), book.reports)
    composed = compose(bureau.code, bureau.name, book, each, words, today=clock.today())
    path = home / REPORTS / f"{composed.title}.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(render(composed, examine(composed)), "utf-8", newline="\n")
    made = as_paper(composed, facts_of(read_facts(home / papers.FACTS), each))
    return path, *papers.write(made, path.with_suffix(""), papers.KINDS, papers.own_fonts(home))


def _numbers(bureau: Bureau, each: int) -> str:
    wanted = (
        "organisations.standing organisations.associations organisations.private_units organisations.foundations "
        "annual_check.due annual_check.filed annual_check.qualified annual_check.basically annual_check.unqualified "
        "serious.listed petition.received petition.answered hotline.received hotline.answered hotline.in_progress "
        "publicity.events study.sessions penalty.decided penalty.annulled"
    ).split()
    found = count(bureau.code, load(place=bureau.place), year(each), ids=wanted)
    return f"{each}年：" + "，".join(f"{value.name} {value.shown}" for value in found if value.value is not None)


def _told(one: Filled) -> list[str]:
    home, book, own = one.home, one.home / BOOK, (*fazheng(), "--home", one.home)
    checked = typed(PYTHON, home / VERIFIER, book) if book.exists() else typed(*own, "verify")
    served = typed(PYTHON, "-m", "http.server", 8000, "--bind", "127.0.0.1", "--directory", home / REPORTS)
    return [
        f"{one.bureau.name}：{import_as_text(one.imported, False)}",
        *one.numbers,
        f"台账 {one.walked.entries} 条，{'验算完好' if one.walked.ok else '验算有误'}。",
        "请打开：",
        *(f"  {path}" for path in one.reports),
        "  每个数字都可以点开，看到它的案件；没有数据的另列。",
        f"表格：{home / WORKBOOK}（改一行，另建账本再导入，报告随之改变）",
        f"验算：{checked}",
        f"看一个案件：{typed(*own, 'case', 'show', one.example)}",
        f"在浏览器里看：{served}，再打开 http://127.0.0.1:8000/",
    ]


COMMANDS = (demo,)
