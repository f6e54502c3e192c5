"""Values that units set, and how far they let those below them vary."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from shuniu.org.models.units import Unit


class UnitSetting(models.Model):
    """One unit's word on one setting: a value, bounds for the units below, or both."""

    key = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    value = models.JSONField(null=True)
    bounds = models.JSONField(null=True)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=80)

    class Meta:
        db_table = "org_setting"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "key"], name="org_setting_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(bounds__isnull=False), name="org_setting_says_something"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["key"], name="org_setting_by_key")]
