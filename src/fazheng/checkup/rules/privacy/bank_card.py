from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.personal import personal
from fazheng.checkup.finding import Hit, Severity
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="银行卡号",
    kinds="private_data",
    severity="error",
    why="卡号和姓名一起公开，救助金可能被冒领、被骗走。",
    source="个人信息保护的规定：公开前应当隐去能够识别特定自然人的信息",
    example="“救助金转入卡号 6222＊＊＊＊＊＊＊＊＊＊＊＊＊＊”。",
)
def bank_card(report: Report) -> Iterator[Hit]:
    """正文、表格、批注、文件属性、文件名里合校验的银行卡号。"""
    for one in report.made(personal):
        if one.kind != "card":
            continue
        severity: Severity | None = None if one.sure else "warning"
        if one.where:
            yield Hit(f"{one.where}里有银行卡号，应当隐去", severity=severity)
        else:
            yield Hit("这里有银行卡号，应当隐去", one.start, one.end, severity=severity)
