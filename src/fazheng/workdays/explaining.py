"""Why this date: every day from the start to the due day, counted or not, with its reason in Chinese."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fazheng.workdays.calendars import ONE_DAY, Calendar
from fazheng.workdays.counting import last_of
from fazheng.workdays.lengths import Length
from fazheng.workdays.suspension import BadSpan, Run, Span, joined, run

_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of the count. `why` is Chinese, for the reader of the date."""

    date: date
    counted: bool
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The due day and every day from the start (first row, never counted) to it (last row)."""

    due: date
    is_estimate: bool
    days: tuple[CountedDay, ...]


def explain(
    start: date, length: Length, calendar: Calendar, *, rolls: bool = True, spans: Iterable[Span] = ()
) -> Explanation:
    """The count that leads to the due day; as many days are counted as the length has.

    Days of unknown years are counted as in `estimate`, and say so. `spans` are closed suspensions, as in `run`; an
    extended limit is explained by its whole length (`Length.extended_by`).
    Raises BadLength as `due` does, and BadSpan while a span stands open: then there is no due day to explain.
    Law: 民事诉讼法第八十五条; 行政处罚法第八十五条 (working days); 国务院办公厅's yearly notices.
    """
    spans = tuple(spans)
    found = run(start, [length], spans, calendar, rolls=rolls)
    if found.due is None:
        raise BadSpan("期限正在中止，恢复计算之后才有到期日。")
    in_working_days = length.unit == "working days"
    total = length.number if in_working_days else (last_of(start, length, calendar) - start).days
    standing = joined(start, spans)  # one that came too late begins after every day told
    rows = [CountedDay(start, False, "起始日，不计入")]
    counted = 0
    while (day := rows[-1].date + ONE_DAY) <= found.due:
        if any(s.to_day is not None and s.from_day < day <= s.to_day for s in standing):
            why = "中止期间，不计" if day < found.due else "中止期间，不计；期限已无剩余，恢复之日届满"
            rows.append(CountedDay(day, False, why))
        elif counted == total:
            rows.append(CountedDay(day, False, _rolled(day, calendar)))
        elif in_working_days:
            rows.append(_in_working_days(day, counted + 1, found.due, calendar))
        else:
            rows.append(_in_days(day, counted + 1, total, found, calendar))
        counted += rows[-1].counted
    return Explanation(found.due, found.is_estimate, tuple(rows))


def _in_working_days(day: date, number: int, due: date, calendar: Calendar) -> CountedDay:
    if not calendar.is_worked_or_weekday(day):
        return CountedDay(day, False, f"{_rest(day, calendar)}，不计")
    why = f"第{number}个工作日"
    if calendar.is_make_up(day):
        why += f"：调休上班，计入（依据{calendar.notice(day)}）"
    return CountedDay(day, True, why + _unpublished(day, calendar) + ("，期限届满" if day == due else ""))


def _in_days(day: date, number: int, total: int, found: Run, calendar: Calendar) -> CountedDay:
    why = f"第{number}日"
    if day == found.due:
        # a day that does not roll is certain whatever the calendar
        why += "，期限届满" + (_unpublished(day, calendar) if found.is_estimate else "")
    elif number == total and not calendar.is_worked_or_weekday(day):
        why += f"，末日为休息日：{_rest(day, calendar)}"
    return CountedDay(day, True, why)


def _rolled(day: date, calendar: Calendar) -> str:
    if calendar.is_worked_or_weekday(day):
        return f"末日为休息日，顺延至本日，期限届满{_unpublished(day, calendar)}"
    return f"末日为休息日，顺延；本日仍休息：{_rest(day, calendar)}"


def _rest(day: date, calendar: Calendar) -> str:
    """Why `day` is not worked."""
    notice = calendar.notice(day)
    return f"节假日放假（依据{notice}）" if notice else _WEEKDAYS[day.weekday()] + _unpublished(day, calendar)


def _unpublished(day: date, calendar: Calendar) -> str:
    return "" if calendar.knows(day) else f"（预计：没有{day.year}年的放假通知）"
