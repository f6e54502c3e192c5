"""Posts to one account of the platform, each transaction from one beneficiary, as fast as one connection can."""

import json
import sys
import time
from datetime import UTC, datetime
from decimal import Decimal

from bench_settlement import BY
from harness import percentile, tell

from shuniu.app.wiring import wire
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.ledger import actions
from shuniu.ledger.contracts import AccountRef, NewTransaction, Posting

AT_ONCE = 20
HOT = AccountRef(None, "bench")
MEMO = Text(zh="收益", en="Earning")
ONE = Decimal("1.00")
number = int(sys.argv[1])


def payments(first: int, now: datetime) -> list[NewTransaction]:
    return [
        NewTransaction(
            key=f"bench:{number}:{n}",
            postings=(
                Posting(HOT, -ONE),
                Posting(AccountRef(Ref("unit", 10_000 * (number + 1) + n % 500), "earned"), ONE),
            ),
            at=now,
            memo=MEMO,
            source=Ref("bench", n),
        )
        for n in range(first, first + AT_ONCE)
    ]


wire()
actions.post_many(transactions=payments(1_000_000_000, datetime.now(UTC)), by=BY, now=datetime.now(UTC))
tell(ready=1)
for line in sys.stdin:
    until = time.perf_counter() + json.loads(line)["seconds"]
    posted, took = 0, []
    while (begun := time.perf_counter()) < until:
        now = datetime.now(UTC)
        actions.post_many(transactions=payments(posted, now), by=BY, now=now)
        posted += AT_ONCE
        took.append((time.perf_counter() - begun) * 1000)
    # the first set, before the clock ran, counts in the balance alone
    tell(posted=posted, p95=percentile(took, 0.95), before=AT_ONCE)
