"""`fazheng sign, restate`: the yearly report signed and its year locked; what changed since, with a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from fazheng.casework.act import Act
from fazheng.casework.bureaux import Bureau
from fazheng.casework.signing import Words, as_change, since_signed, unfit
from fazheng.casework.signing import restate as enter_restatement
from fazheng.casework.signing import sign as enter_signature
from fazheng.casework.told_again import Differing
from fazheng.casework.writing import Writing, writing
from fazheng.checkup.registry import rules
from fazheng.cli import chinese, papers
from fazheng.cli.case import refusals_as_text
from fazheng.cli.common import REPORTS, Unusable, answer, common, day_or_today, settings
from fazheng.cli.leaving import leave
from fazheng.cli.prose import chosen, read_prose
from fazheng.cli.signed_files import as_json, beside, files_told, finish, standing
from fazheng.documents import (
    Facts,
    FactsFault,
    FontFault,
    Paper,
    PrintFault,
    Run,
    docx,
    facts_of,
    kept_facts,
    pdf,
    read_facts,
)
from fazheng.documents import Paragraph as OnPaper
from fazheng.figures import PeriodFault
from fazheng.figures import chinese as chinese_day
from fazheng.ledger.read import head
from fazheng.ledger.signed import Line, Signature, sha256, signature, text_of
from fazheng.procedure.refusals import own
from fazheng.procedure.surroundings import Refusal
from fazheng.report import Composed, Examined, OutlineUnknown, ReportUnknown, compose, examine, render
from fazheng.report.paper import lines_of, signed_paper

PRIVATE = "privacy"  # the group of check-up rules that look for personal data


@dataclass(frozen=True)
class Asked:
    """What a report is composed with."""

    year: int
    prose: str = ""
    outline: str = ""
    with_material: bool = False
    facts: str = ""


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


def signed_report(bureau: Bureau, home: Path, asked: Asked, reason: str, by: Act) -> tuple[Refusal, ...]:
    """Composes, examines, signs and writes the report, in one transaction; why not where it was refused.

    The files are written beside their places before the entry stands and moved after it: a kill leaves a year that is
    not signed, or one that is, whose files the next `fazheng report` puts in their place.
    """
    folder = home / REPORTS
    with writing(bureau) as act:
        composed, examined, words = _words(act, asked)
        found = (*unfit(act, words, reason, by), *_unready(examined))
        if found:
            return found
        end = head(bureau.code)
        provisional = _provisional(words, end.seq, end.digest, by)
        said = f"{chinese_day(by.on)}由{by.by}签发"
        made = signed_paper(provisional, bureau.name, kept_facts(words.facts))
        files = {
            f"{composed.title}.html": render(composed, examined, said).encode(),
            f"{composed.title}.docx": docx(made),
            f"{composed.title}.pdf": pdf(made, papers.own_fonts(home)),
        }
        _write_beside(folder, files)
        enter_signature(act, words, end, files, reason, by)
    done = signature(bureau.code, asked.year)
    if done:
        finish(done, home)
    return ()


def _words(act: Writing, asked: Asked) -> tuple[Composed, Examined, Words]:
    bureau, book = act.bureau, act.book
    act.flush()
    prose = read_prose(asked.prose, book.reports)
    composed = compose(
        bureau.code, bureau.name, book, asked.year, prose,
        outline=asked.outline, with_material=asked.with_material, today=act.today,
    )  # fmt: skip
    examined = examine(composed)
    facts = asdict(facts_of(read_facts(Path(asked.facts)) if asked.facts else {}, asked.year))
    facts.pop("signer")  # a name is not entered
    words = Words(
        composed.year, composed.title, composed.name, composed.outline, lines_of(composed),
        [(composed.period, block.value) for block in composed.figures], facts, composed.example,
        {block.value.id: "；".join(block.declared) for block in composed.figures if block.declared},
        tuple(one.message for one in examined.readiness.needing_reason),
    )  # fmt: skip
    return composed, examined, words


def _unready(examined: Examined) -> tuple[Refusal, ...]:
    """What the check-up refuses: arithmetic, time, personal data, promises without an answer."""
    found = [
        own("field", f"体检：{one.message}", "签发以前须改，用 fazheng report 看是哪一句", hard=True)
        for one in examined.readiness.refusing
    ]
    known = rules()
    found += [
        own("field", "正文里有个人信息", "报告要公开，去掉以后再签发；用 fazheng report 看是哪一句", hard=True)
        for one in examined.findings
        if known[one.rule].group == PRIVATE
    ]
    found += [
        own("order", f"以前的报告提出的安排还没有答复：“{text}”", "先用 fazheng promise answer 答复", hard=True)
        for text in examined.readiness.unanswered
    ]
    return tuple(dict.fromkeys(found))


def _provisional(words: Words, seq: int, digest: str, by: Act) -> Signature:
    """The signature as it will be read, for the papers that carry it."""
    text = sha256(text_of(words.title, words.lines).encode())
    return Signature(0, words.year, words.title, words.name, words.outline, by.on, by.by, "", (), seq, digest, text,
                     words.lines, (), {}, words.facts, words.example, words.notes)  # fmt: skip


def _write_beside(folder: Path, files: Mapping[str, bytes]) -> None:
    try:
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            beside(folder, name, sha256(content)).write_bytes(content)
    except OSError as fault:
        raise Unusable(f"写不了“{folder}”：请检查文件夹是否存在、磁盘是否已满、有没有权限") from fault


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
        found = since_signed(bureau.code, act.book, asked.year)
        _, _, words = _words(act, asked)
        sentences = changed_sentences(done.lines, words.lines)
        made = _note(bureau, done, found, sentences, reason, by.on, words.example)
        drawn = {"docx": docx(made), "pdf": pdf(made, papers.own_fonts(home))}
        refused = enter_restatement(act, words, head(bureau.code), found, reason, by)
    if refused:
        answer({"refused": [one.shown() for one in refused]}, lambda: refusals_as_text(list(refused)))
        return 1
    base = home / REPORTS / made.title
    (home / REPORTS).mkdir(exist_ok=True)
    leave({base.with_name(f"{made.title}.{kind}"): content for kind, content in drawn.items()})
    value: dict[str, Any] = {"changed": [as_change(one) for one in found], "sentences": sentences,
             "files": [str(base.with_name(f"{made.title}.{kind}")) for kind in drawn]}  # fmt: skip
    answer(value, lambda: "\n".join([f"已签发更正说明，{len(found)}个数。", *value["files"]]))
    return 0


def changed_sentences(signed: Sequence[Line], now: Sequence[Line]) -> list[tuple[str, str]]:
    """Sentences that rest on figures and read otherwise now: as signed, and now; paired by the figures in them."""

    def told(lines: Sequence[Line]) -> dict[tuple[str, ...], str]:
        return {tuple(figure for _, figure in line.runs if figure): line.text for line in lines if not line.level}

    before, after = told(signed), told(now)
    return [(text, after[key]) for key, text in before.items() if key and key in after and after[key] != text]


def _note(
    bureau: Bureau, done: Signature, found: Sequence[Differing], sentences: Sequence[tuple[str, str]],
    reason: str, on: date, example: bool,
) -> Paper:  # fmt: skip
    """The 更正说明: which numbers, from what to what, through which cases; which sentences read otherwise."""
    body = [f"《{done.title}》于{chinese_day(done.on)}签发。签发以后账本有补录、更正，现将有关数据更正如下。"]
    for change in map(as_change, found):
        rows = [*change["came"], *change["went"], *change["changed"]]
        cases = "、".join(f"{row['row']}（{row['on']}{row['did']}）" if row["on"] else row["row"] for row in rows[:10])
        more = f"等{len(rows)}件" if len(rows) > 10 else ""
        unit = change["unit"]
        because = f"，涉及{cases}{more}" if cases else ""
        body.append(f"“{change['name']}”由{change['signed']}{unit}更正为{change['now']}{unit}{because}。")
    body += [f"原文“{old}”更正为“{new}”。" for old, new in sentences]
    body.append(f"更正理由：{reason.strip().rstrip('。')}。")
    paragraphs = tuple(OnPaper((Run(text),)) for text in body)
    facts = Facts(addressees=(), date=chinese_day(on), publicity="", printer="", printed_on="")
    return Paper(bureau.name, f"{done.title}更正说明", paragraphs, facts, example=example)


COMMANDS = (sign, restate)
