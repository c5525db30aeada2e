"""The page as a reader has it: every number opens its cases, nothing asks the network, nothing held apart is on it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.figures import PeriodFault, count, year
from fazheng.lawbook.load import load
from fazheng.ledger.storage import close_home, open_home
from fazheng.report.sentences import in_a_sentence
from tests.report.small_book import Sheets, fill, page, sheets, text

TICKETS, FURTHER = "12345热线工单", "后续步骤"


@pytest.fixture
def bureau(home: Path) -> Bureau:
    return fill(home)


def anchors(html: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', html)


def block(html: str, figure: str) -> str:
    """A figure's block."""
    return html.split(f'id="f-{figure}"', 1)[1].split("</article>", 1)[0]


def main(html: str) -> str:
    """The report itself, without its annexes."""
    return html.split("<main>", 1)[1].split("</main>", 1)[0]


def told(html: str) -> str:
    return text(main(html))


def test_every_link_leads_to_one_place_of_the_page(bureau: Bureau) -> None:
    html = page(bureau)
    assert re.findall(r"href=[\"'](?!#)", html) == []
    assert set(re.findall(r'href="#([^"]*)"', html)) <= set(anchors(html))
    assert [anchor for anchor, times in Counter(anchors(html)).items() if times > 1] == []


def test_the_page_asks_nothing_of_the_network_and_runs_nothing(bureau: Bureau) -> None:
    html = page(bureau).lower()
    for word in ("http:", "https:", "src=", "<script", "<link", "<iframe", "@import", "url(", "javascript:"):
        assert word not in html, word
    assert not re.search(r"<[^>]*\son\w+=", html)
    assert "default-src 'none'" in html


def test_an_old_browser_opens_a_case_by_its_link_alone(bureau: Bureau) -> None:
    html = page(bureau)
    assert ".case:target .story" in html
    for new in ("<details", "var(--", "inset:", "min(", "display: grid"):
        assert new not in html, new


def test_every_number_of_a_sentence_is_a_link_to_its_figure_and_shows_the_figures_number(bureau: Bureau) -> None:
    html = page(bureau)
    body = main(html)
    values = {value.id: value for value in count(bureau.code, load(place=bureau.place), year(2024))}
    linked = re.findall(r'<a href="#f-([^"]+)">([^<]+)</a>', body)
    assert len(linked) > 20
    numbers = [(id, shown) for id, shown in linked if re.fullmatch(r"[\d.%]+", shown)]
    assert [(id, shown) for id, shown in numbers if shown not in (values[id].shown, in_a_sentence(values[id]))] == []
    bare = re.sub(r"<a [^>]*>[^<]*</a>|<[^>]+>", "", body)
    assert set(re.findall(r"\d+", bare)) <= {"12345", "2024", "2025"}


def test_a_number_is_two_clicks_from_each_of_its_cases(bureau: Bureau) -> None:
    html = page(bureau)
    ids = dict(re.findall(r'<div class="case" id="([^"]+)"><a [^>]*><b>([^<]+)</b>', html))
    for value in count(bureau.code, load(place=bureau.place), year(2024)):
        if value.counts != "register" and re.search(rf'<article [^>]*id="f-{re.escape(value.id)}"', html):
            opened = {ids[anchor] for anchor in re.findall(r'href="#(c\d+)"', block(html, value.id))}
            assert opened == set(value.rows), value.id


def test_a_zero_says_so_and_no_data_stays_out_of_the_report(bureau: Bureau) -> None:
    html = page(bureau)
    assert "没有超过办案期限作出的处罚决定" in told(html)
    assert "组织学法" not in told(html)
    assert "主要举措和成效·学法：“学法次数”无数据" in text(html)
    assert "没有一件符合" in block(html, "penalty.late")
    empty = html[html.index("无数据的统计项") :]
    assert "没有人签报零" in empty
    assert '<li id="f-study.sessions">学法次数</li>' in empty


def test_a_part_that_says_nothing_says_that(bureau: Bureau) -> None:
    assert "三、第一责任人履职情况\n本部分没有账本里的数" in told(page(bureau))


def test_a_rate_over_nothing_reads_neither_zero_nor_hundred(bureau: Bureau) -> None:
    shown = text(block(page(bureau, 2025), "penalty.on_time_rate"))
    assert "处罚决定按期作出率 无" in shown
    assert "%" not in shown.replace("100%", "")


def test_a_defect_a_late_step_and_what_came_after_the_year_are_marked(bureau: Bureau) -> None:
    shown = text(page(bureau))
    assert "违反行政处罚法第五十八条第一款" in shown
    assert "事后补录" in shown
    assert "“工单办理期限”于2024-01-12届满，逾期39日" in shown
    assert "2025-01-06 答复诉求人" in shown
    assert "在统计期间以后" in shown


def test_a_running_year_is_counted_to_the_day_and_says_so(bureau: Bureau) -> None:
    html = page(bureau, today=date(2024, 6, 30))
    assert "截至2024年6月30日：本年度未完，只统计到这一天" in text(html)
    assert "收到12345热线工单2件" in told(html)
    assert "本年度未完" not in page(bureau, today=date(2024, 12, 31))


def test_a_year_to_come_is_refused_in_chinese(bureau: Bureau) -> None:
    with pytest.raises(PeriodFault, match="还没有到"):
        page(bureau, 2030, today=date(2026, 11, 21))


def test_numbers_typed_by_hand_are_marked_and_names_are_not(bureau: Bureau) -> None:
    words = (
        "按照《组织2024年计划》和国办发〔2018〕118号走访56家，比上年多12.5%；收到{{ hotline.received }}件12345工单。"
    )
    html = page(bureau, prose={"penalty": words})
    assert re.findall(r"<mark>([^<]+)</mark>", main(html)) == ["56", "12.5%"]
    assert '收到<a href="#f-hotline.received">3</a>件12345工单。' in html
    assert "有2处数字不是统计出来的" in text(html)


def test_what_people_wrote_is_escaped(home: Path) -> None:
    rows = sheets()
    rows[TICKETS][0]["诉求事项"] = '<script>alert(1)</script>&"'
    bureau = fill(home, rows)
    html = page(bureau, prose={"hotline": "<img src=x onerror=alert(2)>'\""})
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;" in html
    assert "&lt;img" in html


def test_nothing_held_apart_is_on_the_page(home: Path) -> None:
    rows = sheets()
    apart = {
        TICKETS: ("诉求内容", "诉求人"),
        "行政处罚普通程序": ("涉嫌违法的事实",),
        "人员名册": ("姓名",),
        FURTHER: ("意见", "处罚依据", "内容", "调查终结报告", "答复内容", "依据材料"),
    }
    planted = 0
    for sheet, columns in apart.items():
        for row, column in [(row, column) for row in rows[sheet] for column in columns if row.get(column)]:
            planted += 1
            row[column] = f"秘{sheet}{column}{planted}"
    rows[TICKETS][0]["联系电话"] = "0000-7654321"
    bureau = fill(home, rows)
    assert planted > 20
    for number in (2024, 2025):
        html = page(bureau, number)
        assert "秘" not in html
        assert "7654321" not in html
    assert "另存，不公开" in page(bureau)


def test_one_changed_ticket_changes_report_figures_and_rows(home: Path, bureau: Bureau) -> None:
    before = page(bureau)
    rows = changed(sheets(), "RX2024-003", "答复诉求人", "2024-01-11")
    (home.parent / "other").mkdir()
    after = page(fill_another(home.parent / "other", rows))
    assert "按时答复1件，按时办结率50.0%（1/2）" in told(before)
    assert "按时答复2件，按时办结率100.0%（2/2）" in told(after)
    assert "2024-0002" not in text(block(before, "hotline.in_time"))
    assert "2024-0002" in text(block(after, "hotline.in_time"))
    assert "2024-0002" in text(block(before, "hotline.late"))
    assert "2024-0002" not in text(block(after, "hotline.late"))


def test_two_years_side_by_side_do_not_mix(home: Path) -> None:
    rows = sheets()
    rows[TICKETS].append(
        rows[TICKETS][0] | {"编号": "RX2025-001", "日期": "2025-03-03", "工单号": "示例热线20250303001"}
    )
    bureau = fill(home, rows)
    first, second = page(bureau, 2024), page(bureau, 2025)
    assert "收到12345热线工单3件" in told(first)
    assert "收到12345热线工单1件" in told(second)
    assert "hotline.ticket-2025-0001" not in first
    assert re.findall(r"hotline\.ticket-\d{4}-\d{4}", second) == ["hotline.ticket-2025-0001"]
    assert "penalty.ordinary-2024" not in second


def test_a_ticket_costs_the_page_less_than_two_kilobytes(home: Path) -> None:
    """So that a county's whole year stays a file that can be mailed."""
    rows = sheets()
    bare = len(page(fill(home, rows)).encode())
    for n in range(20):
        rows[TICKETS].append(rows[TICKETS][0] | {"编号": f"RX{n}", "工单号": f"示例热线{n}"})
        for row in [row for row in rows[FURTHER] if row["编号"] == "RX2024-001"]:
            rows[FURTHER].append(row | {"编号": f"RX{n}"})
    (home.parent / "more").mkdir()
    assert len(page(fill_another(home.parent / "more", rows)).encode()) - bare < 20 * 2048


def changed(rows: Sheets, ref: str, step: str, day: str) -> Sheets:
    """The sheets with one further step, and all that followed it, on another day."""
    later = False
    for row in rows[FURTHER]:
        if row["编号"] == ref:
            later = later or row["步骤"] == step
            row["日期"] = day if later else row["日期"]
    return rows


def fill_another(folder: Path, rows: Sheets) -> Bureau:
    """A book of its own in another home."""
    close_home()
    open_home(folder, create=True)
    return fill(folder, rows)
