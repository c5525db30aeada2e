"""负责人页: twelve questions with their short answers, a page each, and the cases behind a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from django.http import Http404, HttpResponse
from django.urls import path, reverse

from fazheng.casework.lists.columns import called
from fazheng.figures import BookMoved, FigureValue
from fazheng.ledger.models import DefectRow
from fazheng.web.forms import whole
from fazheng.web.head import (
    checked,
    fewer,
    inspector,
    late,
    neighbour,
    personal,
    plain,
    reported,
    sentences,
    signed,
)
from fazheng.web.head.numbers import case_url, shown
from fazheng.web.head.questions import Asked, Part, Question, question, questions
from fazheng.web.pages import page
from fazheng.web.tables import Cell, Column, Table
from fazheng.web.visit import Visit

_ROWS = 500  # cases of a number on a page
_EARLIEST, _LATEST = 2000, 9999


class Answering(Protocol):
    """What a question's module holds: the short answer for the front page, the parts of its own page."""

    def short(self, asked: Asked, question: Question, /) -> str: ...
    def parts(self, asked: Asked, question: Question, /) -> Iterable[Part]: ...


ANSWERS: Mapping[str, Answering] = {
    "fined": plain, "late": late, "courts": plain, "personal": personal, "reported": reported, "checked": checked,
    "tickets": plain, "sentences": sentences, "neighbour": neighbour, "inspector": inspector, "fewer": fewer,
    "signed": signed,
}  # fmt: skip


@page("head")
def head(visit: Visit) -> HttpResponse:
    """The twelve with their short answers: at most three statements each, none while the book stands."""
    return visit.render("head/head.html", {"told": visit.kept("head", lambda: _short(visit))})


def _short(visit: Visit) -> list[tuple[Question, str, str]]:
    asked = Asked(visit, every=True)
    return [(one, ANSWERS[one.id].short(asked, one), reverse("head_question", args=[one.id])) for one in questions()]


@page("head", post=True)
def answer(visit: Visit, id: str) -> HttpResponse:
    """One question: its short answer is on the front page; here is what it rests on."""
    known = question(id)
    if known is None:
        raise Http404
    asked = Asked(visit, _year(visit.request.GET.get("year", "")))
    year = asked.year_of(known)
    years = [(each, each == year) for each in range(asked.this_year, asked.this_year - 4, -1)] if known.years else []

    def answered() -> tuple[str, list[Part]]:
        return (asked.sentence(known) if known.says else ""), list(ANSWERS[id].parts(asked, known))

    sent = visit.request.method == "POST"  # then the answer hangs on what was sent
    said, parts = answered() if sent else visit.kept("answer", answered, id, f"{asked.year}")
    told = {"question": known, "said": said, "parts": parts, "years": years, "laws": _laws(visit, known),
            "others": _others(known)}  # fmt: skip
    return visit.render("head/answer.html", told)


@page("head")
def rows(visit: Visit, year: int, id: str) -> HttpResponse:
    """The cases or register rows behind a number. Three statements, or one more for each figure it rests on."""
    asked = Asked(visit)
    if not _EARLIEST <= year <= asked.this_year:
        raise Http404
    value = asked.values(year).get(id)
    if value is None:
        raise Http404
    try:
        found = visit.kept("head_rows", lambda: list(value.rows), id, f"{year}")
    except BookMoved as moved:
        return visit.render("head/rows.html", {"value": value, "shown": shown(value), "said": str(moved)})
    table = _table(value, found)
    more = f"共{len(found)}行，只列前{_ROWS}行；全部的，在下面这个统计项的页上逐页看。"
    return visit.render(
        "head/rows.html",
        {
            "value": value,
            "year": year,
            "shown": shown(value),
            "table": table,
            "said": more if len(found) > _ROWS else "",
        },
    )


@page("head")
def defects(visit: Visit, year: int) -> HttpResponse:
    """The cases that broke an article in a year. One statement."""
    asked, article = Asked(visit), visit.request.GET.get("article", "")
    if not _EARLIEST <= year <= asked.this_year:
        raise Http404
    first, last = (day.isoformat() for day in asked.period(year))
    found = DefectRow.objects.filter(bureau=visit.bureau.code, article=article, on_day__range=(first, last))
    lines = [
        [Cell(called(visit.book, row.case_id), case_url(row.case_id)), Cell(row.on_day)]
        for row in found.order_by("on_day", "case_id")[:_ROWS]
    ]
    table = Table("案件", (Column("case", "案件", frozen=True), Column("on", "哪天")), lines, "没有这样的案件。")
    return visit.render("head/defects.html", {"article": article or "没有写条文", "year": year, "table": table})


def _table(value: FigureValue, found: list[str]) -> Table:
    register = value.counts == "register" or (value.counts == "adds" and not any(_is_case(one) for one in found))
    cells = [[Cell(one, case_url(one) if _is_case(one) else "")] for one in found[:_ROWS]]
    name = "名录里的行" if register else "案件"
    empty = "这个数没有对应的案件：是申报的，或者是零。"
    return Table(f"{value.name}的{name}", (Column("row", name, frozen=True),), cells, empty)


def _is_case(row: str) -> bool:
    return row.count("-") >= 2 and row.rsplit("-", 1)[-1].isdigit()


def _year(text: str) -> int:
    """The year an address asks for; 0 where it asks for none that makes sense."""
    year = whole(text) or 0
    return year if _EARLIEST <= year <= _LATEST else 0


def _laws(visit: Visit, known: Question) -> list[str]:
    statutes = {statute.short: statute.name for statute in visit.book.statutes.values()}
    return [f"《{statutes.get(law, law)}》" for law in known.laws]


def _others(known: Question) -> list[tuple[str, str]]:
    return [(one.asks, reverse("head_question", args=[one.id])) for one in questions() if one.id != known.id]


urls = [
    path("head/", head, name="head"),
    path("head/<slug:id>/", answer, name="head_question"),
    path("head/rows/<int:year>/<str:id>/", rows, name="head_rows"),
    path("head/defects/<int:year>/", defects, name="head_defects"),
]
