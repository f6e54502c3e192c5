"""The audit log; the database refuses changes and removals."""

from django.db import models


class AuditEntry(models.Model):
    """One deed. ``before`` and ``after`` hold the changed fields only, personal data masked by the caller."""

    at = models.DateTimeField()
    by = models.TextField()
    by_name = models.TextField()
    action = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    sensitive = models.BooleanField(default=False)
    request_id = models.TextField(blank=True)

    class Meta:
        db_table = "audit_entry"
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_entry_recent"),
            models.Index(fields=["subject_kind", "subject_id", "-at"], name="audit_entry_subject"),
            models.Index(fields=["by", "-at"], name="audit_entry_actor"),
        ]
