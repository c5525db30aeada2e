"""督察来了先看到什么: defects by article, what is late, what was not reviewed, what was not published, certificates."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from fazheng.ledger.models import DefectRow
from fazheng.web.head import plain
from fazheng.web.head.numbers import numbers
from fazheng.web.head.questions import Asked, Part, Question
from fazheng.web.tables import Cell, Column, Table

_DEFECTS = (Column("article", "违反哪一条", frozen=True), Column("cases", "案件", number=True))
_PAPERS = (Column("who", "人员", frozen=True), Column("until", "执法证到期"), Column("state", "现在"))


def short(asked: Asked, question: Question) -> str:
    """The figures, and the certificates. Two statements."""
    expired = sum("red" in (cell.light for cell in row) for row in _certificates(asked))
    return f"{plain.short(asked, question).removesuffix('。')}；执法证过期、停用{expired}本。"


def parts(asked: Asked, question: Question) -> Iterator[Part]:
    """Three statements: two for the figures, one for the defects."""
    year = asked.year_of(question)
    rows = [
        [Cell(article or "没有写条文"), Cell(f"{number} 件", _url(year, article))]
        for article, number in _defects(asked, year)
    ]
    yield Part(f"{year}年的程序问题，按条文", Table("程序问题", _DEFECTS, rows, "没有记下程序问题。"))
    yield numbers(asked, question)
    title = "执法证"
    yield Part(title, Table(title, _PAPERS, _certificates(asked), "人员名册里没有登记执法证。"))
    yield Part("没有记的", said=("这里只有账本记下的。没有录入的案件、没有归档的纸面材料，督察看得到，这里看不到。",))


def _defects(asked: Asked, year: int) -> list[tuple[str, int]]:
    first, last = (day.isoformat() for day in asked.period(year))
    rows = (
        DefectRow.objects.filter(bureau=asked.visit.bureau.code, on_day__range=(first, last))
        .values_list("article")
        .annotate(number=Count("case_id", distinct=True))
        .order_by("-number", "article")
    )
    return [(article, number) for article, number in rows]


def _url(year: int, article: str) -> str:
    return f"{reverse('head_defects', args=[year])}?{urlencode({'article': article})}"


def _certificates(asked: Asked) -> list[list[Cell]]:
    """Everybody who has a certificate on file, by code. The roster is there already: no statement."""
    today, found = asked.visit.today, []
    for person in asked.visit.roster.here(today):
        until = str(person.data.get("certificate_until") or "")
        if not until:
            continue
        stopped = bool(person.data.get("certificate_stopped"))
        left = until >= today.isoformat()
        state = (
            Cell("红灯：停用", light="red")
            if stopped
            else Cell("绿灯：有效", light="green")
            if left
            else Cell("红灯：已过期", light="red")
        )
        found.append([Cell(person.code), Cell(until), state])
    return found
