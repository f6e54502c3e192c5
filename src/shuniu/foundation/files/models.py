"""Rows for files; the bytes are behind the storage port."""

from django.db import models


class File(models.Model):
    """One upload. Several rows may share one stored content (``sha256``)."""

    sha256 = models.CharField(max_length=64)
    name = models.TextField()
    mime = models.TextField()
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    purpose = models.TextField()
    created_by = models.TextField()
    created_at = models.DateTimeField()
    subject_kind = models.TextField(blank=True)
    subject_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "file"
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="file_subject"),
            models.Index(fields=["sha256"], name="file_content"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(subject_kind="", subject_id__isnull=True)
                | (~models.Q(subject_kind="") & models.Q(subject_id__isnull=False)),
                name="file_subject_whole",
            )
        ]
