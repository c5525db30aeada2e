"""What limits do to a step: rights lapse, late acts are said, extensions stay within their cap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fazheng.lawbook.conditions import AnyOf, FieldTest
from fazheng.lawbook.procedure import Extension, Limit
from fazheng.procedure.ask import ask
from fazheng.procedure.attempt import Attempt
from fazheng.procedure.clocks import Clock
from fazheng.procedure.refusals import by_rule, own
from fazheng.procedure.surroundings import Refusal
from fazheng.workdays import Length, Unit

UNITS: dict[Unit, str] = {"working days": "个工作日", "days": "日", "months": "个月", "years": "年"}


def _running(tried: Attempt) -> Iterator[Clock]:
    for clock in tried.question.clocks():
        assert isinstance(clock, Clock)
        if clock.runs(tried.command.on):
            yield clock


def _late(tried: Attempt) -> Iterator[Clock]:
    """Running clocks the step would meet, if it came in time, whose last day is over."""
    step, on = tried.step.id, tried.command.on
    if not tried.law.meets_limits(step):
        return  # most steps meet no limit, and then no clock need be worked out
    for clock in tried.question.clocks():
        assert isinstance(clock, Clock)
        if step in clock.limit.binds and clock.runs(on) and clock.expired(on):
            yield clock


def lapsed(tried: Attempt) -> Iterator[Refusal]:
    """Rights that are over: the act of a party after its last day, also where it was done in time once before.

    Not where the limit says that being late is forgiven, or may say so once the form is filled in.
    """
    for clock in _late(tried):
        limit = clock.limit
        if limit.missed != "right_lapses":
            continue
        if limit.forgiven is None or ask(limit.forgiven, tried.question) is False:
            unless = "".join(f"（填了“{field}”的除外）" for field in _forgiving(limit, tried))
            yield by_rule(
                "lapsed", limit, f"“{limit.name}”已于{clock.due}届满，逾期不能再办{unless}；确已发生的用如实补录"
            )


def _forgiving(limit: Limit, tried: Attempt) -> Iterator[str]:
    """The fields of the step itself for which it is forgiven to be late."""
    asked = limit.forgiven
    for part in asked.conditions if isinstance(asked, AnyOf) else (asked,):
        if isinstance(part, FieldTest) and part.fact.event == tried.step.records:
            yield tried.version.label(part.fact.field)


def late_acts(tried: Attempt) -> Iterator[dict[str, Any]]:
    """What a late act seals beside it, for people who read the book: limit, due day, days late."""
    for clock in _late(tried):
        if clock.done is None and clock.due is not None:
            yield {"limit": clock.limit.id, "due": clock.due.isoformat(), "days": (tried.command.on - clock.due).days}


def overstepped(tried: Attempt) -> Iterator[Refusal]:
    """An extension recorded after the day it would move, once too often, or by more than its cap."""
    for extension in tried.version.extensions:
        if extension.by != tried.step.records:
            continue
        limit = tried.version.limit_of.get(extension.extends)
        name = limit.name if limit else extension.extends
        moved = [clock for clock in _running(tried) if clock.limit.id == extension.extends]
        since = tried.question.case.standing[max((clock.root for clock in moved), default=-1) + 1 :]
        if sum(event.event == extension.by for event in since) >= extension.times:
            yield by_rule(extension.id, extension, f"“{name}”最多延长{extension.times}次，不能再延长")
        asked = _asked(extension, tried.command.data)
        if asked is not None and asked < 1:
            yield own("field", f"延长的天数填的是{asked}", "延长的天数至少是1，请改正", hard=True)
        cap = Length.parse(extension.at_most)
        if asked is not None and asked > cap.number:
            yield by_rule(extension.id, extension, f"“{name}”最多延长{cap.number}{UNITS[cap.unit]}，填的是{asked}")
        for clock in moved:
            if clock.expired(tried.command.on):
                yield by_rule("late_extension", extension, f"“{name}”已于{clock.due}届满，延长须在届满前办理")


def _asked(extension: Extension, data: Any) -> int | None:
    """The number asked for; None where the extension has none, or it is not yet entered."""
    if not extension.days or data is None:
        return None
    asked = data.get(extension.days.split(".")[1])
    return asked if isinstance(asked, int) else None
