"""Headings in every numbering form, the part each serves, and numbers that are missing."""

from __future__ import annotations

import pytest

from tests.checkup.texts import CLEAN, report

TITLE = "示例县民政局2031年度法治政府建设情况报告\n"


def headings(text: str) -> list[tuple[int, int, str]]:
    return [(s.level, s.ordinal, s.title) for s in report(TITLE + text).sections]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("一、主要举措", (1, 1, "主要举措")),
        ("十二、主要举措", (1, 12, "主要举措")),
        ("（三）规范执法。认真工作。", (2, 3, "规范执法")),
        ("(三)规范执法", (2, 3, "规范执法")),
        ("（三）、规范执法", (2, 3, "规范执法")),
        ("1.规范执法。", (3, 1, "规范执法")),
        ("2、规范执法", (3, 2, "规范执法")),
        ("３．规范执法", (3, 3, "规范执法")),
        ("（4）规范执法", (4, 4, "规范执法")),
        ("⑤规范执法", (5, 5, "规范执法")),
        ("第二部分 规范执法", (1, 2, "规范执法")),
        ("　　 一、 主要举措 ", (1, 1, "主要举措")),
    ],
)
def test_a_heading_is_read_in_its_form(line: str, wanted: tuple[int, int, str]) -> None:
    assert headings(line + "\n后面的话。\n") == [wanted]


@pytest.mark.parametrize("line", ["3.5万人参加。", "2031.5开始。", "12件已办结。", "一是加强学习。"])
def test_a_number_is_no_heading(line: str) -> None:
    assert headings(line + "\n") == []


def test_points_inside_a_paragraph_are_found_with_their_numbers() -> None:
    text = "一、举措\n一是学习。二是培训。四是考核。首先，谋划。其次，落实。"
    assert [(p.word[:2], p.ordinal) for p in report(TITLE + text).outline.points] == [
        ("一是", 1), ("二是", 2), ("四是", 4), ("首先", 1), ("其次", 2),
    ]  # fmt: skip


def test_a_number_that_is_left_out_is_a_gap() -> None:
    gaps = report(TITLE + "一、甲\n（一）乙\n（三）丙\n二、丁\n（一）戊\n四、己\n").outline.gaps
    assert [(gap.section.number, gap.wanted) for gap in gaps] == [("（三）", 2), ("四、", 3)]


def test_a_section_ends_where_the_next_begins() -> None:
    checked = report(CLEAN)
    assert all(a.end <= b.start for a, b in zip(checked.sections, checked.sections[1:], strict=False))
    assert checked.text[checked.sections[-1].body : checked.sections[-1].end].strip().endswith("知晓率。")


def test_each_section_serves_its_part() -> None:
    first, *rest = [(s.number, s.part) for s in report(CLEAN).sections if s.level == 1]
    assert first == ("一、", "主要举措和成效")
    assert rest == [("二、", "第一责任人履职"), ("三、", "不足和原因"), ("四、", "下一年安排")]
    assert {s.part for s in report(CLEAN).sections if s.level == 2} == {"主要举措和成效"}
    assert {part.status for part in report(CLEAN).parts.values()} == {"present"}


def test_a_part_inside_another_section_is_embedded_and_one_that_is_nowhere_missing() -> None:
    text = "一、主要举措\n局主要负责人履行第一责任人职责，研究法治工作。\n二、2032年工作打算\n加强培训。\n"
    found = {name: part.status for name, part in report(TITLE + text).parts.items()}
    assert found == {
        "主要举措和成效": "present",
        "第一责任人履职": "embedded",
        "不足和原因": "missing",
        "下一年安排": "present",
    }


def test_a_lower_section_that_tells_of_the_first_responsible_serves_that_part() -> None:
    text = "一、主要举措\n（一）坚持党的领导。主要负责人履行推进法治建设第一责任人职责。\n（二）规范执法。认真工作。\n"
    checked = report(TITLE + text)
    assert [s.part for s in checked.sections] == ["主要举措和成效", "第一责任人履职", "主要举措和成效"]
    assert checked.parts["第一责任人履职"].status == "embedded"
