"""A text beside the book: what agrees, what differs, what cannot be said. Values of our own, no book needed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fazheng.checkup.report import Report
from fazheng.checkup.text import Document
from fazheng.figures import FigureValue
from fazheng.lawbook.load import load
from fazheng.report import Match, match

BOOK = load()


def value(id: str, number: int | None, *, note: str = "", rows: tuple[str, ...] = ()) -> FigureValue:
    figure = BOOK.figures[id]
    return FigureValue(id, figure.name, figure.unit, number, "", rows, note=note, counts=figure.counts)


def rate(id: str, part: int, whole: int) -> FigureValue:
    figure = BOOK.figures[id]
    exact = (Decimal(part) * 100 / whole).quantize(Decimal("0.1"))
    return FigureValue(id, figure.name, "%", exact, "", (), part, whole, digits=1, counts="rate")


VALUES = [
    value("hotline.received", 166, rows=("hotline.ticket-2024-0001",)),
    value("hotline.handled", 166),
    value("hotline.answered", 165),
    rate("hotline.answered_rate", 165, 166),
    value("hotline.late", 2),
    value("penalty.decided", 5),
    value("penalty.fined", 3_600_000),
    value("publicity.leaflets", 1160),
    value("petition.received", 0),
    value("study.sessions", None, note="没有人签报零"),
    value("annual_check.association.qualified", 143),
    value("annual_check.private_unit.qualified", 324),
    value("annual_check.association.due", 161),
    value("annual_check.private_unit.due", 366),
]


def matched(sentence: str, heading: str = "政务热线") -> list[Match]:
    text = f"示例县民政局2024年法治政府建设年度报告\n\n一、主要举措和成效\n（一）{heading}\n\u3000\u3000{sentence}\n"
    return match(Report(Document(text, "a.txt")), BOOK, VALUES, "示例县民政局")


def told(sentence: str, heading: str = "政务热线") -> list[tuple[str, str, str]]:
    return [(one.figure.raw, one.state, one.value.id if one.value else "") for one in matched(sentence, heading)]


@pytest.mark.parametrize(
    ("sentence", "state", "id"),
    [
        ("全年收到12345热线工单166件。", "agrees", "hotline.received"),
        ("全年收到12345热线工单168件。", "differs", "hotline.received"),
        ("全年承接政务服务便民热线工单166件。", "agrees", "hotline.received"),
        ("承办166件。", "agrees", "hotline.handled"),
        ("热线工单办结率99.4%。", "agrees", "hotline.answered_rate"),
        ("热线工单办结率99%。", "agrees", "hotline.answered_rate"),
        ("热线工单办结率97.4%。", "differs", "hotline.answered_rate"),
        ("热线工单办结率100%。", "differs", "hotline.answered_rate"),
        ("热线工单办结率99.4%（165/166）。", "agrees", "hotline.answered_rate"),
        ("热线工单办结率99.4%（165/168）。", "differs", "hotline.answered_rate"),
        ("作出行政处罚决定5件。", "agrees", "penalty.decided"),
        ("作出行政处罚决定6件。", "differs", "penalty.decided"),
        ("罚款36000元。", "agrees", "penalty.fined"),
        ("罚款3.6万元。", "agrees", "penalty.fined"),
        ("罚款3.7万元。", "differs", "penalty.fined"),
        ("发放宣传资料1100余份。", "agrees", "publicity.leaflets"),
        ("发放宣传资料1300余份。", "differs", "publicity.leaflets"),
        ("本年度没有收到信访事项。", "agrees", "petition.received"),
        ("收到信访事项3件。", "differs", "petition.received"),
        ("没有超过期限的热线工单。", "differs", "hotline.late"),
    ],
)
def test_one_figure_of_a_text(sentence: str, state: str, id: str) -> None:
    (one,) = told(sentence)
    assert one[1:] == (state, id)


@pytest.mark.parametrize(
    "sentence",
    [
        "去年收到12345热线工单168件。",
        "上半年收到12345热线工单80件。",
        "办理人大代表建议12件。",
        "新增养老床位166张。",
        "合格300家。",
        "组织学法12次。",
    ],
)
def test_what_cannot_be_argued_is_not_said_to_match_nor_to_differ(sentence: str) -> None:
    assert [state for _, state, _ in told(sentence, "其他工作")] == ["absent"]


def test_the_heading_tells_which_of_two_figures_of_one_name_is_meant() -> None:
    for heading, due, number, id in (
        ("社会团体年度检查", 161, 143, "annual_check.association.qualified"),
        ("民办非企业单位年度检查", 366, 324, "annual_check.private_unit.qualified"),
    ):
        kind = heading.removesuffix("年度检查")
        sentence = f"应参加年度检查的{kind}{due}家，合格{number}家。"
        assert told(sentence, heading)[1] == (f"{number}家", "agrees", id)
        assert told(sentence.replace(f"{number}", "299"), heading)[1] == ("299家", "differs", id)


def test_plans_and_dates_are_not_compared() -> None:
    assert told("力争收到12345热线工单100件以内，2024年6月3日起施行。") == []


def test_a_figure_without_data_in_the_book_says_so() -> None:
    (one,) = matched("组织学法12次，学习法律法规。", "学法")
    assert one.state == "absent"
    assert "没有人签报零" in one.why


def test_both_numbers_and_the_figures_name_are_told() -> None:
    (one,) = matched("全年收到12345热线工单168件。")
    assert one.why == "文中168件，账本“收到工单数”166"
