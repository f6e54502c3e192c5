"""The way of money from 待确认 to 可提现, and of the promotion fund to what it is spent on."""

from django.db import models
from django.db.models import Q


class Confirmation(models.Model):
    """That a source was confirmed, and by whom; it may arrive before what it confirms was recorded."""

    source_kind = models.TextField()
    source_id = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        db_table = "settlement_confirmation"
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_id"], name="settlement_confirmation_once")
        ]


class Maturity(models.Model):
    """How far one beneficiary's earning from one matter has come on its way 待确认 → 已确认 → 可提现.

    The money itself stands in the ledger's accounts; `earned`, `confirmed` and `released` are what this matter has
    moved in total, so that every stage settles by difference and doing it twice moves nothing. `released_upto` is
    the beneficiary's running total at release: payouts consume releases in that order, so nothing is marked paid.
    The matter is the source, or the bucket where a plan confirms by period; `account` is the wallet it ends in.
    """

    matter_kind = models.TextField()
    matter_id = models.BigIntegerField()
    beneficiary_kind = models.TextField()
    beneficiary_id = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    unit_id = models.BigIntegerField()
    earned = models.DecimalField(max_digits=20, decimal_places=2, default=0)
    confirmed = models.DecimalField(max_digits=20, decimal_places=2, default=0)
    released = models.DecimalField(max_digits=20, decimal_places=2, default=0)
    released_upto = models.DecimalField(max_digits=20, decimal_places=2, default=0)
    account = models.TextField(default="withdrawable")
    hold_days = models.PositiveIntegerField()
    confirm_due_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    release_due_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    moves = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "settlement_maturity"
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "matter_kind",
                    "matter_id",
                    "beneficiary_kind",
                    "beneficiary_id",
                    "currency",
                    "account",
                ],
                name="settlement_maturity_once",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(confirmed_at__isnull=False),
                name="settlement_maturity_confirmed_before_released",
            ),
        ]
        indexes = [
            models.Index(
                fields=["confirm_due_at"],
                condition=Q(confirmed_at__isnull=True),
                name="settlement_maturity_to_confirm",
            ),
            models.Index(
                fields=["release_due_at"],
                condition=Q(confirmed_at__isnull=False, released_at__isnull=True),
                name="settlement_maturity_to_release",
            ),
            models.Index(
                fields=["beneficiary_kind", "beneficiary_id", "-released_at", "-id"],
                name="settlement_maturity_of",
            ),
        ]


class FundSpending(models.Model):
    """Promotion paid for out of a beneficiary's promotion fund. Immutable; its transaction is keyed by the id."""

    owner_kind = models.TextField()
    owner_id = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=20, decimal_places=2)
    what = models.TextField()
    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField()

    class Meta:
        db_table = "settlement_fund_spending"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="settlement_fund_spending_positive")
        ]
        indexes = [models.Index(fields=["owner_kind", "owner_id", "-id"], name="settlement_fund_spending_of")]
