"""Rates without a base, growth without a comparison, reports without a figure."""

from __future__ import annotations

import pytest

from tests.checkup.rules.test_parts import with_result
from tests.checkup.texts import CLEAN, found

PROSE = "健全学习制度，坚持会前学法，提高依法办事能力，推动执法人员熟悉程序、规范用语，把三个方面的要求落到实处。"


def wordy(more: str) -> str:
    """A report on law-based government in many words, its results without figures but for `more`."""
    begin, end = CLEAN.index("（一）规范"), CLEAN.index("二、党政")
    text = CLEAN[:begin] + "（一）规范行政执法。" + PROSE * 10 + more + "\n\n" + CLEAN[end:]
    return text.replace("召开会议4次", "召开会议")


def test_a_report_without_any_figure_is_told() -> None:
    assert [f.kind for f in found("no-figures", wordy(""))] == ["no_figures"]


@pytest.mark.parametrize("more", ["培训20人。", "未发生行政诉讼案件。", "办理案件两件。", "满意率达99%。"])
def test_one_figure_is_enough(more: str) -> None:
    assert found("no-figures", wordy(more)) == []


@pytest.mark.parametrize(
    "sentence", ["来信来访办结率100%。", "群众对民政服务的满意率为98.6%。", "提高效率，按期答复率达100%。"]
)
def test_a_rate_of_nobody_knows_what_is_told(sentence: str) -> None:
    assert [f.kind for f in found("missing-denominator", with_result(sentence))] == ["missing_denominator"]


@pytest.mark.parametrize(
    "sentence",
    [
        "受理来信36件，办结率100%。",
        "回访群众120人。满意率为98.6%。",
        "老年人口占比21%。",
        "确保办结率达到100%。",
        "未收到投诉，办结率100%。",
    ],
)
def test_a_rate_with_its_base_is_sound(sentence: str) -> None:
    assert found("missing-denominator", with_result(sentence)) == []


@pytest.mark.parametrize(
    "sentence", ["信访量下降12%。", "办结率、答复率、满意率分别为100%、98%。", "受理事项增长了5.2%。"]
)
def test_a_rate_that_leaves_open_of_what_is_told(sentence: str) -> None:
    assert [f.kind for f in found("ambiguous-rate", with_result(sentence))] == ["ambiguous_rate"]


@pytest.mark.parametrize(
    "sentence",
    [
        "信访量同比下降12%。",
        "受理量比2030年增长5.2%。",
        "办结率、满意率分别为100%、98%。",
        "低保标准由600元/月提高到630元/月，增长5%。",
        "与上年相比，投诉减少8%。",
    ],
)
def test_a_rate_that_says_of_what_is_sound(sentence: str) -> None:
    assert found("ambiguous-rate", with_result(sentence)) == []
