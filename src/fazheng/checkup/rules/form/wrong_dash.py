from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.facts.sieve import Sought
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_DASH = Sought(
    r"一(?=\d)(?:(?<=\d一)|(?<=\d年一)(?=\d{4}年)|(?<=\d月一)(?=\d{1,2}月)|(?<=\d日一)(?=\d{1,2}[月日]))"
    r"|(?<=[\u4e00-\u9fff”》）])-{2,}(?=[\u4e00-\u9fff“《])|(?<=[\u4e00-\u9fff”》）])(?<![\d年月日号时分])—(?=[\u4e00-\u9fff“《])"
    r"|(?<=[”》）])一一(?=[\u4e00-\u9fff“《])|[ー━─]+"
)
_LIST = re.compile(r"[\u4e00-\u9fff]{1,6}—[\u4e00-\u9fff]{1,6}—[\u4e00-\u9fff]")


@rule(
    title="破折号、连接号写错",
    kinds="wrong_dash",
    severity="info",
    why="“一”字、减号、单个横线都不是破折号；“2031一2035年”会读成另一个数。",
    source="标点符号用法（GB/T 15834）：破折号占两个字，连接号占一个字",
    example="“2031一2035年”应为“2031—2035年”；“目标--建成”应为“目标——建成”。",
)
def wrong_dash(report: Report) -> Iterator[Hit]:
    """数字之间用“一”字当连接号，汉字之间用一个横线或者减号当破折号。“甲—乙—丙”的流程不算。"""
    for found in _DASH.finditer(report.document.raw_signs):
        around = report.text[max(0, found.start() - 8) : found.end() + 8]
        if found[0] == "—" and (_LIST.search(around) or around.count("—") > 1):
            continue
        before = report.text[max(0, found.start() - 1) : found.start()]
        right = "—" if before.isdigit() or before in "年月日" else "——"
        yield Hit(f"“{found[0]}”应为“{right}”", *found.span(), suggestion=right)
