"""Where earned money stands on its way to a bank account. Each state is a ledger account of the beneficiary."""

from enum import StrEnum

from shuniu.foundation.text import Text


class State(StrEnum):
    EARNED = "earned"
    CONFIRMED = "confirmed"
    WITHDRAWABLE = "withdrawable"
    IN_TRANSIT = "in_transit"
    PAID = "paid"


STATE_TEXT = {
    State.EARNED: Text(zh="待确认", en="Awaiting confirmation"),
    State.CONFIRMED: Text(zh="已确认", en="Confirmed"),
    State.WITHDRAWABLE: Text(zh="可提现", en="Withdrawable"),
    State.IN_TRANSIT: Text(zh="打款中", en="In transit"),
    State.PAID: Text(zh="已到账", en="Paid"),
}
