"""The kept subtrees of the Merkle tree: a projection, so no trigger guards it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("ledger", "0003_private_store"),)
    operations = (
        migrations.CreateModel(
            name="TreeNode",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bureau", "level", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("bureau", models.CharField(max_length=18)),
                ("level", models.IntegerField()),
                ("number", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
            ],
            options={"db_table": "ledger_tree_node"},
        ),
    )
