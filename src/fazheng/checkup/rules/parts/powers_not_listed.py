from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.content import content, like
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

KINDS = 3  # a sentence with fewer kinds is no list of powers


@rule(
    title="做的事不在自己的职权清单里",
    kinds="internal_inconsistency",
    severity="warning",
    why="职权清单里没有的，不能做；做了，说明清单漏列，或者越了权。",
    source="法治政府建设实施纲要：行政执法事项目录、权责清单制度",
    example="前面列“行政许可6项、行政处罚9项、行政给付4项”，后面写“采取行政强制措施2件”。",
)
def powers_not_listed(report: Report) -> Iterator[Hit]:
    """正文自己列了职权的种类（三种以上，带项数），后面又写作出、采取了清单里没有的那一种并有件数，或者把它列作自己的职权。"""
    if not report.is_report:
        return
    words = content(report.style)
    kinds = "|".join(words.powers)
    listed: set[str] = set()
    line = 0
    for head in like(words.list_like).finditer(report.plain):
        stop = report.plain.find("。", head.end(), head.end() + 300)
        said = report.plain[head.end() : stop if stop != -1 else head.end() + 300]
        said = said[: max((count.end() for count in like(r"\d项").finditer(said)), default=0)]  # the list itself
        here = set(like(rf"(?:行政)?({kinds})(?:类)?(?:事项)?[^，。；、\d]{{0,4}}[1-9]\d*项").findall(said))
        if len(here) >= KINDS and not like("其他(?!行政权力|权力|类)|等").search(said):
            listed, line = listed | here, line or report.document.place(head.start())[0]
    if not listed:
        return
    claimed = like(rf"(?:行政(?:{kinds})[、和与及]){{2,}}行政(?:{kinds})等?(?:的)?(?:{words.powers_called_like})")
    for claim in claimed.finditer(report.plain):
        missing = [kind for kind in like(rf"行政({kinds})").findall(claim[0]) if kind not in listed]
        if missing:
            yield Hit(f"第{line}行自己列的职权里没有行政{'、行政'.join(missing)}", *claim.span())
    acts = like(rf"{words.acted_like}了?行政(?P<kind>{kinds})(?:措施|决定|案件)?(?:共计?)?[1-9]\d*[件起次宗]")
    for found in acts.finditer(report.plain):
        if found["kind"] not in listed:
            yield Hit(f"第{line}行自己列的职权里没有行政{found['kind']}", *found.span())
