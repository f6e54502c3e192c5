"""Opening hours and the days that differ."""

from typing import ClassVar

from django.db import models

from shuniu.org.contracts import DaySource


class Calendar(models.Model):
    """A week of hours: `week` is seven lists of ["09:00", "12:00"] spans, Monday first. `revision` grows with each edit."""

    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, default="", blank=True)
    zone = models.CharField(max_length=40)
    week = models.JSONField()
    follows_holidays = models.BooleanField(default=True)
    known_until = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=1)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_calendar"


class CalendarDay(models.Model):
    """A day with other hours than its weekday; no spans means closed."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    hours = models.JSONField()
    name = models.CharField(max_length=60, default="", blank=True)
    source = models.CharField(max_length=8, default=DaySource.PERSON.value)

    class Meta:
        db_table = "org_calendar_day"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["calendar", "day"], name="org_calendar_day_once"),
            models.CheckConstraint(
                condition=models.Q(source__in=[source.value for source in DaySource]),
                name="org_calendar_day_source_known",
            ),
        ]
