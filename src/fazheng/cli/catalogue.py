"""`fazheng law show`, `list`, `where`: the catalogue as a reader looks things up in it."""

from __future__ import annotations

from datetime import date

import click

from fazheng.cli import chinese
from fazheng.cli.common import Unusable, answer, placed
from fazheng.lawbook import texts
from fazheng.lawbook.citation import cite, number, numeral
from fazheng.lawbook.index import where as find
from fazheng.lawbook.load import LawBook, load
from fazheng.lawbook.procedure import Procedure
from fazheng.procedure.refusals import source
from fazheng.procedure.words import describe


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
@placed
def list_law() -> None:
    """法条目录和程序目录。"""
    book = load()
    statutes = [
        {"short": s.short, "name": s.name, "number": s.number, "versions": [str(v.from_) for v in s.versions]}
        for s in book.statutes.values()
    ]
    procedures = [
        {"id": v.id, "name": v.name, "in_force": str(v.in_force), "until": str(v.until or ""), "mark": v.mark}
        for versions in book.procedures.values()
        for v in versions
    ]
    answer(
        {"statutes": statutes, "procedures": procedures, "places": list(book.places)},
        lambda: "\n".join(
            [
                "法律、法规、文件：",
                *(f"  {s['short']}  {s['name']}  {s['number']}" for s in statutes),
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
@click.option("--place", default="", help="按哪个地方采用的规则看")
@placed
def show(name: str, article: str, place: str) -> int:
    """看一条法条的原文，或者一个程序的步骤、关口、期限。例：fazheng law show 行政处罚法 58"""
    book = load(place=place)
    if name in book.procedures:
        version = book.version(name, date.max) or book.procedures[name][-1]
        text = procedure_text(version)
        answer({"procedure": name, "text": text}, lambda: text)
        return 0
    statute = next((s for s in book.statutes.values() if name in (s.short, s.name, *s.wrong)), None)
    if statute is None:
        raise Unusable(f"没有“{name}”这部法或这个程序；用 fazheng law list 查看")
    if not article:
        rows = find(book, statute.short, 0)
        answer({"name": statute.name, "rules": len(rows)}, lambda: f"{statute.name}：{len(rows)}条规则引用它")
        return 0
    return _show_article(book, statute.short, statute.name, _article(article))


def _show_article(book: LawBook, short: str, full: str, article: int) -> int:
    text = texts.article(full, article)
    rules = [place.rule for place in find(book, short, article)]
    cited = cite(short, f"第{numeral(article)}条")
    if text is None:
        reason = "没有这一条" if texts.installed() else "没有安装条文库"
        answer({"article": cited, "text": None, "rules": rules}, lambda: f"{cited}：{reason}")
        return 1
    answer(
        {"article": cited, "text": text.text, "rules": rules},
        lambda: f"{cited}\n{text.text}\n引用它的规则：{'、'.join(rules) or '无'}",
    )
    return 0


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


COMMANDS = (show, list_law, where)
