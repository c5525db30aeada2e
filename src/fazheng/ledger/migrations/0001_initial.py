from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="ChainHead",
            fields=[
                ("bureau", models.CharField(max_length=18, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "ledger_chain_head",
            },
        ),
        migrations.CreateModel(
            name="DefectRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bureau",
                        "case_id",
                        "version",
                        "gate",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("bureau", models.CharField(max_length=18)),
                ("case_id", models.CharField(max_length=120)),
                ("version", models.IntegerField()),
                ("gate", models.CharField(max_length=80)),
                ("article", models.CharField(max_length=120)),
                ("on_day", models.CharField(max_length=10)),
            ],
            options={
                "db_table": "ledger_defect",
            },
        ),
        migrations.CreateModel(
            name="ImportedRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bureau", "row_digest", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("bureau", models.CharField(max_length=18)),
                ("row_digest", models.CharField(max_length=64)),
                ("seq", models.BigIntegerField()),
            ],
            options={
                "db_table": "ledger_imported_row",
            },
        ),
        migrations.CreateModel(
            name="NothingHappened",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bureau", "procedure", "year", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("bureau", models.CharField(max_length=18)),
                ("procedure", models.CharField(max_length=60)),
                ("year", models.IntegerField()),
                ("by", models.CharField(max_length=40)),
                ("seq", models.BigIntegerField()),
            ],
            options={
                "db_table": "ledger_nothing_happened",
            },
        ),
        migrations.CreateModel(
            name="PrivateValue",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bureau", "digest", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("bureau", models.CharField(max_length=18)),
                ("digest", models.CharField(max_length=64)),
                ("salt", models.CharField(max_length=32)),
                ("value", models.TextField()),
            ],
            options={
                "db_table": "ledger_private_value",
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bureau", "task_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("bureau", models.CharField(max_length=18)),
                ("task_id", models.CharField(max_length=200)),
                ("case_id", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=20)),
                ("role", models.CharField(max_length=40)),
                ("reason", models.CharField(max_length=200)),
                ("article", models.CharField(max_length=120)),
                ("opened_on", models.CharField(max_length=10)),
                ("settled_on", models.CharField(max_length=10, null=True)),
            ],
            options={
                "db_table": "ledger_task",
            },
        ),
        migrations.CreateModel(
            name="CaseLink",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bureau", "from_case", "to_case", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("bureau", models.CharField(max_length=18)),
                ("from_case", models.CharField(max_length=120)),
                ("to_case", models.CharField(max_length=120)),
            ],
            options={
                "db_table": "ledger_case_link",
                "indexes": [models.Index(fields=["bureau", "to_case"], name="link_by_target")],
            },
        ),
        migrations.CreateModel(
            name="CaseRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bureau", "case_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("bureau", models.CharField(max_length=18)),
                ("case_id", models.CharField(max_length=120)),
                ("procedure", models.CharField(max_length=60)),
                ("in_force", models.CharField(max_length=10)),
                ("opened_on", models.CharField(max_length=10)),
                ("closed_on", models.CharField(max_length=10, null=True)),
                ("last_on", models.CharField(max_length=10)),
                ("last_version", models.IntegerField()),
                ("ref", models.CharField(max_length=60)),
            ],
            options={
                "db_table": "ledger_case",
                "indexes": [
                    models.Index(fields=["bureau", "procedure", "opened_on"], name="case_by_procedure"),
                    models.Index(fields=["bureau", "procedure", "ref"], name="case_by_ref"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bureau",
                        "case_id",
                        "limit",
                        "nth",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("bureau", models.CharField(max_length=18)),
                ("case_id", models.CharField(max_length=120)),
                ("limit", models.CharField(max_length=80)),
                ("nth", models.IntegerField()),
                ("begun", models.CharField(max_length=10)),
                ("superseded_on", models.CharField(max_length=10, null=True)),
                ("due", models.CharField(max_length=10, null=True)),
                ("done", models.CharField(max_length=10, null=True)),
                ("estimate", models.BooleanField()),
            ],
            options={
                "db_table": "ledger_clock",
                "indexes": [models.Index(fields=["bureau", "done", "due"], name="clock_open")],
            },
        ),
        migrations.CreateModel(
            name="Entry",
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
                ("version", models.IntegerField()),
                ("event", models.CharField(max_length=80)),
                ("data", models.TextField()),
                ("defects", models.TextField()),
                ("warnings", models.TextField()),
                ("by", models.CharField(max_length=40)),
                ("entered_by", models.CharField(max_length=40)),
                ("acting_as", models.CharField(max_length=40)),
                ("happened_on", models.CharField(max_length=10)),
                ("recorded_at", models.CharField(max_length=32)),
                ("source", models.CharField(max_length=120)),
                ("prev", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "ledger_entry",
                "constraints": [
                    models.UniqueConstraint(fields=("bureau", "case_id", "version"), name="entry_case_version")
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterMove",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bureau",
                        "register",
                        "key",
                        "seq",
                        "nth",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("bureau", models.CharField(max_length=18)),
                ("register", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=60)),
                ("seq", models.BigIntegerField()),
                ("nth", models.IntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("on_day", models.CharField(max_length=10)),
                ("data", models.TextField()),
            ],
            options={
                "db_table": "ledger_register_move",
                "indexes": [models.Index(fields=["bureau", "seq"], name="move_by_entry")],
            },
        ),
        migrations.CreateModel(
            name="RegisterRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bureau",
                        "register",
                        "key",
                        "nth",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("bureau", models.CharField(max_length=18)),
                ("register", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=60)),
                ("nth", models.IntegerField()),
                ("from_day", models.CharField(max_length=10)),
                ("to_day", models.CharField(max_length=10, null=True)),
                ("data", models.TextField()),
            ],
            options={
                "db_table": "ledger_register_row",
                "indexes": [models.Index(fields=["bureau", "register", "from_day"], name="register_by_day")],
            },
        ),
        migrations.CreateModel(
            name="StandingEvent",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bureau", "case_id", "version", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("bureau", models.CharField(max_length=18)),
                ("case_id", models.CharField(max_length=120)),
                ("version", models.IntegerField()),
                ("procedure", models.CharField(max_length=60)),
                ("event", models.CharField(max_length=80)),
                ("on_day", models.CharField(max_length=10)),
                ("by", models.CharField(max_length=40)),
                ("data", models.TextField()),
            ],
            options={
                "db_table": "ledger_standing_event",
                "indexes": [
                    models.Index(fields=["bureau", "case_id", "event", "on_day", "version"], name="standing_by_case"),
                    models.Index(fields=["bureau", "procedure", "event", "on_day"], name="standing_by_event"),
                ],
            },
        ),
    )
