"""`fazheng figures, report`: what is counted, and the sentences around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from fazheng.casework import clock
from fazheng.casework.bureaux import Bureau
from fazheng.checkup.reading import Unreadable, read
from fazheng.checkup.report import Report
from fazheng.cli import chinese, matching, side_by_side
from fazheng.cli.common import REPORTS, Unusable, answer, common, day, settings
from fazheng.cli.proof_file import write_proof
from fazheng.cli.reading_back import shown_back
from fazheng.cli.side_by_side import in_unit
from fazheng.cli.signed_files import show_signed
from fazheng.figures import Declared, FigureValue, Period, PeriodFault, between, count, drop, parse, up_to
from fazheng.figures import told as told_period
from fazheng.figures import year as whole_year
from fazheng.figures.declared import of_table
from fazheng.figures.saying import against, who
from fazheng.issuing.files import tell_signed
from fazheng.issuing.leaving import Leaving, leave
from fazheng.issuing.prose import read_prose
from fazheng.lawbook.load import load
from fazheng.lawbook.sections import section_names
from fazheng.ledger.read import head
from fazheng.ledger.signed import Signature, signature
from fazheng.report import (
    Composed,
    OutlineUnknown,
    PersonUnknown,
    ReportUnknown,
    compose,
    examine,
    match,
    render,
    workbook,
)
from fazheng.report.composed import FigureBlock
from fazheng.report.outlining import outline_of


@click.command(cls=chinese.Command)
@click.argument("periods", metavar="期间…", nargs=-1)
@click.option("--id", "ids", multiple=True, help="只算某个统计项，可写多个")
@click.option("--from", "begins", default="", metavar="日期", help="从哪一天（与 --to 一起写，代替期间）")
@click.option("--to", "ends", default="", metavar="日期", help="到哪一天")
@click.option("--recount", "anew", is_flag=True, help="不用留存的答案，从案件重新统计一次")
@click.option("--differences", is_flag=True, help="只列申报数与账本数不一致的；不写期间，看全部申报数")
@click.option("--told-to", default="", metavar="单位", help="这些数报给了谁：留底")
@click.option("--by", default="", metavar="CODE", help="报数人的人员编号（与 --told-to 一起写）")
@common
def figures(
    periods: tuple[str, ...],
    ids: tuple[str, ...],
    begins: str,
    ends: str,
    anew: bool,
    differences: bool,
    told_to: str,
    by: str,
) -> int:
    """算统计数：每个数有定义、有分母、有出处。例：fazheng figures 2024；2024Q3；2024-03；2023 2024（两年相比）"""
    bureau = settings().open()
    book = load(place=bureau.place)
    if unknown := [id for id in ids if id not in book.figures]:
        raise Unusable(f"没有统计项“{'、'.join(unknown)}”；有：{'、'.join(book.figures)}")
    every = differences and not periods and not begins  # whatever was declared, for whatever days
    spans = sorted({one.period for one in of_table(bureau.code)}) if every else _spans(periods, begins, ends)
    sections = section_names(book)
    before = head(bureau.code)
    if anew:
        drop(bureau.code)
    found = [count(bureau.code, book, span, ids=list(ids) or None) for span in spans]
    if told_to:
        told = [(span, value) for span, values in zip(spans, found, strict=True) for value in values]
        Leaving(bureau, told_to, "figures", by, before).keep(told)
    if differences:
        found = [[value for value in values if value.against is not None] for values in found]
    if len(spans) > 1 and not differences:
        answer(side_by_side.as_json(spans, found), lambda: side_by_side.as_text(spans, found))
    else:
        values = [value for one in found for value in one]
        answer([as_json(value, sections) for value in values], lambda: _listed(spans, found, sections, differences))
    return int(differences and any(found))


def _spans(periods: tuple[str, ...], begins: str, ends: str) -> list[Period]:
    """The periods as typed, as far as they are over. Raises Unusable."""
    if bool(begins) != bool(ends) or bool(begins) == bool(periods):
        raise Unusable("写期间（如 2024、2024Q3、2024-03），或者 --from 日期 --to 日期，两样写一样")
    try:
        spans = [between(begins, ends)] if begins else [parse(period) for period in periods]
        return [up_to(span, clock.today()) for span in spans]
    except PeriodFault as fault:
        raise Unusable(str(fault)) from fault


def _listed(
    spans: Sequence[Period], found: Sequence[Sequence[FigureValue]], sections: Mapping[str, str], differences: bool
) -> str:
    lines = []
    for span, values in zip(spans, found, strict=True):
        heading = f"{told_period(span)}：申报数与账本数不一致的{len(values)}项" if differences else told_period(span)
        lines += [heading, *(as_text(value, sections) for value in values)]
    return "\n".join(lines)


def as_json(value: FigureValue, sections: Mapping[str, str]) -> dict[str, Any]:
    """A figure for a program, in its unit (元 as 36000.00); `value` null is no data; a rate has its base beside it.

    `source`: counted, declared, mixed; `declared` names the signer and the paper; `against`: declared and counted.
    """
    return {
        "id": value.id,
        "name": value.name,
        "value": in_unit(value.value, value.unit),
        "unit": value.unit,
        "numerator": value.numerator,
        "denominator": value.denominator,
        "rows": list(value.rows),
        "shown": value.shown,
        "note": value.note,
        "definition": value.definition,
        "parts": [{"key": part.key, "name": part.name, "value": part.value} for part in value.parts],
        "source": value.source,
        "declared": [_declared_as_json(one, value.unit, sections) for one in value.declared],
        "against": [in_unit(one, value.unit) for one in value.against] if value.against else None,
    }


def _declared_as_json(one: Declared, unit: str, sections: Mapping[str, str]) -> dict[str, Any]:
    return {
        "first": one.first_day,
        "last": one.last_day,
        "opening": one.opening,
        "value": in_unit(one.value, unit),
        "section": one.section,
        "section_name": sections.get(one.section, one.section),
        "by": one.by,
        "on": one.on_day,
        "paper": one.reference,
        "entry": one.seq,
    }


def as_text(value: FigureValue, sections: Mapping[str, str]) -> str:
    """A figure on a line, with who declared it where the book did not count it."""
    base = f"（{value.numerator}/{value.denominator}）" if value.denominator is not None else ""
    said = "；".join(who(one, sections) for one in value.declared) if value.source != "counted" else ""
    mark = f"　［申报：{said}］" if said else ""
    differs = f"　［不一致：{against(value, sections)}］" if value.against is not None else ""
    return f"{value.name}［{value.id}］ {value.shown}{base}{mark}{differs}"


@click.command(cls=chinese.Command)
@click.argument("year", metavar="年度", type=int)
@click.option("--out", default="", metavar="FILE.html", help="写到哪里（默认在账本文件夹里）")
@click.option("--prose", default="", metavar="FILE.toml", help='人写的文字：小节编号 = "文字"；没有出处的数字会标出来')
@click.option("--outline", default="", metavar="ID", help="用哪个提纲（默认是本地选的；可用的见 fazheng outline）")
@click.option(
    "--report",
    "name",
    default="",
    metavar="ID",
    help="哪一种报告（默认法治政府建设年度报告）：enforcement_statistics、account_of_law",
)
@click.option("--person", default="", metavar="CODE", help="述法报告：谁的，写人员编号")
@click.option("--with-material", is_flag=True, help="把本年度的素材都印在它们的小节下面（默认只印文字里点了名的）")
@click.option("--until", default="", metavar="日期", help="只统计到这一天（默认到年底；没有过完的年度到今天）")
@click.option("--to", "told_to", default="", metavar="单位", help="报给谁：留底。不写的是底稿，不留底")
@click.option("--by", default="", metavar="CODE", help="报送人的人员编号（与 --to 一起写）")
@click.option("--as-of-now", is_flag=True, help="年度报告已经签发的，按现在的账本另编一份")
@click.option("--ledger", default="", metavar="FILE", help="不编报告，把这份文字（.docx、.txt 等）里的数逐个与账本核对")
@click.option(
    "--read-back", "back", default="", metavar="FILE", help="改过的文件（.docx、.pdf、.txt、.html）读回来：改了什么"
)
@click.option("--proof", default="", metavar="FILE.zip", help="已签发的报告的证明文件：他人不用账本也能核验")
@common
def report(
    year: int,
    out: str,
    prose: str,
    outline: str,
    name: str,
    person: str,
    with_material: bool,
    until: str,
    told_to: str,
    by: str,
    as_of_now: bool,
    ledger: str,
    back: str,
    proof: str,
) -> int:
    """编年度报告：一个离线网页，每个数点开就是它的案件；编好先做体检。--ledger：核对已有的文字。已签发的，印签发的。"""
    bureau = settings().open()
    if ledger and (out or prose or outline or name or person or with_material or until or told_to):
        raise Unusable("--ledger 只核对，不编报告，不能与编报告的选项同用")
    last = min(day(until), clock.today()) if until else clock.today()
    try:
        if ledger:
            return _matched(bureau, year, ledger)
        if proof:
            return write_proof(bureau, year, Path(proof), Path(settings().home))
        if back:
            return shown_back(bureau, year, Path(back), prose, outline, with_material)
        done = None if name else signature(bureau.code, year)
        if done and not as_of_now and not until:
            return _as_signed(bureau, done, out, prose or outline or with_material, told_to, by)
        if done and not out:
            out = str(Path(settings().home) / REPORTS / f"{done.title}（按现在的账本）.html")
        wanted = Wanted(name, person, outline, with_material)
        return _written(bureau, year, out, prose, wanted, last, told_to, by)
    except (PeriodFault, ReportUnknown, OutlineUnknown, PersonUnknown) as fault:
        raise Unusable(str(fault)) from fault


def _as_signed(bureau: Bureau, done: Signature, out: str, otherwise: str | bool, told_to: str, by: str) -> int:
    if otherwise:
        raise Unusable(f"{done.year}年度报告已经签发，不能再编。按现在的账本另编一份，请写 --as-of-now")
    if told_to:
        tell_signed(bureau, done, told_to, by)
    return show_signed(bureau, done, Path(settings().home), out)


@dataclass(frozen=True)
class Wanted:
    """Which report, of whom, in which outline; empty: the main one, the only head, the place's."""

    report: str = ""
    person: str = ""
    outline: str = ""
    with_material: bool = False


def _written(
    bureau: Bureau,
    year: int,
    out: str,
    prose: str,
    wanted: Wanted,
    last: date,
    told_to: str,
    by: str,
) -> int:
    book = load(place=bureau.place)
    before = head(bureau.code)
    said = read_prose(prose, book.reports)
    composed = compose(
        bureau.code, bureau.name, book, year, said, report=wanted.report, person=wanted.person,
        outline=wanted.outline, with_material=wanted.with_material, today=last,
    )  # fmt: skip
    examined = None if composed.companion else examine(composed)
    path = Path(out) if out else Path(settings().home) / REPORTS / f"{composed.title}.html"
    if not out:
        path.parent.mkdir(exist_ok=True)
    told = [(composed.period, block.value) for block in composed.figures]
    going = Leaving(bureau, told_to, "report", by, before) if told_to else None
    files = {path: render(composed, examined).encode()}
    if composed.tables:
        files[path.with_suffix(".xlsx")] = workbook(composed)
    leave(files, going, told)
    sections = section_names(book)
    absent = "".join(f"\n  缺：{one.part}·{one.title}（{one.why}）" for one in composed.absent)
    answer(
        {"file": str(path), "files": [str(one) for one in files], **composed.told}
        | ({"checkup": examined.told} if examined else {}),
        lambda: (
            f"已写 {'、'.join(map(str, files))}。{_kept(told_to)}{composed.summary}{absent}"
            f"{_differ(composed.figures, sections)}"
            f"{to_write(composed)}" + (f"\n{examined.summary}{examined.lines}" if examined else "")
        ),
    )
    return 0


def _kept(told_to: str) -> str:
    return f"已留底：报{told_to}。" if told_to else "这是底稿，没有留底（报出去时写 --to 单位 --by 编号）。"


def _differ(blocks: Sequence[FigureBlock], sections: Mapping[str, str]) -> str:
    """Declared numbers that the book does not bear out, a line each."""
    values = (block.value for block in blocks if block.value.against is not None)
    return "".join(f"\n  不一致：“{value.name}”{against(value, sections)}" for value in values)


def to_write(composed: Composed) -> str:
    """What waits for a person: tasks that shortcomings propose, and 素材; empty for neither."""
    tasks = "".join(f"\n  拟：{one.text}［{one.section}］" for one in composed.proposed)
    given = "".join(f"\n  素材 {one.key}：{one.text}" for one in composed.offered if not one.printed)
    return tasks + given


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


@click.command(cls=chinese.Command)
@click.argument("name", metavar="[提纲]", default="")
@common
def outline(name: str) -> None:
    """报告的提纲：有哪几个、本地用哪个；写提纲的编号，列出标题、对应的部分和各节。"""
    bureau = settings().open()
    rows: list[dict[str, Any]] = []
    for one in load(place=bureau.place).reports.values():
        used = outline_of(one, "")
        titles = {section.id: section.title for section in one.sections}
        for known in one.outlines.values():
            headings = [
                {"level": level, "title": heading.title, "serves": one.parts[serves],
                 "sections": {id: titles[id] for id in heading.sections}}
                for level, heading, serves in known.walk()
            ]  # fmt: skip
            if name in ("", known.id):
                shown = {"headings": headings} if name else {}
                rows.append({"report": one.name, "id": known.id, "name": known.name, "used": known == used} | shown)
    if not rows:
        raise Unusable(f"没有提纲“{name}”；不写名字就列出全部：fazheng outline")
    answer(rows, lambda: "\n".join(line for row in rows for line in _outline_lines(row)))


def _outline_lines(row: dict[str, Any]) -> list[str]:
    found = [f"{row['id']}　{row['name']}{'（现在用的）' if row['used'] else ''}"]
    for heading in row.get("headings", ()):
        found.append(f"{'　' * heading['level']}{heading['title']}［{heading['serves']}］")
        found += [f"{'　' * (heading['level'] + 1)}{title or id}［{id}］" for id, title in heading["sections"].items()]
    return found


COMMANDS = (figures, report, outline)
