"""Whether a figure was done, is planned, aimed at, or only a condition of the law."""

from __future__ import annotations

from fazheng.checkup.facts.figure import Scope
from fazheng.checkup.facts.figure_words import Patterns

PLAN = "下一年安排"


def scope(plain: str, start: int, end: int, clause: int, sentence: int, part: str, made: Patterns) -> Scope:
    """The scope of the figure at these characters; its clause and sentence begin there, `part` is its section's."""
    before = plain[max(clause, start - 60) : start]
    if made.condition.search(before) or made.limit.match(plain, end):
        return "condition"
    if made.floor.search(before):
        return "plan" if part == PLAN else "condition"
    if made.target.search(before):
        return "target"
    if part == PLAN or made.plan.search(plain[max(sentence, start - 40) : start]):
        return "plan"
    return "actual"
