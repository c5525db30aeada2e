"""How far a verification of the book is, for whoever began it on a page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("web", "0040_accounts_and_imports")]

    operations = [
        migrations.CreateModel(
            name="Verifying",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bureau", models.CharField(max_length=18)),
                ("by", models.CharField(max_length=40)),
                ("begun_at", models.CharField(max_length=32)),
                ("everything", models.BooleanField()),
                ("process", models.CharField(max_length=32)),
                ("done", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField(default=0)),
                ("ended_at", models.CharField(default="", max_length=32)),
                ("sound", models.BooleanField(null=True)),
                ("said", models.TextField(default="")),
            ],
            options={"db_table": "web_verifying"},
        ),
        migrations.AddIndex(
            model_name="verifying", index=models.Index(fields=["bureau", "-id"], name="verifying_last")
        ),
    ]
