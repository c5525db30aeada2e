"""The report of a small book: which sentence, which rows, which links, and nothing that was held apart."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from msgspec import structs

from fazheng.figures import count, year
from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.figure import Section
from fazheng.lawbook.load import LawBook, load
from fazheng.report import Composed, ReportUnknown, compose, findings, flow, render
from tests.figures.books import BUREAU, LAW, Writer
from tests.figures.small_book import SECRET, small_book

FIRST, SECOND = "toy.case-2024-0001", "toy.case-2024-0002"


class Page(HTMLParser):
    """What a page links to, what stands under which id, and the text a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        held = dict(attrs)
        self.ids += [held["id"] or ""] if "id" in held else []
        self.targets += [held[name] or "" for name in ("href", "src", "action", "data") if name in held]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def law(home: Path) -> LawBook:
    small_book().seal()
    return load(root=LAW)


def composed(law: LawBook, number: int = 2024, bureau: str = BUREAU, **prose: str) -> Composed:
    return compose(bureau, "示例局", law, number, prose)


def with_sections(law: LawBook, *sections: Section) -> LawBook:
    """The law with these sections in its report."""
    return replace(law, reports={"toy": structs.replace(law.reports["toy"], sections=sections)})


def sentences(report: Composed) -> dict[str, str]:
    found = report.sections
    return {section.id: "".join(piece.text for piece in section.sentence) for section in found}


def test_each_section_takes_the_sentence_of_its_state(law: LawBook) -> None:
    assert sentences(composed(law)) == {
        "cases": "2024年，示例局开案3件，答复2件，答复率66.7%（2/3），金额1200.55元。",
        "late": "有1件超期。",
        "broken": "有1件有程序问题。",
        "matters": "起办事项没有记录。",
        "listed": "2025年初在册2家，12345热线照常受理。",
    }
    assert sentences(composed(law, 2025)) == {
        "cases": "2025年没有开案，记事0次。",
        "late": "没有超期的案件。",
        "matters": "起办事项没有记录。",
        "listed": "2026年初在册1家，12345热线照常受理。",
    }


def test_what_has_no_data_and_what_has_no_sentence_is_listed_for_the_author(law: LawBook) -> None:
    without = [("本地期限", "本地规则未采用"), ("事项", "无数据")]
    assert [(one.title, one.why) for one in composed(law).absent] == without
    unsaid = ("程序", "数为零，没有为零写的句子")
    assert [(one.title, one.why) for one in composed(law, 2025).absent] == [unsaid, *without]


def test_counted_zero_nothing_and_no_data_are_told_apart(law: LawBook) -> None:
    told = composed(law, 2025).tally
    assert (told.some, told.zero, told.nothing_over, told.no_data) == (1, 6, 1, 2)
    page = render(composed(law, 2025))
    for state in ("some", "zero", "nothing_over", "no_data"):
        assert re.search(rf'<article class="figure {state}"', page)
    assert "零</span>" in page
    assert "无数据</span>" in page


def test_a_section_that_rests_on_a_rate_over_nothing_reads_like_zero(law: LawBook) -> None:
    section = Section(id="rate", part="done", rests_on="toy.answered_rate", some="有率", zero="没有可算的。")
    assert sentences(composed(with_sections(law, section), 2025)) == {"rate": "没有可算的。"}


def test_every_number_of_the_sentences_is_a_link_and_every_link_has_its_target(law: LawBook) -> None:
    report = composed(law, cases="另有{{ toy.notes }}次记事。")
    html = render(report)
    page = Page(html)
    assert [target for target in page.targets if not target.startswith("#") or target[1:] not in page.ids] == []
    assert len(page.ids) == len(set(page.ids))
    main = html[html.index("<main>") : html.index("</main>")]
    for block in flow(report):
        for piece in block.pieces:
            if piece.figure:
                assert f'<a href="#f-{piece.figure}">{piece.text}</a>' in main
    rest = re.sub(r"<a [^>]*>[^<]*</a>|12345|202[45]年|<[^>]*>", "", main)
    assert re.findall(r"\d", rest) == []


def test_the_rows_of_a_figure_are_links_to_the_cases_it_counted(law: LawBook) -> None:
    report = composed(law)
    block = next(block for block in report.figures if block.value.id == "toy.late")
    assert [link.text for link in block.rows[0].links] == ["2024-0002"]
    anchor = block.rows[0].links[0].anchor
    assert [case.case_id for _, cases in report.cases for case in cases if case.anchor == anchor] == [SECOND]


def test_a_case_that_several_figures_count_is_told_once(law: LawBook) -> None:
    report = composed(law)
    told = [case.case_id for _, cases in report.cases for case in cases]
    assert told == [FIRST, SECOND, "toy.case-2024-0003"]
    assert Page(render(report)).ids.count("c2") == 1


def test_a_rate_shows_both_its_figures_and_tells_their_rows_apart(law: LawBook) -> None:
    block = next(block for block in composed(law).figures if block.value.id == "toy.answered_rate")
    assert [value.id for value in block.base] == ["toy.answered", "toy.opened"]
    assert [[link.text for link in rows.links] for rows in block.rows] == [["2024-0001", "2024-0002"], ["2024-0003"]]


def test_what_is_held_apart_never_reaches_the_page(law: LawBook) -> None:
    html = render(composed(law))
    assert SECRET not in html
    assert "示例信封" not in html
    assert not re.search(r"\b[0-9a-f]{64}\b", html.replace(composed(law).digest, ""))
    assert "说明：另存，不公开" in html
    assert "凭证：另存，不公开" in html


def test_a_reference_number_of_the_bureaus_own_sheet_is_not_shown(home: Path) -> None:
    writer = Writer()
    writer.opens(FIRST, "opened", "2024-03-01", {"ref": "某某的案子"})
    writer.seal()
    assert "某某的案子" not in render(composed(load(root=LAW)))


def test_everything_people_wrote_is_escaped(home: Path) -> None:
    writer = Writer()
    writer.opens(FIRST, "opened", "2024-03-01", {"topic": "<b>&路灯</b>"}, by="<i>甲</i>")
    writer.seal()
    html = render(compose(BUREAU, "<u>示例局</u>", load(root=LAW), 2024, {"cases": "<script>alert(1)</script>"}))
    assert "&lt;b&gt;&amp;路灯&lt;/b&gt;" in html
    assert "&lt;i&gt;甲&lt;/i&gt;" in html
    assert not Page(html).tags & {"script", "u"}


def test_a_persons_text_stands_beside_its_section_with_its_numbers_marked_and_counted(law: LawBook) -> None:
    report = composed(law, cases="比上年多5件。\n依《2019办法》。", matters="另办7次。")
    assert report.marked == 2
    html = render(report)
    assert re.search(r"比上年多<mark[^>]*>5</mark>件。", html)
    assert "有<b>2</b>处数字不是统计出来的" in html
    assert report.summary.endswith("人写的文字里有2处数字不是统计出来的。")


def test_prose_of_a_section_that_is_not_there_is_refused(law: LawBook) -> None:
    with pytest.raises(KeyError, match="none"):
        composed(law, none="文字")


def test_a_changed_answer_changes_report_figures_and_rows(law: LawBook) -> None:
    before = composed(law)
    writer = Writer()
    writer.enters(SECOND, "correct", "2024-10-08", {"entry": 2, "on": "2024-08-05", "reason": writer.hold("抄错")})
    writer.seal()
    after = composed(law)
    assert sentences(before)["late"] == "有1件超期。"
    assert sentences(after)["late"] == "没有超期的案件。"
    assert count(BUREAU, law, year(2024), ["toy.late"])[0].rows == ()
    assert "2024-08-05" in render(after)
    assert render(before) != render(after)


@pytest.mark.parametrize(
    ("bureau", "example"),
    [("999001", True), ("51999900MJX00000X8", True), ("110101", False), ("51110105MJX00000X8", False)],
)
def test_an_invented_bureau_is_marked_as_an_example(home: Path, bureau: str, example: bool) -> None:
    report = compose(bureau, "示例局", load(root=LAW), 2024, {})
    assert report.example is example
    assert ("虚构" in render(report)) is example


def test_the_title_names_bureau_year_and_report_and_the_parts_keep_their_order(law: LawBook) -> None:
    report = composed(law)
    assert report.title == "示例局2024年试验年度报告"
    assert [part.name for part in report.parts] == ["做了什么", "有什么不足", "其他"]
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", render(report))
    assert headings[:3] == ["一、做了什么", "二、有什么不足", "三、其他"]


def test_a_running_year_is_counted_up_to_today_and_says_so(law: LawBook) -> None:
    report = compose(BUREAU, "示例局", law, 2024, {}, today=date(2024, 8, 5))
    assert sentences(report)["late"] == "没有超期的案件。"
    assert "2024年1月1日至2024年8月5日" in render(report)


def test_the_report_names_the_entry_of_the_book_it_was_counted_from(law: LawBook) -> None:
    report = composed(law)
    assert report.seq > 0
    assert report.digest in render(report)


def test_an_empty_book_gives_a_page_without_any_number(home: Path) -> None:
    report = composed(load(root=LAW))
    assert report.tally.no_data == report.tally.all
    assert sentences(report) == {"matters": "起办事项没有记录。"}
    assert Page(render(report)).text.count("请撰稿人补写") == 2


def test_an_unknown_report_and_a_report_that_leads_nowhere_are_refused(law: LawBook) -> None:
    with pytest.raises(ReportUnknown, match="没有报告“none”；有：toy"):
        compose(BUREAU, "示例局", law, 2024, {}, report="none")
    broken = with_sections(law, Section(id="x", part="p", rests_on="none", some="有"))
    with pytest.raises(LawFault, match="没有统计项“none”"):
        composed(broken)


FAULTS = [
    ({"part": "none"}, "没有部分“none”；有：done、short、other"),
    ({"rests_on": "none"}, "没有统计项“none”（rests_on）"),
    ({"some": "开案{{ toy.none }}件"}, "some 里的“toy.none”既不是统计项，也不是 year、next_year、bureau"),
    ({"zero": "{{ today }}"}, "zero 里的“today”既不是统计项，也不是 year、next_year、bureau"),
    ({"no_data": "{% now %}"}, "no_data 里的花括号只能成对写成 {{ 统计项 }}，方括号只能成对写成 [[ 有数才写的话 ]]"),
    ({"some": "开案12件"}, "some 里的数“12”不是统计出来的，要写成 {{ 统计项 }}"),
    ({"some": " "}, "缺少有数时的句子（some）"),
]


@pytest.mark.parametrize(("keys", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_a_section_that_leads_nowhere_is_found(keys: dict[str, str], said: str) -> None:
    law = load(root=LAW)
    whole = {"id": "x", "part": "done", "rests_on": "toy.opened", "some": "有"} | keys
    broken = with_sections(law, Section(**whole))
    assert [finding.what for finding in findings(broken)] == [said]


def test_two_sections_of_one_name_are_found() -> None:
    law = load(root=LAW)
    twice = Section(id="x", part="done", rests_on="toy.opened", some="有")
    assert [f.what for f in findings(with_sections(law, twice, twice))] == ["两节同名"]


def test_the_reports_of_the_law_files_all_lead_somewhere() -> None:
    for place in ("", *load().places):
        assert [str(finding) for finding in findings(load(place=place))] == []
