"""Roles, positions, who holds them where, and who takes part in what."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value

from shuniu.org.contracts import GrantScope
from shuniu.org.models.staff import Staff
from shuniu.org.models.units import Unit


def next_revision() -> Func:
    """A number no role had before, in any state of the database: processes keep grants by it."""
    return Func(Value("org_role_revision"), function="nextval", output_field=models.BigIntegerField())


class Role(models.Model):
    """A named set of grants. `offered` are the permissions a shipped role was given once: taking one away lasts.

    `revision` changes with the grants.
    """

    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, default="", blank=True)
    note = models.CharField(max_length=200, default="", blank=True)
    builtin = models.BooleanField(default=False)
    offered = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    revision = models.BigIntegerField(db_default=next_revision())
    archived_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_role"


class RoleGrant(models.Model):
    """One permission of a role and how far it reaches."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="grants")
    permission = models.CharField(max_length=80)
    scope = models.CharField(max_length=8)

    class Meta:
        db_table = "org_role_grant"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["role", "permission"], name="org_role_grant_once"),
            models.CheckConstraint(
                condition=Q(scope__in=[scope.value for scope in GrantScope]),
                name="org_role_grant_scope_known",
            ),
        ]


class Position(models.Model):
    """What somebody is: 店长, 品控, 督导. Says nothing of rights; flows look for people by it."""

    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, default="", blank=True)
    note = models.CharField(max_length=200, default="", blank=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_position"


class Assignment(models.Model):
    """Somebody holds a role or a position at a unit, from a moment until a moment."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, related_name="+")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, null=True, related_name="+")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_assignment"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(role__isnull=False) | Q(position__isnull=False),
                name="org_assignment_of_something",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="org_assignment_runs_forward",
            ),
            models.UniqueConstraint(
                fields=["staff", "unit", "role", "position"],
                condition=Q(valid_to__isnull=True),
                nulls_distinct=False,
                name="org_assignment_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "role"], name="org_assignment_by_unit"),
            models.Index(fields=["position", "unit"], name="org_assignment_by_position"),
        ]


class Participation(models.Model):
    """Somebody takes part in a subject (asked, copied, mentioned, holding it) and so may see that one."""

    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=40)
    since = models.DateTimeField()

    class Meta:
        db_table = "org_participation"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["staff", "subject_kind", "subject_id", "why"], name="org_participation_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_kind", "subject_id"], name="org_participation_by_subject"),
        ]
