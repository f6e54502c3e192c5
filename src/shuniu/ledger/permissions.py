"""Who may look into the ledger and set money aside. Otherwise nobody writes into it by hand: money moves by the
actions of its owners.
"""

from shuniu.foundation.access import Permission
from shuniu.foundation.text import Text

READ = Permission(
    "ledger.read", Text(zh="查看账户与流水", en="See accounts and transactions"), sensitive=True
)

HOLD = Permission("ledger.hold", Text(zh="冻结与解冻", en="Place and release holds"), sensitive=True)

PERMISSIONS = (READ, HOLD)
