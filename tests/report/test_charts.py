"""Charts: what is drawn, what zero and the unknown look like, and that the table below says the same."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from decimal import Decimal

from msgspec import structs

from fazheng.casework.bureaux import Bureau
from fazheng.figures import FigureValue, Part, year
from fazheng.lawbook.load import load
from fazheng.lawbook.tabled import Chart
from fazheng.report import Composed, compose, findings, render
from fazheng.report.charting import charts
from fazheng.report.drawing import svg
from fazheng.report.tabled import ChartText
from fazheng.report.telling import Years
from tests.report.small_book import fill

ID = "hotline.received"
BY = "petition.by_channel"


def drawn(*values: FigureValue | None, draws: str = "years") -> ChartText | None:
    """The chart of one figure, this year first."""
    chart = Chart(id="x", title="图", figures=(values[0].id,) if values[0] else (), draws=draws)
    report = structs.replace(load().reports["rule_of_law"], charts=(chart,))
    by_year = [{one.id: one} if one else {} for one in values]
    found = Years("999001", load(), 2024, year(2024), by_year[0], tuple(by_year[1:]))
    return next(iter(charts(report, found)), None)


def value(number: int | Decimal | None, *parts: Part, unit: str = "件", counts: str = "cases") -> FigureValue:
    note = "无数据" if number is None else ""
    return FigureValue(BY if parts else ID, "收到工单数", unit, number, "", note=note, parts=parts, counts=counts)


def shapes(chart: ChartText, look: str) -> list[dict[str, str]]:
    return [one.attrib for one in ET.fromstring(svg(chart)).iter("rect") if one.get("class") == look]


def test_this_year_and_the_years_before_stand_in_turn_with_their_numbers_as_text() -> None:
    chart = drawn(value(12), value(8), value(4))
    assert chart
    texts = [one.text for one in ET.fromstring(svg(chart)).iter("text")]
    assert texts == ["收到工单数", "2022年", "4", "2023年", "8", "2024年", "12"]
    lengths = [float(one["width"].rstrip("%")) for one in (*shapes(chart, "was"), *shapes(chart, "now"))]
    assert [round(one / lengths[-1], 2) for one in lengths] == [0.33, 0.67, 1]
    assert [[cell.text for cell in row] for row in chart.table.rows] == [["收到工单数", "4", "8", "12"]]


def test_zero_has_no_bar_and_no_data_a_dashed_frame_that_is_no_bar() -> None:
    chart = drawn(value(12), value(0), value(None))
    assert chart
    assert not shapes(chart, "was")
    assert not shapes(chart, "none")  # a year of which nothing is known is not drawn but said
    assert "2022年各项都没有数据" in chart.table.notes[0]
    between = drawn(value(12), value(None), value(3))
    assert between
    assert [[bar.text for bar in panel.bars] for panel in between.panels] == [["3", "12"]]
    running = drawn(value(None))
    assert running is None
    two = Chart(id="x", title="图", figures=(ID, BY))
    report = structs.replace(load().reports["rule_of_law"], charts=(two,))
    other = replace(value(None), id=BY, name="信访")
    found = Years("999001", load(), 2024, year(2024), {ID: value(5), BY: other}, ())
    chart = charts(report, found)[0]
    assert len(shapes(chart, "none")) == 1
    assert "信访：2024年无数据" in svg(chart)


def test_shares_are_one_stacked_bar_whose_signs_stand_in_the_table() -> None:
    parts = tuple(Part(str(n), f"渠道{n}", n) for n in range(1, 8))
    chart = drawn(value(28, *parts), value(3, Part("7", "渠道7", 1), Part("1", "渠道1", 2)), draws="shares")
    assert chart
    rows = [[cell.text for cell in row] for row in chart.table.rows]
    assert [row[0] for row in rows] == ["收到工单数", "①渠道7", "②渠道6", "③渠道5", "④渠道4", "⑤其余"]
    assert [row[1] for row in rows] == ["3", "1", "0", "0", "0", "2"]
    assert [row[2] for row in rows] == ["28", "7", "6", "5", "4", "6"]
    whole = sum(float(shapes(chart, f"p{n}")[-1]["width"].rstrip("%")) for n in range(1, 6))
    assert round(whole) == 56


def test_a_rate_is_drawn_against_a_hundred() -> None:
    chart = drawn(value(Decimal("50.0"), unit="%", counts="rate"))
    assert chart
    assert shapes(chart, "now")[0]["width"] == "28%"


def test_a_chart_tells_itself_in_words_and_is_the_same_each_time() -> None:
    chart = drawn(value(12), value(8))
    assert chart
    found = ET.fromstring(svg(chart))
    assert found.get("role") == "img"
    assert [one.tag for one in found][:2] == ["title", "desc"]
    assert found.find("desc").text == "收到工单数：2023年8，2024年12"  # type: ignore[union-attr]
    assert svg(chart) == svg(drawn(value(12), value(8)))  # type: ignore[arg-type]


def composed(home: object) -> Composed:
    bureau: Bureau = fill(home)  # type: ignore[arg-type]
    return compose(bureau.code, bureau.name, load(place=bureau.place), 2024, {})


def test_every_chart_of_the_report_stands_on_the_page_with_its_table_and_no_script(home: object) -> None:
    report = composed(home)
    page = render(report)
    assert report.charts
    assert page.count("<svg ") == len(report.charts) == page.count("<figure>")
    assert "<script" not in page
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_chart_of_two_units_or_of_no_parts_is_found() -> None:
    law = load()
    wrong = (
        Chart(id="units", title="图", figures=("penalty.filed", "penalty.fined")),
        Chart(id="parts", title="图", figures=("penalty.decided",), draws="shares"),
        Chart(id="gone", title="图", figures=("none",)),
    )
    report = structs.replace(law.reports["rule_of_law"], charts=wrong)
    said = [one.what for one in findings(replace(law, reports={"x": report}))]
    assert said == ["一张图里的统计项要用同一个单位", "shares 只画有分项（splits）的统计项", "图里没有统计项“none”"]
