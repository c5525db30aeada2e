"""The database itself keeps the book append-only, so that no program, ours or another, changes it by mistake.

An entry may only be the next one of its bureau and of its case, tied to the entry before it. There is no way back:
a migration that took these triggers off would be the hole they close. A later migration that makes Django rebuild
one of these tables on SQLite loses its triggers and has to lay them again; a test counts them.

Every look-up is written as ORDER BY … DESC LIMIT 1, which only the right index can serve: on an empty table the
planner of PostgreSQL holds both indexes for equally good and keeps its choice while a million rows come in.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NO_UPDATE = "台账只能追加：不得修改已有的条目，有错请另记更正"
NO_DELETE = "台账只能追加：不得删除已有的条目，有错请另记撤回"
NOT_NEXT = "台账只能追加：序号必须接在本机关最后一条之后，已有的条目不得覆盖"
NOT_TIED = "台账只能追加：所记的上一条摘要与上一条不符"
NOT_NEXT_VERSION = "台账只能追加：办案版本号必须接在本案最后一条之后"
HEAD_BACK = "链头只能前进到台账的最后一条"
HEAD_GONE = "链头不得删除或重写"
PRIVATE_FIXED = "另存的内容不得修改，只能在期满后清除"

GENESIS = "0" * 64
LAST = "FROM ledger_entry WHERE bureau = NEW.bureau ORDER BY seq DESC LIMIT 1"
LAST_VERSION = (
    "SELECT version FROM ledger_entry WHERE bureau = NEW.bureau AND case_id = NEW.case_id ORDER BY version DESC LIMIT 1"
)
HEAD_IS_LAST = f"NEW.bureau = OLD.bureau AND NEW.seq > OLD.seq AND (NEW.seq, NEW.digest) = (SELECT seq, digest {LAST})"

# A DELETE without WHERE, which is SQLite's truncation, goes row by row as soon as there is a delete trigger.
# REPLACE removes what is in its way without asking delete triggers: the row of the same key, but also the row of
# the same rowid. A rowid that was not named reads -1 in the trigger, so no row may have one below 1.
SQLITE = (
    f"""CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry BEGIN
        SELECT RAISE(ABORT, '{NO_UPDATE}'); END""",
    f"""CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry BEGIN
        SELECT RAISE(ABORT, '{NO_DELETE}'); END""",
    f"""CREATE TRIGGER ledger_entry_in_order BEFORE INSERT ON ledger_entry BEGIN
        SELECT RAISE(ABORT, '{NOT_NEXT}') WHERE NEW.seq IS NOT 1 + COALESCE((SELECT seq {LAST}), 0);
        SELECT RAISE(ABORT, '{NOT_NEXT}') WHERE EXISTS (SELECT 1 FROM ledger_entry WHERE rowid = NEW.rowid);
        SELECT RAISE(ABORT, '{NOT_TIED}') WHERE NEW.prev IS NOT COALESCE((SELECT digest {LAST}), '{GENESIS}');
        SELECT RAISE(ABORT, '{NOT_NEXT_VERSION}') WHERE NEW.version IS NOT 1 + COALESCE(({LAST_VERSION}), 0); END""",
    f"""CREATE TRIGGER ledger_entry_rowid AFTER INSERT ON ledger_entry WHEN NEW.rowid < 1 BEGIN
        SELECT RAISE(ABORT, '{NOT_NEXT}'); END""",
    f"""CREATE TRIGGER ledger_chain_head_begins BEFORE INSERT ON ledger_chain_head BEGIN
        SELECT RAISE(ABORT, '{HEAD_GONE}')
        WHERE EXISTS (SELECT 1 FROM ledger_chain_head WHERE bureau = NEW.bureau OR rowid = NEW.rowid);
        SELECT RAISE(ABORT, '{HEAD_BACK}') WHERE (NEW.seq, NEW.digest) IS NOT (0, '{GENESIS}'); END""",
    f"""CREATE TRIGGER ledger_chain_head_rowid AFTER INSERT ON ledger_chain_head WHEN NEW.rowid < 1 BEGIN
        SELECT RAISE(ABORT, '{HEAD_GONE}'); END""",
    f"""CREATE TRIGGER ledger_chain_head_forward BEFORE UPDATE ON ledger_chain_head BEGIN
        SELECT RAISE(ABORT, '{HEAD_BACK}') WHERE ({HEAD_IS_LAST}) IS NOT TRUE; END""",
    f"""CREATE TRIGGER ledger_chain_head_no_delete BEFORE DELETE ON ledger_chain_head BEGIN
        SELECT RAISE(ABORT, '{HEAD_GONE}'); END""",
    f"""CREATE TRIGGER ledger_private_value_no_update BEFORE UPDATE ON ledger_private_value BEGIN
        SELECT RAISE(ABORT, '{PRIVATE_FIXED}'); END""",
    f"""CREATE TRIGGER ledger_private_value_no_replace BEFORE INSERT ON ledger_private_value BEGIN
        SELECT RAISE(ABORT, '{PRIVATE_FIXED}')
        WHERE EXISTS (SELECT 1 FROM ledger_private_value WHERE bureau = NEW.bureau AND digest = NEW.digest); END""",
)


def _function(name: str, body: str, settings: str = "") -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {settings} AS $$ {body} $$"


def _refusal(message: str) -> str:
    return f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';"


def _trigger(table: str, name: str, moment: str, function: str) -> tuple[str, str]:
    each = "STATEMENT" if moment == "TRUNCATE" else "ROW"
    return (
        f"CREATE TRIGGER {table}_{name} BEFORE {moment} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()",
        # ALWAYS: a session that calls itself a replica is refused too
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name}",
    )


POSTGRESQL = (
    _function("ledger_no_update", f"BEGIN {_refusal(NO_UPDATE)} END"),
    _function("ledger_no_delete", f"BEGIN {_refusal(NO_DELETE)} END"),
    _function("ledger_head_gone", f"BEGIN {_refusal(HEAD_GONE)} END"),
    _function("ledger_private_fixed", f"BEGIN {_refusal(PRIVATE_FIXED)} END"),
    _function(
        "ledger_in_order",
        f"""DECLARE last_seq bigint; last_digest text; last_version integer; BEGIN
        SELECT seq, digest INTO last_seq, last_digest {LAST};
        last_version := ({LAST_VERSION});
        IF NEW.seq <> 1 + COALESCE(last_seq, 0) THEN {_refusal(NOT_NEXT)} END IF;
        IF NEW.prev <> COALESCE(last_digest, '{GENESIS}') THEN {_refusal(NOT_TIED)} END IF;
        IF NEW.version <> 1 + COALESCE(last_version, 0) THEN {_refusal(NOT_NEXT_VERSION)} END IF;
        RETURN NEW; END""",
        "SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off",
    ),
    _function(
        "ledger_head_begins",
        f"BEGIN IF (NEW.seq, NEW.digest) <> (0, '{GENESIS}') THEN {_refusal(HEAD_BACK)} END IF; RETURN NEW; END",
    ),
    _function(
        "ledger_head_forward",
        f"BEGIN IF ({HEAD_IS_LAST}) IS NOT TRUE THEN {_refusal(HEAD_BACK)} END IF; RETURN NEW; END",
        "SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off",
    ),
    *_trigger("ledger_entry", "no_update", "UPDATE", "ledger_no_update"),
    *_trigger("ledger_entry", "no_delete", "DELETE", "ledger_no_delete"),
    *_trigger("ledger_entry", "no_truncate", "TRUNCATE", "ledger_no_delete"),
    *_trigger("ledger_entry", "in_order", "INSERT", "ledger_in_order"),
    *_trigger("ledger_chain_head", "begins", "INSERT", "ledger_head_begins"),
    *_trigger("ledger_chain_head", "forward", "UPDATE", "ledger_head_forward"),
    *_trigger("ledger_chain_head", "no_delete", "DELETE", "ledger_head_gone"),
    *_trigger("ledger_chain_head", "no_truncate", "TRUNCATE", "ledger_head_gone"),
    *_trigger("ledger_private_value", "no_update", "UPDATE", "ledger_private_fixed"),
)


def lay_triggers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Creates the triggers of the database at hand."""
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = (("ledger", "0001_initial"),)
    operations = (migrations.RunPython(lay_triggers),)
