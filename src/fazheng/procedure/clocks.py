"""Every clock of a case: when a limit began, by when the act is due, whether it was done in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache

from fazheng.frozen import record
from fazheng.lawbook.procedure import DueOf, Extension, Limit, Procedure
from fazheng.procedure.ask import Question, ask
from fazheng.procedure.case import Case, Event
from fazheng.procedure.law import Law
from fazheng.workdays import Calendar, Length, Run, Span, estimate, fixed, run

Parameter = Callable[[str, date], int | None]


@record(frozen=True, slots=True)
class Clock:
    """One start of a limit. `due` None: the clock stands (suspended). `superseded_on`: it began anew or gave way."""

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


_MOST_ANSWERS = 512
_answers: dict[int, tuple[Case, Law, Calendar, Parameter, tuple[Clock, ...]]] = {}  # by the identity of the case


def clocks(law: Law, case: Case, calendar: Calendar, parameter: Parameter = lambda id, day: None) -> tuple[Clock, ...]:
    """Every start of every limit of the case, over its standing events, in order of limit and start.

    `parameter` is asked by the `when` of a limit. Asked again of the very same case, as a step does that is decided
    and then projected, the answer is the one given before: a case never changes, and all it rests on is compared.
    """
    if not case.standing:
        return ()
    known = _answers.get(id(case))
    if known and known[0] is case and known[2] is calendar and known[1] is law and known[3] == parameter:
        return known[4]
    return _remembered(law, case, calendar, parameter, _clocks(law, case, calendar, parameter, None, {}))


def clocks_after(
    law: Law, before: Case, case: Case, calendar: Calendar, parameter: Parameter = lambda id, day: None
) -> tuple[Clock, ...]:
    """As `clocks` of `case`, which only added standing events at the end of `before`.

    What a limit makes of a case hangs on few events by name; where none of these was added, its starts are those of
    before. A test compares both on random cases.
    """
    moved: set[str] = set()
    for version in law.known():
        for event in case.standing[len(before.standing) :]:
            moved.update(version.limits_moved.get(event.event, ()))
    known = clocks(law, before, calendar, parameter)
    if not moved:
        return _remembered(law, case, calendar, parameter, known)
    kept: dict[str, list[Clock]] = {}
    for clock in known:
        if clock.limit.id not in moved:
            kept.setdefault(clock.limit.id, []).append(clock)
    return _remembered(law, case, calendar, parameter, _clocks(law, case, calendar, parameter, moved, kept))


def _remembered(
    law: Law, case: Case, calendar: Calendar, parameter: Parameter, answer: tuple[Clock, ...]
) -> tuple[Clock, ...]:
    while len(_answers) >= _MOST_ANSWERS:
        with suppress(KeyError, StopIteration, RuntimeError):  # another thread may be at it
            del _answers[next(iter(_answers))]  # the oldest: those of the cases touched last are asked again
    _answers[id(case)] = (case, law, calendar, parameter, answer)  # holds the case, so that its number is not reused
    return answer


def _clocks(
    law: Law, case: Case, calendar: Calendar, parameter: Parameter, moved: set[str] | None, kept: dict[str, list[Clock]]
) -> tuple[Clock, ...]:
    """`moved` are the limits to work out, all of them for None; of the others `kept` has the starts."""
    found: dict[str, list[Clock]] = {}
    places = _places(case)
    for version in law.known():
        for limit in version.limits:
            if moved is not None and limit.id not in moved:
                if limit.id in kept:
                    found[limit.id] = kept[limit.id]
            elif isinstance(limit.starts, str) and limit.starts in places:
                begun = _from_events(law, version, limit, places[limit.starts], case, calendar, parameter)
                found.setdefault(limit.id, []).extend(begun)
    for version in law.known():
        for limit in _chained(version) if version.chains_limits else ():
            if moved is None or limit.id in moved:
                found.setdefault(limit.id, []).extend(_from_due(law, version, limit, found, case, calendar, parameter))
            elif limit.id in found:
                found[limit.id] = found.pop(limit.id)  # after those that events begin, as where all are worked out
    answer: list[Clock] = []
    for starts in found.values():
        answer += starts if len(starts) < 2 else _numbered(starts)
    return tuple(answer)


def _places(case: Case) -> dict[str, list[int]]:
    """Where in the standing events each one stands, by name."""
    places: dict[str, list[int]] = {}
    for n, event in enumerate(case.standing):
        if event.event in places:
            places[event.event].append(n)
        else:
            places[event.event] = [n]
    return places


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


def _numbered(starts: list[Clock]) -> list[Clock]:
    starts.sort(key=lambda clock: (clock.begun, clock.root))
    return [clock if clock.nth == n else replace(clock, nth=n) for n, clock in enumerate(starts, 1)]


def _from_events(
    law: Law, version: Procedure, limit: Limit, at: list[int], case: Case, calendar: Calendar, parameter: Parameter
) -> Iterator[Clock]:
    """The starts of a limit; `at` are the places of the events that begin it."""
    pinned = law.first.pins == "opening"  # then one version speaks in the case
    for k, n in enumerate(at):
        event = case.standing[n]
        if not pinned and law.on(event.on) is not version:
            continue
        if limit.when is not None:
            seen = Case(case.entries, case.standing[: n + 1])
            if ask(limit.when, Question(law, seen, event.on, calendar, parameter=parameter)) is not True:
                continue
        superseded = case.standing[at[k + 1]].on if k + 1 < len(at) else None
        clock = _clock(version, limit, event.on, superseded, n, case, calendar)
        yield clock if limit.gives_way is None else _given_way(law, clock, n + 1, case, calendar, parameter)


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
        if limit.when is not None:
            seen = case.until(other.due)
            if ask(limit.when, Question(law, seen, other.due, calendar, parameter=parameter)) is not True:
                continue
        clock = _clock(version, limit, other.due, other.superseded_on, other.root, case, calendar)
        if limit.gives_way is not None:
            after = max(other.root, len(case.until(other.due).standing) - 1) + 1
            clock = _given_way(law, clock, after, case, calendar, parameter)
        yield replace(clock, estimate=clock.estimate or other.estimate)


def _given_way(law: Law, clock: Clock, after: int, case: Case, calendar: Calendar, parameter: Parameter) -> Clock:
    """The clock, which no longer counts from the first event at which `gives_way` holds: another limit does then.

    Asked of the events from place `after` on, until the act is done. What has expired gives way to nothing, as a
    clock that is over is not stopped.
    """
    assert clock.limit.gives_way is not None
    for n in range(after, len(case.standing)):
        day = case.standing[n].on
        over = clock.due is not None and day > clock.due
        if over or (clock.superseded_on and day >= clock.superseded_on) or (clock.done and day > clock.done):
            return clock
        seen = Case(case.entries, case.standing[: n + 1])
        if ask(clock.limit.gives_way, Question(law, seen, day, calendar, parameter=parameter)) is True:
            return replace(clock, superseded_on=day)
    return clock


def _clock(
    version: Procedure, limit: Limit, begun: date, superseded: date | None, root: int, case: Case, calendar: Calendar
) -> Clock:
    done = None
    if bound := version.bound_events[limit.id]:
        for event in case.standing[root + 1 :]:
            if event.event in bound:
                done = event.on
                break
    capped = tuple(_spans(version, limit, case, done, calendar)) if version.suspensions else ()
    spans = tuple(span for span, _ in capped) if capped else ()
    if not limit.length:
        day = fixed(begun, month_day=limit.until or limit.before, years=limit.years, before=bool(limit.before))
        return Clock(limit, 1, begun, superseded, day, done, False, False, root)
    lengths: tuple[Length, ...]
    lengths, moved = _plain(begun, limit.length, limit.rolls, calendar)
    if spans:
        moved = _run(begun, lengths, spans, limit.rolls, calendar)
    for extension in version.extensions_of.get(limit.id, ()):
        left = extension.times
        for event in case.standing[root + 1 :]:
            in_time = moved.due is None or moved.is_estimate or event.on <= moved.due
            if event.event == extension.by and begun <= event.on and in_time and left:
                lengths, left = (*lengths, *granted(extension, event)), left - 1
                moved = _run(begun, lengths, spans, limit.rolls, calendar)
    guessed = moved.is_estimate or (moved.due is not None and any(by_guess for _, by_guess in capped))
    return Clock(limit, 1, begun, superseded, moved.due, done, guessed, moved.stopped, root, lengths, spans)


@lru_cache(maxsize=8192)  # a bureau's days are few, and its cases many
def _run(begun: date, lengths: tuple[Length, ...], spans: tuple[Span, ...], rolls: bool, calendar: Calendar) -> Run:
    return run(begun, lengths, spans, calendar, rolls=rolls)


@lru_cache(maxsize=8192)
def _plain(begun: date, length: str, rolls: bool, calendar: Calendar) -> tuple[tuple[Length, ...], Run]:
    """The run of a limit that nothing stops or lengthens, and its length."""
    lengths = (_length(length),)
    return lengths, run(begun, lengths, (), calendar, rolls=rolls)


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
