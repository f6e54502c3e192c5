"""Metrics, and what the pages read of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

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


def orders_of(moment: str) -> str:
    """Exactly the orders counted: of the units one may see, by the day something happened to them."""
    return f"/console/work-orders?moment={moment}&day_from={{first}}&day_to={{last}}&in_units=true"


METRICS = (
    Metric(
        "opened",
        Text("新建工单", "Opened"),
        "work_order.created",
        orders_of("opened"),
    ),
    Metric(
        "accepted",
        Text("已接单", "Accepted"),
        "work_order.accepted",
        orders_of("accepted"),
    ),
    Metric(
        "completed",
        Text("已完工", "Completed"),
        "work_order.completed",
        orders_of("completed"),
    ),
    Metric(
        "closed",
        Text("已关闭", "Closed"),
        "work_order.closed",
        orders_of("closed"),
    ),
    Metric(
        "rated",
        Text("满意度", "Rating"),
        "work_order.rated",
        orders_of("rated"),
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


class ResultKey(StrEnum):
    """What units are compared by, in the order of the columns."""

    OPENED = "opened"
    COMPLETED = "completed"
    CLOSED = "closed"
    ON_TIME = "on_time"
    RATING = "rating"
    EARNED = "earned"


RESULT_TEXTS = {
    ResultKey.OPENED: Text("新建工单", "Opened"),
    ResultKey.COMPLETED: Text("已完工", "Completed"),
    ResultKey.CLOSED: Text("已关闭", "Closed"),
    ResultKey.ON_TIME: Text("准时率", "On time"),
    ResultKey.RATING: Text("满意度", "Rating"),
    ResultKey.EARNED: Text("收益", "Earned"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """One figure. Counts and yuan as they are; on_time is a share of the ``of`` orders that had limits, of which
    ``behind`` were late; rating is the mean of ``of`` ratings. None: nothing to divide by.

    ``link`` opens the ``behind`` orders (the earnings, for earned); None where units are added up: they open it.
    """

    key: ResultKey
    value: Decimal | None
    of: int
    behind: int
    link: str | None


@dataclass(frozen=True, slots=True)
class UnitResults:
    """The results of one unit, without the units below it."""

    unit_id: int
    unit_name: str
    set_here: bool
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class VariantResults:
    """The results of all units for which a setting has one value. ``set_by`` names those that set it themselves."""

    value: Any
    is_base: bool
    unit_count: int
    set_by: tuple[str, ...]
    results: tuple[Result, ...]
    units: tuple[UnitResults, ...]
