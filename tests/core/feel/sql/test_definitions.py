from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shuniu.core.feel.numbers import CONTEXT

pytestmark = pytest.mark.django_db

numbers = st.builds(
    lambda digits, exponent: Decimal(digits).scaleb(exponent, CONTEXT),
    st.integers(-(10**34) + 1, 10**34 - 1),
    st.integers(-60, 60),
)
many = settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])


def in_database(sql: str, *params: Decimal) -> Decimal | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        (value,) = cursor.fetchone()
        return value  # type: ignore[no-any-return]


@given(dividend=numbers, divisor=numbers.filter(bool))
@many
@example(dividend=Decimal(1), divisor=Decimal(3))
@example(dividend=Decimal(2), divisor=Decimal(-3))
@example(dividend=Decimal(10), divisor=Decimal(10))
@example(dividend=Decimal("9" * 34), divisor=Decimal("0.1"))
def test_division_agrees_with_decimal_digit_by_digit(dividend: Decimal, divisor: Decimal) -> None:
    found = in_database("SELECT feel_div(%s::numeric, %s::numeric)", dividend, divisor)

    assert found == CONTEXT.divide(dividend, divisor)


def test_division_by_zero_is_null() -> None:
    assert in_database("SELECT feel_div(1, 0)") is None


@given(left=numbers, right=numbers)
@many
@example(left=Decimal("1" + "0" * 33 + "5").scaleb(-1), right=Decimal(1))
@example(left=Decimal("1" + "0" * 32 + "15").scaleb(-1), right=Decimal(1))
@example(left=Decimal("9" * 34), right=Decimal("1e-34"))
def test_rounding_to_34_digits_agrees_with_decimal(left: Decimal, right: Decimal) -> None:
    assert in_database("SELECT feel_34(%s::numeric * %s::numeric)", left, right) == CONTEXT.multiply(
        left, right
    )
    assert in_database("SELECT feel_34(%s::numeric + %s::numeric)", left, right) == CONTEXT.add(left, right)
