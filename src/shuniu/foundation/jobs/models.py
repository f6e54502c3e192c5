"""What is known of loops and of failures. The queue itself stands in Procrastinate's tables."""

import traceback
from datetime import datetime

from django.db import models

ERROR_CHARS_MAX = 4_000


def told(error: BaseException) -> str:
    """The error for the person who decides: its own words and where it came from."""
    return "".join(traceback.format_exception(error))[-ERROR_CHARS_MAX:]


class LoopState(models.Model):
    """How a loop fares, written by the workers that run it: every half minute, and when it starts or ceases to fail.

    ``rows`` counts what it handled since the installation began. ``error`` is empty while all is well.
    """

    name = models.TextField(primary_key=True)
    every_seconds = models.FloatField()
    run_at = models.DateTimeField()
    rows = models.BigIntegerField(default=0)
    error = models.TextField(default="")
    failed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "job_loop"


class JobFailure(models.Model):
    """One failed attempt at a job, which Procrastinate itself only counts."""

    job_id = models.BigIntegerField()
    at = models.DateTimeField()
    error = models.TextField()

    class Meta:
        db_table = "job_failure"
        indexes = [models.Index(fields=["job_id", "-at"], name="job_failure_of_job")]

    @classmethod
    def record(cls, *, job_id: int, error: BaseException, at: datetime) -> None:
        """Remember why an attempt failed."""
        cls.objects.create(job_id=job_id, at=at, error=told(error))
