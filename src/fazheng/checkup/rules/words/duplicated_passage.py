from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.clauses import body_sentences
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

SHORTEST = 18  # signs without blanks


@rule(
    title="整句重复",
    kinds="duplicated_passage",
    severity="warning",
    why="同一句话在报告里出现两次，多半是复制以后忘了改。",
    source="公文校对的一般要求",
    example="第一部分和第四部分都写“局党组定期听取法治工作汇报，研究解决困难问题。”",
)
def duplicated_passage(report: Report) -> Iterator[Hit]:
    """十八个字以上的整句一字不差地出现两次；连续几句都重复的，合起来说一次。"""
    seen: dict[str, int] = {}
    run: list[int] = []  # start, end, where first said
    for sentence in body_sentences(report):
        words = "".join(report.plain[sentence.start : sentence.end].split()).strip("。！？")
        first = seen.get(words) if len(words) >= SHORTEST else None
        if first is None:
            if run:
                yield _hit(report, run)
            run = []
            seen.setdefault(words, sentence.start)
        else:
            run = [run[0] if run else sentence.start, sentence.end, run[2] if run else first]
    if run:
        yield _hit(report, run)


def _hit(report: Report, run: list[int]) -> Hit:
    line, _ = report.document.place(run[2])
    return Hit(f"与第{line}行的话完全相同", run[0], run[1])
