from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.personal import personal
from fazheng.checkup.finding import Hit, Severity
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="手机号码",
    kinds="private_data",
    severity="error",
    why="公开个人手机号会招来骚扰和诈骗；公布的热线、座机不算。",
    source="个人信息保护的规定：公开前应当隐去能够识别特定自然人的信息",
    example="“联系人李某，1380000＊＊＊＊”。写明是值班、举报电话的，只作提示。",
)
def mobile_number(report: Report) -> Iterator[Hit]:
    """正文、表格、批注、文件属性、文件名里的手机号码；写明是公布的工作电话的，只提示核实。"""
    for one in report.made(personal):
        if one.kind != "mobile":
            continue
        severity: Severity | None = None if one.sure else "info"
        if one.where:
            yield Hit(f"{one.where}里有手机号码，应当隐去", severity=severity)
        else:
            yield Hit("这里有手机号码，应当隐去", one.start, one.end, severity=severity)
