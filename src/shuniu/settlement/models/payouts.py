"""Paying out: batches, payouts, and every attempt at one."""

from django.db import models
from django.db.models import Q


class PayoutBatch(models.Model):
    """Money to send together. Approved by somebody who may approve; by somebody else where four eyes are set."""

    no = models.TextField(unique=True)
    currency = models.CharField(max_length=3)
    status = models.TextField()
    note = models.TextField(default="")
    created_by = models.TextField()
    created_by_name = models.TextField()
    created_at = models.DateTimeField()
    decided_by = models.TextField(default="")
    decided_by_name = models.TextField(default="")
    decided_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "payout_batch"
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "approved", "rejected", "finished"]),
                name="payout_batch_status",
            ),
            models.CheckConstraint(
                condition=Q(status="draft", decided_at__isnull=True)
                | (~Q(status="draft") & Q(decided_at__isnull=False)),
                name="payout_batch_decided",
            ),
        ]


class Payout(models.Model):
    """One payment to one beneficiary, under one bill number for ever; what happened to it stands in its attempts."""

    batch = models.ForeignKey(PayoutBatch, on_delete=models.PROTECT, related_name="payouts")
    bill_no = models.TextField(unique=True)
    beneficiary_kind = models.TextField()
    beneficiary_id = models.BigIntegerField()
    beneficiary_name = models.TextField()
    unit_id = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=20, decimal_places=2)
    status = models.TextField()
    reason = models.TextField(default="")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "payout"
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "beneficiary_kind", "beneficiary_id"], name="payout_once_a_batch"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payout_positive"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "rejected", "in_transit", "paid", "failed"]),
                name="payout_status",
            ),
        ]
        indexes = [
            models.Index(
                fields=["beneficiary_kind", "beneficiary_id", "status"], name="payout_of_beneficiary"
            )
        ]


class PayoutAttempt(models.Model):
    """One time the bank was asked, or answered. An unknown outcome is asked again under the same bill number."""

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    outcome = models.TextField()
    bank_reference = models.TextField(default="")
    reason = models.TextField(default="")
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField()

    class Meta:
        db_table = "payout_attempt"
        constraints = [
            models.UniqueConstraint(fields=["payout", "number"], name="payout_attempt_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["sent", "asked", "unknown", "paid", "failed"]),
                name="payout_attempt_outcome",
            ),
        ]
