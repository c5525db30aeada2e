"""Puts faults of twelve kinds into sound reports of our own making, fifty places each, and counts what is found.

    python -m tests.checkup.mutate [places] [seed]

Recall is counted by kind of fault. Findings elsewhere than at the fault are false alarms, told by page of 800 signs.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

from fazheng.checkup.finding import Finding
from fazheng.checkup.report import Report
from fazheng.checkup.run import run
from fazheng.checkup.text import Document

PLACES = ["示例县", "示例市示例区", "示例旗", "示例市"]
SENTENCES = [
    "全年受理申请{a}件，办结{b}件，{c}件正在办理。",
    "登记社会组织{t}家，其中社会团体{d}家、民办非企业单位{e}家、基金会{f}家。",
    "依照《中华人民共和国行政处罚法》规范执法程序，严格落实公示制度。",
    "组织干部职工学习《中华人民共和国民法典》，邀请法律顾问讲解。",
    "开展执法检查{d}次，发现的问题都已经改正。",
    "全面梳理权责清单，按照规定向社会公开（含办事指南）。",
    "举办“法律进社区”活动{f}场，发放资料{a}份。",
    "制定《{p}民政局法制审核办法》，明确审核的范围和时限。",
    "困难群众救助标准由{g}元/月提高到{h}元/月。",
]
HEADS = ["健全工作机制", "规范行政执法", "推进政务公开", "化解矛盾纠纷", "加强普法宣传", "强化执法监督"]


def sound(dice: random.Random) -> str:
    """A sound report for the year 2031; nothing in it is anybody's."""
    place = dice.choice(PLACES)

    def filled(sentence: str) -> str:
        b, c, d, e, f = (dice.randint(2, 90) for _ in range(5))
        g = dice.randint(300, 600)
        numbers = {
            "a": b + c,
            "b": b,
            "c": c,
            "d": d,
            "e": e,
            "f": f,
            "t": d + e + f,
            "g": g,
            "h": g + dice.randint(5, 50),
        }
        return sentence.format(p=place, **numbers)

    said = iter(dice.sample(SENTENCES, 8))  # no sentence twice: that would be a fault
    done = "\n".join(
        f"（{number}）{head}。" + filled(next(said)) + filled(next(said))
        for number, head in zip("一二三四", dice.sample(HEADS, 4), strict=True)
    )
    return f"""{place}民政局2031年度法治政府建设情况报告
{place}人民政府：
2031年，{place}民政局依法履行职责，现将本年度法治政府建设情况报告如下：
一、主要举措和成效
{done}
二、党政主要负责人履行推进法治建设第一责任人职责情况
局主要负责人主持召开专题会议{dice.randint(3, 9)}次，带头学法，年终述法。
三、存在的不足和原因
执法力量不足，主要原因是持证人员调离较多，补充不及时。
四、2032年工作安排
补充执法人员，组织业务培训，改进普法方式。
{place}民政局
2032年1月{dice.randint(5, 28)}日
"""


@dataclass(frozen=True)
class Fault:
    """A fault put in: the whole text, where it stands (None: the whole text), and the kinds that name it."""

    text: str
    span: tuple[int, int] | None
    kinds: frozenset[str]


def put(text: str, at: tuple[int, int], by: str, kinds: str, wide: int = 0) -> Fault:
    """The words at `at` replaced; the fault may be marked anywhere from `wide` characters before."""
    changed = text[: at[0]] + by + text[at[1] :]
    return Fault(changed, (max(0, at[0] - wide), at[0] + len(by) + wide), frozenset(kinds.split()))


def matched(pattern: str, by: str, kinds: str, wide: int = 0) -> Callable[[str, random.Random], Fault | None]:
    """A fault at one of the places a pattern finds; `by` is a template for the match."""

    def fault(text: str, dice: random.Random) -> Fault | None:
        found = [*re.finditer(pattern, text)]
        chosen = dice.choice(found) if found else None
        return put(text, chosen.span(), chosen.expand(by), kinds, wide) if chosen else None

    return fault


def wrong_total(text: str, dice: random.Random) -> Fault | None:
    found = [*re.finditer(r"(办结)(\d+)(件，\d+件正在办理)", text)]
    if not found:
        return None
    chosen = dice.choice(found)
    return put(
        text, chosen.span(), f"{chosen[1]}{int(chosen[2]) + 7}{chosen[3]}", "sum_unclear internal_inconsistency", 12
    )


def doubled_clause(text: str, dice: random.Random) -> Fault | None:
    chosen = dice.choice([*re.finditer(r"[\u4e00-\u9fff]{8,20}，", text[text.index("一、") :])])
    at = text.index("一、") + chosen.end()
    return put(text, (at, at), chosen[0], "duplicated_clause duplicated_word duplicated_passage", 24)


FAULTS: dict[str, Callable[[str, random.Random], Fault | None]] = {
    "sum": wrong_total,
    "direction": matched(r"由(\d+)元/月提高到(\d+)元", r"由\2元/月提高到\1元", "internal_inconsistency"),
    "signed early": matched(r"2032年1月(\d+日)\n$", r"2031年1月\1\n", "date_contradiction signed_before_year_end"),
    "no such day": matched(r"2032年1月\d+日\n$", "2032年1月32日\n", "odd_date date_contradiction"),
    "wrong name": matched(r"《中华人民共和国行政处罚法》", "《中华人民共和国行政惩罚法》", "wrong_law_name", 2),
    "doubled word": matched(r"(职责|机制|活动|标准|规定)", r"\1\1", "duplicated_word duplicated_word_in_phrase", 4),
    "doubled clause": doubled_clause,
    "half-width": matched(r"([\u4e00-\u9fff])，([\u4e00-\u9fff])", r"\1,\2", "halfwidth_punctuation"),
    "open bracket": matched(r"（含办事指南）", "（含办事指南", "unbalanced_bracket", 4),
    "stray space": matched(r"(20\d\d)年", r"\1 年", "stray_space whitespace"),
    "residue": matched(r"\n（二）", "\n[bookmark: _GoBack]（二）", "leftover_markup page_chrome"),
    "missing part": lambda text, _: Fault(
        re.sub(r"三、存在的不足和原因\n.*\n四、", "三、", text), None, frozenset({"missing_part"})
    ),
}  # fmt: skip


def seen(fault: Fault, findings: list[Finding]) -> tuple[bool, int]:
    """Whether the fault was found, and how many findings speak of anything else."""

    def at(finding: Finding) -> bool:
        if fault.span is None or finding.start is None or finding.end is None:
            return True
        return fault.span[0] <= finding.end and finding.start <= fault.span[1]

    right = [finding for finding in findings if finding.kind in fault.kinds and at(finding)]
    others = [finding for finding in findings if finding not in right and not (fault.span and at(finding))]
    return bool(right), len(others)


def measure(places: int, seed: int) -> dict[str, tuple[int, int, float]]:
    """Kind of fault → found, put in, false alarms a page."""
    told = {}
    for name, make in FAULTS.items():
        dice = random.Random(f"{seed} {name}")
        found = tried = alarms = 0
        pages = 0.0
        while tried < places:
            fault = make(sound(dice), dice)
            if fault is None:
                continue
            hit, others = seen(fault, run(Report(Document(fault.text))))
            found, tried, alarms = found + hit, tried + 1, alarms + others
            pages += len(fault.text) / 800
        told[name] = (found, tried, alarms / pages)
    return told


if __name__ == "__main__":
    given = [*map(int, sys.argv[1:]), *(50, 1)[len(sys.argv) - 1 :]]
    for name, (found, tried, alarms) in measure(*given[:2]).items():
        sys.stdout.write(f"{name:16}{found:4} of {tried:<4} {alarms:.2f} false alarms a page\n")
