"""Reads of the people."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from shuniu.foundation.access import Actor, Permission
from shuniu.org.contracts import StaffCard
from shuniu.org.models import Staff
from shuniu.org.models.units import PATH_STEP
from shuniu.org.permissions import STAFF_READ
from shuniu.org.queries.visible import visible

_CARD = """
select s.id, s.name, u.id, u.name, s.city, coalesce(p.name, ''), s.wecom_userid, s.user_id, s.skills,
       s.archived_at is not null
from org_staff s join org_unit u on u.id = s.home_unit_id
left join lateral (
    select p.name from org_assignment a join org_position p on p.id = a.position_id
    where a.staff_id = s.id and a.valid_from <= statement_timestamp() and (a.valid_to is null or a.valid_to > statement_timestamp())
    order by a.id limit 1
) p on true
"""
_IN_FORCE = (
    "a.valid_from <= statement_timestamp() and (a.valid_to is null or a.valid_to > statement_timestamp())"
)

# Whoever holds it at the unit, at a unit above it, or in a department that serves one of these; nearest first.
_HOLDERS = f"""
with place as (select id, path, depth from org_unit where id = %(unit_id)s),
above as (
    select u.id, place.depth - u.depth as distance from place join org_unit u
        on u.path = any(select left(place.path, n * %(step)s) from generate_series(1, place.depth) n)
    where %(upward)s or u.id = %(unit_id)s
),
near as (
    select id, min(distance) as distance from (
        select id, distance from above
        union all
        select d.department_id, above.distance from above join org_department_service d on d.unit_id = above.id
    ) n group by id
)
select a.staff_id, min(near.distance) as distance
from near join org_assignment a on a.unit_id = near.id join org_staff s on s.id = a.staff_id and s.archived_at is null
where {_IN_FORCE} and {{held}}
group by a.staff_id
"""  # noqa: S608  the parts are constants of this module
_HELD = {
    "role": "a.role_id = (select id from org_role where key = %(what)s and archived_at is null)",
    "position": "a.position_id = (select id from org_position where key = %(what)s)",
    "permission": """exists (select from org_role_grant g join org_role r on r.id = g.role_id and r.archived_at is null
        where g.role_id = a.role_id and g.permission = %(what)s)""",
}


def staff_card(ids: Iterable[int]) -> dict[int, StaffCard]:
    """Staff by id, unknown ids missing; one query. Not scoped: people are named wherever they act."""
    return {card.id: card for card in _cards("s.id = any(%(ids)s)", ids=list(ids))}


def staff_by_user(user_id: int) -> StaffCard | None:
    """The person behind a login."""
    return next(iter(_cards("s.user_id = %(user_id)s", user_id=user_id)), None)


def staff_by_wecom(userids: Iterable[str]) -> dict[str, StaffCard]:
    """People by their WeCom account, unknown ones missing."""
    found = _cards("s.wecom_userid = any(%(userids)s)", userids=list(userids))
    return {card.wecom_userid: card for card in found if card.wecom_userid is not None}


def staff_with(
    *,
    unit_id: int,
    permission: Permission | str | None = None,
    position: str | None = None,
    role: str | None = None,
    upward: bool = True,
) -> list[StaffCard]:
    """Who holds a permission, position or role for a unit: there, else at the nearest unit above that has somebody.

    People of departments that serve a unit count as being there. Without `upward` only the unit itself is asked.
    """
    kind, what = _asked(permission, position, role)
    with connection.cursor() as cursor:
        cursor.execute(
            _HOLDERS.format(held=_HELD[kind]),
            {"unit_id": unit_id, "what": what, "upward": upward, "step": PATH_STEP},
        )
        found = cursor.fetchall()
    nearest = min((distance for _, distance in found), default=0)
    cards = staff_card(staff_id for staff_id, distance in found if distance == nearest)
    return sorted(cards.values(), key=lambda card: card.id)


def field_workers(
    *,
    city: str | None = None,
    unit_id: int | None = None,
    skills: Sequence[str] = (),
    role: str = "field_worker",
) -> list[StaffCard]:
    """Who may be sent out: holders of the role, in a city or a sub-tree, with all of the skills."""
    conditions = [
        f"""exists (select from org_assignment a join org_role r on r.id = a.role_id and r.key = %(role)s
            where a.staff_id = s.id and {_IN_FORCE})""",
        "s.archived_at is null",
    ]
    if city is not None:
        conditions.append("s.city = %(city)s")
    if unit_id is not None:
        conditions.append("u.path like (select path || '%%' from org_unit where id = %(unit_id)s)")
    if skills:
        conditions.append("s.skills @> %(skills)s::varchar[]")
    return _cards(" and ".join(conditions), role=role, city=city, unit_id=unit_id, skills=list(skills))


def staff_of_units(unit_ids: Iterable[int]) -> list[StaffCard]:
    """People in use whose home is one of the units."""
    return _cards("s.archived_at is null and s.home_unit_id = any(%(ids)s)", ids=list(unit_ids))


def visible_staff(actor: Actor) -> Q:
    """The people the actor may see: those of the units the permission covers, and themselves."""
    seen = visible(actor=actor, permission=STAFF_READ, unit="home_unit_id", owner="id")
    return seen | Q(pk=actor.staff_id) if seen and actor.staff_id is not None else seen


def staff_rows(*, actor: Actor, ids: Sequence[int] | None = None) -> QuerySet[Staff]:
    """The rows behind the list of staff, scoped; for this domain's own API."""
    rows = Staff.objects.filter(visible_staff(actor)).select_related("home_unit")
    return rows if ids is None else rows.filter(pk__in=ids)


def _asked(permission: Permission | str | None, position: str | None, role: str | None) -> tuple[str, str]:
    code = permission.code if isinstance(permission, Permission) else permission
    asked = [
        (kind, what) for kind, what in (("permission", code), ("position", position), ("role", role)) if what
    ]
    if len(asked) != 1:
        raise ValueError("ask for one of permission, position and role")
    return asked[0]


def _cards(condition: str, **parameters: Any) -> list[StaffCard]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_CARD} where {condition} order by s.id", parameters)
        return [
            StaffCard(
                id=row[0],
                name=row[1],
                unit_id=row[2],
                unit_name=row[3],
                city=row[4],
                position=row[5],
                wecom_userid=row[6],
                user_id=row[7],
                skills=tuple(row[8]),
                archived=row[9],
            )
            for row in cursor
        ]
