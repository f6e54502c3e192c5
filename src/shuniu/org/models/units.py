"""The tree of units."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from treebeard.mp_tree import MP_Node

from shuniu.org.contracts import DEPTH_MAX, UnitKind

PATH_STEP = 4


class Unit(MP_Node):  # type: ignore[misc]
    """Headquarters, region, store, partner or department. `path` is the materialised path and stored nowhere else."""

    steplen = PATH_STEP

    name = models.CharField(max_length=80)
    name_sort = models.CharField(max_length=200, db_collation="C")
    kind = models.CharField(max_length=12)
    code = models.CharField(max_length=32, unique=True)
    city = models.CharField(max_length=40, default="", blank=True)
    province = models.CharField(max_length=40, default="", blank=True)
    address = models.CharField(max_length=200, default="", blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    phone = models.CharField(max_length=30, default="", blank=True)
    opening_hours = models.CharField(max_length=80, default="", blank=True)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_unit"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(depth__gte=1, depth__lte=DEPTH_MAX), name="org_unit_depth"),
            # One installation serves one enterprise: there is one root, and it is the headquarters.
            models.UniqueConstraint(fields=["depth"], condition=Q(depth=1), name="org_unit_one_root"),
            models.CheckConstraint(
                condition=~Q(depth=1) | Q(kind=UnitKind.HQ.value), name="org_unit_root_is_hq"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in UnitKind]), name="org_unit_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="org_unit_place_on_earth",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["name_sort", "id"], name="org_unit_by_name"),
            models.Index(fields=["city"], name="org_unit_by_city"),
        ]


class DepartmentService(models.Model):
    """A department that works for another unit and everything below it: 品控 for three regions."""

    department = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "org_department_service"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["department", "unit"], name="org_department_service_once"),
            models.CheckConstraint(
                condition=~Q(department=models.F("unit")), name="org_department_serves_others"
            ),
        ]
