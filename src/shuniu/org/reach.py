"""What somebody may do and how far it reaches, read from the tables in one query.

Whether an assignment is in force is a matter of the present: the database's clock decides.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils.functional import cached_property

from shuniu.foundation.access import Actor, ActorKind, Scope
from shuniu.org.contracts import GrantScope
from shuniu.org.models import RoleGrant
from shuniu.org.models.units import PATH_STEP

# org_standing is a function (migration 0002) so that its plan is kept: planning would cost more than running.
_BY_USER = """
select u.id, u.username, u.locale, u.must_change_password, s.id, s.name, org_standing(s.id)
from identity_user u left join org_staff s on s.user_id = u.id
where u.id = %s and u.is_active and s.archived_at is null
"""
_BY_STAFF = "select org_standing(s.id) from org_staff s where s.id = %s and s.archived_at is null"
_BELOW = "select u.id from org_unit u where u.path like any(%s)"


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one permission goes. `own_units` are where it is held with scope own: rows of one's own, made there."""

    everything: bool = False
    paths: frozenset[str] = frozenset()
    units: frozenset[int] = frozenset()
    own_units: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not (self.everything or self.paths or self.units or self.own_units)


EVERYWHERE = Reach(everything=True)


class Standing:
    """All that one person may do. Made once a request; the units below its sub-trees are read when first needed."""

    def __init__(self, places: Iterable[tuple[int, str, Mapping[str, str] | None]]) -> None:
        self._places = list(places)
        self._below: dict[frozenset[str], frozenset[int]] = {}

    @cached_property
    def permissions(self) -> frozenset[str]:
        return frozenset(code for _, _, grants in self._places for code in grants or ())

    def reach(self, permission: str) -> Reach:
        """How far the permission goes; nowhere when it is not held."""
        everything = False
        paths, units, own_units = set(), set(), set()
        for unit_id, path, grants in self._places:
            scope = (grants or {}).get(permission)
            if scope == GrantScope.ALL or (scope == GrantScope.SUBTREE and len(path) == PATH_STEP):
                everything = True
            elif scope == GrantScope.SUBTREE:
                paths.add(path)
            elif scope == GrantScope.UNIT:
                units.add(unit_id)
            elif scope == GrantScope.OWN:
                own_units.add(unit_id)
        if everything:
            return EVERYWHERE
        return Reach(paths=_widest(paths), units=frozenset(units), own_units=frozenset(own_units))

    def units(self, reach: Reach) -> frozenset[int]:
        """Ids of the units the reach covers, its sub-trees expanded; not for reaches over everything."""
        if not reach.paths:
            return reach.units
        if reach.paths not in self._below:
            with connection.cursor() as cursor:
                cursor.execute(_BELOW, [[f"{path}%" for path in reach.paths]])
                self._below[reach.paths] = frozenset(row[0] for row in cursor)
        return reach.units | self._below[reach.paths]


@dataclass(frozen=True, slots=True)
class StaffActor(Actor):
    """A signed-in person together with their standing, so that one request reads it once."""

    standing: Standing | None = field(default=None, compare=False, repr=False)


def standing_of(actor: Actor) -> Standing:
    """What the actor may do, from the actor itself when a request brought it, otherwise from the tables."""
    if isinstance(actor, StaffActor) and actor.standing is not None:
        return actor.standing
    if actor.kind is not ActorKind.STAFF or actor.staff_id is None:
        return Standing(())
    with connection.cursor() as cursor:
        cursor.execute(_BY_STAFF, [actor.staff_id])
        row = cursor.fetchone()
    return Standing(_parse(row[0]) if row else ())


def actor_of(user_id: int) -> StaffActor | None:
    """The person behind a login; None when it is blocked. Who must change their password may do nothing else yet."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_USER, [user_id])
        row = cursor.fetchone()
    if row is None:
        return None
    user_id, username, locale, must_change, staff_id, name, held = row
    barred = must_change or staff_id is None
    return StaffActor(
        kind=ActorKind.STAFF,
        name=name or username,
        user_id=user_id,
        staff_id=None if barred else staff_id,
        locale=locale,
        standing=Standing(() if barred else _parse(held)),
    )


def scope_of_reach(reach: Reach, staff_id: int | None) -> Scope:
    """The reach in the words of foundation.access."""
    return Scope(
        everything=reach.everything,
        subtree_paths=tuple(sorted(reach.paths)),
        unit_ids=tuple(sorted(reach.units)),
        staff_id=staff_id if reach.own_units else None,
    )


def _widest(paths: set[str]) -> frozenset[str]:
    """Without paths that lie below another one."""
    return frozenset(
        path for path in paths if not any(path != other and path.startswith(other) for other in paths)
    )


def _parse(held: Any) -> list[tuple[int, str, Mapping[str, str] | None]]:
    """Places and grants from `org_standing`: rows of unit, path, role and the role's revision."""
    rows = json.loads(held) if isinstance(held, str) else held or ()
    return [(unit_id, path, _grants(role_id, revision)) for unit_id, path, role_id, revision in rows]


# A role's grants under a revision never change, so a process reads them once.
@lru_cache(maxsize=1024)
def _grants(role_id: int, revision: int) -> Mapping[str, str]:
    return dict(RoleGrant.objects.filter(role_id=role_id).values_list("permission", "scope"))
