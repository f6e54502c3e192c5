"""Tables of settlement.

`settlement_input` and `settlement_earning` grow with the population: their first key column is the one they would
be distributed by, nothing points at them by foreign key, and they point at nothing. Their keys are composite in
the database (migration SQL); Django sees the `id` alone.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Plan(models.Model):
    """A plan under one name; what it says stands in its versions."""

    key = models.TextField(unique=True)
    name_zh = models.TextField()
    name_en = models.TextField()
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "settlement_plan"


class PlanVersion(models.Model):
    """Immutable. The version in force is the most specific one whose window holds the event's time."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    content_hash = models.BinaryField(max_length=32)
    measures = models.JSONField()
    effective_from = models.DateTimeField()
    effective_to = models.DateTimeField(null=True)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    level = models.TextField(default="")
    kind = models.TextField(default="")
    published_by = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        db_table = "settlement_plan_version"
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="settlement_plan_version_once"),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gt=F("effective_from")),
                name="settlement_plan_version_window",
            ),
        ]


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
