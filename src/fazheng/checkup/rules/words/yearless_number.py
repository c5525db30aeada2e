from __future__ import annotations

from collections.abc import Iterator

import re

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_FOUND = re.compile(
    r"(?<![\d.,〔\[（(第“\"—\-~至到号共计约达余—])(20[1-3]\d)"
    r"(?=(?:全面|法治|依法|全县|全市|全区|全省|推进|上半|下半|第[一二三四]季|度|重点|工作|普法|民政|春节|国庆|中秋))"
)


@rule(
    title="年份后面少了“年”",
    kinds="missing_word",
    severity="warning",
    why="“2031全面”读不通，是漏打了字。",
    source="出版物上数字用法（GB/T 15835）",
    example="“按照2031法治工作要点”应为“按照2031年法治工作要点”。",
)
def yearless_number(report: Report) -> Iterator[Hit]:
    """四位年份后面直接写事情，没有“年”字。"""
    for found in _FOUND.finditer(report.plain):
        yield Hit(f"“{found[1]}”后面少了“年”", *found.span(1), suggestion=f"{found[1]}年")
