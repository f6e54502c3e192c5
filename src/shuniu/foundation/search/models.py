"""The index. Private to search."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class SearchEntry(models.Model):
    """One subject. `grams` are its characters and pairs of characters, phone hashes and last four digits."""

    subject_kind = models.TextField()
    subject_id = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    owner_id = models.BigIntegerField(null=True)
    title = models.TextField()
    haystack = models.TextField()
    grams = ArrayField(models.TextField())
    at = models.DateTimeField()

    class Meta:
        db_table = "search_doc"
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="search_doc_once"),
        ]
        indexes = [GinIndex(fields=["grams"], name="search_doc_grams")]
