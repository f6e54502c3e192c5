from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from beancount import loader
from beancount.core import data, inventory
from tests.factories.ledger import HOUSE, NOON, pay

from shuniu.foundation.text import Text
from shuniu.ledger import actions, queries

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


def test_the_export_passes_bean_check_and_its_balances_agree() -> None:
    pay("one", 7, "380.00")
    pay("two", 7, "-80.50")
    pay("three", 8, "12.00", purpose="earned")
    undone = pay("four", 8, "5.00")
    reason = Text(zh='他说"不"', en="No")
    actions.reverse(transaction_id=undone.id, at=NOON, reason=reason, by=HOUSE, now=NOON)
    text = "".join(queries.beancount_lines(zone=ZoneInfo("Asia/Shanghai"), title="悦居"))
    entries, errors, _ = loader.load_string(text)
    assert errors == []
    sums: dict[str, inventory.Inventory] = {}
    for entry in entries:
        if isinstance(entry, data.Transaction):
            for leg in entry.postings:
                sums.setdefault(leg.account, inventory.Inventory()).add_position(leg)
    found = {account: total.get_currency_units("CNY").number for account, total in sums.items()}
    assert found == {
        "Expenses:Expense:Platform": Decimal("311.50"),
        "Liabilities:Withdrawable:Staff-7": Decimal("-299.50"),
        "Liabilities:Withdrawable:Staff-8": Decimal("0.00"),
        "Liabilities:Earned:Staff-8": Decimal("-12.00"),
    }


def test_a_wrong_balance_would_not_pass() -> None:
    pay("one", 7, "380.00")
    text = "".join(queries.beancount_lines(zone=ZoneInfo("Asia/Shanghai"), title="悦居"))
    assert loader.load_string(
        text.replace(
            "balance Liabilities:Withdrawable:Staff-7 -380.00",
            "balance Liabilities:Withdrawable:Staff-7 -379.00",
        )
    )[1]
