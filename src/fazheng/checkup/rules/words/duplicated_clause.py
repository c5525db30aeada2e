from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.clauses import Clause, clauses
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

ADJACENT = 4  # signs of a clause that may not stand twice running
TAIL = 8  # signs of a clause that may not repeat the end of the one before
APART = 9  # and of one that may not stand twice in a sentence


@rule(
    title="分句重复",
    kinds="duplicated_clause",
    severity="error",
    why="同一句话里同一个分句出现两次，是拼接文稿时留下的。",
    source="公文校对的一般要求",
    example="“完善执法制度，规范执法程序，完善执法制度，规范执法程序”里同样的话写了两次。",
)
def duplicated_clause(report: Report) -> Iterator[Hit]:
    """同一个句子里（分号隔开的不比），同一个分句一字不差地出现两次（紧挨着的四个字以上，隔开的九个字以上）。"""
    seen: dict[str, int] = {}
    sentence, last = (-1, 0), ""
    before: list[Clause] = []
    for clause in report.made(clauses):
        if (clause.sentence, clause.part) != sentence:
            seen, sentence, last, before = {}, (clause.sentence, clause.part), "", []
        long = len(clause.words) >= (ADJACENT if clause.words == last else APART)
        if clause.words in seen and long:
            yield Hit(f"“{clause.words}”在一句话里写了两次", clause.start, clause.end)
        elif len(clause.words) >= TAIL and _repeats_end(report.plain, clause):
            yield Hit(f"“{clause.words}”接连写了两次", clause.start, clause.end)
        elif _pair_again(before, clause):
            first = before[-1]
            yield Hit(f"“{first.words}，{clause.words}”接连写了两次", first.start, clause.end)
        seen.setdefault(clause.words, clause.start)
        last, before = clause.words, [*before[-2:], clause]


def _pair_again(before: list[Clause], clause: Clause) -> bool:
    """甲，乙，甲，乙: two clauses, too short to be told alone, said again as they were."""
    return (
        len(before) == 3
        and [c.words for c in before[:2]] == [before[2].words, clause.words]
        and len(before[0].words) + len(clause.words) >= APART
        and max(len(before[0].words), len(clause.words)) < APART
    )


def _repeats_end(plain: str, clause: Clause) -> bool:
    """Whether the words right before the comma are the clause's own: 是工作的基本遵循，是工作的基本遵循."""
    comma = clause.start - 1
    return comma > 0 and plain[comma] == "，" and plain.endswith(clause.words, 0, comma)
