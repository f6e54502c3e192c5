"""What is known of the loops. The queue itself stands in Procrastinate's tables."""

from django.db import models


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
