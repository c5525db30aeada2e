from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_NO_ORDINAL = re.compile(
    r"[\u4e00-\u9fff]{2,12}〔 ?(?:(?:19|20)\d\d)? ?〕 ?第? ?(?:号|(?=[，。、；）《]|$))", re.MULTILINE
)
_NO_SIGN = re.compile(r"[\u4e00-\u9fff]{1,12}〔(?:19|20)\d\d〕 ?第? ?\d{1,4}(?! ?号|\d| ?[、至和—-] ?\d)")
_NO_NUMBER = re.compile(r"[\u4e00-\u9fff]{0,6}[委府政民司办厅局组会]发印发《")
_BAD_YEAR = re.compile(r"〔(?!(?:19|20)\d\d ?〕)\d{0,6} ?〕 ?\d{1,4} ?号")


@rule(
    title="文号不完整",
    kinds="garbled_citation lost_number",
    severity="warning",
    why="文号由机关代字、年份、序号组成，缺一样就查不到那份文件。",
    source="党政机关公文处理工作条例：发文字号由发文机关代字、年份、发文顺序号组成",
    example="写成“根据示民发印发《……方案》”“示民发〔2031〕号”“示民发〔2031〕12文件”。",
)
def number_incomplete(report: Report) -> Iterator[Hit]:
    """只有代字没有年份和序号，或者缺年份、缺序号、缺“号”字，年份不是四位数。"""
    plain = report.plain
    for found in _NO_ORDINAL.finditer(plain):
        yield Hit("文号缺年份或者序号，请补全", found.start(), found.end())
    for found in _NO_SIGN.finditer(plain):
        yield Hit("文号后面缺“号”字", found.start(), found.end(), report.text[found.start() : found.end()] + "号")
    for found in _BAD_YEAR.finditer(plain):
        yield Hit("文号里的年份要写四位数", found.start(), found.end())
    for found in _NO_NUMBER.finditer(plain):
        yield Hit("只写了机关代字，没有年份和序号；请写全文号，或者写机关名称", found.start(), found.end())
