from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.core.money import (
    EXACT,
    MoneyError,
    Rounding,
    RoundingMode,
    format_amount,
    parse_amount,
    round_money,
)

AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=4)
MODES = st.sampled_from(RoundingMode)


@pytest.mark.parametrize(
    ("amount", "mode", "rounded"),
    [
        ("0.125", "half_up", "0.13"),
        ("-0.125", "half_up", "-0.13"),
        ("0.125", "half_even", "0.12"),
        ("0.135", "half_even", "0.14"),
        ("-0.129", "down", "-0.12"),
        ("1e20", "half_up", "100000000000000000000.00"),
    ],
)
def test_each_mode_rounds_as_named(amount: str, mode: str, rounded: str) -> None:
    assert str(round_money(Decimal(amount), Rounding(RoundingMode(mode), 2))) == rounded


@given(AMOUNTS, MODES, st.integers(0, 4))
def test_a_refund_rounds_to_the_mirror_of_its_sale(amount: Decimal, mode: RoundingMode, scale: int) -> None:
    rounding = Rounding(mode, scale)
    assert round_money(-amount, rounding) == -round_money(amount, rounding)


@given(AMOUNTS, MODES, st.integers(0, 4))
def test_a_fraction_rounds_like_the_decimal_it_equals(
    amount: Decimal, mode: RoundingMode, scale: int
) -> None:
    rounding = Rounding(mode, scale)
    assert round_money(Fraction(amount), rounding) == round_money(amount, rounding)


def test_no_rounding_keeps_every_place() -> None:
    assert round_money(Decimal("0.123456"), EXACT) == Decimal("0.123456")


def test_amounts_are_read_from_what_people_type() -> None:
    assert parse_amount(" 1,280.50 ") == Decimal("1280.50")
    for bad in ("1e5", "NaN", "", "12,34", "0x10", "1" * 50, "1."):
        with pytest.raises(MoneyError):
            parse_amount(bad)
    with pytest.raises(MoneyError):
        parse_amount(0.1)  # type: ignore[arg-type]


def test_amounts_are_written_with_two_places_and_more_only_where_they_count() -> None:
    assert [format_amount(Decimal(a)) for a in ("5", "5.1", "5.1000", "5.123", "-0.00", "1E+3", "-2.5")] == [
        "5.00", "5.10", "5.10", "5.123", "0.00", "1000.00", "-2.50",
    ]  # fmt: skip
    assert format_amount(Decimal("5.00"), 0) == "5"
