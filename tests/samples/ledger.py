"""Accounts and transactions."""

from tests.factories.ledger import pay
from tests.factories.org import House

from shuniu.ledger.models import Account


def _account(house: House) -> int:
    pay("sample-account", house.staff["zhang"], "10.00")
    return Account.objects.get(owner_kind="staff", owner_id=house.staff["zhang"]).pk


def _transaction(house: House) -> int:
    return pay("sample-transaction", house.staff["zhang"], "10.00").id


SAMPLES = {
    "/ledger/accounts/{account_id}": _account,
    "/ledger/transactions/{transaction_id}": _transaction,
}
