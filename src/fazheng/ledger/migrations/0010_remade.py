from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0009_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name="Remade",
            fields=[
                ("bureau", models.CharField(max_length=18, primary_key=True, serialize=False)),
                ("times", models.BigIntegerField()),
            ],
            options={
                "db_table": "ledger_remade",
            },
        ),
    ]
