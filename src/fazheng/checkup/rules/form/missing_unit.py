from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_COUNTED = re.compile(
    r"(?:收到|受理|办结|答复|发放|举办|登记|新增|排查|化解|调解)[\u4e00-\u9fff]{2,12}(?<!热线)(?<!电话)(?<!平台)(?<!代码)(?<!编号)(\d{1,5}(?:\.\d+)?)(?=[，。；])"
)
_MONEY = re.compile(
    r"(?:资金|补贴|补助金?|低保金|救助金|救助款|经费|善款|津贴|捐款)(?:共计?|合计|总计|累计|达到?|约|为|近)?(\d[\d,]*(?:\.\d+)?[万亿]?)(?=[，。；、])"
)


@rule(
    title="数字后面没有单位",
    kinds="missing_unit",
    severity="warning",
    why="“发放救助金24.02万”少了“元”，“办结信访事项36”少了“件”；有的是转换文件时丢的。",
    source="出版物上数字用法（GB/T 15835）",
    example="“发放临时救助金12.5万，”应为“12.5万元”。",
)
def missing_unit(report: Report) -> Iterator[Hit]:
    """钱数后面没有“元”；“收到、办结……”后面的数没有量词。"""
    for found in _MONEY.finditer(report.plain):
        yield Hit(f"钱数“{found[1]}”后面没有单位", *found.span(1), suggestion=f"{found[1]}元")
    for found in _COUNTED.finditer(report.plain):
        yield Hit(f"“{found[1]}”后面没有量词，可能是转换时丢了", *found.span(1))
