"""The people."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from shuniu.org.models.units import Unit


class Staff(models.Model):
    """Somebody who works here, with or without a login. Archived when they leave, never deleted."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    name = models.CharField(max_length=60)
    name_sort = models.CharField(max_length=200, db_collation="C")
    number = models.CharField(max_length=32, null=True, unique=True)
    phone_cipher = models.BinaryField(null=True)
    phone_hash = models.BinaryField(null=True)
    phone_last4 = models.CharField(max_length=4, default="", blank=True)
    wecom_userid = models.CharField(max_length=64, null=True, unique=True)
    skills = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    city = models.CharField(max_length=40, default="", blank=True)
    home_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_staff"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(phone_cipher__isnull=True, phone_hash__isnull=True, phone_last4="")
                | Q(phone_cipher__isnull=False, phone_hash__isnull=False),
                name="org_staff_phone_whole_or_absent",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["home_unit", "id"], name="org_staff_by_unit"),
            models.Index(fields=["name_sort", "id"], name="org_staff_by_name"),
            models.Index(fields=["city"], name="org_staff_by_city"),
            models.Index(fields=["phone_hash"], name="org_staff_by_phone"),
            GinIndex(fields=["skills"], name="org_staff_by_skill"),
        ]
