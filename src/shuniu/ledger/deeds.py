"""What the ledger records in the audit log."""

from shuniu.foundation.audit.words import Deeds
from shuniu.foundation.text import Text

DEEDS = Deeds(
    actions={
        "ledger.hold_placed": Text("冻结金额", "Money put on hold"),
        "ledger.hold_released": Text("解除冻结", "Hold released"),
    },
    fields={
        "amount": Text("金额", "Amount"),
        "amount_fen": Text("金额（分）", "Amount in fen"),
    },
)
