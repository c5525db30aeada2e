"""The charts of a report: which numbers of which years are drawn, and the table that says the same in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from fazheng.figures import FigureValue, number_text
from fazheng.figures.value import NO_DATA
from fazheng.lawbook.figure import Report
from fazheng.lawbook.tabled import Chart
from fazheng.report.sentences import in_a_sentence, money
from fazheng.report.tabled import Bar, Cell, ChartText, Panel, Segment, TableText
from fazheng.report.telling import Years

MOST = 5  # parts of a stacked bar; the smaller ones are drawn as one
SIGNS = "①②③④⑤"
OTHERS = "其余"


def compared(report: Report) -> set[str]:
    """The holes for which years before are counted."""
    return {f"{id}@trend" for chart in report.charts for id in chart.figures}


def charts(report: Report, found: Years) -> tuple[ChartText, ...]:
    """Each chart of the report of which any year is known; a year that still runs stands alone."""
    drawn = (_chart(chart, found) for chart in report.charts)
    return tuple(one for one in drawn if any(bar.number is not None for panel in one.panels for bar in panel.bars))


def over_years(found: Mapping[int, FigureValue]) -> ChartText:
    """One figure over these years, the oldest first; years without data are drawn as such, and told as such below."""
    years = sorted(found)
    value = found[years[-1]]
    panel = _years(value, years, [found[year] for year in years])
    chart = Chart(id=value.id, title=value.name, figures=(value.id,))
    return ChartText(value.id, value.name, "%" if value.counts == "rate" else value.unit, (panel,),
                     _table(chart, (panel,), years, ()))  # fmt: skip


def _chart(chart: Chart, found: Years) -> ChartText:
    known = [found.number - n for n, values in enumerate((found.values, *found.before))
             if not n or any(values[id].value is not None for id in chart.figures if id in values)]  # fmt: skip
    years = known[::-1]
    by_year = [(found.values, *found.before)[found.number - year] for year in years]
    figures = [found.values[id] for id in chart.figures]
    unit = "%" if figures[0].counts == "rate" else figures[0].unit
    draw = _shares if chart.draws == "shares" else _years
    panels = tuple(draw(value, years, [values.get(value.id) for values in by_year]) for value in figures)
    unknown = "、".join(
        f"{found.number - n}年" for n in range(len(found.before), 0, -1) if found.number - n not in years
    )
    notes = (f"{unknown}各项都没有数据，不画",) if unknown else ()
    return ChartText(chart.id, chart.title, unit, panels, _table(chart, panels, years, notes))


def _years(value: FigureValue, years: list[int], values: list[FigureValue | None]) -> Panel:
    return Panel(value.id, value.name, tuple(_bar(year, one) for year, one in zip(years, values, strict=True)))


def _bar(year: int, value: FigureValue | None) -> Bar:
    if value is None or value.value is None:
        return Bar(f"{year}年", None, value.shown if value else NO_DATA)
    return Bar(f"{year}年", float(value.value), _shown(value))


def _shares(value: FigureValue, years: list[int], values: list[FigureValue | None]) -> Panel:
    """The largest parts of this year in their order, the rest as one; earlier years by the same parts."""
    largest = sorted((part for part in value.parts if part.value), key=lambda part: -part.value)
    kept = largest if len(largest) <= MOST else largest[: MOST - 1]
    names = {part.key: f"{sign}{part.name}" for sign, part in zip(SIGNS, kept, strict=False)}
    bars = []
    for year, one in zip(years, values, strict=True):
        bar = _bar(year, one)
        if one is not None and one.value:
            told = {part.key: part.value for part in one.parts}
            segments = [Segment(name, told.get(key, 0), number_text(told.get(key, 0), one.unit))
                        for key, name in names.items()]  # fmt: skip
            rest = sum(number for key, number in told.items() if key not in names)
            if rest or len(largest) > MOST:
                sign = SIGNS[len(names)] if len(names) < MOST else ""
                segments.append(Segment(f"{sign}{OTHERS}", rest, number_text(rest, one.unit)))
            bar = Bar(bar.name, bar.number, bar.text, tuple(segments))
        bars.append(bar)
    return Panel(value.id, value.name, tuple(bars))


def _shown(value: FigureValue) -> str:
    return money(int(value.value or 0)) if value.unit == "元" else in_a_sentence(value)


def _table(chart: Chart, panels: Iterable[Panel], years: list[int], notes: tuple[str, ...]) -> TableText:
    head = ("项目", *(f"{year}年" for year in years))
    rows = tuple(row for panel in panels for row in _rows(panel, shares=chart.draws == "shares"))
    return TableText(chart.id, chart.title, head, rows, notes)


def _rows(panel: Panel, *, shares: bool) -> Iterator[tuple[Cell, ...]]:
    last = len(panel.bars) - 1
    yield (
        Cell(panel.name),
        *(Cell(bar.text, figure=panel.figure if n == last else "") for n, bar in enumerate(panel.bars)),
    )
    names = dict.fromkeys(one.name for bar in panel.bars for one in bar.segments) if shares else {}
    for name in names:
        yield (Cell(name), *(Cell(_part(bar, name)) for bar in panel.bars))


def _part(bar: Bar, name: str) -> str:
    """The part's number; 无数据 where the year is unknown, 0 where the year had none of it."""
    if bar.number is None:
        return bar.text
    return next((one.text for one in bar.segments if one.name == name), "0")
