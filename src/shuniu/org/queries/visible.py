"""The one place where (actor, permission) becomes a condition on rows."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from shuniu.foundation.access import Actor, Permission
from shuniu.foundation.errors import Forbidden
from shuniu.org.models import Participation, Unit
from shuniu.org.reach import EVERYWHERE, Reach, Standing, standing_of

_NOTHING = Q(pk__in=())


def visible(
    *,
    actor: Actor,
    permission: Permission,
    unit: str = "unit_id",
    owner: str | None = None,
    subject_kind: str | None = None,
    pk: str = "id",
) -> Q:
    """The rows the actor may see by the permission, as a condition for a queryset.

    `unit`, `owner` and `pk` name the row's columns; with `subject_kind` the subjects the actor takes part in are
    included. The house itself sees all; customers see nothing here, their rights come from their link.
    """
    standing, reach = _standing_and_reach(actor, permission)
    if reach.everything:
        return Q()
    condition = _NOTHING
    units = standing.units(reach)
    if units:
        condition |= Q(**{f"{unit}__in": sorted(units)})
    if owner is not None and reach.own_units:
        condition |= Q(**{owner: actor.staff_id})
    if subject_kind is not None and actor.staff_id is not None:
        taking_part = Participation.objects.filter(staff_id=actor.staff_id, subject_kind=subject_kind)
        condition |= Q(**{f"{pk}__in": taking_part.values("subject_id")})
    return condition


def visible_sql(
    *,
    actor: Actor,
    permission: Permission,
    unit: str = "unit_id",
    owner: str | None = None,
    subject_kind: str | None = None,
    pk: str = "id",
) -> tuple[str, list[Any]]:
    """The same condition as SQL with its parameters. Column names are written by the caller, never by a user."""
    standing, reach = _standing_and_reach(actor, permission)
    if reach.everything:
        return "true", []
    conditions: list[str] = []
    parameters: list[Any] = []
    units = standing.units(reach)
    if units:
        conditions.append(f"{unit} = any(%s)")
        parameters.append(sorted(units))
    if owner is not None and reach.own_units:
        conditions.append(f"{owner} = %s")
        parameters.append(actor.staff_id)
    if subject_kind is not None and actor.staff_id is not None:
        conditions.append(
            f"{pk} in (select subject_id from org_participation where staff_id = %s and subject_kind = %s)"  # noqa: S608
        )
        parameters += [actor.staff_id, subject_kind]
    return (f"({' or '.join(conditions)})", parameters) if conditions else ("false", [])


def visible_units(*, actor: Actor, permission: Permission) -> frozenset[int] | None:
    """Ids of the units the permission covers; None means all of them."""
    standing, reach = _standing_and_reach(actor, permission)
    return None if reach.everything else standing.units(reach)


def require_unit(*, actor: Actor, permission: Permission, unit_id: int) -> None:
    """Forbidden unless the permission lets the actor make or change things of that unit.

    Held with scope own, it lets them make their own things where they hold it.
    """
    standing, reach = _standing_and_reach(actor, permission)
    if not (reach.everything or unit_id in reach.own_units or unit_id in standing.units(reach)):
        raise Forbidden()


def covers(*, actor: Actor, permission: Permission, unit_ids: Iterable[int | None]) -> set[int]:
    """Those of the units the permission covers; for masking row by row in one go."""
    wanted = {unit_id for unit_id in unit_ids if unit_id is not None}
    allowed = visible_units(actor=actor, permission=permission)
    return wanted if allowed is None else wanted & allowed


def covers_subtree(*, actor: Actor, permission: Permission, unit_id: int) -> bool:
    """Whether the permission covers the unit and everything below it."""
    _, reach = _standing_and_reach(actor, permission)
    if reach.everything:
        return True
    path = Unit.objects.filter(pk=unit_id).values_list("path", flat=True).first() or ""
    return any(path.startswith(covered) for covered in reach.paths)


def _standing_and_reach(actor: Actor, permission: Permission) -> tuple[Standing, Reach]:
    standing = standing_of(actor)
    return standing, EVERYWHERE if actor.is_system else standing.reach(permission.code)
