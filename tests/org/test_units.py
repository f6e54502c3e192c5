"""The tree grows, changes, and keeps its shape."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories import org
from tests.factories.org import HOUSE, NOON, House

from shuniu.foundation.audit.models import AuditEntry
from shuniu.foundation.errors import DomainError
from shuniu.org import actions, queries
from shuniu.org.contracts import (
    CodeTaken,
    UnitArchived,
    UnitHasPeople,
    UnitHasUnits,
    UnitIsRoot,
    UnitKind,
    UnitTooDeep,
    UnitUnderItself,
)
from shuniu.org.models import Unit


def problems() -> list[list[Any]]:
    found: list[list[Any]] = Unit.objects.find_problems()
    return [list(kind) for kind in found if kind]


def codes_below(unit_id: int) -> list[str]:
    return [card.code for card in queries.subtree(unit_id)]


def test_the_loaded_tree_is_sound(house: House) -> None:
    assert problems() == []
    assert codes_below(house.units["HQ"]) == ["HQ", "HZ", "WHGG", "WHHK", "HD", "SHXH"]


def test_a_card_names_its_region_and_parent(house: House) -> None:
    card = queries.unit(house.units["WHGG"])
    assert (card.name, card.kind, card.city) == ("武汉光谷店", UnitKind.STORE, "武汉")
    assert (card.region_name, card.parent_id) == ("华中大区", house.units["HZ"])
    assert queries.unit(house.units["HZ"]).region_id == house.units["HZ"]
    assert queries.unit(house.units["HQ"]).region_id is None
    assert [card.code for card in queries.ancestors(house.units["WHGG"])] == ["HQ", "HZ"]


def test_moving_takes_everything_below_along(house: House) -> None:
    team = org.unit("WHGG-1", parent_id=house.units["WHGG"], kind=UnitKind.DEPARTMENT)

    actions.move_unit(unit_id=house.units["WHGG"], parent_id=house.units["HD"], by=HOUSE, now=NOON)

    assert problems() == []
    assert codes_below(house.units["HD"]) == ["HD", "SHXH", "WHGG", "WHGG-1"]
    assert queries.unit(team.id).region_name == "华东大区"
    entry = AuditEntry.objects.get(action="org.unit_moved")
    assert (entry.before, entry.after) == ({"parent_id": house.units["HZ"]}, {"parent_id": house.units["HD"]})


def test_the_tree_has_at_most_ten_levels(house: House) -> None:
    parent = house.units["WHGG"]  # the third level
    for level in range(4, 11):
        parent = org.unit(f"L{level}", parent_id=parent).id
    with pytest.raises(UnitTooDeep):
        org.unit("L11", parent_id=parent)
    with pytest.raises(UnitTooDeep):
        actions.move_unit(unit_id=house.units["HD"], parent_id=parent, by=HOUSE, now=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=parent).update(depth=11)


@pytest.mark.parametrize(
    ("unit", "parent", "error"),
    [("HQ", "HD", UnitIsRoot), ("HZ", "WHGG", UnitUnderItself), ("HZ", "HZ", UnitUnderItself)],
)
def test_impossible_moves_are_refused(house: House, unit: str, parent: str, error: type[DomainError]) -> None:
    with pytest.raises(error):
        actions.move_unit(unit_id=house.units[unit], parent_id=house.units[parent], by=HOUSE, now=NOON)
    assert problems() == []


def test_a_unit_in_use_is_not_archived(house: House) -> None:
    with pytest.raises(UnitHasUnits):
        actions.archive_unit(unit_id=house.units["HZ"], by=HOUSE, now=NOON)
    with pytest.raises(UnitHasPeople):
        actions.archive_unit(unit_id=house.units["WHGG"], by=HOUSE, now=NOON)
    with pytest.raises(UnitIsRoot):
        actions.archive_unit(unit_id=house.units["HQ"], by=HOUSE, now=NOON)


def test_an_archived_unit_takes_in_nothing_new_and_can_come_back(house: House) -> None:
    empty = org.unit("EMPTY", parent_id=house.units["HD"])
    actions.archive_unit(unit_id=empty.id, by=HOUSE, now=NOON)

    assert "EMPTY" not in {card.code for card in queries.all_units()}
    with pytest.raises(UnitArchived):
        org.unit("BELOW", parent_id=empty.id)
    with pytest.raises(UnitArchived):
        org.person("某人", unit_id=empty.id)
    with pytest.raises(UnitArchived):
        actions.move_unit(unit_id=house.units["SHXH"], parent_id=empty.id, by=HOUSE, now=NOON)

    assert actions.restore_unit(unit_id=empty.id, by=HOUSE, now=NOON).archived is False


def test_codes_are_unique_and_there_is_one_headquarters(house: House) -> None:
    with pytest.raises(CodeTaken):
        org.unit("WHGG", parent_id=house.units["HD"])
    with pytest.raises(DomainError):
        actions.create_unit(name="另一家", kind=UnitKind.HQ, code="HQ2", parent_id=None, by=HOUSE, now=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.add_root({"name": "x", "name_sort": "x", "kind": "hq", "code": "X", "created_at": NOON})


def test_only_what_changed_is_recorded(house: House) -> None:
    actions.change_unit(unit_id=house.units["WHGG"], name="武汉光谷旗舰店", by=HOUSE, now=NOON)
    actions.change_unit(unit_id=house.units["WHGG"], name="武汉光谷旗舰店", by=HOUSE, now=NOON)

    entry = AuditEntry.objects.get(action="org.unit_changed")
    assert entry.after is not None
    assert set(entry.after) == {"name", "name_sort"}
    assert queries.unit(house.units["WHGG"]).name == "武汉光谷旗舰店"
