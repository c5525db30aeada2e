"""`fazheng powers card`: the card of one item, to be read here, or as a page, Markdown or a paper."""

from __future__ import annotations

import os
from pathlib import Path

import click
from django.utils.html import escape

from fazheng.cli.common import Unusable, answer, common, day_or_today, settings
from fazheng.cli.powers import on_option, opened, powers
from fazheng.documents import Facts, Paper, Table
from fazheng.issuing.papers import own_fonts, write
from fazheng.register.powers_card import Card, card
from fazheng.report.composing import EXAMPLE_DIVISION, division

PAPERS, PAGES = ("docx", "pdf"), ("html", "md")
EXAMPLE = "示例：本单位、人员、电话都是虚构的"


@powers.command("card")
@click.argument("code", metavar="事项编码")
@on_option
@click.option(
    "--out", "out", default="", metavar="FILE", help="写成文件：.html、.md、.docx、.pdf（不写时显示在屏幕上）"
)
@common
def card_of(code: str, on: str, out: str) -> None:
    """一个事项的岗位卡：类型、依据、环节、材料、期限、岗位人员、电话、职责边界。"""
    bureau, book = opened()
    when = day_or_today(on)
    found = card(bureau.code, code, when, book.registers)
    if found is None:
        raise Unusable(f"{when}的权责清单里没有“{code}”；用 fazheng powers list --on {when} 查看编码")
    example = EXAMPLE if division(bureau.code).startswith(EXAMPLE_DIVISION) else ""
    told = markdown(found, bureau.name, example)
    value = {
        "title": found.title,
        "on": found.on,
        "rows": dict(found.rows),
        "posts": found.posts,
        "example": bool(example),
    }
    if not out:
        answer(value, lambda: told)
        return
    path = _written(found, bureau.name, example, Path(out))
    answer({"file": str(path)}, lambda: f"已写 {path}")


def _written(found: Card, bureau: str, example: str, path: Path) -> Path:
    ending = path.suffix.lower().lstrip(".")
    if ending in PAPERS:
        made = paper(found, bureau, example=bool(example))
        return write(made, path.with_suffix(""), (ending,), own_fonts(Path(settings().home)))[0]
    if ending not in PAGES:
        raise Unusable(f"看不出“{path.name}”要写成什么：文件名请以 .html、.md、.docx 或 .pdf 结尾")
    text = page(found, bureau, example) if ending == "html" else markdown(found, bureau, example)
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(text, "utf-8", newline="\n")
        os.replace(beside, path)
    except OSError as fault:
        raise Unusable(f"写不了“{path.name}”：请检查文件夹是否存在、文件是否正被别的软件打开") from fault
    return path


def markdown(found: Card, bureau: str, example: str) -> str:
    """The card as Markdown; `example` stands under the title where the bureau is invented."""
    lines = [
        f"# {found.title}",
        "",
        *([f"**{example}**", ""] if example else []),
        f"{bureau}，{found.on}",
        "",
        "| 项目 | 内容 |",
        "|---|---|",
    ]
    lines += [f"| {label} | {text.replace('|', '｜')} |" for label, text in found.rows]
    lines += [
        "",
        "| 岗位 | 人员 | 任期到 |",
        "|---|---|---|",
        *(f"| {post} | {who} | {until} |" for post, who, until in found.posts),
    ]
    return "\n".join(lines) + "\n"


def page(found: Card, bureau: str, example: str) -> str:
    """The card as one HTML file that asks nothing of any other; everything entered is escaped."""
    rows = "".join(f"<tr><th>{escape(label)}</th><td>{escape(text)}</td></tr>" for label, text in found.rows)
    posts = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in found.posts)
    said = f"<p><strong>{escape(example)}</strong></p>" if example else ""
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{escape(found.title)}</title>'
        "<style>body{font-family:sans-serif;max-width:48em;margin:2em auto}table{border-collapse:collapse;width:100%;"
        "margin:1em 0}th,td{border:1px solid #999;padding:.4em;text-align:left;vertical-align:top}th{width:8em}</style>"
        f"<h1>{escape(found.title)}</h1>{said}<p>{escape(bureau)}，{escape(found.on)}</p><table>{rows}</table>"
        f"<table><thead><tr><th>岗位</th><th>人员</th><th>任期到</th></tr></thead>{posts}</table></html>\n"
    )


def paper(found: Card, bureau: str, *, example: bool) -> Paper:
    """The card as a paper in the form of the bureau's others."""
    body = [Table(("项目", "内容"), found.rows)]
    body += [Table(("岗位", "人员", "任期到"), found.posts)] if found.posts else []
    facts = Facts(addressees=(), date=found.on, publicity="", printer="", printed_on="")
    return Paper(bureau, found.title, tuple(body), facts, example=example)


COMMANDS = ()
