from django.db import migrations, models

_REFUSED = """CREATE TRIGGER web_account_act_{what} BEFORE {what} ON web_account_act
BEGIN SELECT RAISE(ABORT, 'account acts are never changed'); END"""


class Migration(migrations.Migration):
    dependencies = [("web", "0030_list_view")]

    operations = [
        migrations.CreateModel(
            name="AccountAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.CharField(max_length=32)),
                ("by", models.CharField(max_length=40)),
                ("of", models.CharField(max_length=40)),
                ("what", models.CharField(max_length=20)),
            ],
            options={"db_table": "web_account_act"},
        ),
        migrations.CreateModel(
            name="ImportJob",
            fields=[
                ("key", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("by", models.CharField(max_length=40)),
                ("made_at", models.CharField(max_length=32)),
                ("state", models.CharField(max_length=12)),
                ("kind", models.CharField(default="import", max_length=8)),
                ("sheets", models.CharField(default="", max_length=80)),
                ("done", models.IntegerField(default=0)),
                ("total", models.IntegerField(default=0)),
                ("told", models.TextField(default="{}")),
                ("number", models.IntegerField(default=0)),
                ("before", models.IntegerField(default=0)),
                ("process", models.CharField(default="", max_length=32)),
            ],
            options={"db_table": "web_import_job"},
        ),
        *[
            migrations.RunSQL(_REFUSED.format(what=what), f"DROP TRIGGER web_account_act_{what}")
            for what in ("UPDATE", "DELETE")
        ],
    ]
