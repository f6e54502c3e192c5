"""Reads of the tree."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from shuniu.foundation.access import Actor
from shuniu.org.contracts import UnitCard, UnitDetail, UnitKind, UnitUnknown
from shuniu.org.models import DepartmentService, Staff, Unit
from shuniu.org.models.units import PATH_STEP
from shuniu.org.permissions import UNIT_READ
from shuniu.org.queries.visible import visible

_CARDS = """
select u.id, u.name, u.kind, u.path, u.city, r.id, r.name, p.id, u.code, u.archived_at is not null
from org_unit u
left join org_unit p on p.path = left(u.path, length(u.path) - %(step)s)
left join lateral (
    select r.id, r.name from org_unit r
    where r.kind = 'region' and r.path = any(
        select left(u.path, n * %(step)s) from generate_series(1, u.depth) n)
    order by r.depth desc limit 1
) r on true
where {condition}
order by u.path
"""


def unit(unit_id: int) -> UnitCard:
    """One unit; UnitUnknown. Not scoped: units are named wherever their things are."""
    found = units([unit_id])
    if unit_id not in found:
        raise UnitUnknown()
    return found[unit_id]


def units(ids: Iterable[int]) -> dict[int, UnitCard]:
    """Units by id, unknown ids missing; one query."""
    return {card.id: card for card in _cards("u.id = any(%(ids)s)", ids=list(ids))}


def all_units(*, archived: bool = False) -> list[UnitCard]:
    """The whole tree, parents before their children; the archived only when asked for."""
    return _cards("true" if archived else "u.archived_at is null")


def root_unit() -> UnitCard | None:
    """The headquarters; None in an installation that was not set up yet."""
    return next(iter(_cards("u.depth = 1")), None)


def unit_by_code(code: str) -> UnitCard | None:
    """The unit with that code."""
    return next(iter(_cards("u.code = %(code)s", code=code)), None)


def units_by_code(codes: Iterable[str]) -> dict[str, UnitCard]:
    """Units by code, unknown codes missing."""
    return {card.code: card for card in _cards("u.code = any(%(codes)s)", codes=list(codes))}


def ancestors(unit_id: int) -> list[UnitCard]:
    """The units above, from the headquarters down, without the unit itself."""
    path = _path(unit_id)
    return _cards("u.path = any(%(paths)s)", paths=paths_above(path)[:-1])


def subtree(unit_id: int) -> list[UnitCard]:
    """The unit and everything below it, parents before their children."""
    return _cards("u.path like %(below)s", below=f"{_path(unit_id)}%")


def subtree_ids(unit_id: int) -> list[int]:
    """Ids of the unit and everything below it."""
    return list(Unit.objects.filter(path__startswith=_path(unit_id)).values_list("id", flat=True))


def paths_above(path: str) -> list[str]:
    """The path itself and those of all units above it, from the top."""
    return [path[:end] for end in range(PATH_STEP, len(path) + 1, PATH_STEP)]


def units_for(actor: Actor) -> list[UnitCard]:
    """The units in use that the actor may see, for the unit switcher."""
    rows = Unit.objects.filter(visible_unit(actor), archived_at__isnull=True)
    return list(units_in_order(rows.values_list("id", flat=True)))


def units_in_order(ids: Iterable[int]) -> list[UnitCard]:
    """Units by place in the tree."""
    return _cards("u.id = any(%(ids)s)", ids=list(ids))


def visible_unit(actor: Actor) -> Q:
    """The units the actor may see."""
    return visible(actor=actor, permission=UNIT_READ, unit="id")


def unit_rows(*, actor: Actor, ids: Sequence[int] | None = None) -> QuerySet[Unit]:
    """The rows behind the list of units, scoped; for this domain's own API."""
    rows: QuerySet[Unit] = Unit.objects.filter(visible_unit(actor))
    return rows if ids is None else rows.filter(pk__in=ids)


def unit_detail(unit_id: int, *, actor: Actor) -> UnitDetail:
    """A unit in full; UnitUnknown when the actor may not see it."""
    row = unit_rows(actor=actor, ids=[unit_id]).first()
    if row is None:
        raise UnitUnknown()
    above = ancestors(unit_id)
    served = DepartmentService.objects.filter(department_id=unit_id).values_list("unit_id", flat=True)
    return UnitDetail(
        id=row.pk,
        name=row.name,
        kind=UnitKind(row.kind),
        code=row.code,
        parent_id=above[-1].id if above else None,
        ancestors=tuple(above),
        city=row.city,
        province=row.province,
        address=row.address,
        latitude=row.latitude,
        longitude=row.longitude,
        phone=row.phone,
        opening_hours=row.opening_hours,
        serves=tuple(units_in_order(served)),
        children=Unit.objects.filter(
            path__startswith=row.path, depth=row.depth + 1, archived_at__isnull=True
        ).count(),
        staff=Staff.objects.filter(home_unit_id=row.pk, archived_at__isnull=True).count(),
        created_at=row.created_at,
        archived_at=row.archived_at,
    )


def _path(unit_id: int) -> str:
    path = Unit.objects.filter(pk=unit_id).values_list("path", flat=True).first()
    if path is None:
        raise UnitUnknown()
    return str(path)


def _cards(condition: str, **parameters: Any) -> list[UnitCard]:
    with connection.cursor() as cursor:
        cursor.execute(_CARDS.format(condition=condition), {"step": PATH_STEP, **parameters})
        return [
            UnitCard(
                id=row[0],
                name=row[1],
                kind=UnitKind(row[2]),
                path=row[3],
                city=row[4],
                region_id=row[5],
                region_name=row[6],
                parent_id=row[7],
                code=row[8],
                archived=row[9],
            )
            for row in cursor
        ]
