from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_JOINED = re.compile(r"(?<!\d)(?P<a>(?:19|20)\d\d)(?P<b>20\d\d)(?= ?年)")


@rule(
    title="两个年份连在一起",
    kinds="lost_text",
    severity="info",
    why="网页转换、复制时常丢连接号；是转换的毛病，不一定是原文写错，但要补上才读得通。",
    source="出版物上数字用法：连接号的用法",
    example="“20312035年”，应为“2031—2035年”。",
)
def joined_years(report: Report) -> Iterator[Hit]:
    """两个年份之间没有连接号。提示为抓取、转换时丢失，不算单位写错。"""
    for found in _JOINED.finditer(report.plain):
        if found["a"] < found["b"]:
            yield Hit(
                "两个年份之间的连接号丢了（多半是网页转换时丢的）", found.start(), found.end(),
                f"{found['a']}—{found['b']}",
            )  # fmt: skip
