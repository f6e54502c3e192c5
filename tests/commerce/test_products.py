from decimal import Decimal

import pytest
from tests.factories.channels import NOON, Enterprise
from tests.factories.customers import HOUSE

from shuniu.commerce import actions, queries
from shuniu.commerce.contracts import PriceNegative, ProductCodeTaken, ProductNotFound
from shuniu.foundation.http import PageParams


def product(code: str, price: str = "10.00", name: str = "挂机空调") -> actions.NewProduct:
    return actions.NewProduct(code=code, name=name, price=Decimal(price), category="空调")


def codes() -> list[str]:
    return [
        row.code for row in queries.product_page(text="", category="", page=PageParams(sort="code")).items
    ]


def test_a_code_belongs_to_one_product(enterprise: Enterprise) -> None:
    saved = actions.save_product(product=product("K1"), by=HOUSE, now=NOON)
    with pytest.raises(ProductCodeTaken):
        actions.save_product(product=product("K1"), by=HOUSE, now=NOON)

    changed = actions.save_product(product=product("K1", "12.50"), product_id=saved.id, by=HOUSE, now=NOON)
    assert (changed.id, changed.price) == (saved.id, Decimal("12.50"))


def test_a_price_below_zero_is_refused(enterprise: Enterprise) -> None:
    with pytest.raises(PriceNegative):
        actions.save_product(product=product("K1", "-0.01"), by=HOUSE, now=NOON)


def test_loading_again_changes_by_code_and_brings_archived_ones_back(enterprise: Enterprise) -> None:
    first = actions.load_products(rows=[product("K1"), product("K2")], by=HOUSE, now=NOON)
    actions.archive_product(product_id=first["K1"], by=HOUSE, now=NOON)
    assert codes() == ["K2"]
    with pytest.raises(ProductNotFound):
        actions.archive_product(product_id=first["K1"], by=HOUSE, now=NOON)

    again = actions.load_products(rows=[product("K1", "99.00")], by=HOUSE, now=NOON)

    assert again["K1"] == first["K1"]
    assert codes() == ["K1", "K2"]
