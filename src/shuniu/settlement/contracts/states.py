"""Where earned money stands on its way to a bank account. Each state is a ledger account of the beneficiary.

`SPENDABLE` is the end of the other way: 推广基金, which never becomes cash.
"""

from enum import StrEnum

from shuniu.foundation.text import Text


class State(StrEnum):
    EARNED = "earned"
    CONFIRMED = "confirmed"
    WITHDRAWABLE = "withdrawable"
    IN_TRANSIT = "in_transit"
    PAID = "paid"
    SPENDABLE = "spendable"


STATE_TEXT = {
    State.EARNED: Text(zh="待确认", en="Awaiting confirmation"),
    State.CONFIRMED: Text(zh="已确认", en="Confirmed"),
    State.WITHDRAWABLE: Text(zh="可提现", en="Withdrawable"),
    State.IN_TRANSIT: Text(zh="打款中", en="In transit"),
    State.PAID: Text(zh="已到账", en="Paid"),
    State.SPENDABLE: Text(zh="可用于推广", en="For promotion"),
}
