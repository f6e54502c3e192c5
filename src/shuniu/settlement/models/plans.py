"""Plans and their versions."""

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
