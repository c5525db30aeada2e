"""`fazheng declare`: a number that the book does not hold, signed for by a section."""

from __future__ import annotations

import click

from fazheng.casework.act import Act
from fazheng.casework.declared_numbers import Number, NumberFault, declare_number, number_from, withdraw_number
from fazheng.casework.writing import writing
from fazheng.cli import chinese
from fazheng.cli.common import Unusable, answer, common, day_or_today, settings
from fazheng.cli.with_commands import with_commands
from fazheng.figures import Period, PeriodFault, number_text, parse, told
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook, load
from fazheng.lawbook.sections import section_names
from fazheng.procedure.surroundings import Refusal


@click.command(cls=chinese.Command)
@click.argument("figure", metavar="统计项")
@click.argument("period", metavar="期间")
@click.argument("value", metavar="[数]", default="")
@click.option("--paper", default="", help="这个数出自哪份文件（名称另存，只有文号会印出去）")
@click.option("--section", default="", help="哪个股室（岗位）负责，如 hotline_desk 或 热线承办员")
@click.option("--by", "by", required=True, metavar="CODE", help="签字人的人员编号")
@click.option("--on", "on", default="", metavar="日期", help="签字的日期（默认今天）")
@click.option("--opening", is_flag=True, help="期初数：账本建立以前已有的，到期间最后一天为止")
@click.option("--reason", default="", help="更正、撤回的理由")
@click.option("--withdraw", is_flag=True, help="撤回这个申报数")
@common
def declare(
    figure: str, period: str, value: str, paper: str, section: str, by: str, on: str, opening: bool, reason: str,
    withdraw: bool,
) -> int:  # fmt: skip
    """申报账本里没有的数：写明文件、股室、签字人。例：fazheng declare hotline.received 2022 120 --paper … --by Z008"""
    bureau = settings().open()
    book = load(place=bureau.place)
    known = figure_named(figure, book)
    if bool(value) == withdraw:
        raise Unusable("撤回（--withdraw）不写数" if withdraw else "缺少“数”。确实没有发生的，写 0")
    span = period_of(period)
    number = Number(known.id, span, 0 if withdraw else number_of(value, known), paper, role_of(section, book),
                    opening, reason)  # fmt: skip
    with writing(bureau) as act:
        signed = Act(day_or_today(on), by, {})
        refused = (withdraw_number if withdraw else declare_number)(act, number, signed)
    if refused:
        return refusing(refused)
    shown = number_text(number.value, known.unit)
    did = "已撤回" if withdraw else f"{'期初数' if opening else '申报数'}{shown}{known.unit}已登记"
    answer(
        {"figure": known.id, "first": str(span[0]), "last": str(span[1]), "value": None if withdraw else shown},
        lambda: f"{told(span)}“{known.name}”：{did}。",
    )
    return 0


def refusing(refused: tuple[Refusal, ...]) -> int:
    """Says why nothing was entered; exit code 1."""
    answer(
        {"refused": [{"says": one.says, "todo": one.todo} for one in refused]},
        lambda: "没有登记：\n" + "\n".join(f"  {one.says}。{with_commands(one.todo)}" for one in refused),
    )
    return 1


def figure_named(name: str, book: LawBook) -> Figure:
    """The figure of that id or Chinese name. Raises Unusable."""
    found = [one for one in book.figures.values() if name in (one.id, one.name)]
    if not found:
        raise Unusable(f"没有统计项“{name}”；有：{'、'.join(book.figures)}")
    if len(found) > 1:
        raise Unusable(f"有{len(found)}个统计项叫“{name}”，请写编号：{'、'.join(one.id for one in found)}")
    return found[0]


def role_of(section: str, book: LawBook) -> str:
    """The role of that id or Chinese name, a local name among them; what names none stays as typed."""
    names = {name: id for id, name in section_names(book).items()}
    here = {said.name: said.id for said in book.place.roles if said.name} if book.place else {}
    return {**here, **names}.get(section, section)


def period_of(text: str) -> Period:
    """The period as typed, whole. Raises Unusable."""
    try:
        return parse(text)
    except PeriodFault as fault:
        raise Unusable(str(fault)) from fault


def number_of(text: str, figure: Figure) -> int:
    """The number in the figure's unit: whole, or 元 with up to two decimals, as fen. Raises Unusable."""
    try:
        return number_from(text, figure)
    except NumberFault as fault:
        raise Unusable(f"“{figure.name}”{fault}") from fault


COMMANDS = (declare,)
