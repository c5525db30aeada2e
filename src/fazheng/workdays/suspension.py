"""A limit that is extended, and that stands still while it is suspended (中止) or while time does not count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce

from fazheng.workdays.calendars import ONE_DAY, Calendar
from fazheng.workdays.counting import last_of
from fazheng.workdays.lengths import BadLength, Length


class BadSpan(ValueError):
    """A span that ends before it begins."""


@dataclass(frozen=True, slots=True)
class Span:
    """The clock stands from `from_day` to `to_day`; None: it still stands. Raises BadSpan.

    Law: 行政复议法第三十九条 (中止), 行政许可法第四十五条 (time not counted), as examples.
    """

    from_day: date
    to_day: date | None

    def __post_init__(self) -> None:
        if self.to_day is not None and self.to_day < self.from_day:
            raise BadSpan(f"中止的终日{self.to_day}早于始日{self.from_day}，请核对两个日期。")


@dataclass(frozen=True, slots=True)
class Run:
    """Where a limit stands: its last day, that day before it rolled on, and whether the clock stands.

    `due` and `unrolled` are None exactly while `stopped`; then nothing is estimated either.
    """

    due: date | None
    unrolled: date | None
    stopped: bool
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class _Clock:
    """What is left on `anchor`: working days or calendar days after it."""

    anchor: date
    left: int
    in_working_days: bool
    rolls: bool
    calendar: Calendar
    counted_unknown: bool = False

    @property
    def unrolled(self) -> date:
        if self.in_working_days and self.left:
            return self.calendar.nth(self.anchor, self.left)
        return self.anchor + timedelta(days=self.left)

    @property
    def due(self) -> date:
        return self.calendar.on_or_after(self.unrolled) if self.rolls else self.unrolled

    @property
    def is_estimate(self) -> bool:
        if self.counted_unknown or not (self.in_working_days or self.rolls):
            return self.counted_unknown
        rolled_from = self.unrolled - ONE_DAY
        needed = min(self.anchor, rolled_from) if self.in_working_days else rolled_from
        return self.calendar.first_unknown(needed, self.due) is not None

    def resumed(self, from_day: date, to_day: date) -> "_Clock":
        """The clock after it stood: what was left on `from_day` is left on `to_day`."""
        used = (from_day - self.anchor).days
        unknown = False
        if self.in_working_days:
            used = self.calendar.count(self.anchor, from_day)
            unknown = self.calendar.first_unknown(self.anchor, from_day) is not None
        left = max(self.left - used, 0)
        return replace(self, anchor=to_day, left=left, counted_unknown=self.counted_unknown or unknown)


def run(
    start: date, lengths: Sequence[Length], spans: Iterable[Span], calendar: Calendar, *, rolls: bool = True
) -> Run:
    """The due day of a limit of `lengths[0]` from `start`, lengthened by the other lengths, past these spans.

    What was left on the first day of a span is left on its last day, so calendar days move by the days between them and
    working days by the working days after the first up to the last; it rolls once, at the end. Months and years count
    what is left in calendar days. A span that begins after the due day so far changes nothing, overlapping and touching
    spans count once, what lies before `start` is cut off. Years without a table are estimated, as in `estimate`.
    Raises BadLength for no length, or lengths of several units.
    Law: 民事诉讼法第八十五条; 行政复议法第三十九条 (中止), 行政许可法第四十二条第一款、第四十五条 as examples.
    """
    if not lengths:
        raise BadLength("没有写明期限，无从起算。")
    length = reduce(Length.extended_by, lengths)
    last = last_of(start, length, calendar)
    in_working_days = length.unit == "working days"
    clock = _Clock(start, length.number if in_working_days else (last - start).days, in_working_days, rolls, calendar)
    for span in joined(start, spans):
        if span.from_day > clock.due:
            break
        if span.to_day is None:
            return Run(due=None, unrolled=None, stopped=True, is_estimate=False)
        clock = clock.resumed(span.from_day, span.to_day)
    return Run(clock.due, clock.unrolled, stopped=False, is_estimate=clock.is_estimate)


def joined(start: date, spans: Iterable[Span]) -> list[Span]:
    """The spans by day, cut to `start`, overlapping and touching ones made one, empty ones left out."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: s.from_day):
        if span.to_day is not None and span.to_day <= max(span.from_day, start):
            continue
        cut = Span(max(span.from_day, start), span.to_day)
        if not found or (found[-1].to_day is not None and found[-1].to_day < cut.from_day):
            found.append(cut)
        elif found[-1].to_day is not None and (cut.to_day is None or cut.to_day > found[-1].to_day):
            found[-1] = Span(found[-1].from_day, cut.to_day)
    return found
