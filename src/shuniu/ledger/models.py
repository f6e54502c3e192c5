"""Tables of the ledger. What they may hold is enforced by constraints and triggers (migration 0002)."""

from django.db import models
from django.db.models import Q


class Account(models.Model):
    """Opened when first posted to; never closed. Only wallets hold a balance, so no platform row gets hot."""

    owner_kind = models.TextField(default="")
    owner_id = models.BigIntegerField(default=0)
    purpose = models.TextField()
    currency = models.CharField(max_length=3)
    kind = models.TextField()
    balance = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "ledger_account"
        constraints = [
            models.UniqueConstraint(
                fields=["owner_kind", "owner_id", "purpose", "currency"], name="ledger_account_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="wallet", balance__gte=0) | Q(kind="platform", balance__isnull=True),
                name="ledger_account_only_wallets_hold_a_balance",
            ),
        ]


class Transaction(models.Model):
    """`key` is the wish, `content_hash` what was wished; both immutable like the rest of the row."""

    key = models.TextField(unique=True)
    content_hash = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    memo_zh = models.TextField()
    memo_en = models.TextField()
    source_kind = models.TextField()
    source_id = models.BigIntegerField()
    by = models.TextField()
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "ledger_transaction"
        indexes = [
            models.Index(fields=["source_kind", "source_id"], name="ledger_transaction_source"),
            models.Index(fields=["-at", "-id"], name="ledger_transaction_at"),
        ]


class Posting(models.Model):
    """One leg. All legs of a transaction come in one statement."""

    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=20, decimal_places=2)

    class Meta:
        db_table = "ledger_posting"
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="ledger_posting_moves_something"),
        ]
        indexes = [models.Index(fields=["account", "-id"], name="ledger_posting_statement")]


class Hold(models.Model):
    """Money set aside from a wallet: it stands in the owner's 冻结 account until the hold ends, and ends once."""

    owner_kind = models.TextField()
    owner_id = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=20, decimal_places=2)
    reason = models.TextField()
    placed_at = models.DateTimeField()
    placed_by = models.TextField()
    placed_by_name = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(default="")
    ended_by_name = models.TextField(default="")
    ended_reason = models.TextField(default="")

    class Meta:
        db_table = "ledger_hold"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_hold_positive"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="ledger_hold_ended_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_kind", "owner_id"],
                condition=Q(ended_at__isnull=True),
                name="ledger_hold_standing",
            ),
            models.Index(fields=["-placed_at", "-id"], name="ledger_hold_at"),
        ]


class Check(models.Model):
    """One nightly check of the whole ledger; one a day, whichever worker comes first."""

    day = models.DateField(unique=True)
    at = models.DateTimeField()
    findings = models.JSONField(default=list)

    class Meta:
        db_table = "ledger_check"
