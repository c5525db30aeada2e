"""What only PostgreSQL has: TRUNCATE, COPY, MERGE, replica sessions, and writers who run side by side."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections, transaction

from fazheng.ledger.chain import COLUMNS, SealedEntry
from fazheng.ledger.read import entries
from fazheng.ledger.rows import quoted
from tests.ledger.books import BUREAU, book_of_six, draft, following, refused, row, run, write

pytestmark = pytest.mark.usefixtures("postgresql_home")


@pytest.mark.parametrize("statement", ["TRUNCATE ledger_entry", "TRUNCATE ledger_entry RESTART IDENTITY CASCADE"])
def test_the_entries_cannot_be_truncated(statement: str) -> None:
    book_of_six()
    with refused("不得删除"):
        run(statement)


def test_the_head_row_cannot_be_truncated() -> None:
    book_of_six()
    with refused("链头不得删除"):
        run("TRUNCATE ledger_chain_head")


def test_copy_follows_the_same_rules() -> None:
    book = book_of_six()
    good, bad = following(book), following(book, prev="0" * 64)
    with refused("上一条摘要"):
        copy(bad)
    copy(good)
    assert list(entries(BUREAU))[-1] == good


def test_a_session_that_calls_itself_a_replica_is_refused() -> None:
    book_of_six()
    for statement, why in (("DELETE FROM ledger_entry", "不得删除"), ("TRUNCATE ledger_entry", "不得删除")):
        with refused(why), transaction.atomic():
            run("SET LOCAL session_replication_role = replica")
            run(statement)


def test_merge_is_refused() -> None:
    book_of_six()
    if connection.pg_version >= 150000:  # type: ignore[attr-defined]
        with refused("不得修改"):
            run(
                "MERGE INTO ledger_entry e USING (SELECT 3 AS seq) s ON e.seq = s.seq"
                " WHEN MATCHED THEN UPDATE SET data = '{}'"
            )


def copy(entry: SealedEntry) -> None:
    statement = f"COPY ledger_entry ({quoted(COLUMNS)}) FROM STDIN"
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.cursor.copy(statement) as lines,
    ):
        lines.write_row(row(entry))


def test_a_writer_who_takes_no_lock_cannot_make_a_fork() -> None:
    write([draft(1)])
    start = Barrier(2)

    def forks(number: int) -> str:
        try:
            with transaction.atomic():
                start.wait()
                insert_next(number)
            return "written"
        except IntegrityError:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(forks, [1, 2])) == ["refused", "written"]


def insert_next(number: int) -> None:
    columns = 'bureau, seq, case_id, version, event, data, defects, warnings, "by", entered_by, acting_as'
    run(
        f"INSERT INTO ledger_entry ({columns}, happened_on, recorded_at, source, prev, digest)"
        " SELECT bureau, seq + 1, %s, 1, '', '', '', '', '', '', '', '', '', '', digest, %s FROM ledger_chain_head",
        [f"fork-{number}", str(number)],
    )
