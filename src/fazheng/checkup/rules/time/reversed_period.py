from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_TO = r" ?[-—–~～至到]{1,2} ?"
_YEARS = re.compile(rf"(?P<a>20[0-9][0-9]) ?年?{_TO}(?P<b>20\d\d) ?年(?!度? ?第)")
_DAYS = re.compile(
    rf"(?P<m>[0-9]{{1,2}}) ?月 ?(?P<a>\d{{1,2}}) ?日?{_TO}(?:(?P<n>\d{{1,2}}) ?月 ?)?(?P<b>\d{{1,2}}) ?日"
)


@rule(
    title="起止日期颠倒",
    kinds="odd_date",
    severity="warning",
    why="起止日期颠倒，期间就说不通。",
    source="出版物上数字用法：时间段的写法",
    example="“2031年至2029年”“5月20日至5月10日”。跨月、写明次年的不提示。",
)
def reversed_period(report: Report) -> Iterator[Hit]:
    """一个期间的结束早于开始：年份颠倒，或者同一个月里日子颠倒。"""
    for found in _YEARS.finditer(report.plain):
        if int(found["b"]) < int(found["a"]) and not _digit_before(report.plain, found.start()):
            yield Hit("结束的年份比开始的早", found.start(), found.end())
    for found in _DAYS.finditer(report.plain):
        same = found["n"] is None or found["n"] == found["m"]
        if same and int(found["b"]) < int(found["a"]):
            yield Hit("结束的日子比开始的早", found.start(), found.end())


def _digit_before(plain: str, at: int) -> bool:
    return at > 0 and plain[at - 1].isdecimal()
