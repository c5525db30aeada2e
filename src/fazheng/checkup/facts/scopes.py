"""Whether a figure was done, is planned, aimed at, or only a condition of the law."""

from __future__ import annotations

from fazheng.checkup.facts.figure import Scope
from fazheng.checkup.facts.figure_words import Patterns

PLAN = "下一年安排"
_STOPS = "，。；！？\n"


def scope(plain: str, start: int, end: int, part: str, made: Patterns) -> Scope:
    """The scope of the figure at these characters; `part` is that of its section."""
    begin = max((plain.rfind(stop, max(0, start - 60), start) for stop in _STOPS), default=-1) + 1
    begin = begin or max(0, start - 60)
    sentence = max(plain.rfind("。", max(0, start - 200), start), plain.rfind("\n", max(0, start - 200), start)) + 1
    clause = plain[begin:start]
    after = plain[end : end + 6]
    if made.condition.search(clause) or made.limit.match(after):
        return "condition"
    if made.target.search(clause):
        return "target"
    if part == PLAN or made.plan.search(plain[max(sentence, start - 40) : start]):
        return "plan"
    return "actual"
