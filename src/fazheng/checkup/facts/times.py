"""Days and years as the text tells them, and where it speaks of the coming year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fazheng.checkup.facts.context import Inside, clause, titles
from fazheng.checkup.facts.written_days import written_days
from fazheng.checkup.report import Report
from fazheng.checkup.style import Style
from fazheng.lawbook.procedure import Table


class TimeWords(Table, frozen=True, kw_only=True):
    """`law/style/times.toml`."""

    vague_words: list[str]
    this_year: list[str]
    next_year: list[str]
    vague_unless_like: str
    plan_like: str
    done_like: str
    plan_head_like: str
    done_head_like: str
    other_head_like: str
    not_told_like: str
    did_like: str
    other_year_like: str
    weekdays: list[str]
    plan_part: str
    reasons_part: str
    plan_from_like: str
    no_year_like: str


@dataclass(frozen=True)
class TimePatterns:
    """The same, compiled."""

    words: TimeWords
    plan: re.Pattern[str]
    done: re.Pattern[str]
    plan_head: re.Pattern[str]
    done_head: re.Pattern[str]
    other_head: re.Pattern[str]
    not_told: re.Pattern[str]
    did: re.Pattern[str]
    other_year: re.Pattern[str]
    plan_from: re.Pattern[str]
    no_year: re.Pattern[str]
    vague_unless: re.Pattern[str]


def times(style: Style) -> TimePatterns:
    """The words for times, for `style.made`."""
    w = style.read("times", TimeWords)
    return TimePatterns(
        words=w,
        plan=re.compile(w.plan_like),
        done=re.compile(w.done_like),
        plan_head=re.compile(w.plan_head_like),
        done_head=re.compile(w.done_head_like),
        other_head=re.compile(w.other_head_like),
        not_told=re.compile(w.not_told_like),
        did=re.compile(w.did_like),
        other_year=re.compile(w.other_year_like),
        plan_from=re.compile(w.plan_from_like, re.MULTILINE),
        no_year=re.compile(w.no_year_like),
        vague_unless=re.compile(w.vague_unless_like),
    )


@dataclass(frozen=True)
class DayTold:
    """A day on which the text says that something was done. `year_said`: the year stands beside it."""

    day: date
    start: int
    end: int
    year_said: bool


def coming_year(report: Report) -> Inside:
    """The words about the coming year: its part, or from the paragraph that begins with 下一步 on."""
    made = report.style.made(times)
    spans = [(s.start, s.end) for s in report.sections if s.part == made.words.plan_part]
    if not spans and (found := made.plan_from.search(report.plain, len(report.plain) // 2)):
        spans = [(found.start(), report.header.foot)]
    return Inside(spans)


def days_told(report: Report) -> tuple[DayTold, ...]:
    """Days of the body, not of plans, names and time limits, on which something was done; without a year the report's.

    A day without a year is left out where the report year is not known.
    """
    return tuple(_days(report))


def _days(report: Report) -> Iterator[DayTold]:
    made, plain, header = report.style.made(times), report.plain, report.header
    ahead, inside = report.made(coming_year), report.made(titles)
    for told in report.made(written_days):
        start, end = told.start, told.end
        year = told.year or report.year
        if told.day is None or year is None or header.holds(start) or start in ahead or start in inside:
            continue
        said = clause(plain, start, end)
        if made.not_told.search(said) or made.not_told.match(plain, end, end + 4):
            continue
        if not made.did.search(plain, end, min(len(plain), end + 40)):
            continue
        try:
            yield DayTold(date(year, told.month, told.day), start, end, told.year is not None)
        except ValueError:
            continue


def whole_year(report: Report) -> bool:
    """Whether the text is a report on a whole year: not on half a year, no plan."""
    title = report.header.title.value if report.header.title else ""
    return report.is_report and report.year is not None and not report.style.made(times).no_year.search(title)
