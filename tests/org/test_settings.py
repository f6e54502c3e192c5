"""Settings come from the nearest unit above, vary inside bounds, and are compared side by side (H1, H2)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from tests.factories.org import HOUSE, NOON, House

from shuniu.foundation.errors import DomainError
from shuniu.foundation.text import Text
from shuniu.org import actions, definitions, queries
from shuniu.org.contracts import (
    Bounds,
    OutOfBounds,
    Setting,
    SettingChoice,
    SettingNotVariable,
    SettingType,
    SettingUnknown,
    SettingWrongType,
)
from shuniu.org.models import UnitSetting

GROUP = Text("结算", "Settlement")
HOLD = Setting(
    key="test.hold_days",
    text=Text("保留天数", "Hold days"),
    type=SettingType.INTEGER,
    default=7,
    group=GROUP,
    bounds=Bounds(minimum=Decimal(0), maximum=Decimal(90)),
)
BENEFIT = Setting(
    key="test.benefit",
    text=Text("会员权益", "Member benefit"),
    type=SettingType.CHOICE,
    default="none",
    group=Text("会员", "Members"),
    choices=tuple(
        SettingChoice(value, Text(zh, value))
        for value, zh in (("none", "无"), ("coupon", "优惠券"), ("double_points", "双倍积分"))
    ),
)
RATE = Setting(
    key="test.rate", text=Text("比例", "Rate"), type=SettingType.DECIMAL, default=Decimal("0.10"), group=GROUP
)
CENTRAL = Setting(
    key="test.central",
    text=Text("总部", "HQ"),
    type=SettingType.BOOLEAN,
    default=False,
    group=GROUP,
    varies=False,
)


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    before = dict(definitions._settings)
    definitions.register(settings=(HOLD, BENEFIT, RATE, CENTRAL))
    yield
    definitions._settings.clear()
    definitions._settings.update(before)


def put(house: House, code: str, key: str, value: Any) -> Any:
    return actions.set_setting(key=key, unit_id=house.units[code], value=value, by=HOUSE, now=NOON)


def bound(house: House, code: str, key: str, **bounds: Any) -> None:
    actions.bound_setting(key=key, unit_id=house.units[code], bounds=bounds, by=HOUSE, now=NOON)


def read(house: House, code: str, key: str = HOLD.key) -> Any:
    return queries.setting(key, house.units[code])


def test_the_nearest_unit_above_decides_and_the_default_where_nobody_does(house: House) -> None:
    assert read(house, "WHGG") == 7
    put(house, "HQ", HOLD.key, 14)
    assert read(house, "WHGG") == 14
    put(house, "HZ", HOLD.key, 3)
    assert (read(house, "WHGG"), read(house, "SHXH")) == (3, 14)
    put(house, "WHGG", HOLD.key, 0)
    assert (read(house, "WHGG"), read(house, "WHHK")) == (0, 3)
    actions.clear_setting(key=HOLD.key, unit_id=house.units["WHGG"], by=HOUSE, now=NOON)
    assert read(house, "WHGG") == 3
    assert UnitSetting.objects.count() == 2


def test_many_settings_of_many_units_are_one_query(house: House, django_assert_num_queries: Any) -> None:
    put(house, "HQ", RATE.key, "0.125")
    put(house, "HD", BENEFIT.key, "coupon")
    with django_assert_num_queries(1):
        found = queries.settings_for([HOLD.key, RATE.key, BENEFIT.key], house.units.values())
    assert found[house.units["SHXH"]] == {HOLD.key: 7, RATE.key: Decimal("0.125"), BENEFIT.key: "coupon"}
    assert found[house.units["WHGG"]][BENEFIT.key] == "none"


def test_where_a_value_comes_from_is_told(house: House) -> None:
    put(house, "HZ", HOLD.key, 3)
    bound(house, "HQ", HOLD.key, minimum="1", maximum="30")
    [origin] = queries.setting_origins(house.units["WHGG"], [HOLD.key])
    assert (origin.value, origin.set_by_unit_name, origin.set_here) == (3, "华中大区", False)
    assert (origin.bounds.minimum, origin.bounds.maximum) == (1, 30)
    assert origin.bounds_from == ("悦居家电服务",)
    assert (origin.changed_by, origin.changed_at) == ("tests", NOON)

    [here] = queries.setting_origins(house.units["HZ"], [HOLD.key])
    assert (here.set_here, here.inherited_value) == (True, 7)


def test_bounds_on_the_path_add_up(house: House) -> None:
    bound(house, "HQ", HOLD.key, minimum="1", maximum="30")
    bound(house, "HZ", HOLD.key, minimum="5")
    assert put(house, "WHGG", HOLD.key, 5).value == 5
    for code, value in (("WHGG", 4), ("WHGG", 31), ("SHXH", 31), ("HQ", 91)):
        with pytest.raises(OutOfBounds):
            put(house, code, HOLD.key, value)
    assert put(house, "SHXH", HOLD.key, 1).value == 1


def test_the_refusal_says_what_is_allowed_in_both_languages(house: House) -> None:
    bound(house, "HQ", BENEFIT.key, allowed=["none", "coupon"])
    with pytest.raises(OutOfBounds) as refused:
        put(house, "SHXH", BENEFIT.key, "double_points")
    assert refused.value.text() == Text(
        "超出上级允许的范围：无、优惠券", "Outside what the units above allow: none, coupon."
    )


def test_a_locked_setting_does_not_vary_below(house: House) -> None:
    put(house, "HQ", HOLD.key, 10)
    bound(house, "HQ", HOLD.key, locked=True)
    with pytest.raises(SettingNotVariable):
        put(house, "HZ", HOLD.key, 11)
    assert put(house, "HZ", HOLD.key, 10).value == 10
    assert put(house, "HQ", HOLD.key, 12).value == 12


def test_a_setting_of_the_headquarters_is_set_there_only(house: House) -> None:
    with pytest.raises(SettingNotVariable):
        put(house, "HZ", CENTRAL.key, value=True)
    assert put(house, "HQ", CENTRAL.key, value=True).value is True


def test_bounds_that_come_later_leave_values_where_they_are(house: House) -> None:
    put(house, "WHGG", HOLD.key, 60)
    bound(house, "HQ", HOLD.key, maximum="30")
    assert read(house, "WHGG") == 60
    bound(house, "HQ", HOLD.key)
    assert UnitSetting.objects.count() == 1


@pytest.mark.parametrize(
    ("key", "value", "error"),
    [
        (HOLD.key, "7", SettingWrongType),
        (HOLD.key, True, SettingWrongType),
        (RATE.key, "much", SettingWrongType),
        (RATE.key, 0.1, SettingWrongType),
        (BENEFIT.key, "gold", SettingWrongType),
        ("org.calendar", "nowhere", SettingWrongType),
        ("test.unknown", 1, SettingUnknown),
    ],
)
def test_values_of_the_wrong_kind_are_refused(
    house: House, key: str, value: Any, error: type[DomainError]
) -> None:
    with pytest.raises(error):
        put(house, "HQ", key, value)


def test_variants_are_compared_with_the_unit_above(house: House) -> None:
    put(house, "HZ", BENEFIT.key, "coupon")
    put(house, "HD", BENEFIT.key, "double_points")
    put(house, "WHGG", HOLD.key, 7)
    units = [house.units[code] for code in ("HZ", "HD", "WHGG", "SHXH")]

    variants = queries.compare_variants(units, [BENEFIT.key, HOLD.key], base_unit_id=house.units["HQ"])

    assert [
        (v.unit_name, v.values[BENEFIT.key], sorted(v.differs), sorted(v.set_here)) for v in variants
    ] == [
        ("华中大区", "coupon", [BENEFIT.key], [BENEFIT.key]),
        ("武汉光谷店", "coupon", [BENEFIT.key], [HOLD.key]),
        ("华东大区", "double_points", [BENEFIT.key], [BENEFIT.key]),
        ("上海徐汇店", "double_points", [BENEFIT.key], []),
    ]


def test_a_manager_varies_their_own_unit_over_http_and_no_other(house: House) -> None:
    chen = house.client("chen")
    mine = {"unit_id": house.units["WHGG"], "value": 5}
    answer = chen.send("PUT", f"/api/org/settings/{HOLD.key}", mine)
    assert (answer.status_code, answer.json()["value"], answer.json()["set_by_unit_name"]) == (
        200,
        5,
        "武汉光谷店",
    )

    theirs = {"unit_id": house.units["WHHK"], "value": 5}
    assert chen.send("PUT", f"/api/org/settings/{HOLD.key}", theirs).status_code == 404
    assert chen.get("/api/org/settings", {"unit_id": house.units["WHHK"]}).status_code == 404


def test_the_comparison_over_http_shows_differences_only_when_asked(house: House) -> None:
    put(house, "HD", BENEFIT.key, "coupon")
    sun = house.client("sun")
    answer = sun.get(
        "/api/org/settings/variants", {"under": house.units["HQ"], "different_only": True}
    ).json()
    assert [(column["key"], column["variants"]) for column in answer["columns"]] == [(BENEFIT.key, 2)]
    assert [
        (row["unit_name"], row["cells"][0]["value"]) for row in answer["rows"] if row["cells"][0]["differs"]
    ] == [
        ("华东大区", "coupon"),
        ("上海徐汇店", "coupon"),
    ]
    assert (
        sun.get(
            "/api/org/settings/variants/export", {"under": house.units["HQ"], "format": "csv"}
        ).status_code
        == 200
    )
