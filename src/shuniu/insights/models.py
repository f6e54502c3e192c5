"""Counters by unit and day."""

from django.db import models


class DailyCount(models.Model):
    """How often something happened in a unit on a local day, and the sum of its value."""

    pk = models.CompositePrimaryKey("unit_id", "day", "metric")
    unit = models.ForeignKey("org.Unit", on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    day = models.DateField()
    metric = models.TextField()
    count = models.BigIntegerField()
    total = models.DecimalField(max_digits=20, decimal_places=2)

    class Meta:
        db_table = "insights_daily"
        indexes = [models.Index(fields=["day", "metric"], name="insights_daily_day")]
