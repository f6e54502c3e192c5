"""The memory of writes: one row per (actor, key), kept thirty days."""

from django.db import models


class IdempotencyKey(models.Model):
    """Goes in first, in the business transaction; a repeat waits for it and gets the same answer."""

    actor = models.TextField()
    key = models.TextField()
    request_hash = models.BinaryField()
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.BinaryField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "idempotency_key"
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="idempotency_key_once")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_key_age")]
