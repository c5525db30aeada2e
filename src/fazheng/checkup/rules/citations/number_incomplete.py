from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.facts.context import places
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_LETTERS = re.compile("[\u4e00-\u9fff]{1,12}$")
_NO_ORDINAL = re.compile(r"〔 ?(?:19|20)\d\d ?〕 ?(?=[，。、；）《]|$)", re.MULTILINE)
_NO_SIGN = re.compile(r"〔(?:19|20)\d\d〕 ?第? ?\d{1,4}(?! ?号|\d| ?[、至和—-] ?\d)")
_BAD_YEAR = re.compile(r"〔(?!(?:19|20)\d\d ?〕)\d{1,6} ?〕 ?\d{1,4} ?号")
_NO_NUMBER = re.compile(r"[委府政民司办厅局组会]$")
_ISSUES = "发印发《"


@rule(
    title="文号不完整",
    kinds="garbled_citation",
    severity="warning",
    why="文号由机关代字、年份、序号组成，缺一样就查不到那份文件。",
    source="党政机关公文处理工作条例：发文字号由发文机关代字、年份、发文顺序号组成",
    example="写成“根据示民发印发《……方案》”“示民发〔2031〕，”“示民发〔2031〕12文件”。",
)
def number_incomplete(report: Report) -> Iterator[Hit]:
    """只有代字没有年份和序号，或者缺序号、缺“号”字，年份不是四位数。转换时丢了数字的，另有规则。"""
    plain = report.plain
    for at in places(plain, "〔"):
        letters = _LETTERS.search(plain[max(0, at - 12) : at])
        start = at - len(letters[0]) if letters else at
        if letters and (found := _NO_ORDINAL.match(plain, at)):
            yield Hit("文号缺序号，请补全", start, found.end())
        elif letters and (found := _NO_SIGN.match(plain, at)):
            yield Hit("文号后面缺“号”字", start, found.end(), report.text[start : found.end()] + "号")
        elif found := _BAD_YEAR.match(plain, at):
            yield Hit("文号里的年份要写四位数", start, found.end())
    for at in places(plain, _ISSUES):
        if _NO_NUMBER.search(plain[max(0, at - 1) : at]):
            said = "只写了机关代字，没有年份和序号；请写全文号，或者写机关名称"
            yield Hit(said, max(0, at - 6), at + len(_ISSUES))
