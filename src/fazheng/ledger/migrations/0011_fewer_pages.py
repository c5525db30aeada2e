"""Fewer pages a step on SQLite: clocks and parts lie in the order of their keys, and only open clocks are indexed.

A table with a rowid keeps its rows in one tree and its primary key in another, and a step that adds a row writes a page
of both into the log. These two tables are small in a row and asked by their keys alone. Django knows nothing of WITHOUT
ROWID: a later migration that makes it rebuild one of them has to lay it again; a test looks.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BY_KEY = {
    "ledger_clock": 'bureau, case_id, "limit", nth',
    "ledger_case_part": "bureau, procedure, who, case_id",
}


def lay_by_key(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Rebuilds the tables in the order of their keys, with the indexes they have. Nothing on PostgreSQL."""
    if schema_editor.connection.vendor != "sqlite":
        return
    for table, key in BY_KEY.items():
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT type, sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL", [table])
            spelt: dict[str, list[str]] = {"table": [], "index": []}
            for kind, sql in cursor.fetchall():
                spelt[kind].append(sql)  # KeyError for a trigger, which would be lost
        columns = spelt["table"][0].partition("(")[2]
        for statement in (
            f"CREATE TABLE {table}_by_key ({columns} WITHOUT ROWID",
            f"INSERT INTO {table}_by_key SELECT * FROM {table} ORDER BY {key}",
            f"DROP TABLE {table}",
            f"ALTER TABLE {table}_by_key RENAME TO {table}",
            *spelt["index"],
        ):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = (("ledger", "0010_remade"),)
    operations = (
        migrations.RemoveIndex(model_name="clockrow", name="clock_open"),
        migrations.RunPython(lay_by_key, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="clockrow",
            index=models.Index(fields=["bureau", "due"], condition=models.Q(("done__isnull", True)), name="clock_open"),
        ),
    )
