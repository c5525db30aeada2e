"""Every clock of a case: when a limit began, by when the act is due, whether it was done in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from fazheng.lawbook.procedure import DueOf, Extension, Limit, Procedure
from fazheng.procedure.ask import Question, ask
from fazheng.procedure.case import Case, Event
from fazheng.procedure.law import Law
from fazheng.workdays import Calendar, Length, Run, Span, estimate, fixed, run

Parameter = Callable[[str, date], int | None]


@dataclass(frozen=True, slots=True)
class Clock:
    """One start of a limit. `due` None: the clock stands (suspended). `superseded_on`: the limit began anew."""

    limit: Limit
    nth: int
    begun: date
    superseded_on: date | None
    due: date | None
    done: date | None
    estimate: bool
    stopped: bool
    root: int  # position of the standing event the clock goes back to
    lengths: tuple[Length, ...] = ()
    spans: tuple[Span, ...] = ()

    def runs(self, day: date) -> bool:
        """Whether this is the start that counts on `day`."""
        return self.begun <= day and (self.superseded_on is None or day < self.superseded_on)

    def expired(self, day: date) -> bool:
        """Whether `day` is after the due day, act done or not. A guess never expires."""
        return self.due is not None and not self.estimate and day > self.due

    def missed(self, day: date) -> bool:
        """Whether, seen on `day`, the act came late or is not done and the clock has expired."""
        if self.done is not None and self.done <= day:
            return self.expired(self.done)
        return self.expired(day)


def clocks(law: Law, case: Case, calendar: Calendar, parameter: Parameter = lambda id, day: None) -> tuple[Clock, ...]:
    """Every start of every limit of the case, over its standing events, in order of limit and start.

    `parameter` is asked by the `when` of a limit.
    """
    found: dict[str, list[Clock]] = {}
    versions = list(law.known())
    happened = {event.event for event in case.standing}
    for version in versions:
        for limit in version.limits:
            if isinstance(limit.starts, str) and limit.starts in happened:
                found.setdefault(limit.id, []).extend(_from_events(law, version, limit, case, calendar, parameter))
    for version in versions:
        for limit in _chained(version):
            found.setdefault(limit.id, []).extend(_from_due(law, version, limit, found, case, calendar, parameter))
    return tuple(clock for starts in found.values() for clock in _numbered(starts))


def _chained(version: Procedure) -> Iterator[Limit]:
    """Limits that start on another limit's due day, each after the one it hangs on. A ring is left out."""
    left = [limit for limit in version.limits if not isinstance(limit.starts, str)]
    while left:
        waiting = {limit.id for limit in left}
        ready = [limit for limit in left if isinstance(limit.starts, DueOf) and limit.starts.due not in waiting]
        yield from ready
        if not ready:
            return
        left = [limit for limit in left if limit not in ready]


def _numbered(starts: list[Clock]) -> Iterator[Clock]:
    starts.sort(key=lambda clock: (clock.begun, clock.root))
    for n, clock in enumerate(starts, 1):
        yield clock if clock.nth == n else replace(clock, nth=n)


def _from_events(
    law: Law, version: Procedure, limit: Limit, case: Case, calendar: Calendar, parameter: Parameter
) -> Iterator[Clock]:
    starts = [(n, event) for n, event in enumerate(case.standing) if event.event == limit.starts]
    for k, (n, event) in enumerate(starts):
        if law.on(event.on) is not version:
            continue
        seen = Case(case.entries, case.standing[: n + 1])
        if not _applies(limit, Question(law, seen, event.on, calendar, parameter=parameter)):
            continue
        superseded = starts[k + 1][1].on if k + 1 < len(starts) else None
        yield _clock(version, limit, event.on, superseded, n, case, calendar)


def _applies(limit: Limit, q: Question) -> bool:
    return limit.when is None or ask(limit.when, q) is True


def _from_due(
    law: Law,
    version: Procedure,
    limit: Limit,
    found: dict[str, list[Clock]],
    case: Case,
    calendar: Calendar,
    parameter: Parameter,
) -> Iterator[Clock]:
    assert not isinstance(limit.starts, str)
    for other in found.get(limit.starts.due, []):
        if other.due is None or law.on(case.standing[other.root].on) is not version:
            continue
        if not _applies(limit, Question(law, case.until(other.due), other.due, calendar, parameter=parameter)):
            continue
        clock = _clock(version, limit, other.due, other.superseded_on, other.root, case, calendar)
        yield replace(clock, estimate=clock.estimate or other.estimate)


def _clock(
    version: Procedure, limit: Limit, begun: date, superseded: date | None, root: int, case: Case, calendar: Calendar
) -> Clock:
    bound = {version.steps[step].records for step in limit.binds if step in version.steps}
    done = next((event.on for event in case.standing[root + 1 :] if event.event in bound), None)
    capped = tuple(_spans(version, limit, case, done, calendar))
    spans = tuple(span for span, _ in capped)
    if not limit.length:
        day = fixed(begun, month_day=limit.until or limit.before, years=limit.years, before=bool(limit.before))
        return Clock(limit, 1, begun, superseded, day, done, False, False, root)
    lengths: tuple[Length, ...] = (_length(limit.length),)
    moved = _run(begun, lengths, spans, limit, calendar)
    for extension in version.extensions:
        if extension.extends != limit.id:
            continue
        left = extension.times
        for event in case.standing[root + 1 :]:
            in_time = moved.due is None or moved.is_estimate or event.on <= moved.due
            if event.event == extension.by and begun <= event.on and in_time and left:
                lengths, left = (*lengths, *granted(extension, event)), left - 1
                moved = _run(begun, lengths, spans, limit, calendar)
    guessed = moved.is_estimate or (moved.due is not None and any(by_guess for _, by_guess in capped))
    return Clock(limit, 1, begun, superseded, moved.due, done, guessed, moved.stopped, root, lengths, spans)


def _run(begun: date, lengths: tuple[Length, ...], spans: tuple[Span, ...], limit: Limit, calendar: Calendar) -> Run:
    return run(begun, lengths, spans, calendar, rolls=limit.rolls)


@cache
def _length(text: str) -> Length:
    return Length.parse(text)


def granted(extension: Extension, event: Event) -> tuple[Length, ...]:
    """By how much an extension lengthens the count: what was entered, at most the cap; nothing for less than one."""
    cap = _length(extension.at_most)
    asked = event.fact(extension.days.split(".")[1]) if extension.days else None
    number = min(asked, cap.number) if isinstance(asked, int) else cap.number
    return (Length(number, cap.unit),) if number > 0 else ()


def _spans(
    version: Procedure, limit: Limit, case: Case, done: date | None, calendar: Calendar
) -> Iterator[tuple[Span, bool]]:
    """The spans, each with whether its end was counted in a year without a notice."""
    for suspension in version.suspensions:
        if limit.id not in suspension.stops:
            continue
        begun: date | None = None
        for event in case.standing:
            if event.event == suspension.from_ and begun is None and not (done and event.on > done):
                begun = event.on
            elif event.event == suspension.to and begun is not None:
                yield _span(begun, event.on, suspension.at_most, calendar)
                begun = None
        if begun is not None:
            yield _span(begun, None, suspension.at_most, calendar)


def _span(begun: date, ended: date | None, at_most: str, calendar: Calendar) -> tuple[Span, bool]:
    """A span; `at_most` ends it by itself, also where nobody recorded its end."""
    if not at_most:
        return Span(begun, ended), False
    length = _length(at_most)
    cap = estimate(begun, length, calendar, rolls=False)
    soon = ended is not None and (ended - begun).days <= length.number  # no count of days is shorter than its number
    return Span(begun, cap.day if ended is None else min(ended, cap.day)), cap.is_estimate and not soon
