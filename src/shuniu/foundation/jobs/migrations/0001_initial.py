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
        migrations.CreateModel(
            name="JobFailure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("job_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("error", models.TextField()),
            ],
            options={
                "db_table": "job_failure",
                "indexes": [models.Index(fields=["job_id", "-at"], name="job_failure_of_job")],
            },
        ),
    ]
