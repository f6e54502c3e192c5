import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject_kind", models.TextField()),
                ("subject_id", models.BigIntegerField()),
                ("unit_id", models.BigIntegerField(null=True)),
                ("owner_id", models.BigIntegerField(null=True)),
                ("title", models.TextField()),
                ("haystack", models.TextField()),
                (
                    "grams",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "search_doc",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["grams"], name="search_doc_grams")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("subject_kind", "subject_id"), name="search_doc_once")
                ],
            },
        ),
    ]
