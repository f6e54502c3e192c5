"""`.importlinter` covers all that exists and forgives nothing."""

import pytest
from tests.architecture.house import CONTRACT, House

STORY = (
    "app", "projects insights", "outreach", "settlement", "work_orders", "commerce", "customers",
    "flows ledger channels", "org", "foundation", "core",
)  # fmt: skip


def test_the_layers_are_those_of_the_story(house: House) -> None:
    expected = {name: floor for floor, names in enumerate(reversed(STORY)) for name in names.split()}
    assert house.floors == expected


def test_nothing_is_ignored() -> None:
    assert "ignore" not in CONTRACT.read_text(encoding="utf-8").replace("no ignored imports", "")


@pytest.mark.parametrize("room", ["models", "adapters"])
def test_private_rooms_are_protected_in_every_domain(house: House, room: str) -> None:
    protected = {
        module
        for name, section in house.contract.items()
        if name.startswith("importlinter:contract:private-")
        for module in section["protected_modules"].split()
    }
    existing = {f"shuniu.{domain}.{room}" for domain in house.domains if house.exists(domain, room)}
    assert existing - protected == set()


def test_hubs_are_plugged_in_by_the_composition_root_only(house: House) -> None:
    doors = set(house.contract["importlinter:contract:doors"]["protected_modules"].split())
    assert {
        f"shuniu.{domain}.hub" for domain in house.domains if house.exists(domain, "hub")
    } - doors == set()
