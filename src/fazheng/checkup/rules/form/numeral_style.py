from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.sieve import Sought
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_N = "一二三四五六七八九"
_FOUND = (
    (
        Sought(
            rf"二[0Oo○Ｏ零][0Oo○Ｏ零一二三][{_N}0Oo○Ｏ零〇]年|二[0Oo○Ｏ零〇][0Oo○Ｏ零一二三][0Oo○Ｏ零{_N}]年(?<!二〇[〇一二三][{_N}]年)"
        ),
        "年份用“〇”，不用数字、字母或者“零”",
    ),
    (
        Sought(
            rf"\d{{4}}年(?:[{_N}]|十[一二]?)月|(?:十[一二]|[{_N}十])月\d{{1,2}}日|\d{{1,2}}月(?:[{_N}]|[一二三]?十[{_N}]?)日"
        ),
        "同一个日期里汉字和阿拉伯数字混用",
    ),
    (
        Sought(
            rf"(?<!\d)\d{{1,9}}[十百千](?![万米克瓦分强佳户人名件年]|周年)[{_N}]?|[{_N}十百]\d+(?=[件人个名家户次年万元])(?<!第[{_N}]\d)"
        ),
        "同一个数里汉字和阿拉伯数字混用",
    ),
)


@rule(
    title="数字写法不统一",
    kinds="numeral_style",
    severity="info",
    why="一个日期、一个数里汉字和阿拉伯数字混着写，容易看错。",
    source="出版物上数字用法（GB/T 15835）",
    example="“二0三一年”应为“二〇三一年”；“2031年三月”应为“2031年3月”。",
)
def numeral_style(report: Report) -> Iterator[Hit]:
    """年份里用“0”“O”“零”代替“〇”；同一个日期、同一个数里两种数字混用。"""
    for pattern, said in _FOUND:
        for found in pattern.finditer(report.document.signs):
            yield Hit(f"“{found[0]}”：{said}", *found.span())
