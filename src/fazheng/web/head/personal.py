"""四个“亲自”: what the book holds of the head's own acts, and what nobody recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Count, Max

from fazheng.casework.on_paper import signs
from fazheng.figures import FigureValue
from fazheng.ledger.models import StandingEvent
from fazheng.procedure.case import ADD_LATE, CORRECT, WITHDRAW
from fazheng.staff.roster import HEAD
from fazheng.web.head.numbers import numbers, rows_url, shown
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
_ACTS, _PAPERED = "head.acts", "head.papered"  # the figures of all four, and of those with a paper
_AMENDED = (ADD_LATE, CORRECT, WITHDRAW)
_NOBODY = "没有人记入"
_UNKNOWN = (
    "“主要负责人亲自履职”里没有人登记部署、过问、协调、督办：这里不能说您没有做，也不能说做了。",
    "登记由您本人办，或者附上有您签字的批示、纪要、督办单；学法、签发决定、签发年报另有记录，列在下面。",
)
_KNOWN = (
    "点次数看是哪几件，每一件写着哪一天、什么事、什么材料。年中换过主要负责人的，前任登记的也在内。",
    "没有登记的不等于没有做；学法、签发决定、签发年报另有记录，列在下面。",
)


def short(asked: Asked, question: Question) -> str:
    """What was entered of the four, and how many decisions were signed. Three statements."""
    year = asked.year_of(question)
    number = sum(number for _, number, _ in _decisions(asked, year))
    told = f"{year}年账本里有您签的{number}次" if number else f"{year}年账本里没有您签的"
    values = asked.values(year)
    if _ACTS not in values or values[_ACTS].value is None:
        return f"{told}；部署、过问、协调、督办四项没有人记入，没有材料可举，也不能说没有做。"
    each = "、".join(f"{name}{values[f'head.{kind}'].value}次" for kind, name in _KINDS.items())
    return f"{told}；登记的{each}，有材料的{values[_PAPERED].value}次。"


def parts(asked: Asked, question: Question) -> Iterator[Part]:
    """The four first, each honest; then what was signed, and the figures. Three statements."""
    year = asked.year_of(question)
    values = asked.values(year)
    known = _ACTS in values and values[_ACTS].value is not None
    rows = [_each(kind, name, values, year) if known else [Cell(name), Cell("没有数据"), Cell(_NOBODY)]
            for kind, name in _KINDS.items()]  # fmt: skip
    yield Part("四个“亲自”", Table("四个“亲自”", _EACH, rows), _KNOWN if known else _UNKNOWN)
    book = asked.visit.book
    signed = [[Cell(f"{procedure_name(book, of)}：{step}"), Cell(str(number)), Cell(last)]
              for (of, step), number, last in _decisions(asked, year)]  # fmt: skip
    yield Part(f"{year}年您签的", Table("您签的", _SIGNED, signed, f"{year}年账本里没有您签的决定。"))
    yield numbers(asked, question)


def _each(kind: str, name: str, values: Mapping[str, FigureValue], year: int) -> list[Cell]:
    """One of the four: how often it was entered, its cases one click away, and how many of them have a paper."""
    value = values[f"head.{kind}"]
    papered = next((part.value for part in values[_PAPERED].parts if part.key == kind), 0)
    paper = ("都有材料" if papered == value.value else f"{papered}次有材料") if value.value else "没有登记"
    return [Cell(name), Cell(shown(value), rows_url(value, year)), Cell(paper)]


def _decisions(asked: Asked, year: int) -> list[tuple[tuple[str, str], int, str]]:
    """(procedure, step) of the head's signing steps that this person took in the year, how often, the last day.

    The four have a table of their own. One statement, where one of them was taken or an entry amended since.
    """
    book, visit = asked.visit.book, asked.visit
    apart = book.figures[_ACTS].of if _ACTS in book.figures else ""
    steps = {
        (version.id, step.records): step.name
        for versions in book.procedures.values()
        for version in versions
        for step in version.steps.values()
        if version.id != apart and step.role == HEAD and signs(book, step)
    }
    parts = {f"{of}/{event}" for of, told in steps for event in (told, *_AMENDED)}
    return asked.standing(("decisions", visit.viewer.code, year), parts, lambda: _counted(asked, year, steps))


def _counted(asked: Asked, year: int, steps: Mapping[tuple[str, str], str]) -> list[tuple[tuple[str, str], int, str]]:
    """The same, counted. One statement."""
    visit = asked.visit
    first, last = (day.isoformat() for day in asked.period(year))
    rows = (
        StandingEvent.objects.filter(bureau=visit.bureau.code, by=visit.viewer.code, on_day__range=(first, last))
        .filter(procedure__in=sorted({of for of, _ in steps}), event__in=sorted({event for _, event in steps}))
        .values_list("procedure", "event")
        .annotate(number=Count("case_id"), last=Max("on_day"))
        .order_by("procedure", "event")
    )
    return [((of, steps[of, event]), number, on) for of, event, number, on in rows if (of, event) in steps]
