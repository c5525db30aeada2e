"""数据: every figure over a period or several side by side; one figure with its definition, law, trend and rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.safestring import mark_safe

from fazheng.figures import FigureValue, Period, PeriodFault, count_each, parse, rests_on, told, up_to, year
from fazheng.figures.articles import articles
from fazheng.figures.comparing import growth
from fazheng.figures.declared import is_stock
from fazheng.figures.saying import against, who
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.sections import section_names, section_of
from fazheng.report.charting import over_years
from fazheng.report.drawing import svg
from fazheng.report.tabling import differing
from fazheng.staff.rights import may_do
from fazheng.web.asking import urls as asking_urls
from fazheng.web.figures_rows import Rows, rows_of
from fazheng.web.figures_signed import urls as signed_urls
from fazheng.web.forms import Option
from fazheng.web.pages import page
from fazheng.web.paging import query
from fazheng.web.tables import Cell, Column, Filter, Table
from fazheng.web.visit import Visit

SIDES, YEARS, PAGE = 4, 5, 60  # periods side by side; years of a trend; figures on a page
STATES = {"some": "", "zero": "零", "nothing_over": "无（基数为零）", "no_data": "无数据"}
SOURCES = {"counted": "账本数出", "declared": "申报", "mixed": "账本数出和申报"}


@dataclass(frozen=True, slots=True)
class Asked:
    """The periods as typed and as read; `fault`: what is wrong with them, and then they are this year's."""

    text: str
    spans: tuple[Period, ...]
    fault: str = ""


def asked_periods(visit: Visit) -> Asked:
    """What the address asks for: `p` with up to four periods; this year up to today where it asks for none."""
    text = visit.request.GET.get("p", "").strip()
    typed = text.replace("，", " ").replace("、", " ").replace(",", " ").split()
    this = up_to(year(visit.today.year), visit.today)
    try:
        if len(typed) > SIDES:
            raise PeriodFault(f"一次最多{SIDES}个期间并排")
        spans = tuple(up_to(parse(one), visit.today) for one in typed)
    except PeriodFault as fault:
        return Asked(text, (this,), str(fault))
    return Asked(text or str(this[0].year), spans or (this,))


@page("figures")
def figures(visit: Visit) -> HttpResponse:
    """A page of figures over one period, or several side by side. Two statements where they were asked before."""
    asked = asked_periods(visit)
    shown, older = _chosen(visit)
    found = count_each(visit.bureau.code, visit.book, asked.spans, None)
    by_id = [{value.id: value for value in values} for values in found]
    rows = [_row(one, [values[one.id] for values in by_id], asked) for one in shown]
    get = visit.request.GET
    table = Table(
        f"{'、'.join(map(told, asked.spans))}的数", _columns(asked.spans), rows, "没有这样的统计项。",
        _filters(visit, asked),
        newer=query(get) if get.get("after") else "", older=query(get, after=older) if older else "",
    )  # fmt: skip
    may = {what: may_do(visit.viewer, what) for what in ("declare", "nothing")}
    differ = [value for values in found for value in values if value.against is not None]
    told_of = {"table": table, "asked": asked, "may": may, "total": len(visit.book.figures),
               "differ": [(value, _url(value.id, asked.text)) for value in differ[:20]]}  # fmt: skip
    return visit.render("figures/figures.html", told_of, 400 if asked.fault else 200)


def _chosen(visit: Visit) -> tuple[list[Figure], str]:
    """The figures of this page in the order of the law files, and where the next page begins."""
    get, every = visit.request.GET, list(visit.book.figures.values())
    if of := get.get("of", ""):
        every = [one for one in every if of in (one.of, *(visit.book.figures[id].of for id in rests_on(one)))]
    if word := get.get("word", "").strip():
        every = [one for one in every if word in one.name or word == one.id]
    after = get.get("after", "")
    start = next((n + 1 for n, one in enumerate(every) if one.id == after), 0)
    page = every[start : start + PAGE]
    return page, page[-1].id if len(every) > start + PAGE else ""


def _columns(spans: Sequence[Period]) -> list[Column]:
    columns = [Column("name", "统计项", frozen=True)]
    for n, span in enumerate(spans):
        columns.append(Column(f"p{n}", told(span), number=True))
        columns.append(Column(f"b{n}", "分子／分母" if len(spans) == 1 else "比上一期间", number=True))
    columns = columns[:2] + columns[3:] if len(spans) > 1 else columns
    return [*columns, Column("unit", "单位"), Column("source", "来源")]


def _row(figure: Figure, values: Sequence[FigureValue], asked: Asked) -> list[Cell]:
    last, url = values[-1], _url(figure.id, asked.text)
    cells = [Cell(figure.name, url)]
    if len(values) == 1:
        base = f"{last.numerator}／{last.denominator}" if last.denominator is not None else ""
        cells += [Cell(_number(last), url), Cell(base)]
    else:
        cells.append(Cell(_number(values[0]), _url(figure.id, _text(asked, 0))))
        for n, (before, after) in enumerate(pairwise(values), 1):
            cells += [Cell(_number(after), _url(figure.id, _text(asked, n))), Cell(growth(before, after))]
    source = SOURCES[last.source] if last.value is not None else last.note
    return [*cells, Cell("" if last.counts == "rate" else figure.unit), Cell(source)]


def _number(value: FigureValue) -> str:
    """Zero says that it is one; where nothing is known nothing else is written."""
    base = f"（{value.numerator}／{value.denominator}）" if value.denominator is not None else ""
    return value.shown + (base if value.value is not None else "")


def _text(asked: Asked, n: int) -> str:
    first, last = asked.spans[n]
    return f"{first}..{last}"


def _url(id: str, period: str) -> str:
    return f"{reverse('figure', args=[id])}?{urlencode({'p': period})}"


def _filters(visit: Visit, asked: Asked) -> list[Filter]:
    of, book = visit.request.GET.get("of", ""), visit.book
    names = {id: book.procedures[id][-1].name for id in book.procedures} | {
        id: r.name for id, r in book.registers.items()
    }
    counted = dict.fromkeys(one.of for one in book.figures.values() if one.of in names)
    options = [Option("", "全部", not of), *(Option(id, names[id], id == of) for id in counted)]
    return [
        Filter("p", "期间（几个用空格隔开）", asked.text),
        Filter("of", "事项", of, options, "select"),
        Filter("word", "名称里有", visit.request.GET.get("word", "")),
    ]


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure as its page shows it."""

    figure: Figure
    value: FigureValue
    period: str
    state: str
    source: str
    laws: Sequence[str]
    section: str
    declared: Sequence[str]
    against: str
    differs: Sequence[str]
    base: Sequence[tuple[FigureValue, str]]
    chart: str
    trend: Table


@page("figures")
def figure(visit: Visit, id: str) -> HttpResponse:
    """One figure: number, base, definition, law, who signed for it, its years, and the cases or rows behind it."""
    known = visit.book.figures.get(id)
    if known is None:
        raise Http404
    asked = asked_periods(visit)
    span = asked.spans[-1]
    asked = replace(asked, spans=(span,), text=f"{span[0]}..{span[1]}" if len(asked.spans) > 1 else asked.text)
    years = [year(span[1].year - n) for n in range(YEARS)][::-1]
    over = [up_to(one, visit.today) for one in years if one[0] <= visit.today and one[0].year >= 1949]
    wanted = [id, *rests_on(known)]
    *by_year, now = count_each(visit.bureau.code, visit.book, [*over, span], wanted)
    values = {one.id: one for one in now}
    found = {one[1].year: next(v for v in some if v.id == id) for one, some in zip(over, by_year, strict=True)}
    rows = rows_of(visit, values[id])
    told_of = {"one": _shown(visit, known, values, found, asked, span), "rows": rows, "asked": asked,
               "may": _may(visit, known, rows)}  # fmt: skip
    return visit.render("figures/figure.html", told_of, 400 if asked.fault else 200)


def _may(visit: Visit, known: Figure, rows: Rows) -> Mapping[str, bool]:
    zero = known.of in visit.book.procedures and not rows.total
    return {
        "declare": may_do(visit.viewer, "declare") and known.rate is None and not known.adds,
        "nothing": may_do(visit.viewer, "nothing") and zero,
        "opening": is_stock(known),
    }


def _shown(
    visit: Visit, known: Figure, values: Mapping[str, FigureValue], years: Mapping[int, FigureValue], asked: Asked,
    span: Period,
) -> Shown:  # fmt: skip
    names, value = section_names(visit.book), values[known.id]
    drawn = over_years(years)
    rows = [[Cell(cell.text) for cell in row] for row in drawn.table.rows]
    head = drawn.table.head
    columns = [Column(str(n), text, frozen=not n, number=bool(n)) for n, text in enumerate(head)]
    base = [(values[one], _url(one, asked.text)) for one in rests_on(known)]
    return Shown(
        known, value, told(span), STATES[value.state], SOURCES[value.source], articles(known, visit.book, span),
        names.get(section_of(known, visit.book), ""), tuple(dict.fromkeys(who(one, names) for one in value.declared)),
        against(value, names), differing(known.id, visit.book), base,
        mark_safe(svg(drawn)), Table(f"{known.name}历年", columns, rows),  # every text in the drawing is escaped
    )  # fmt: skip


urls = [
    path("figures/", figures, name="figures"),
    *signed_urls,
    *asking_urls,
    path("figures/of/<str:id>/", figure, name="figure"),
]
