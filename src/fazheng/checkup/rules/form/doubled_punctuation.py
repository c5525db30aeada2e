from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.facts.sieve import Sought
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_DOUBLED = Sought(
    r"[，、；：。][，、；：]|[，、；：]。|。。(?!。)|，。|(?<=[（《〔])[，。、；：]|(?<=[\u4e00-\u9fff])[，、；：](?=[）》〕])|。”。|。(?=[》〕])"
)
_START = re.compile(r"^[ ]*([，。、；：）》”？！])", re.MULTILINE)
_HEAD = re.compile(
    r"^[ ]*((?:[一二三四五六七八九十]{1,3})[，。.：；](?![\d]))|^[ ]*((?:（[一二三四五六七八九十\d]{1,3}）)[、，.])",
    re.MULTILINE,
)


@rule(
    title="标点重复、错位",
    kinds="punctuation",
    severity="warning",
    why="改稿时删了字没有删标点，就留下两个标点连在一起。",
    source="标点符号用法（GB/T 15834）",
    example="“依法办理。，及时答复”“（一）、规范执法”“一，主要举措”。",
)
def doubled_punctuation(report: Report) -> Iterator[Hit]:
    """两个标点连在一起、标点出现在行首或者括号里边、标题序号后面的标点不对。"""
    for found in _DOUBLED.finditer(report.document.signs):
        at = found.start()
        yield Hit(f"标点“{found[0]}”连用或者错位", at, found.end(), suggestion="")
    for found in _START.finditer(report.plain):
        yield Hit(f"行首不该有“{found[1]}”", *found.span(1))
    for found in _HEAD.finditer(report.plain):
        group = 1 if found[1] else 2
        number = found[group][:-1]
        right = f"{number}、" if group == 1 else number
        yield Hit(f"标题序号写“{right}”", *found.span(group), suggestion=right, severity="info")
