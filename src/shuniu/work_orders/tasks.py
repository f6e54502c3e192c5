"""Background work of work orders."""

from shuniu.foundation.hub.contracts import Loop
from shuniu.foundation.text import Text
from shuniu.work_orders.rates import forget_uses

LOOPS = (
    Loop(
        name="work_orders.link_uses",
        text=Text("清理链接访问计数", "Forget uses of links"),
        every_seconds=600.0,
        run=forget_uses,
    ),
)
