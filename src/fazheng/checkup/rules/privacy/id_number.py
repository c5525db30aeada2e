from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.personal import personal
from fazheng.checkup.finding import Hit, Severity
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="身份证号",
    kinds="private_data",
    severity="error",
    why="身份证号一旦公开就收不回来，可以冒用来开户、贷款。",
    source="个人信息保护的规定：公开前应当隐去能够识别特定自然人的信息",
    example="“张某某（身份证号：11010119＊＊＊＊＊＊＊＊＊＊）”。提示里不重复号码。",
)
def id_number(report: Report) -> Iterator[Hit]:
    """正文、表格、批注、文件属性、文件名里的18位、15位身份证号；中间有空格的也算。信用代码、工单号不算。"""
    for one in report.made(personal):
        if one.kind != "id":
            continue
        severity: Severity | None = None if one.sure else "warning"
        if one.where:
            yield Hit(f"{one.where}里有身份证号，应当隐去", severity=severity)
        else:
            yield Hit("这里有身份证号，应当隐去", one.start, one.end, severity=severity)
