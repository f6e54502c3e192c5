"""Accounts and transactions."""

from decimal import Decimal

from tests.factories.ledger import HOUSE, NOON, pay
from tests.factories.org import House

from shuniu.foundation.hub import Ref
from shuniu.ledger import actions
from shuniu.ledger.models import Account


def _account(house: House) -> int:
    pay("sample-account", house.staff["zhang"], "10.00")
    return Account.objects.get(owner_kind="staff", owner_id=house.staff["zhang"]).pk


def _transaction(house: House) -> int:
    return pay("sample-transaction", house.staff["zhang"], "10.00").id


def _hold(house: House) -> int:
    pay("sample-hold", house.staff["zhang"], "10.00")
    owner = Ref("staff", house.staff["zhang"])
    return actions.hold(owner=owner, amount=Decimal("5.00"), reason="核实", by=HOUSE, now=NOON)


SAMPLES = {
    "/ledger/accounts/{account_id}": _account,
    "/ledger/transactions/{transaction_id}": _transaction,
    "/ledger/holds/{hold_id}": _hold,
}
