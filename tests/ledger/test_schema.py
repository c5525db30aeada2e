"""The tables as they are after all migrations."""

import pytest
from django.core.management import call_command
from django.db import connection

from fazheng.ledger.chain import COLUMNS
from fazheng.ledger.models import Entry
from fazheng.ledger.rows import listed, quoted, rows
from tests.ledger.books import BUREAU

BOTH = {
    "ledger_entry_no_update",
    "ledger_entry_no_delete",
    "ledger_entry_in_order",
    "ledger_chain_head_begins",
    "ledger_chain_head_forward",
    "ledger_chain_head_no_delete",
    "ledger_private_value_no_update",
    "ledger_data_key_no_update",
    "ledger_data_key_no_delete",
    "ledger_data_key_in_order",
}
OWN = {
    "sqlite": {
        "ledger_entry_rowid",
        "ledger_chain_head_rowid",
        "ledger_private_value_no_replace",
        "ledger_data_key_rowid",
    },
    "postgresql": {"ledger_entry_no_truncate", "ledger_chain_head_no_truncate", "ledger_data_key_no_truncate"},
}


def test_the_models_and_the_migrations_say_the_same(home: object) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_trigger_is_still_there_after_the_last_migration(database: str) -> None:
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'",
    }
    assert {row[0] for row in rows(asked[database], [])} == BOTH | OWN[database]


@pytest.mark.sqlite
@pytest.mark.parametrize("table", ["ledger_clock", "ledger_case_part"])
def test_rows_that_a_step_adds_lie_in_the_order_of_their_key(home: object, table: str) -> None:
    ((sql,),) = rows("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
    assert str(sql).endswith("WITHOUT ROWID")  # Django's rebuilding of a table forgets it


def test_the_chain_covers_every_column_of_an_entry() -> None:
    assert tuple(field.name for field in Entry._meta.local_fields if field.concrete and field.name != "pk") == COLUMNS


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT seq FROM ledger_entry WHERE bureau = %s ORDER BY seq DESC LIMIT 1",
        "SELECT digest FROM ledger_entry WHERE bureau = %s ORDER BY seq DESC LIMIT 1",
        "SELECT version FROM ledger_entry WHERE bureau = %s AND case_id = 'a' ORDER BY version DESC LIMIT 1",
        "SELECT 1 FROM ledger_entry WHERE rowid = %s",
        "SELECT min(bureau) FROM ledger_entry WHERE bureau > %s",
        "SELECT case_id, max(version) FROM ledger_entry WHERE bureau = %s AND case_id IN ('a', 'b') GROUP BY case_id",
        "SELECT * FROM ledger_entry WHERE bureau = %s AND (seq) > (5) ORDER BY seq LIMIT 10",
        "SELECT * FROM ledger_entry WHERE bureau = %s AND (case_id, version) > ('a', 1) ORDER BY case_id, version",
        "SELECT 1 FROM ledger_private_value WHERE bureau = %s AND digest = 'a'",
    ],
)
def test_every_question_of_writer_and_reader_is_answered_by_an_index(home: object, sql: str) -> None:
    plan = [row[3] for row in rows(f"EXPLAIN QUERY PLAN {sql}", [BUREAU])]
    assert plan
    assert all(step.startswith("SEARCH") for step in plan)


def test_a_new_row_makes_the_triggers_walk_through_no_table(home: object) -> None:
    insert = f"INSERT INTO ledger_entry ({quoted(COLUMNS)}) VALUES ({listed(len(COLUMNS))})"
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {insert}", ["x"] * len(COLUMNS))
        steps = cursor.fetchall()
    # a walk through a table begins with Rewind, or Last where it is not the end of one bureau that is sought
    assert [step for step in steps if step[1] == "Rewind"] == []


def test_postgresql_seeks_the_last_entry_by_its_own_index_on_an_empty_table(postgresql_home: object) -> None:
    plan = rows("EXPLAIN SELECT seq, digest FROM ledger_entry WHERE bureau = 'x' ORDER BY seq DESC LIMIT 1", [])
    assert "Index Scan Backward using ledger_entry_pkey" in " ".join(row[0] for row in plan)
