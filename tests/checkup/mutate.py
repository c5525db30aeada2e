"""Puts faults of some thirty kinds into sound reports of our own making, fifty places each, and counts what is found.

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
from tests.checkup.reports.build import HERE, built

CLEAN = ["08-clean-wordy-county", "09-clean-county-headless"]
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


def clean(dice: random.Random) -> str:
    """A sound report: made of sentences, or one of the whole clean ones of reports/source."""
    name = dice.choice(["", "", *CLEAN])
    return built((HERE / "source" / f"{name}.txt").read_text("utf-8"), name)[0] if name else sound(dice)


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


def dated(year: int, by: str, kinds: str) -> Callable[[str, random.Random], Fault | None]:
    """A fault in the date at the end; `year` is added to its year, `by` is the rest or empty for as it was."""

    def fault(text: str, dice: random.Random) -> Fault | None:
        found = [*re.finditer(r"(?<=\n)(20\d\d)年(\d+月\d+日)(?=\n)", text)]
        return put(text, found[-1].span(), f"{int(found[-1][1]) + year}年{by or found[-1][2]}", kinds)

    return fault


def without_shortcomings(text: str, dice: random.Random) -> Fault | None:
    """The part on shortcomings left out, and the number of the last part made to follow."""
    changed = re.sub(r"三、存在的不足[\s\S]*?(?=\n四、)\n四、", "三、", text)
    return Fault(changed, None, frozenset({"missing_part"})) if changed != text else None


def same_year_plan(text: str, dice: random.Random) -> Fault | None:
    found = re.search(r"(?<=\n四、)(20\d\d)年", text)
    return put(text, found.span(), f"{int(found[1]) - 1}年", "wrong_plan_year", 2) if found else None


def without_title(text: str, dice: random.Random) -> Fault | None:
    return Fault(text[text.index("\n") + 1 :], None, frozenset({"missing_title"}))


def without_signature(text: str, dice: random.Random) -> Fault | None:
    return Fault(
        text[: [*re.finditer(r"\n[^\n]{0,12}民政局\n20", text)][-1].start()] + "\n",
        None,
        frozenset({"missing_signoff"}),
    )


def doubled_passage(text: str, dice: random.Random) -> Fault | None:
    found = [*re.finditer(r"(?<=[。\n])[^。\n“《（]{24,90}。", text)]
    if not found:
        return None
    at = text.rindex("\n四、")
    changed = text[:at] + "\n" + dice.choice(found)[0] + text[at:]
    return Fault(changed, None, frozenset({"duplicated_passage", "duplicated_clause"}))


def slip(text: str, dice: random.Random) -> Fault | None:
    right, wrong = dice.choice([one.split("→") for one in ("部署→布署", "履行→覆行", "贯彻→惯彻", "矛盾纠纷→矛盾纠分")])
    found = [*re.finditer(right, text[text.index("一、") :])]
    if not found:
        return None
    at = text.index("一、") + dice.choice(found).start()
    return put(text, (at, at + len(right)), wrong, "typo wrong_term", 1)


Make = Callable[[str, random.Random], Fault | None]
ANYWHERE: dict[str, Make] = {
    "signed early": dated(-1, "", "date_contradiction signed_before_year_end"),
    "no such day": dated(0, "1月32日", "odd_date date_contradiction"),
    "doubled word": matched(
        r"(职责|机制|活动|标准|规定)(?!\1)", r"\1\1", "duplicated_word duplicated_word_in_phrase", 4
    ),
    "doubled clause": doubled_clause,
    "doubled passage": doubled_passage,
    "half-width": matched(r"([\u4e00-\u9fff])，([\u4e00-\u9fff])", r"\1,\2", "halfwidth_punctuation"),
    "open quote": matched(r"(“[\u4e00-\u9fff]{2,12})”", r"\1", "unbalanced_quote", 12),
    "open bracket": matched(r"(（[\u4e00-\u9fff]{3,12})）", r"\1", "unbalanced_bracket", 12),
    "stray space": matched(r"(20\d\d)年", r"\1 年", "stray_space whitespace"),
    "space in a word": matched(
        r"(?<=[\u4e00-\u9fff]{9})(工|制|执)(作|度|法)(?=[\u4e00-\u9fff，])", r"\1 \2", "stray_space", 2
    ),
    "residue": matched(r"\n（二）", "\n[bookmark: _GoBack]（二）", "leftover_markup page_chrome"),
    "web residue": matched(r"，(?=[\u4e00-\u9fff]{4})", "，&nbsp;", "leftover_markup page_chrome"),
    "chrome": matched(r"\n二、", "\n打印本页 | 关闭窗口\n二、", "page_chrome", 2),
    "doubled stop": matched(r"(?<=[\u4e00-\u9fff])。(?=[\u4e00-\u9fff])", "，。", "punctuation", 1),
    "missing part": without_shortcomings,
    "plan of the same year": same_year_plan,
    "missing title": without_title,
    "missing sign-off": without_signature,
    "heading number": matched(r"\n二、", "\n三、", "misnumbered_heading", 400),
    "repealed law": matched(r"《中华人民共和国(?:民法典|行政处罚法)》", "《中华人民共和国收养法》", "repealed_law", 1),
    "unknown name": matched(r"《中华人民共和国行政处罚法》", "《中华人民共和国行政惩罚法》", "wrong_law_name", 2),
    "old plan": matched(
        r"(?<=\n)四、(20\d\d年[^\n]*)\n",
        r"四、\1\n落实“七五”普法规划，推动普法工作上新台阶。\n",
        "stale_plan outdated_term",
        1,
    ),
    "identity number": matched(
        r"(?<=[\u4e00-\u9fff]{6})。(?=\n)", "（张某，身份证号999001194901010014）。", "private_data", 2
    ),
    "mobile number": matched(r"(?<=[\u4e00-\u9fff]{6})。(?=\n)", "，联系电话13912345678。", "private_data", 2),
    "wrong letter": slip,
    "item twice": matched(
        r"([\u4e00-\u9fff]{4})、([\u4e00-\u9fff]{4})、([\u4e00-\u9fff]{4})(?=[，。等])",
        r"\1、\2、\1",
        "duplicated_item",
        2,
    ),
}
FIGURES: dict[str, Make] = {
    "sum": wrong_total,
    "direction": matched(r"由(\d+)元/月提高到(\d+)元", r"由\2元/月提高到\1元", "internal_inconsistency"),
    "rate": matched(
        r"全年受理申请(\d+)件，办结(\d+)件，\d+件正在办理。",
        r"全年受理申请\1件，办结\1件，办结率67%。",
        "rate_mismatch",
        1,
    ),
    "parts": matched(r"登记社会组织(\d+)家，其中", r"登记社会组织1家，其中", "sum_unclear internal_inconsistency", 40),
    "rate above all": matched(
        r"开展执法检查(\d+)次，", r"开展执法检查\1次，合格率120%，", "internal_inconsistency rate_mismatch", 1
    ),
    "unit lost": matched(r"发放资料(\d+)份。", r"发放资料\1。", "missing_unit", 1),
    "number lost": matched(r"发放资料\d+份", "发放资料份", "lost_number", 1),
}
FAULTS: dict[str, Make] = ANYWHERE | FIGURES


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
            fault = make(clean(dice) if name in ANYWHERE else sound(dice), dice)
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
