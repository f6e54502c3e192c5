from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="LoopState",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("every_seconds", models.FloatField()),
                ("run_at", models.DateTimeField()),
                ("rows", models.BigIntegerField(default=0)),
                ("error", models.TextField(default="")),
                ("failed_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "job_loop"},
        ),
    ]
