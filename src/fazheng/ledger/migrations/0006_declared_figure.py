"""The table of declared figures."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("ledger", "0004_tree_nodes"),)
    operations = (
        migrations.CreateModel(
            name="DeclaredFigure",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bureau",
                        "figure",
                        "opening",
                        "first_day",
                        "last_day",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("bureau", models.CharField(max_length=18)),
                ("figure", models.CharField(max_length=80)),
                ("opening", models.BooleanField()),
                ("first_day", models.CharField(max_length=10)),
                ("last_day", models.CharField(max_length=10)),
                ("value", models.BigIntegerField()),
                ("section", models.CharField(max_length=40)),
                ("by", models.CharField(max_length=40)),
                ("on_day", models.CharField(max_length=10)),
                ("number", models.CharField(max_length=60)),
                ("paper", models.CharField(max_length=64)),
                ("seq", models.BigIntegerField()),
            ],
            options={"db_table": "ledger_declared_figure"},
        ),
    )
