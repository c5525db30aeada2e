"""The same question is read back, never over a book or law that has changed; a hundred figures, few statements."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from msgspec import structs

from fazheng.figures import BookMoved, count, count_each, drop, recount, year
from fazheng.figures.kept import law_digest
from fazheng.figures.sql import SqlReader
from fazheng.figures.wide import WideReader
from fazheng.figures.wide.planning import plan
from fazheng.figures.wide.tables import MARKS, NUMBERS, there
from fazheng.lawbook.conditions import Fact, parse
from fazheng.lawbook.figure import Figure
from fazheng.ledger.rows import rows
from tests.figures.books import BUREAU, Writer, toy_law
from tests.figures.small_book import small_book

OPENED = Figure(id="toy.n", name="试", unit="件", counts="cases", of="toy.case",
                where=parse({"event": "opened", "in_period": True}))  # fmt: skip
CONDITIONS = ({"event": "answered"}, {"field": "opened.colour", "is": "red"}, {"missed": "answer_period"},
              {"defect": "noted_first"}, {"event": "noted", "at_least": 2})  # fmt: skip


MOVED = 20  # statements after an entry in one procedure: what went on is noted, its form and its numbers go along
READING = ("SELECT", "WITH", "INSERT", "DELETE", "UPDATE")


def hundred() -> list[Figure]:
    """A hundred figures of two procedures, no two of one id."""
    told = [structs.replace(OPENED, where=parse(one)) for one in CONDITIONS]
    told += [structs.replace(OPENED, counts="events", event="noted"), structs.replace(OPENED, of="toy.matter",
             where=parse({"event": "begun"}))]  # fmt: skip
    return [structs.replace(told[n % len(told)], id=f"toy.f{n}") for n in range(100)]


def asked(work: Callable[[], object]) -> list[str]:
    """The statements that the work sent, on SQLite."""
    sent: list[str] = []
    connection.connection.set_trace_callback(sent.append)
    work()
    connection.connection.set_trace_callback(None)
    return sent


@pytest.mark.sqlite  # which tells every statement it runs
def test_a_hundred_figures_take_a_statement_a_procedure_and_a_few_more(home: Path) -> None:
    small_book().seal()
    law, span = toy_law(*hundred()), year(2024)
    first = [value.value for value in count(BUREAU, law, span)]
    assert any(first)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {NUMBERS}")  # the wide form stands, the answer does not
    sent = asked(lambda: count(BUREAU, law, span))
    reading = [one for one in sent if one.startswith(("SELECT", "WITH"))]
    assert len(reading) <= len(law.procedures) + 8, len(reading)
    assert len(asked(lambda: count(BUREAU, law, span))) == 1
    assert first == [value.value for value in recount(BUREAU, law, span)]


@pytest.mark.sqlite
def test_years_side_by_side_take_hardly_more_statements_than_one(home: Path) -> None:
    """One transaction notes what went on, one brings the forms up: only those of procedures with new entries."""
    writer = small_book()
    writer.seal()
    law, years = toy_law(*hundred()), [year(number) for number in (2022, 2023, 2024)]
    count_each(BUREAU, law, years)
    writer.opens("toy.case-2024-0009", "opened", "2024-05-01")
    writer.seal()
    sent = [one for one in asked(lambda: count_each(BUREAU, law, years)) if one.startswith(READING)]
    assert len(sent) <= MOVED, sent
    assert sum(one.startswith("DELETE FROM figures_wide") for one in sent) == 2  # of the one procedure: rows, events
    writer.opens("toy.case-2024-0010", "opened", "2024-05-02")
    writer.seal()
    one = toy_law(OPENED), [year(2024)]
    count_each(BUREAU, *one)
    writer.opens("toy.case-2024-0011", "opened", "2024-05-03")
    writer.seal()
    again = [said for said in asked(lambda: count_each(BUREAU, *one)) if said.startswith(READING)]
    assert len(sent) - 2 <= len(again) <= len(sent), again  # whatever the number of figures and years
    assert count_each(BUREAU, law, years) == [recount(BUREAU, law, one) for one in years]


def test_a_period_asked_for_twice_and_none_at_all_are_answered(home: Path) -> None:
    small_book().seal()
    law = toy_law(OPENED)
    assert count_each(BUREAU, law, []) == []
    first, again = count_each(BUREAU, law, [year(2024), year(2024)])
    assert first == again == recount(BUREAU, law, year(2024))


def test_one_new_entry_changes_the_answer(home: Path) -> None:
    writer = small_book()
    writer.seal()
    law, span = toy_law(OPENED), year(2024)
    assert [count(BUREAU, law, span)[0].value for _ in range(2)] == [3, 3]
    writer.opens("toy.case-2024-0009", "opened", "2024-05-01")
    writer.seal()
    assert count(BUREAU, law, span) == recount(BUREAU, law, span)
    assert count(BUREAU, law, span)[0].value == 4


def test_a_withdrawn_entry_changes_it_too(home: Path) -> None:
    writer = small_book()
    writer.seal()
    law, span = toy_law(*hundred()), year(2024)
    count(BUREAU, law, span)
    writer.enters("toy.case-2024-0001", "withdraw", "2024-04-01", {"entry": 2, "reason": writer.hold("示例")})
    writer.seal()
    assert count(BUREAU, law, span) == recount(BUREAU, law, span)
    assert count(BUREAU, law, span) == recount(BUREAU, law, span)  # read back


def test_an_answer_of_another_law_is_not_read_back(home: Path) -> None:
    small_book().seal()
    changed = structs.replace(OPENED, where=parse({"event": "closed", "in_period": True}))
    assert [count(BUREAU, toy_law(one), year(2024))[0].value for one in (OPENED, changed, OPENED)] == [3, 1, 3]
    assert law_digest(toy_law(OPENED)) == law_digest(toy_law(OPENED)) != law_digest(toy_law(changed))


def test_numbers_kept_of_another_book_are_not_believed(home: Path) -> None:
    """As where a copy of an earlier day was put back and others went on from there."""
    writer = small_book()
    writer.seal()
    law = toy_law(OPENED)
    count(BUREAU, law, year(2024))
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {MARKS} SET digest = %s", ["0" * 64])
        cursor.execute(f"UPDATE {NUMBERS} SET told = %s", ['{"data":true,"numbers":{"toy.n":{"":77}}}'])
    assert count(BUREAU, law, year(2024))[0].value == 3


def test_how_often_a_thing_happened_is_asked_as_of_the_day(home: Path) -> None:
    writer = Writer()
    writer.opens("toy.case-2024-0001", "opened", "2024-07-01")
    for day in ("2024-07-02", "2024-07-05", "2024-07-09"):
        writer.enters("toy.case-2024-0001", "noted", day, {"amount": 7})
    writer.seal()
    twice = structs.replace(OPENED, where=parse({"event": "noted", "at_least": 2}))
    law, first = toy_law(twice), date(2024, 7, 1)
    days = [date(2024, 7, day) for day in (1, 2, 4, 5, 8, 9, 3, 31)]
    told = [count(BUREAU, law, (first, day))[0].value for day in days]
    assert told == [0, 0, 0, 1, 1, 1, 0, 1]


def test_rows_are_looked_up_when_asked_for_and_not_over_a_book_that_moved(home: Path) -> None:
    writer = small_book()
    writer.seal()
    law = toy_law(OPENED)
    told, read_back = count(BUREAU, law, year(2024))[0], count(BUREAU, law, year(2024))[0]
    assert list(told.rows) == list(SqlReader(BUREAU, law, year(2024)).read(OPENED).rows)
    writer.opens("toy.case-2024-0009", "opened", "2024-05-01")
    writer.seal()
    with pytest.raises(BookMoved, match="重新统计"):
        len(read_back.rows)


def test_rebuilding_drops_what_figures_made(home: Path) -> None:
    small_book().seal()
    law = toy_law(*hundred())
    before = count(BUREAU, law, year(2024))
    assert rows(f"SELECT COUNT(*) FROM {NUMBERS}", [])[0][0] == len(law.procedures)
    drop(BUREAU)
    assert not any(name.startswith("figures_wide") for name in there())
    assert rows(f"SELECT COUNT(*) FROM {NUMBERS}", [])[0][0] == 0
    assert count(BUREAU, law, year(2024)) == before


def test_sums_go_over_the_cases_that_are_counted_anyway_and_are_planned_once(home: Path) -> None:
    """Amounts of cases that came in the period are taken in the pass that counts those cases."""
    small_book().seal()
    amount = Figure(id="toy.amount", name="金额", unit="元", of="toy.case", sums=Fact("noted", "amount"),
                    where=parse({"event": "opened", "in_period": True}))  # fmt: skip
    law, span = toy_law(OPENED, amount), year(2024)
    asked_of = OPENED, amount
    planned = plan(BUREAU, law, span, asked_of)
    passes = [one.text for one in planned["toy.case"].statement.questions if "FROM figures_wide" in one.text]
    assert len(passes) == 2  # those with an event twice apart
    assert plan(BUREAU, law, span, asked_of) is planned
    wide, alone = WideReader(BUREAU, law, span, asked_of), SqlReader(BUREAU, law, span)
    assert [wide.read(one).value for one in asked_of] == [alone.read(one).value for one in asked_of]
