"""What several people do at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from tests.factories import org
from tests.factories.org import HOUSE, NOON

from shuniu.foundation.errors import DomainError
from shuniu.org import actions, queries
from shuniu.org.contracts import LastAdministrator, UnitKind
from shuniu.org.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """What each deed returned or raised, all of them begun together."""

    def do(deed: Callable[[], object]) -> object:
        try:
            return deed()
        except DomainError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def test_units_made_and_moved_together_leave_a_sound_tree() -> None:
    house = org.house()

    def make(number: int) -> Callable[[], object]:
        return lambda: actions.create_unit(
            name=f"店{number}",
            kind=UnitKind.STORE,
            code=f"S{number}",
            parent_id=house.units["HZ"],
            by=HOUSE,
            now=NOON,
        )

    def move(code: str, parent: str) -> Callable[[], object]:
        return lambda: actions.move_unit(
            unit_id=house.units[code], parent_id=house.units[parent], by=HOUSE, now=NOON
        )

    done = at_once(make(1), move("WHGG", "HD"), make(2), move("SHXH", "HZ"), make(3), move("WHHK", "HD"))

    assert [one for one in done if isinstance(one, DomainError)] == []
    assert Unit.objects.find_problems() == ([], [], [], [], [])
    assert {card.code for card in queries.subtree(house.units["HZ"])} == {"HZ", "S1", "S2", "S3", "SHXH"}


def test_two_administrators_cannot_remove_each_other() -> None:
    house = org.house()
    org.assign(house.staff["sun"], unit_id=house.units["HQ"], role="admin")
    held = [
        card.id
        for cards in queries.assignments_of([house.staff["admin"], house.staff["sun"]]).values()
        for card in cards
        if card.role_name == "系统管理员"
    ]

    def end(assignment_id: int) -> Callable[[], object]:
        return lambda: actions.end_assignment(assignment_id=assignment_id, by=HOUSE, now=NOON)

    done = at_once(*(end(assignment_id) for assignment_id in held))

    assert sorted(type(one) for one in done if one is not None) == [LastAdministrator]
    assert len(queries.staff_with(role="admin", unit_id=house.units["HQ"])) == 1
