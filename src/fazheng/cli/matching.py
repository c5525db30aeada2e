"""What `fazheng report --ledger` answers: the figures of a text beside the book's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from fazheng.checkup.report import Report
from fazheng.report.matching import STATES, Match, State

SHOWN = 10  # rows of a figure named in the text answer
AROUND = 20  # characters of the text shown before a figure


def as_json(report: Report, found: Sequence[Match], other_year: int | None) -> dict[str, Any]:
    """The answer for a program; `other_year`: the year the text itself is on, where it is another."""
    counted = Counter(one.state for one in found)
    return {
        "file": report.document.name,
        "text_year": other_year or report.year,
        **{state: counted[state] for state in STATES},
        "figures": [_one(report, one) for one in found],
    }


def _one(report: Report, match: Match) -> dict[str, Any]:
    figure, value = match.figure, match.value
    line, column = report.document.place(figure.start)
    return {
        "state": match.state,
        "raw": figure.raw,
        "start": figure.start,
        "end": figure.end,
        "line": line,
        "column": column,
        "why": match.why,
        "id": value.id if value else None,
        "name": value.name if value else None,
        "book": value.shown if value else None,
        "rows": list(value.rows) if value and match.state == "differs" else [],
    }


def as_text(report: Report, found: Sequence[Match], year: int, other_year: int | None) -> str:
    """The answer on a screen: what differs first, what the book does not have, then how many agree."""
    counted = Counter(one.state for one in found)
    lines = [
        f"《{report.document.name}》与{year}年账本核对："
        + "，".join(f"{word}{counted[state]}处" for state, word in STATES.items())
        + "。计划、目标、日期不核对。"
    ]
    if other_year:
        lines.append(f"注意：从文字看，这是{other_year}年度的报告。")
    shown: tuple[State, ...] = ("differs", "absent")
    for state in shown:
        of = [one for one in found if one.state == state]
        lines += [f"{STATES[state]}{'（或者分不清是哪一项）' if state == 'absent' else ''}："] if of else []
        for one in of:
            lines += _told(report, one)
    return "\n".join(lines)


def _told(report: Report, match: Match) -> list[str]:
    figure, value = match.figure, match.value
    line, column = report.document.place(figure.start)
    begin = max(report.document.line_at(figure.start).start, figure.start - AROUND)
    words = f"{report.text[begin : figure.start]}【{report.text[figure.start : figure.end]}】"
    told = [f"  第{line}行第{column}字 {words}：{match.why}{f'［{value.id}］' if value else ''}"]
    if value and match.state == "differs" and value.rows:
        more = f"等{len(value.rows)}件" if len(value.rows) > SHOWN else ""
        told.append(f"     账本里是：{'、'.join(value.rows[:SHOWN])}{more}")
    return told
