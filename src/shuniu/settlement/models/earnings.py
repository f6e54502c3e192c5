"""Inputs, the buckets they fall into, and the lines that come out."""

from django.db import models
from django.db.models import Q

from shuniu.settlement.models.plans import Plan, PlanVersion


class Input(models.Model):
    """Something that causes money, with the facts as of then. Immutable; a correction is a new one naming the old."""

    id = models.BigIntegerField(primary_key=True)
    party_id = models.BigIntegerField()
    party_kind = models.TextField()
    measure = models.TextField()
    source_kind = models.TextField()
    source_id = models.BigIntegerField()
    key = models.TextField()
    content_hash = models.BinaryField(max_length=32)
    unit_id = models.BigIntegerField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    amount = models.DecimalField(max_digits=24, decimal_places=6)
    quantity = models.DecimalField(max_digits=24, decimal_places=6)
    level = models.TextField()
    kind = models.TextField()
    parties = models.JSONField()
    facts = models.JSONField()
    corrects_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "settlement_input"
        managed = False


class Bucket(models.Model):
    """The unit of truth (plan component, beneficiary, period) and the row locked while posting.

    `posted_in` is the period its last move was posted in, its own unless that was closed.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    component = models.TextField()
    beneficiary_kind = models.TextField()
    beneficiary_id = models.BigIntegerField()
    period = models.TextField()
    currency = models.CharField(max_length=3)
    base = models.DecimalField(max_digits=30, decimal_places=12, default=0)
    earned = models.DecimalField(max_digits=20, decimal_places=2, default=0)
    posted = models.DecimalField(max_digits=20, decimal_places=2, default=0)
    posted_in = models.TextField(default="")
    last_input = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "settlement_bucket"
        constraints = [
            models.UniqueConstraint(
                fields=["beneficiary_kind", "beneficiary_id", "plan", "component", "period", "currency"],
                name="settlement_bucket_once",
            )
        ]


class Earning(models.Model):
    """What one input moved in one bucket: typed columns, from which its explanation is regenerated. Immutable."""

    id = models.BigIntegerField(primary_key=True)
    beneficiary_id = models.BigIntegerField()
    beneficiary_kind = models.TextField()
    plan_version = models.ForeignKey(
        PlanVersion, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    component = models.TextField()
    bucket_id = models.BigIntegerField()
    input_id = models.BigIntegerField()
    input_party_id = models.BigIntegerField()
    source_kind = models.TextField()
    source_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    period = models.TextField()
    origin_period = models.TextField()
    base_before = models.DecimalField(max_digits=30, decimal_places=12)
    base_after = models.DecimalField(max_digits=30, decimal_places=12)
    earned_before = models.DecimalField(max_digits=20, decimal_places=2)
    earned_after = models.DecimalField(max_digits=20, decimal_places=2)
    amount = models.DecimalField(max_digits=20, decimal_places=2)
    transaction_id = models.BigIntegerField(null=True)
    maturity_id = models.BigIntegerField()
    # null for what an input moved for one of its parties, "shared" for what it moved for somebody else;
    # "recalculated" for the difference a changed plan made in the whole bucket
    cause = models.TextField(null=True)

    class Meta:
        db_table = "settlement_earning"
        managed = False


class Group(models.Model):
    """Which inputs a component looked at together, by the text they share. Grows with the population."""

    pk = models.CompositePrimaryKey("plan_id", "component", "text", "input_id")
    plan_id = models.BigIntegerField()
    component = models.TextField()
    text = models.TextField()
    input_id = models.BigIntegerField()

    class Meta:
        db_table = "settlement_group"


class Period(models.Model):
    """A plan's period on its way to being closed: open (also without a row), closing (asked for), closed for ever.

    Nothing posts into a closed one any more; what comes late is posted in the first open one and says so. `earned`
    and `adjusted` are what was posted in it, frozen at the close: its own lines, and those of earlier periods.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    period = models.TextField()
    status = models.TextField(default="closed")
    requested_at = models.DateTimeField(null=True)
    requested_by = models.TextField(default="")
    requested_by_name = models.TextField(default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(default="")
    closed_by_name = models.TextField(default="")
    reason = models.TextField(default="")
    earned = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    adjusted = models.DecimalField(max_digits=20, decimal_places=2, null=True)

    class Meta:
        db_table = "settlement_period"
        constraints = [
            models.UniqueConstraint(fields=["plan", "period"], name="settlement_period_once"),
            models.CheckConstraint(
                condition=Q(status__in=["open", "closing"], closed_at__isnull=True)
                | Q(status="closed", closed_at__isnull=False),
                name="settlement_period_status",
            ),
        ]
