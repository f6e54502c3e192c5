"""Tables of the hub. Their SQL stands in the first migration, since Django knows no partitions."""

from django.db import models


class EventRow(models.Model):
    """Something happened. Partitioned by month on ``at``; only ever added to (a trigger refuses the rest).

    Unmanaged, since Django cannot make partitions. ``customer_id`` 0 stands for none: it comes first in the
    primary key, by which the table can be distributed.
    """

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    name = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    customer_id = models.BigIntegerField(default=0)
    by = models.TextField()
    data = models.JSONField(default=dict)

    class Meta:
        db_table = "event"
        managed = False


class PendingRow(models.Model):
    """A committed event that has no place in the feed yet."""

    event_id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    customer_id = models.BigIntegerField()
    name = models.TextField()

    class Meta:
        db_table = "event_pending"


class FeedRow(models.Model):
    """The one order in which all readers see events."""

    position = models.BigAutoField(primary_key=True)
    event_id = models.BigIntegerField()
    at = models.DateTimeField()
    customer_id = models.BigIntegerField()
    name = models.TextField()

    class Meta:
        db_table = "event_feed"


class SubscriptionRow(models.Model):
    """How far a subscriber has read; locked while it handles a batch."""

    subscriber = models.TextField(primary_key=True)
    position = models.BigIntegerField()
    moved_at = models.DateTimeField()

    class Meta:
        db_table = "event_subscription"


class ParkedRow(models.Model):
    """An event that a subscriber failed on, or one that waits behind such an event of the same subject.

    ``attempts`` 0 = waits behind another; below five = tried again at ``next_try_at``; five = a person decides.
    Rows that come through by themselves are removed, what a person decided stays.
    """

    id = models.BigAutoField(primary_key=True)
    subscriber = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.BigIntegerField()
    event_id = models.BigIntegerField()
    event_at = models.DateTimeField()
    event_name = models.TextField()
    customer_id = models.BigIntegerField()
    position = models.BigIntegerField()
    attempts = models.SmallIntegerField()
    error = models.TextField(default="")
    parked_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    resolution = models.TextField(null=True)
    reason = models.TextField(default="")
    decided_by = models.TextField(default="")

    class Meta:
        db_table = "event_parked"


class EffectCallRow(models.Model):
    """An effect that ran, under the key of the wish for it."""

    effect = models.TextField()
    idempotency_key = models.TextField()
    content_hash = models.BinaryField()
    subject_kind = models.TextField()
    subject_id = models.BigIntegerField()
    by = models.TextField()
    at = models.DateTimeField()
    answer = models.JSONField(null=True)

    class Meta:
        db_table = "effect_call"
        constraints = [models.UniqueConstraint(fields=["effect", "idempotency_key"], name="effect_call_once")]
