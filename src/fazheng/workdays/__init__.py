"""期限: due days on the working-day calendar. Pure: dates come in, no clock is read, nothing is stored."""

from fazheng.workdays.calendars import Calendar
from fazheng.workdays.counting import Due, after, due, estimate, fixed
from fazheng.workdays.explaining import CountedDay, Explanation, explain
from fazheng.workdays.lengths import BadLength, Length, Unit
from fazheng.workdays.suspension import BadSpan, Run, Span, run
from fazheng.workdays.tables import BadCalendar, CalendarMissing, YearTable

__all__ = [
    "BadCalendar",
    "BadLength",
    "BadSpan",
    "Calendar",
    "CalendarMissing",
    "CountedDay",
    "Due",
    "Explanation",
    "Length",
    "Run",
    "Span",
    "Unit",
    "YearTable",
    "after",
    "due",
    "estimate",
    "explain",
    "fixed",
    "run",
]
