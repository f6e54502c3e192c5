"""What people are told."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from shuniu.org.models.staff import Staff


class Notice(models.Model):
    """One message in one person's bell."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    urgent = models.BooleanField(default=False)
    in_bell = models.BooleanField(default=True)
    by_wecom = models.BooleanField(default=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_notice"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["staff", "-id"], name="org_notice_by_staff", condition=Q(in_bell=True)),
            models.Index(
                fields=["staff"], name="org_notice_unread", condition=Q(read_at__isnull=True, in_bell=True)
            ),
            models.Index(fields=["at"], name="org_notice_age"),
        ]


class NoticePreference(models.Model):
    """How somebody wants one kind of notice; without a row, by bell and by WeCom."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    bell = models.BooleanField(default=True)
    wecom = models.BooleanField(default=True)

    class Meta:
        db_table = "org_notice_preference"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["staff", "kind"], name="org_notice_preference_once"),
        ]
