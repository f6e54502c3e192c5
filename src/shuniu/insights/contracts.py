"""Metrics, and what the pages read of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuniu.foundation.text import Text


@dataclass(frozen=True, slots=True)
class Metric:
    """Something counted once per event. ``value`` names a number in the event's data to add up beside the count.

    ``link`` is the console page that shows what is behind the figure; ``{day}`` is filled in.
    """

    key: str
    text: Text
    event: str
    link: str
    value: str | None = None


METRICS = (
    Metric(
        "opened",
        Text("新建工单", "Opened"),
        "work_order.created",
        "/console/work-orders?opened_from={day}&opened_to={day}",
    ),
    Metric(
        "accepted",
        Text("已接单", "Accepted"),
        "work_order.accepted",
        "/console/work-orders?accepted_from={day}&accepted_to={day}",
    ),
    Metric(
        "completed",
        Text("已完工", "Completed"),
        "work_order.completed",
        "/console/work-orders?completed_from={day}&completed_to={day}",
    ),
    Metric(
        "closed",
        Text("已关闭", "Closed"),
        "work_order.closed",
        "/console/work-orders?closed_from={day}&closed_to={day}",
    ),
    Metric(
        "rated",
        Text("满意度", "Rating"),
        "work_order.rated",
        "/console/work-orders?rated_from={day}&rated_to={day}",
        value="rating",
    ),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric on one day, with the mean of the seven days before as its base."""

    key: str
    name: str
    day: date
    count: int
    total: Decimal
    base_count: Decimal
    base_total: Decimal
    link: str


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
