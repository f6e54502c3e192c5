"""Imports and what was wrong with them. Private to imports."""

from django.db import models
from django.db.models import Q

from shuniu.foundation.imports.contracts import ImportStatus


class ImportRun(models.Model):
    """One spreadsheet on its way in. `mapping` is cell index by column key; `total` counts rows that say something."""

    importer = models.CharField(max_length=40)
    file_id = models.BigIntegerField()
    file_name = models.CharField(max_length=200)
    created_by = models.CharField(max_length=80)
    user_id = models.BigIntegerField()
    staff_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    status = models.CharField(max_length=8, default=ImportStatus.READY.value)
    header = models.JSONField()
    header_row = models.PositiveIntegerField()
    mapping = models.JSONField()
    total = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    imported = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=500, default="", blank=True)
    message_en = models.CharField(max_length=500, default="", blank=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "import_run"
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in ImportStatus]),
                name="import_run_status_known",
            ),
            models.CheckConstraint(
                condition=Q(faulty=0) | Q(status__in=[ImportStatus.READY.value, ImportStatus.FAILED.value]),
                name="import_run_faulty_never_runs",
            ),
        ]
        indexes = [models.Index(fields=["created_by", "-id"], name="import_run_by_owner")]


class ImportProblem(models.Model):
    """What is wrong with one row."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=40, default="", blank=True)
    text = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)

    class Meta:
        db_table = "import_problem"
        indexes = [models.Index(fields=["run", "row"], name="import_problem_by_row")]


class ImportProgress(models.Model):
    """How far a running import is; beside the run, whose row its transaction holds locked."""

    run = models.OneToOneField(ImportRun, on_delete=models.CASCADE, primary_key=True, related_name="progress")
    done = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "import_progress"
