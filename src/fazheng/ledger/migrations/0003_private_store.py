"""Keys of the private store, and what was attached.

A data key is as dear as all that is sealed with it: it is never changed, and goes only once a later one stands.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEY_FIXED = "账本的数据钥匙不得修改，只能由新的一把接替"
KEY_ALONE = "账本的数据钥匙不得删除：还没有新的一把接替它"

SQLITE = (
    f"""CREATE TRIGGER ledger_data_key_no_update BEFORE UPDATE ON ledger_data_key BEGIN
        SELECT RAISE(ABORT, '{KEY_FIXED}'); END""",
    f"""CREATE TRIGGER ledger_data_key_no_delete BEFORE DELETE ON ledger_data_key BEGIN
        SELECT RAISE(ABORT, '{KEY_ALONE}')
        WHERE NOT EXISTS (SELECT 1 FROM ledger_data_key WHERE bureau = OLD.bureau AND number > OLD.number); END""",
    f"""CREATE TRIGGER ledger_data_key_in_order BEFORE INSERT ON ledger_data_key BEGIN
        SELECT RAISE(ABORT, '{KEY_FIXED}') WHERE EXISTS
        (SELECT 1 FROM ledger_data_key
        WHERE rowid = NEW.rowid OR (bureau = NEW.bureau AND number >= NEW.number)); END""",
    f"""CREATE TRIGGER ledger_data_key_rowid AFTER INSERT ON ledger_data_key WHEN NEW.rowid < 1 BEGIN
        SELECT RAISE(ABORT, '{KEY_FIXED}'); END""",
)


def _function(name: str, body: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"


def _refusal(message: str) -> str:
    return f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';"


def _trigger(name: str, moment: str, function: str) -> tuple[str, str]:
    each = "STATEMENT" if moment == "TRUNCATE" else "ROW"
    return (
        f"CREATE TRIGGER ledger_data_key_{name} BEFORE {moment} ON ledger_data_key"
        f" FOR EACH {each} EXECUTE FUNCTION {function}()",
        f"ALTER TABLE ledger_data_key ENABLE ALWAYS TRIGGER ledger_data_key_{name}",
    )


POSTGRESQL = (
    _function("ledger_key_fixed", f"BEGIN {_refusal(KEY_FIXED)} END"),
    _function(
        "ledger_key_alone",
        "BEGIN IF NOT EXISTS (SELECT 1 FROM ledger_data_key WHERE bureau = OLD.bureau AND number > OLD.number)"
        f" THEN {_refusal(KEY_ALONE)} END IF; RETURN OLD; END",
    ),
    _function(
        "ledger_key_in_order",
        "BEGIN IF EXISTS (SELECT 1 FROM ledger_data_key WHERE bureau = NEW.bureau AND number >= NEW.number)"
        f" THEN {_refusal(KEY_FIXED)} END IF; RETURN NEW; END",
    ),
    *_trigger("no_update", "UPDATE", "ledger_key_fixed"),
    *_trigger("no_delete", "DELETE", "ledger_key_alone"),
    *_trigger("no_truncate", "TRUNCATE", "ledger_key_fixed"),
    *_trigger("in_order", "INSERT", "ledger_key_in_order"),
)


def lay_triggers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Creates the triggers of the database at hand."""
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = (("ledger", "0002_append_only"),)
    operations = (
        migrations.CreateModel(
            name="DataKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bureau", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("bureau", models.CharField(max_length=18)),
                ("number", models.IntegerField()),
                ("cipher", models.CharField(max_length=20)),
                ("kek", models.CharField(max_length=16)),
                ("wrapped", models.TextField()),
            ],
            options={"db_table": "ledger_data_key"},
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bureau", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("bureau", models.CharField(max_length=18)),
                ("seq", models.BigIntegerField()),
                ("case_id", models.CharField(max_length=120)),
                ("digest", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                ("media", models.CharField(max_length=80)),
                ("key", models.CharField(max_length=64)),
            ],
            options={"db_table": "ledger_attachment"},
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(fields=["bureau", "digest"], name="attachment_by_digest"),
        ),
        migrations.RunPython(lay_triggers),
    )
