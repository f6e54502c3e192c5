"""Metrics, and what the pages read of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuniu.foundation.text import Text


@dataclass(frozen=True, slots=True)
class Metric:
    """Something counted once per event. ``value`` names a number in the event's data to add up beside the count.

    ``link`` is the console page that shows what is behind the figure; ``{first}`` and ``{last}``, days, are filled in.
    """

    key: str
    text: Text
    event: str
    link: str
    value: str | None = None


def _orders(moment: str) -> str:
    """Exactly the orders counted: of the units one may see, by the day something happened to them."""
    return f"/console/work-orders?moment={moment}&day_from={{first}}&day_to={{last}}&in_units=true"


METRICS = (
    Metric(
        "opened",
        Text("新建工单", "Opened"),
        "work_order.created",
        _orders("opened"),
    ),
    Metric(
        "accepted",
        Text("已接单", "Accepted"),
        "work_order.accepted",
        _orders("accepted"),
    ),
    Metric(
        "completed",
        Text("已完工", "Completed"),
        "work_order.completed",
        _orders("completed"),
    ),
    Metric(
        "closed",
        Text("已关闭", "Closed"),
        "work_order.closed",
        _orders("closed"),
    ),
    Metric(
        "rated",
        Text("满意度", "Rating"),
        "work_order.rated",
        _orders("rated"),
        value="rating",
    ),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric on one day, with the mean of the seven days before as its base; each with what it is made of."""

    key: str
    name: str
    day: date
    count: int
    total: Decimal
    base_count: Decimal
    base_total: Decimal
    link: str
    base_link: str


@dataclass(frozen=True, slots=True)
class DayPoint:
    """One metric of one day, over the units asked for."""

    day: date
    key: str
    count: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """One metric of one unit over a span of days."""

    unit_id: int
    unit_name: str
    key: str
    count: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class NodeStay:
    """How long steps stayed at one node: how many closed, and their mean working and wall time in seconds."""

    flow: str
    flow_name: str
    node: str
    name: str
    count: int
    working_seconds: int
    wall_seconds: int
