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


class NodeDaily(models.Model):
    """Steps closed at a node in a unit on a local day, with their working and wall time in seconds."""

    pk = models.CompositePrimaryKey("unit_id", "day", "node")
    unit = models.ForeignKey("org.Unit", on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    day = models.DateField()
    node = models.TextField()
    count = models.BigIntegerField()
    working_seconds = models.BigIntegerField()
    wall_seconds = models.BigIntegerField()

    class Meta:
        db_table = "insights_node_daily"
        indexes = [models.Index(fields=["day"], name="insights_node_daily_day")]
