"""Settling many inputs at once, in parts, and what the nightly check found."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from shuniu.settlement.models.plans import Plan, PlanVersion


class Expectation(models.Model):
    """What a source will pay, as last computed; for texts and cards. Money never depends on it."""

    source_kind = models.TextField()
    source_id = models.BigIntegerField()
    amount = models.DecimalField(max_digits=20, decimal_places=2)
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "settlement_expectation"
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_id"], name="settlement_expectation_once")
        ]


class Waiting(models.Model):
    """Inputs recorded to be settled by a run: those of one measure in which a party holds a role.

    Written in the transaction of the inputs and taken over by a run, so nobody looks for new inputs by their ids,
    which commit out of order.
    """

    measure = models.TextField()
    role = models.TextField()
    party_kind = models.TextField()
    party_id = models.BigIntegerField()
    inputs = ArrayField(models.BigIntegerField())
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        db_table = "settlement_waiting"


class Run(models.Model):
    """A settlement of many inputs, cut into parts that workers take one after the other.

    `settle` takes what waits; `recalculate` computes a plan's period again under the versions in force now.
    """

    kind = models.TextField()
    status = models.TextField(default="running")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="+")
    period = models.TextField(default="")
    parts = models.IntegerField(default=0)
    inputs = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.TextField()
    created_by_name = models.TextField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "settlement_run"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["settle", "recalculate"]), name="settlement_run_kind"
            ),
            models.CheckConstraint(
                condition=Q(status="running", finished_at__isnull=True)
                | Q(status__in=["done", "cancelled"], finished_at__isnull=False),
                name="settlement_run_status",
            ),
            models.CheckConstraint(
                condition=Q(kind="settle") | Q(plan__isnull=False), name="settlement_run_recalculates_a_plan"
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(status="running"), name="settlement_run_running"),
        ]

    @property
    def whose_plan(self) -> int:
        """The plan that is recalculated; a run of the other kind has none (ValueError)."""
        if self.plan_id is None:
            raise ValueError(f"run {self.pk} recalculates no plan")
        return self.plan_id


class RunPart(models.Model):
    """One beneficiary's share of a run. Done in one transaction with what it posts, or failed with its reason."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+", db_index=False)
    measure = models.TextField()
    role = models.TextField()
    party_kind = models.TextField()
    party_id = models.BigIntegerField()
    inputs = ArrayField(models.BigIntegerField())
    input_count = models.IntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    status = models.TextField(default="waiting")
    lines = models.IntegerField(default=0)
    buckets = models.IntegerField(default=0)
    transactions = models.IntegerField(default=0)
    amount = models.DecimalField(max_digits=20, decimal_places=2, default=0)
    error_zh = models.TextField(default="")
    error_en = models.TextField(default="")
    at = models.DateTimeField(null=True)

    class Meta:
        db_table = "settlement_run_part"
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "done", "failed", "cancelled"]),
                name="settlement_run_part_status",
            ),
            models.CheckConstraint(
                condition=~Q(status="failed") | ~Q(error_zh=""), name="settlement_run_part_failed_says_why"
            ),
        ]
        indexes = [
            models.Index(
                fields=["run", "id"], condition=Q(status="waiting"), name="settlement_run_part_todo"
            ),
            models.Index(fields=["run", "status"], name="settlement_run_part_of"),
        ]


class Check(models.Model):
    """One nightly check that lines, buckets, matters and accounts agree; one a day, whichever worker comes first."""

    day = models.DateField(unique=True)
    at = models.DateTimeField()
    findings = models.JSONField(default=list)

    class Meta:
        db_table = "settlement_check"
