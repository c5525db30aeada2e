from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("web", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("place", models.CharField(max_length=200)),
                ("kept", models.TextField()),
                ("on", models.CharField(max_length=10)),
            ],
            options={"db_table": "web_draft"},
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(fields=("code", "place"), name="one_draft_of_a_form"),
        ),
    ]
