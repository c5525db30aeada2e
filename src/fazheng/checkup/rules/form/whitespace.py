from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_BLANK = re.compile(r"(?:\n[ \t\r\u3000\xa0]*){4,}(?=\S)")
_MIXED = re.compile(r"^(?: +\u3000|\u3000+ {2,}|\t+ +)[ \t\u3000]*\S", re.MULTILINE)


@rule(
    title="连续空行、行首空格混用",
    kinds="whitespace",
    severity="info",
    why="空行和全角半角混用的缩进是排版残留，换一台电脑就对不齐。",
    source="党政机关公文格式（GB/T 9704）",
    example="文末连着四个空行才到署名；段首先是全角空格、后是半角空格。",
)
def whitespace(report: Report) -> Iterator[Hit]:
    """连续三个以上空行，或者行首全角、半角空格混用。全文说一次。"""
    if not report.is_report:
        return
    found = [*_BLANK.finditer(report.text), *_MIXED.finditer(report.text)]
    if found:
        yield Hit(f"有连续空行或者混用空格的缩进{len(found)}处，请统一用格式设置", severity="info")
