"""The number, the unit and the day in a rule's words, against its file."""

import os
from pathlib import Path

import pytest

from fazheng.lawbook import texts
from fazheng.lawbook.load import load
from fazheng.lawbook.numbers import numbers
from fazheng.lawbook.procedure import Limit
from tests.law.lawfiles import RULES, SMALL, copied

STATUTE = load(root=SMALL).statutes["行政处罚法"]


def told(says: str, must: bool = True, **words: str) -> list[str]:
    rule = Limit(id="l", article="第一条", mark="read", statute="行政处罚法", says=says, starts="filed", **words)
    return list(numbers(rule, STATUTE, STATUTE.versions, must=must))


@pytest.mark.parametrize(
    ("says", "length"),
    [
        ("立案之日起九十日内", "90 days"),
        ("应当在七日内", "7 working days"),
        ("五个工作日以内", "5 working days"),
        ("六个月内提出", "6 months"),
        ("半年以内", "6 months"),
        ("二年未被发现", "2 years"),
        ("在24小时内", "1 days"),
        ("四十八小时以前", "2 days"),
        ("延长一周", "7 days"),
        ("于次日送达", "1 days"),
        ("二十日内答复，可以延长十日", "10 days"),
    ],
)
def test_words_and_file_agree(says: str, length: str) -> None:
    assert told(says, length=length) == []


@pytest.mark.parametrize(
    ("says", "length", "what"),
    [
        ("立案之日起九十日内", "60 days", "条文写“九十日”，文件写“60 days”"),
        ("立案之日起九十日内", "90 months", "文件的单位是“months”"),
        ("立案之日起九十日内", "90 working days", "90日是自然日"),
        ("应当在七日内", "7 days", "7日是工作日"),
        ("五个工作日以内", "5 days", "文件的单位是“days”"),
        ("在24小时内", "2 days", "条文写“24小时”"),
        ("应当及时送达", "7 working days", "says 里没有天数，核不出“7 working days”"),
    ],
)
def test_words_and_file_differ(says: str, length: str, what: str) -> None:
    assert [line for line in told(says, length=length) if what in line]


@pytest.mark.parametrize(
    ("says", "day", "what"),
    [
        ("于每年5月31日前", "05-31", ""),
        ("于每年三月一日前", "03-01", ""),
        ("于每年3月31日前", "05-31", "条文写“3月31日”，文件写“05-31”"),
        ("于每年年底前", "12-31", "says 里没有日期，核不出“12-31”"),
    ],
)
@pytest.mark.parametrize("word", ["until", "before"])
def test_a_day_of_the_year_stands_in_the_words(says: str, day: str, what: str, word: str) -> None:
    found = told(says, **{word: day})
    assert found == [] if not what else what in found[0]


def test_where_no_text_was_read_only_a_number_that_is_there_is_held_against_the_file() -> None:
    assert told("应当及时送达", must=False, length="7 working days") == []
    assert told("应当在七日内", must=False, length="9 working days") != []


@pytest.mark.skipif(not texts.installed() and not os.environ.get("CI"), reason="the statute package is not installed")
def test_a_read_limit_whose_words_carry_no_number_is_a_finding(tmp_path: Path) -> None:
    told = copied(tmp_path).replace(RULES, 'says    = "立案之日起九十日内"', 'says    = "立案之日起"').findings()
    assert [line for line in told if "decision_period：says 里没有天数" in line], told
