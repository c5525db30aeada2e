"""四个“亲自”: what the book holds of the head's own acts, and what nobody recorded."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Max

from fazheng.casework.on_paper import signs
from fazheng.ledger.models import StandingEvent
from fazheng.staff.roster import HEAD
from fazheng.web.head.numbers import numbers
from fazheng.web.head.questions import Asked, Part, Question
from fazheng.web.names import procedure_name
from fazheng.web.tables import Cell, Column, Table

_SIGNED = (Column("what", "签了什么", frozen=True), Column("number", "次数", number=True), Column("last", "最近一次"))
_EACH = (
    Column("what", "亲自", frozen=True),
    Column("number", "账本记的次数", number=True),
    Column("paper", "有没有材料"),
)
_KINDS = {"deployed": "部署", "inquired": "过问", "coordinated": "协调", "supervised": "督办"}
_NOBODY = "没有人记入"


def short(asked: Asked, question: Question) -> str:
    """What was entered of the four, and how many decisions were signed. One statement."""
    year = asked.year_of(question)
    number = sum(number for _, number, _ in _decisions(asked, year))
    told = f"{year}年账本里有您签的{number}次" if number else f"{year}年账本里没有您签的"
    return f"{told}；部署、过问、协调、督办四项没有人记入，没有材料可举，也不能说没有做。"


def parts(asked: Asked, question: Question) -> Iterator[Part]:
    """The four first, each honest; then what you signed, and the figures. Three statements."""
    year = asked.year_of(question)
    rows = [[Cell(name), Cell("没有数据"), Cell(_NOBODY)] for name in _KINDS.values()]
    said = (
        "账本里没有哪一个程序记重要工作部署、重大问题过问、重点环节协调、重要案件督办：这里不能说您没有做，也不能说做了。",
        "开会部署、批示、调度的纸面材料请另存；学法、签发决定、签发年报是记了的，列在下面。",
    )
    yield Part("四个“亲自”", Table("四个“亲自”", _EACH, rows), said)
    book = asked.visit.book
    signed = [[Cell(f"{procedure_name(book, of)}：{step}"), Cell(str(number)), Cell(last)]
              for (of, step), number, last in _decisions(asked, year)]  # fmt: skip
    yield Part(f"{year}年您签的", Table("您签的", _SIGNED, signed, f"{year}年账本里没有您签的决定。"))
    yield numbers(asked, question)


def _decisions(asked: Asked, year: int) -> list[tuple[tuple[str, str], int, str]]:
    """(procedure, step) of the head's signing steps that this person took in the year, how often, the last day."""
    book, visit = asked.visit.book, asked.visit
    steps = {
        (version.id, step.records): step.name
        for versions in book.procedures.values()
        for version in versions
        for step in version.steps.values()
        if step.role == HEAD and signs(book, step)
    }
    first, last = (day.isoformat() for day in asked.period(year))
    rows = (
        StandingEvent.objects.filter(bureau=visit.bureau.code, by=visit.viewer.code, on_day__range=(first, last))
        .filter(procedure__in=sorted({of for of, _ in steps}), event__in=sorted({event for _, event in steps}))
        .values_list("procedure", "event")
        .annotate(number=Count("case_id"), last=Max("on_day"))
        .order_by("procedure", "event")
    )
    return [((of, steps[of, event]), number, on) for of, event, number, on in rows if (of, event) in steps]
