"""`fazheng sign, restate`: the yearly report signed and its year locked; what changed since, with a note."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from fazheng.casework.act import Act
from fazheng.casework.bureaux import Bureau
from fazheng.casework.signing import as_change, since_signed
from fazheng.casework.told_again import Differing
from fazheng.casework.writing import writing
from fazheng.cli import chinese
from fazheng.cli.case import refusals_as_text
from fazheng.cli.common import Unusable, answer, common, day_or_today, settings
from fazheng.documents import FactsFault, FontFault, PrintFault
from fazheng.figures import PeriodFault
from fazheng.issuing import papers
from fazheng.issuing.files import as_json, files_told, standing
from fazheng.issuing.prose import chosen
from fazheng.issuing.restating import restate_in, write_note
from fazheng.issuing.signing import Asked, signed_report
from fazheng.ledger.signed import Signature, signature
from fazheng.report import OutlineUnknown, ReportUnknown


@click.command(cls=chinese.Command)
@click.argument("year", metavar="年度", type=int)
@click.option("--by", required=True, metavar="CODE", help="谁签发（行政机关负责人的人员编号）")
@click.option("--on", "on", default="", metavar="日期", help="哪天签发（默认今天）")
@click.option("--reason", default="", metavar="一句话", help="缺少应有的部分时，写明为什么；会公开")
@click.option("--prose", default="", metavar="FILE.toml", help='人写的文字：小节编号 = "文字"')
@click.option("--no-prose", is_flag=True, help="不印人写的文字")
@click.option("--outline", default="", metavar="ID", help="用哪个提纲（默认是本地选的）")
@click.option("--with-material", is_flag=True, help="把本年度的素材都印上")
@click.option("--facts", default="", metavar="FILE.toml", help="公文要素（默认账本文件夹里的 paper.toml）")
@common
def sign(
    year: int, by: str, on: str, reason: str, prose: str, no_prose: bool, outline: str, with_material: bool, facts: str
) -> int:
    """签发年度报告并锁定年度：文字、每个数和所据账本的链尾记成一个条目，编出没有“草稿”的网页、.docx 和 PDF。"""
    bureau, home = settings().open(), Path(settings().home)
    if signature(bureau.code, year) is None:
        prose = chosen(home, prose, without=no_prose)
    asked = Asked(year, prose, outline, with_material, facts or papers.there(home / papers.FACTS))
    try:
        refused = signed_report(bureau, home, asked, reason, Act(day_or_today(on), by, {}))
    except (FactsFault, FontFault, PrintFault, PeriodFault, ReportUnknown, OutlineUnknown) as fault:
        raise Unusable(str(fault)) from fault
    done = signature(bureau.code, year)
    if refused or done is None:
        answer({"refused": [one.shown() for one in refused]}, lambda: refusals_as_text(list(refused)))
        return 1
    answer(as_json(done, home), lambda: "\n".join([f"已签发。{standing(done)}", *files_told(done, home)]))
    return 0


@click.command(cls=chinese.Command)
@click.argument("year", metavar="年度", type=int)
@click.option("--sign", "signing", is_flag=True, help="签发更正说明：记成条目，编出 .docx 和 PDF")
@click.option("--by", default="", metavar="CODE", help="谁签发（与 --sign 一起写）")
@click.option("--on", "on", default="", metavar="日期", help="哪天签发（默认今天）")
@click.option("--reason", default="", metavar="一句话", help="为什么更正（与 --sign 一起写）；会公开")
@click.option("--prose", default="", metavar="FILE.toml", help="人写的文字，与签发时的同一份")
@click.option("--no-prose", is_flag=True, help="签发时没有印人写的文字")
@common
def restate(year: int, signing: bool, by: str, on: str, reason: str, prose: str, no_prose: bool) -> int:
    """签发以后账本有了变化：逐项列出签发的数、现在的数和其间的案件；--sign 签发更正说明。"""
    bureau, home = settings().open(), Path(settings().home)
    done = signature(bureau.code, year)
    if done is None:
        raise Unusable(f"{year}年的年度报告还没有签发，没有可以更正的")
    if not signing:
        with writing(bureau) as act:
            found = since_signed(bureau.code, act.book, year)
        answer([as_change(one) for one in found], lambda: _differences(found, done))
        return int(bool(found))
    if not by:
        raise Unusable("更正说明要有人签发，请写 --by 人员编号")
    prose = chosen(home, prose, without=no_prose)
    try:
        return _restated(bureau, home, Asked(year, prose, done.outline), reason, Act(day_or_today(on), by, {}), done)
    except (FontFault, PrintFault, PeriodFault, ReportUnknown, OutlineUnknown) as fault:
        raise Unusable(str(fault)) from fault


def _differences(found: Sequence[Differing], done: Signature) -> str:
    if not found:
        return f"{done.year}年度报告签发的{len(done.figures)}个数与现在的账本都一致。"
    told = [one.sentence for one in found]
    return "\n".join([*told, f"共{len(found)}个数与现在的账本不同。签发更正说明：fazheng restate {done.year} --sign"])


def _restated(bureau: Bureau, home: Path, asked: Asked, reason: str, by: Act, done: Signature) -> int:
    with writing(bureau) as act:
        made = restate_in(act, home, asked, reason, by, done)
    if made.refused:
        answer({"refused": [one.shown() for one in made.refused]}, lambda: refusals_as_text(list(made.refused)))
        return 1
    files = [str(path) for path in write_note(home, made)]
    value: dict[str, Any] = {"changed": [as_change(one) for one in made.found], "sentences": made.sentences,
             "files": files}  # fmt: skip
    answer(value, lambda: "\n".join([f"已签发更正说明，{len(made.found)}个数。", *files]))
    return 0


COMMANDS = (sign, restate)
