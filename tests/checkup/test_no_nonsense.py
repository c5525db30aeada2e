"""Texts that are no report bring no findings on reports."""

from __future__ import annotations

import time

import pytest

from fazheng.checkup.run import run
from tests.checkup.texts import report

POEM = "空山不见人，\n但闻人语响。\n返景入深林，\n复照青苔上。\n"
ENGLISH = (
    "Annual report 2031\n\n1. The county office handled 12 cases, of which 5 were closed.\n\n2. Plans for 2032.\n" * 5
)
TABLE = (
    "序号\t案由\t处罚种类\t金额（元）\t件数\n"
    "1\t未按规定年检\t警告\t0\t3\n2\t超出章程活动\t罚款\t5,000\t4\n合计\t\t\t5,000\t7\n"
)


@pytest.mark.parametrize("text", [POEM, ENGLISH, TABLE, "。", "一、", "《", "1" * 5000, "（" * 5000, "一" * 5000])
def test_what_is_no_report_is_left_in_peace(text: str) -> None:
    assert [f for f in run(report(text)) if f.kind.startswith(("missing_", "sum_", "rate_", "internal_"))] == []


@pytest.mark.parametrize(
    "text", ["1", "一", "（", "《", "“", " ", "一、\n", "3件、", "率、", "一是，", "共计3件、4件，", "省市县区", "A1"]
)
def test_twice_the_text_takes_no_more_than_thrice_the_time(text: str) -> None:
    def seconds(times: int) -> float:
        begun = time.process_time()
        run(report(text * times))
        return time.process_time() - begun

    seconds(100)
    twice = min(seconds(40_000), seconds(40_000))  # the better of two: the machine has other work
    assert twice < max(3 * seconds(20_000), 1.0)
