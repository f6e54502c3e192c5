"""Background work of work orders."""

from shuniu.foundation.hub.contracts import Loop
from shuniu.work_orders.rates import forget_uses

LOOPS = (Loop(name="work_orders.link_uses", every_seconds=600.0, run=forget_uses),)
