"""`fazheng law show`, `list`, `where`, `add`: the catalogue as a reader looks things up in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from fazheng.casework.workbook.layout import procedures_named
from fazheng.cli import chinese
from fazheng.cli.common import Unusable, answer, day, day_or_today, open_book, placed, settings
from fazheng.cli.statutes import article_lines, as_row, resting, statute_lines, table
from fazheng.lawbook import catalogue, texts
from fazheng.lawbook.citation import cite, number, numeral
from fazheng.lawbook.index import where as find
from fazheng.lawbook.load import LawBook, load
from fazheng.lawbook.procedure import Procedure
from fazheng.lawbook.statute import Statute
from fazheng.lawbook.texts import TEXTS
from fazheng.lawbook.told_statute import KINDS, headed
from fazheng.procedure.refusals import source
from fazheng.procedure.words import describe

LARGEST = 4_000_000  # bytes: the longest statute has a tenth of that


def bureau_texts() -> Path:
    """Lets the texts of the home be found from now on; their folder, which may not be there."""
    folder = Path(settings().home) / TEXTS
    texts.use_shelf(folder)
    return folder


@click.command("where", cls=chinese.Command)
@click.argument("statute", metavar="法名")
@click.argument("article", metavar="条", default="")
@placed
def where(statute: str, article: str) -> int:
    """某条在哪些文件的哪一行写成了哪条规则。例：fazheng law where 行政处罚法 58"""
    found = find(load(), statute, _article(article) if article else 0)
    rows = [{"file": place.file, "line": place.line, "rule": place.rule, "article": place.cited} for place in found]
    answer(
        rows,
        lambda: "\n".join(f"{r['file']}:{r['line']}  {r['rule']}  {r['article']}" for r in rows) or "没有规则引用它",
    )
    return 0 if rows else 1


def _article(text: str) -> int:
    try:
        return number(text.removeprefix("第").removesuffix("条"))
    except ValueError as fault:
        raise Unusable(f"“{text}”不是条号，要写成数字，例如 58") from fault


@click.command("list", cls=chinese.Command)
@click.option(
    "--kind", default="", type=click.Choice(["", *KINDS.values()]), metavar="类别", help="、".join(KINDS.values())
)
@click.option("--on", default="", metavar="DATE", help="这一天的状态（默认今天）")
@placed
def list_law(kind: str, on: str) -> None:
    """法条目录和程序目录。例：fazheng law list --kind 法律 --on 2019-05-01"""
    book, asked = load(), day_or_today(on)
    statutes = [as_row(s, asked) for s in book.statutes.values() if not kind or KINDS.get(s.kind) == kind]
    procedures = [
        {"id": v.id, "name": v.name, "in_force": str(v.in_force), "until": str(v.until or ""), "mark": v.mark}
        for versions in book.procedures.values()
        for v in versions
    ]
    shown = table([(s["short"], s["number"], s["from"], s["status"]) for s in statutes])
    if kind:
        answer({"statutes": statutes}, lambda: f"{kind}，{asked}的状态：\n{shown}")
        return
    answer(
        {"statutes": statutes, "procedures": procedures, "places": list(book.places)},
        lambda: "\n".join(
            [
                f"法律、法规、规章和文件（{len(statutes)}部），{asked}的状态：",
                shown,
                "程序：",
                *(
                    f"  {p['id']}  {p['name']}  {p['in_force']}起 {p['until'] and '至' + str(p['until'])}"
                    for p in procedures
                ),
                f"地方：{'、'.join(book.places) or '无'}",
            ]
        ),
    )


@click.command("show", cls=chinese.Command)
@click.argument("name", metavar="法名或程序")
@click.argument("article", metavar="条", default="")
@click.option("--on", default="", metavar="DATE", help="按这一天施行的版本看（默认今天）")
@click.option("--place", default="", help="按哪个地方采用的规则看")
@placed
def show(name: str, article: str, on: str, place: str) -> int:
    """看一部法的版本和状态、一条的原文，或者一个程序。例：fazheng law show 行政处罚法 58 --on 2022-01-01"""
    book = load(place=place)
    if named := list(procedures_named(name, book)):
        name = named[0]
        version = book.version(name, day(on)) if on else book.procedures[name][-1]
        if version is None:
            since = "、".join(f"{v.in_force}起{f'至{v.until}' if v.until else ''}" for v in book.procedures[name])
            raise Unusable(f"{on}没有施行中的版本；有：{since}")
        text = procedure_text(version)
        answer({"procedure": name, "text": text}, lambda: text)
        return 0
    bureau_texts()
    found = _known(book, name)
    statute, asked = catalogue.with_shelf(found.statute), day_or_today(on)
    head = headed(found, name, statute, asked)
    if not article:
        rules = find(book, statute.short, 0)
        lines = [*head, *statute_lines(statute, asked, resting(book, rules))]
        value = as_row(statute, asked) | {"notes": head, "rules": len(rules), "text": "\n".join(lines)}
        answer(value, lambda: "\n".join(lines))
        return 0
    return _show_article(book, statute, _article(article), asked, head)


def _known(book: LawBook, name: str) -> catalogue.Found:
    found = catalogue.find(book, name)
    if found is None:
        raise Unusable(f"没有“{name}”这部法或这个程序；用 fazheng law list 查看")
    return found


def _show_article(book: LawBook, statute: Statute, article: int, asked: date, head: list[str]) -> int:
    version = statute.version_on(asked)
    places = find(book, statute.short, article)
    cited = cite(statute.short, f"第{numeral(article)}条")
    try:
        text = catalogue.article(book, statute, version, article) if version else None
    except texts.TextFault as fault:
        raise Unusable(f"{statute.short}的本地文本：{fault}") from fault
    value = {
        "article": cited,
        "version": str(version.from_) if version else None,
        "text": text.text if text else None,
        "notes": head,
        "rules": [place.rule for place in places],
    }
    rules = resting(book, places)
    answer(value, lambda: "\n".join([*head, *article_lines(cited, statute, version, text, asked, rules)]))
    return 0 if text else 1


@click.command("add", cls=chinese.Command)
@click.argument("file", metavar="文件")
@click.option("--name", default="", metavar="法名", help="这是哪部法的条文（默认看文件名）")
@click.option("--version-from", default="", metavar="DATE", help="这个版本从哪天起施行（默认目录里最新的版本）")
@click.option("--replace", is_flag=True, help="换掉已有的文本")
@placed
def add(file: str, name: str, version_from: str, replace: bool) -> None:
    """把一部法规、规章的条文（纯文本）放进账本的文件夹。例：fazheng law add 信访工作条例.txt"""
    path, book = Path(file), load()
    text = _text(path)
    statute = _known(book, name or path.stem).statute
    from_ = _version(statute, version_from)
    try:
        found = texts.articles(text)
    except texts.TextFault as fault:
        raise Unusable(f"{path.name}：{fault}") from fault
    open_book(Path(settings().home))
    folder = bureau_texts()
    if from_ in texts.shelved(statute.short) and not replace:
        raise Unusable(f"{statute.short}{from_}起施行的文本已经有了；要换掉它，加 --replace")
    if any(v.from_ == from_ and v.text for v in statute.versions):
        raise Unusable(f"{statute.short}{from_}起施行的版本已经安装了条文，不用再加")
    texts.shelve(folder, statute.short, from_, text)
    value = {"short": statute.short, "from": str(from_), "articles": len(found), "folder": str(folder)}
    answer(
        value,
        lambda: (
            f"已存{statute.name}（{from_}起施行），{len(found)}条。请核对最后一条是不是第{numeral(len(found))}条\n"
            f"看一条：fazheng law show {statute.short} 1 --on {from_}；核对规则：fazheng law check"
        ),
    )


def _text(path: Path) -> str:
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST else b""
    except OSError as fault:
        raise Unusable(f"读不了“{path.name}”：没有这个文件，或者没有权限") from fault
    if not content:
        raise Unusable(f"“{path.name}”是空的，或者大得不像条文")
    try:
        return texts.decoded(content)
    except texts.TextFault as fault:
        raise Unusable(f"“{path.name}”{fault}") from fault


def _version(statute: Statute, asked: str) -> date:
    """The first day of the version that is added: any day, since the catalogue may not know the newest yet."""
    if asked:
        return day(asked)
    if not statute.versions:
        raise Unusable(f"目录里没有{statute.short}的施行日：用 --version-from 写明这个文本从哪天起施行")
    return statute.spans()[-1][1]


def procedure_text(version: Procedure) -> str:
    """A procedure as a lawyer reads it: each step with its gates and limits."""
    out = [f"{version.name}（{version.statute}，{version.in_force}起{f'至{version.until}' if version.until else ''}）"]
    for step in version.steps.values():
        out.append(f"{step.name}［{step.id}］ {version.roles[step.role].name} {source(step)}")
        for gate in version.gates_before.get(step.id, ()):
            when = f"{describe(gate.when, version)}时，" if gate.when else ""
            out.append(f"    关口 {source(gate)}：{when}须{describe(gate.needs, version)}")
        out += [
            f"    期限 {source(limit)}：{limit.name} {limit.length or limit.until or limit.before}"
            for limit in version.limits
            if step.id in limit.binds
        ]
    out += [f"等待采用：{rule.id} {rule.cited}（{rule.mark}）" for rule in version.waiting]
    return "\n".join(out)


COMMANDS = (show, list_law, where, add)
