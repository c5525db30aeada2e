"""What the ledger shows of a shortcoming: which limits were missed and by how long, which articles were broken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from fazheng.figures import FigureValue, Period
from fazheng.lawbook.conditions import AllOf, AnyOf, Condition, Expired, HasDefect, Linked, Missed, Not
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import SealedEntry
from fazheng.ledger.read import cases_entries
from fazheng.procedure.case import Case, fold
from fazheng.procedure.clocks import clocks
from fazheng.procedure.examples import calendar_of
from fazheng.procedure.law import Law, law_of


def limits(value: FigureValue, bureau: str, book: LawBook, period: Period) -> str:
    """“办案期限”1件，最长逾期9日: of the limits that the figure speaks of, over its cases. Empty for none."""
    wanted = set(named(book.figures[value.id].where, Missed, Expired))
    found: dict[str, tuple[int, int]] = {}
    calendar, end = calendar_of(book), period[1]
    for law, case, _ in _cases(value, bureau, book):
        days: dict[str, int] = {}
        for clock in clocks(law, case.until(end), calendar):
            if (not wanted or clock.limit.id in wanted) and clock.due is not None and clock.missed(end):
                if clock.done is None and not clock.runs(end):
                    continue
                late = ((clock.done if clock.done and clock.done <= end else end) - clock.due).days
                days[clock.limit.name] = max(late, days.get(clock.limit.name, 0))
        for name, late in days.items():
            number, longest = found.get(name, (0, 0))
            found[name] = number + 1, max(longest, late)
    return "；".join(
        f"“{name}”{number}{value.unit}，{'最长' if number > 1 else ''}逾期{longest}日"
        for name, (number, longest) in found.items()
    )


def articles(value: FigureValue, bureau: str, book: LawBook, period: Period) -> str:
    """违反《行政处罚法》第五十八条第一款的1件: the defects of its cases by article. Empty for none."""
    wanted = set(named(book.figures[value.id].where, HasDefect))
    found: dict[str, int] = {}
    for _, case, entries in _cases(value, bureau, book):
        standing = {event.version for event in case.standing if event.on <= period[1]}
        broken = {
            one["article"]
            for entry in entries
            if entry.version in standing
            for one in json.loads(entry.defects)
            if not wanted or one["gate"] in wanted
        }
        for article in sorted(broken):
            found[article] = found.get(article, 0) + 1
    return "、".join(f"违反{article}的{number}{value.unit}" for article, number in sorted(found.items()))


def named(condition: Condition | None, *kinds: type) -> Iterator[str]:
    """The limits or gates that a condition names; those asked of linked cases apart."""
    match condition:
        case AllOf(conditions) | AnyOf(conditions):
            for one in conditions:
                yield from named(one, *kinds)
        case Not(inner):
            yield from named(inner, *kinds)
        case Linked() | None:
            return
        case _ if isinstance(condition, kinds):
            yield getattr(condition, "limit", "") or getattr(condition, "gate", "")


def _cases(value: FigureValue, bureau: str, book: LawBook) -> Iterator[tuple[Law, Case, list[SealedEntry]]]:
    """Its cases with the law they live under; none for a figure of a register."""
    if value.of not in book.procedures:
        return
    for case_id, entries in cases_entries(bureau, value.rows):
        case = fold(entries)
        law = law_of(book.procedures[case_id.rsplit("-", 2)[0]], case, _first(case))
        if law is not None:
            yield law, case, entries


def _first(case: Case) -> date:
    return case.entries[0].on
