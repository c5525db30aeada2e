"""A computer whose clock was set back: the book's own times never go back, and the book stays usable."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from fazheng.casework import clock
from fazheng.casework.bureaux import Bureau
from fazheng.casework.declaring import confirm_clock
from fazheng.casework.kept import forget
from fazheng.casework.moment import TOLERATED, ClockBehind, moment
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.writing import Act, writing
from fazheng.cli.main import run
from fazheng.ledger.append import append, lock_head
from fazheng.ledger.verify import verify
from tests.casework.desk import TODAY, book, bureau_at_work, data_of, day, receive
from tests.ledger.books import draft

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def bureau(database: str) -> Bureau:
    return bureau_at_work()


def written(after: timedelta) -> str:
    """The time so much ahead of this computer's clock, as an entry has it."""
    return (clock.now() + after).isoformat(timespec="seconds")


def entered_ahead(bureau: Bureau, by: timedelta) -> str:
    """An entry that a computer wrote whose clock was ahead of this one; when it says it was recorded."""
    at = written(by)
    with transaction.atomic():
        append([replace(draft(1, "nothing:x", bureau.code), event="task_settled", recorded_at=at, source="")],
               lock_head(bureau.code))  # fmt: skip
    return at


def test_a_clock_far_behind_the_book_records_nothing(bureau: Bureau) -> None:
    entered_ahead(bureau, timedelta(days=400))
    before = len(book(bureau))
    with (
        pytest.raises(ClockBehind, match="时钟可能被调回，现在记入会写错时间，本次没有写入"),
        writing(bureau, today=TODAY) as act,
    ):
        receive(act)
    assert len(book(bureau)) == before
    assert dump(bureau.code)["ledger_case"] == []


def test_a_clock_little_behind_repeats_the_last_time(bureau: Bureau) -> None:
    """Two computers of one office, minutes apart."""
    at = entered_ahead(bureau, TOLERATED / 2)
    with writing(bureau, today=TODAY) as act:
        receive(act)
    assert book(bureau)[-1].recorded_at == at


def test_times_in_the_book_never_go_back(bureau: Bureau) -> None:
    for ahead in (timedelta(0), timedelta(minutes=3), timedelta(minutes=1)):
        entered_ahead(bureau, ahead) if ahead > timedelta(minutes=2) else None
        with writing(bureau, today=TODAY) as act:
            receive(act)
    times = [datetime.fromisoformat(entry.recorded_at) for entry in book(bureau)]
    assert times == sorted(times)


def test_the_book_stays_usable_once_a_person_says_that_the_clock_is_right(bureau: Bureau) -> None:
    ahead = entered_ahead(bureau, timedelta(days=400))
    with writing(bureau, today=TODAY) as act:
        assert confirm_clock(act, Act(TODAY, "甲", {}), "对照电视报时核对；主板电池换过") == ()
    said = book(bureau)[-1]
    assert (said.event, data_of(said)["ahead"], said.by) == ("clock_confirmed", ahead, "甲")
    assert set(data_of(said)["reason"]) == {"apart"}
    with writing(bureau, today=TODAY) as act:
        receive(act)
    assert book(bureau)[-1].recorded_at < ahead
    assert verify(bureau.code).ok
    live = dump(bureau.code)
    rebuild(bureau, today=TODAY)
    assert dump(bureau.code) == live


def test_a_clock_is_not_confirmed_without_need_or_reason_or_by_a_stranger(bureau: Bureau) -> None:
    with writing(bureau, today=TODAY) as act:
        assert [r.gate for r in confirm_clock(act, Act(TODAY, "甲", {}), "…")] == ["order"]
    entered_ahead(bureau, timedelta(days=1))
    with writing(bureau, today=TODAY) as act:
        assert [r.gate for r in confirm_clock(act, Act(TODAY, "无此人", {}), " ")] == ["role", "field"]
    with pytest.raises(ClockBehind), writing(bureau, today=TODAY) as act:
        receive(act)


def test_a_process_that_kept_the_last_time_sees_the_entry_of_another(bureau: Bureau) -> None:
    with writing(bureau, today=TODAY) as act:
        receive(act)
    entered_ahead(bureau, timedelta(days=2))
    with pytest.raises(ClockBehind), writing(bureau, today=TODAY) as act:
        receive(act)
    forget()
    with pytest.raises(ClockBehind), writing(bureau, today=TODAY) as act:
        receive(act)


def test_a_time_of_another_zone_or_of_no_sense_does_not_stop_the_book(bureau: Bureau) -> None:
    assert moment("2020-01-01T00:00:00+00:00") <= written(timedelta(seconds=2))
    assert moment("zzzz") <= written(timedelta(seconds=2))
    assert moment("") <= written(timedelta(seconds=2))
    earlier = (clock.now() + timedelta(minutes=1)).astimezone(tz=None).isoformat(timespec="seconds")
    assert moment(earlier)


def test_the_command_line_says_it_and_takes_the_confirmation(
    bureau: Bureau, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    entered_ahead(bureau, timedelta(days=400))
    ticket = ["kind=投诉", "urgent=否", "topic=收费", "request=…", "ticket_no=示例一", "assigned_by_ruling=否"]
    opening = ["case", "open", "hotline.ticket", "--on", "2026-09-01", "--as", "乙", "--bureau", bureau.code]
    opening += [part for one in ticket for part in ("--data", one)]
    assert run(opening) == 2
    assert "用 fazheng clock 写明理由后继续" in capsys.readouterr().err
    assert run(["clock", "--as", "甲", "--reason", "核对过", "--bureau", bureau.code]) == 0
    assert run(opening) == 0, capsys.readouterr()
    assert run(["clock", "--as", "甲", "--reason", "核对过", "--bureau", bureau.code]) == 1
    assert "没有落后于账本" in capsys.readouterr().out
    assert day("2026-09-01") <= TODAY
