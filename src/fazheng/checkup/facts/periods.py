"""Plans that have an end, and congresses that have a day: `law/style/periods.toml`."""

from __future__ import annotations

import re
from datetime import date

from fazheng.checkup.facts.context import places
from fazheng.checkup.report import Report
from fazheng.checkup.style import Style
from fazheng.lawbook.procedure import Table


class Plan(Table, frozen=True, kw_only=True):
    """A plan or programme and the last year it ran."""

    name: str
    words: list[str]
    last: int
    more_like: str = ""  # the sentence tells what came after
    after_like: str = ""


class Event(Table, frozen=True, kw_only=True):
    """A meeting that nobody could write about before its day."""

    name: str
    words: list[str]
    day: date
    kind: str = ""


class Periods(Table, frozen=True, kw_only=True):
    history_like: str
    plan_like: str
    yearly_like: str
    plans: list[Plan]
    events: list[Event]


def history(style: Style) -> re.Pattern[str]:
    """Words that tell of a plan's end or what it left."""
    return re.compile(style.read("periods", Periods).history_like)


def plan_names(style: Style) -> re.Pattern[str]:
    """Words that say a name with years is a plan's."""
    return re.compile(style.read("periods", Periods).plan_like)


def events_told(report: Report) -> tuple[tuple[Event, int, int], ...]:
    """Each meeting named in the text, first mention alone, with where it stands."""
    found = []
    for event in report.style.read("periods", Periods).events:
        at = next((at for word in event.words for at in places(report.plain, word)), None)
        if at is not None:
            found.append((event, at, at + len(event.words[0])))
    return tuple(found)
