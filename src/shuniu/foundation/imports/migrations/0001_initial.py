import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ImportProblem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row", models.PositiveIntegerField()),
                ("column", models.CharField(blank=True, default="", max_length=40)),
                ("text", models.CharField(max_length=300)),
                ("text_en", models.CharField(max_length=300)),
            ],
            options={
                "db_table": "import_problem",
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("importer", models.CharField(max_length=40)),
                ("file_id", models.BigIntegerField()),
                ("file_name", models.CharField(max_length=200)),
                ("created_by", models.CharField(max_length=80)),
                ("user_id", models.BigIntegerField()),
                ("staff_id", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
                ("status", models.CharField(default="ready", max_length=8)),
                ("header", models.JSONField()),
                ("header_row", models.PositiveIntegerField()),
                ("mapping", models.JSONField()),
                ("total", models.PositiveIntegerField(default=0)),
                ("faulty", models.PositiveIntegerField(default=0)),
                ("imported", models.PositiveIntegerField(default=0)),
                ("message", models.CharField(blank=True, default="", max_length=500)),
                ("message_en", models.CharField(blank=True, default="", max_length=500)),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "import_run",
            },
        ),
        migrations.CreateModel(
            name="ImportProgress",
            fields=[
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="progress",
                        serialize=False,
                        to="imports.importrun",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
            ],
            options={
                "db_table": "import_progress",
            },
        ),
        migrations.AddIndex(
            model_name="importrun",
            index=models.Index(fields=["created_by", "-id"], name="import_run_by_owner"),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["ready", "queued", "running", "done", "failed"])),
                name="import_run_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("faulty", 0), ("status__in", ["ready", "failed"]), _connector="OR"),
                name="import_run_faulty_never_runs",
            ),
        ),
        migrations.AddField(
            model_name="importproblem",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="problems", to="imports.importrun"
            ),
        ),
        migrations.AddIndex(
            model_name="importproblem",
            index=models.Index(fields=["run", "row"], name="import_problem_by_row"),
        ),
    ]
