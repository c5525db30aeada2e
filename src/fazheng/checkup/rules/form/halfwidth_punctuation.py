from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.facts.sieve import Sought
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_HALF = Sought(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e“”‘’])[ ]?[,;:?!](?![,;:?!/])"
    r"|[,;:?!](?=[\u3000-\u303f\u4e00-\u9fff“”])"
    r"|(?<=[\u4e00-\u9fff）》”])\.(?=[ \u3000]*(?:$|[\r\n\u4e00-\u9fff]))"
    r"|\((?=[^()\n]{0,60}[\u4e00-\u9fff][^()\n]{0,60}\))|(?<=[\u4e00-\u9fff])\)|(?<=[\u4e00-\u9fff])\((?=\d)"
    r"|(?<=[\u4e00-\u9fff，。、：（])\"(?=[\u4e00-\u9fff\d])|(?<=[\u4e00-\u9fff\d])\"(?=[\u4e00-\u9fff，。、；）\n])",
    re.MULTILINE,
)
_FULL = re.compile("[，；：？！（）]")
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。", "(": "（", ")": "）"}
MOST = 12  # found one by one; a text with more, and hardly any full ones, is written so throughout


@rule(
    title="中文里用了半角标点",
    kinds="halfwidth_punctuation",
    severity="info",
    why="中文标点占一个字的位置；半角标点挤在字里，是输入法没有切换。",
    source="标点符号用法（GB/T 15834）",
    example="“2031年,示例县民政局……”里的逗号应为“，”。",
)
def halfwidth_punctuation(report: Report) -> Iterator[Hit]:
    """紧挨着汉字的半角逗号、分号、冒号、问号、感叹号、句点、括号、引号。全文都这样的，合起来说一次。"""
    found = [m for m in _HALF.finditer(report.document.raw_signs) if not _number(report.text, m)]
    if len(found) > MOST and len(found) > len(_FULL.findall(report.text)):
        first = found[0]
        yield Hit(f"全文的标点大多是半角，共{len(found)}处，应当改为全角", first.end() - 1, first.end())
        return
    for m in found:
        sign = m[0].strip()
        said = f"半角的“{sign}”应为全角" + (f"“{_WIDE[sign]}”" if sign in _WIDE else "引号")
        yield Hit(said, m.end() - 1, m.end(), suggestion=_WIDE.get(sign, ""))


def _number(text: str, found: re.Match[str]) -> bool:
    """1. at the head of a line, 10:30, and the dot of a heading's number."""
    at = found.end() - 1
    before = text[max(0, at - 1) : at]
    if text[at] == ".":
        return before in "一二三四五六七八九十" and text[max(0, at - 3) : at - 1].strip("十一二三 \u3000\n\r") == ""
    if text[at] in "()":
        return False
    return before.isdigit() and text[at + 1 : at + 2].isdigit()
