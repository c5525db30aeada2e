from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.facts.wrapped import run_on
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_STOP = re.compile(r"[。！？：；…”’）》】〕.!?:;)\"]$")
_WORD = re.compile(r"[\u4e00-\u9fff\d%]$")
_AS_FOLLOWS = re.compile(r"(?:报告|汇报|总结|情况|如下|说明)如下$|如下$")
_NUMBERED = re.compile(
    r"[ ]*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d{1,2}[.、]|第[一二三四五六七八九十]+)"
)
LONG = 45  # signs of a paragraph that is no heading
WRAPPED = 0.3  # share of long lines without a stop from which on the lines are broken by the page, not by the author


@rule(
    title="段落末尾没有句号",
    kinds="missing_punctuation punctuation",
    severity="warning",
    why="一段话说完没有句号，看的人会以为后面还有字没有显示出来。",
    source="标点符号用法（GB/T 15834）",
    example="段末“……群众满意度不断提高”后面没有“。”。",
)
def missing_punctuation(report: Report) -> Iterator[Hit]:
    """正文的段落以字结尾，没有句号；“报告如下”后面没有冒号；段落以逗号、顿号结尾，下一段另起。"""
    if not report.is_report or report.made(run_on):
        return
    lines = [line for line in report.document.paragraphs if not report.header.holds(line.start)]
    plain = report.plain
    long = [line for line in lines if line.end - line.start >= LONG]
    bare = [line for line in long if not _STOP.search(plain[line.start : line.end])]
    if len(bare) > max(2, len(long) * WRAPPED):
        return
    for index, line in enumerate(lines):
        raw = plain[line.start : line.end]
        following = plain[lines[index + 1].start : lines[index + 1].end] if index + 1 < len(lines) else ""
        if raw.endswith(("，", "、")) and (not following or _NUMBERED.match(following)):
            yield Hit(f"段落以“{raw[-1]}”结尾，话没有说完或者应为句号", line.end - 1, line.end, kind="punctuation")
        elif _AS_FOLLOWS.search(raw):
            yield Hit("“如下”后面应有冒号", line.end - 2, line.end, suggestion="如下：")
        elif _bare(raw, "\t" in report.text[line.start : line.end]):
            yield Hit("段落末尾没有句号", line.end - 1, line.end, suggestion=f"{raw[-1]}。")


def _bare(raw: str, tabbed: bool) -> bool:
    """A paragraph of sentences that ends in a word."""
    if tabbed or not _WORD.search(raw) or raw.count(" ") > len(raw) / 8:
        return False
    inner = raw.count("。") + raw.count("；")
    return (inner >= 1 and len(raw) >= 20) or (len(raw) >= LONG and raw.count("，") >= 2)
