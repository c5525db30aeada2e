"""What an example says should follow, held against what did follow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from fazheng.lawbook.procedure import Procedure
from fazheng.procedure.case import Case
from fazheng.procedure.clocks import Clock, clocks
from fazheng.procedure.law import Law
from fazheng.procedure.outlook import suggestions
from fazheng.procedure.surroundings import Decision, Surroundings

LAST_DAY = date(9999, 12, 31)
WORDS = frozenset({"refused", "warned", "records", "defects", "due", "earliest", "suggests"})  # of `then`


class ExampleFell(AssertionError):
    """The law as it stands says something else than the example."""


def compare(
    then: Mapping[str, Any], version: Procedure, law: Law | None, case: Case, decision: Decision, around: Surroundings
) -> None:
    """Holds what an example says against what came of it. Raises ExampleFell at the first difference."""
    if not then:
        raise ExampleFell("then 是空的，什么也没有检验")
    statute = version.statute
    got: dict[str, Any] = {
        "refused": _articles(decision.refusals, statute),
        "warned": _articles(decision.warnings, statute),
        "records": [event.event for event in decision.events],
        "defects": sorted({refusal.gate for refusal in decision.defects}),
    }
    for word in ("refused", "warned", "records", "defects"):
        want = then.get(word)
        if word in ("refused", "warned") and want is not None:
            want = sorted({article.removeprefix(statute) for article in want})
        if word == "defects" and want is not None:
            want = sorted(want)
        if want is not None and want != got[word]:
            said = "；".join(f"{r.gate}〔{r.article}〕{r.says}→{r.todo}" for r in decision.refusals)
            raise ExampleFell(f"{word} 应为 {want}，实为 {got[word]}" + (f"（{said}）" if said else ""))
    if decision.refused and "refused" not in then:
        raise ExampleFell("被拒：" + "；".join(f"{r.gate}〔{r.article}〕{r.says}→{r.todo}" for r in decision.refusals))
    if law is not None:
        _compare_days(then, law, case, around)


def _articles(found: tuple[Any, ...], statute: str) -> list[str]:
    return sorted({refusal.article.split("（")[0].removeprefix(statute) for refusal in found})


def _compare_days(then: Mapping[str, Any], law: Law, case: Case, around: Surroundings) -> None:
    running: dict[str, Clock] = {
        clock.limit.id: clock for clock in clocks(law, case, around.calendar, around.parameter)
    }
    for word, shift in (("due", 0), ("earliest", 1)):
        for limit, want in then.get(word, {}).items():
            clock = running.get(limit)
            due = clock.due if clock else None
            got = due + timedelta(days=shift) if due else "停" if clock else "未起算"
            if clock is not None and clock.limit.gives_way is not None and clock.superseded_on is not None:
                got = "另算"
            if got != want:
                raise ExampleFell(f"{word} {limit} 应为 {want}，实为 {got}")
    if "suggests" in then:
        day = case.standing[-1].on if case.standing else LAST_DAY
        opened = sorted(one.opens or one.id for one in suggestions(law, case, day, around))
        if opened != sorted(then["suggests"]):
            raise ExampleFell(f"suggests 应为 {then['suggests']}，实为 {opened}")
