"""What an import costs, counted and not timed: statements grow with the rows in straight line, and only by batches."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fazheng.casework import writing as room
from fazheng.casework.bureaux import Bureau
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.workbook import Imported
from fazheng.ledger.verify import verify
from tests.casework.workbook.desk import FURTHER, HOTLINE, STAFF, TODAY, answered, contacted, person, taken, ticket


def year(tickets: int, beginning: str) -> dict[str, list[dict[str, str]]]:
    """A third of the rows open tickets, each followed by two steps."""
    refs = [f"{beginning}{n}" for n in range(tickets)]
    steps = [step for ref in refs for step in (contacted(ref), answered(ref))]
    return {HOTLINE: [ticket(ref) for ref in refs], FURTHER: steps}


def imported(folder: Path, bureau: Bureau, tickets: int, beginning: str) -> tuple[Imported, int]:
    """What the import did, and its statements."""
    with CaptureQueriesContext(connection) as told:
        done = taken(folder, bureau, year(tickets, beginning))
    assert done.faults == ()
    return done, len(told)


def test_statements_a_thousand_rows_are_few_and_grow_in_straight_line(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, {STAFF: [person("甲")]})
    _, few = imported(tmp_path, bureau, 350, "A")
    done, many = imported(tmp_path, bureau, 1050, "B")
    assert (done.rows_read, done.recorded) == (3150, 3150)
    assert many <= 3 * few
    assert many <= 60 * 3.15  # statements a thousand rows


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_sealing_in_batches_gives_the_same_book(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fazheng.casework.declaring import open_bureau

    monkeypatch.setattr(room, "_SEALED_AT_ONCE", 7)
    monkeypatch.setattr(room, "_CASES_HELD", 2)
    bureau = open_bureau("示例县民政局", "999001")
    done = taken(tmp_path, bureau, {STAFF: [person("甲")], **year(40, "A")})
    assert (done.faults, done.recorded) == ((), 121)
    assert taken(tmp_path, bureau, year(40, "A")).recorded == 0
    live = dump(bureau.code)
    rebuild(bureau, today=TODAY)
    assert dump(bureau.code) == live
    assert verify(bureau.code).ok


def test_a_fault_after_batches_were_sealed_leaves_nothing(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_SEALED_AT_ONCE", 7)
    taken(tmp_path, bureau, {STAFF: [person("甲")]})
    before = dump(bureau.code), verify(bureau.code).entries
    rows = year(40, "A")
    rows[FURTHER].append(contacted("A39", "2024-03-01"))
    assert len(taken(tmp_path, bureau, rows).faults) == 1
    assert (dump(bureau.code), verify(bureau.code).entries) == before
