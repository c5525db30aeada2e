"""`fazheng paper`: the yearly report as a paper (公文), to open in Word or WPS, or to print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fazheng.cli import chinese
from fazheng.cli.common import REPORTS, Unusable, answer, common, settings
from fazheng.documents import (
    BLANK,
    FactsFault,
    FontFault,
    Paper,
    PrintFault,
)
from fazheng.documents.printing import fonts_told
from fazheng.figures import PeriodFault
from fazheng.issuing.papers import FACTS, FONTS, KINDS, own_fonts, report_paper, there, write
from fazheng.report import PersonUnknown, ReportUnknown


@click.command(cls=chinese.Command)
@click.argument("year", metavar="年度", type=int)
@click.option("--as", "kind", type=click.Choice(KINDS), default=None, help="只写一种（默认 docx 和 pdf 都写）")
@click.option("--out", default="", metavar="FILE", help="写到哪里，文件名以 .docx 或 .pdf 结尾（默认在账本文件夹里）")
@click.option("--prose", default="", metavar="FILE.toml", help='人写的文字：小节编号 = "文字"')
@click.option("--facts", default="", metavar="FILE.toml", help=f"公文要素：主送、日期等（默认账本文件夹里的 {FACTS}）")
@click.option("--report", "name", default="", metavar="ID", help="哪一种报告（默认法治政府建设年度报告）")
@click.option("--person", default="", metavar="CODE", help="述法报告：谁的，写人员编号")
@click.option("--draft", is_flag=True, help="每页印“草稿”，没有出处的数字加注")
@common
def paper(year: int, kind: str | None, out: str, prose: str, facts: str, name: str, person: str, draft: bool) -> None:
    """把年度报告编成公文：GB/T 9704 版式的 .docx 和 PDF。没有写的要素印成“〔待填〕”，不画印章。"""
    bureau = settings().open()
    home = Path(settings().home)
    kinds = _kinds(kind, out)
    try:
        made = report_paper(bureau, year, prose, facts or there(home / FACTS), name, person, draft=draft)
        base = Path(out).with_suffix("") if out else home / REPORTS / made.title
        written = write(made, base, kinds, own_fonts(home))
    except (FactsFault, FontFault, PrintFault, PeriodFault, ReportUnknown, PersonUnknown) as fault:
        raise Unusable(str(fault)) from fault
    _answer(made, written, home)


def _kinds(kind: str | None, out: str) -> tuple[str, ...]:
    if not out:
        return (kind,) if kind else KINDS
    ending = Path(out).suffix.lower().lstrip(".")
    if ending not in KINDS:
        raise Unusable(f"看不出“{Path(out).name}”要写成什么：文件名请以 .docx 或 .pdf 结尾")
    if kind and kind != ending:
        raise Unusable(f"--as {kind} 和文件名“{Path(out).name}”不一致，请只写一个")
    return (ending,)


def _answer(made: Paper, written: tuple[Path, ...], home: Path) -> None:
    blanks = made.facts.open
    value: dict[str, Any] = {"files": [str(path) for path in written], "blanks": list(blanks)}
    told = [f"已写 {path}" for path in written]
    if any(path.suffix == ".pdf" for path in written):
        fonts = fonts_told(own_fonts(home))
        value |= {"fonts": fonts.families, "stand_ins": fonts.stand_ins}
        told.append(f"PDF 里的{fonts.told}。")
        if fonts.stand_ins:
            told.append(f"要用本单位的字体，请把字体文件放进 {home / FONTS}，或用 FAZHENG_FONTS 指明文件夹。")
    if blanks:
        told.append(f"印成“{BLANK}”的有：{'、'.join(blanks)}。写在 {home / FACTS} 里，再编一次")
    answer(value, lambda: "\n".join(told))


COMMANDS = (paper,)
