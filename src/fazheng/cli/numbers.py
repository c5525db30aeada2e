"""`fazheng figures, report`: what is counted, and the sentences around it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import click

from fazheng.casework import clock
from fazheng.casework.bureaux import Bureau
from fazheng.checkup.reading import Unreadable, read
from fazheng.checkup.report import Report
from fazheng.cli import chinese, matching
from fazheng.cli.common import REPORTS, Unusable, answer, common, settings
from fazheng.figures import FigureValue, PeriodFault, count, parse, up_to
from fazheng.figures import year as whole_year
from fazheng.lawbook.load import load
from fazheng.report import ReportUnknown, compose, examine, match, render


@click.command(cls=chinese.Command)
@click.argument("period", metavar="年度")
@click.option("--id", "ids", multiple=True, help="只算某个统计项，可写多个")
@common
def figures(period: str, ids: tuple[str, ...]) -> None:
    """算统计数：每个数有定义、有分母、有案件。例：fazheng figures 2024；也可 2024Q3、2024H1"""
    bureau = settings().open()
    book = load(place=bureau.place)
    if unknown := [id for id in ids if id not in book.figures]:
        raise Unusable(f"没有统计项“{'、'.join(unknown)}”；有：{'、'.join(book.figures)}")
    try:
        span = up_to(parse(period), clock.today())
    except PeriodFault as fault:
        raise Unusable(str(fault)) from fault
    found = count(bureau.code, book, span, ids=list(ids) or None)
    answer([as_json(value) for value in found], lambda: "\n".join(as_text(value) for value in found))


def as_json(value: FigureValue) -> dict[str, Any]:
    """A figure for a program, in its unit (元 as 36000.00); `value` null is no data; a rate has its base beside it."""
    number: int | float | None = (
        value.value if isinstance(value.value, int) or value.value is None else float(value.value)
    )
    if number is not None and value.unit == "元":
        number = number / 100
    return {
        "id": value.id,
        "name": value.name,
        "value": number,
        "unit": value.unit,
        "numerator": value.numerator,
        "denominator": value.denominator,
        "rows": list(value.rows),
        "shown": value.shown,
        "note": value.note,
        "definition": value.definition,
        "parts": [{"key": part.key, "name": part.name, "value": part.value} for part in value.parts],
    }


def as_text(value: FigureValue) -> str:
    """A figure on a line."""
    base = f"（{value.numerator}/{value.denominator}）" if value.denominator is not None else ""
    return f"{value.name}［{value.id}］ {value.shown}{base}"


@click.command(cls=chinese.Command)
@click.argument("year", metavar="年度", type=int)
@click.option("--out", default="", metavar="FILE.html", help="写到哪里（默认在账本文件夹里）")
@click.option("--prose", default="", metavar="FILE.toml", help='人写的文字：小节编号 = "文字"；没有出处的数字会标出来')
@click.option("--ledger", default="", metavar="FILE", help="不编报告，把这份文字（.docx、.txt 等）里的数逐个与账本核对")
@common
def report(year: int, out: str, prose: str, ledger: str) -> int:
    """编年度报告：一个离线网页，每个数点开就是它的案件；编好先做体检。--ledger：核对已有的文字。"""
    bureau = settings().open()
    if ledger and (out or prose):
        raise Unusable("--ledger 只核对，不编报告，不能与 --out、--prose 同用")
    try:
        return _matched(bureau, year, ledger) if ledger else _written(bureau, year, out, prose)
    except (PeriodFault, ReportUnknown) as fault:
        raise Unusable(str(fault)) from fault


def _written(bureau: Bureau, year: int, out: str, prose: str) -> int:
    book = load(place=bureau.place)
    composed = compose(bureau.code, bureau.name, book, year, read_prose(prose, book.reports), today=clock.today())
    examined = examine(composed)
    path = Path(out) if out else Path(settings().home) / REPORTS / f"{composed.title}.html"
    try:
        if not out:
            path.parent.mkdir(exist_ok=True)
        path.write_text(render(composed, examined), "utf-8")
    except OSError as fault:
        raise Unusable(f"写不了“{path.name}”：请检查文件夹是否存在、文件是否正被别的软件打开") from fault
    absent = "".join(f"\n  缺：{one.part}·{one.title}（{one.why}）" for one in composed.absent)
    answer(
        {"file": str(path), **composed.told, "checkup": examined.told},
        lambda: f"已写 {path}。{composed.summary}{absent}\n{examined.summary}{examined.lines}",
    )
    return 0


def _matched(bureau: Bureau, number: int, file: str) -> int:
    try:
        document = read(Path(file))
    except Unreadable as fault:
        raise Unusable(str(fault)) from fault
    book = load(place=bureau.place)
    text = Report(document)
    other = text.year if text.year != number else None
    found = match(text, book, count(bureau.code, book, up_to(whole_year(number), clock.today())), bureau.name)
    answer(matching.as_json(text, found, other), lambda: matching.as_text(text, found, number, other))
    return int(any(one.state == "differs" for one in found))


def read_prose(file: str, reports: Any) -> dict[str, str]:
    """Section id → a person's prose. Raises Unusable."""
    if not file:
        return {}
    try:
        raw = tomllib.loads(Path(file).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise Unusable(f'读不了“{Path(file).name}”：要写成 UTF-8 的 TOML，每行 小节编号 = "文字"') from fault
    known = {section.id for report in reports.values() for section in report.sections}
    if unknown := [name for name in raw if name not in known]:
        raise Unusable(f"没有小节“{'、'.join(unknown)}”；有：{'、'.join(sorted(known))}")
    return {name: str(text) for name, text in raw.items()}


COMMANDS = (figures, report)
