"""The demo company's past orders in the shape the work orders' loader takes."""

from datetime import datetime, timedelta
from typing import Any

from shuniu.app.demo.company import Company
from shuniu.app.demo.history import PastOrder
from shuniu.core.calendar import WorkingCalendar
from shuniu.flows.contracts import PastStep
from shuniu.foundation.text import Text
from shuniu.work_orders.contracts import OfferOutcome, PastOffer, Priority
from shuniu.work_orders.contracts import PastOrder as Loaded
from shuniu.work_orders.settings import OFFER_ANSWER_MINUTES, VISIT_HOURS

# key → name, minutes on site, skills asked for, difficulty coefficient
KINDS: dict[str, tuple[Text, int, tuple[str, ...], str]] = {
    "ac_install": (Text("标准空调安装", "Air conditioner installation"), 120, ("空调安装",), "1.0"),
    "ac_high_install": (
        Text("高空空调安装", "High-rise air conditioner installation"), 180, ("空调安装", "高空作业"), "1.2",
    ),
    "complex_setup": (Text("复杂设备调试", "Complex equipment set-up"), 240, ("空调安装",), "1.5"),
    "urgent_extra": (Text("紧急加单", "Urgent extra order"), 90, ("空调安装",), "1.3"),
}  # fmt: skip
_TITLES = {
    "ac_install": "新空调到货，预约安装",
    "ac_high_install": "新空调要装在 {floor} 楼外墙",
    "complex_setup": "中央空调面板报错，需要调试",
    "urgent_extra": "空调突然不制冷，家里有老人孩子",
}


def past_order(
    order: PastOrder,
    company: Company,
    *,
    customers: list[int],
    staff: dict[str, int],
    units: dict[str, int],
    calendar: WorkingCalendar,
) -> Loaded:
    """One order with its steps and its accepted offer."""
    customer, worker = company.customers[order.customer], company.staff[order.worker]
    worker_id = staff[worker.number]
    return Loaded(
        kind_key=order.kind,
        title=_TITLES[order.kind].format(floor=order.floor),
        customer_id=customers[order.customer],
        unit_id=units[customer.unit],
        priority=Priority.URGENT if order.kind == "urgent_extra" else Priority.NORMAL,
        contact_name=customer.name,
        phone=customer.phone,
        address=customer.address,
        city=customer.city,
        floor=order.floor,
        opened_at=order.created_at,
        completed_at=order.completed_at,
        confirmed_at=order.confirmed_at,
        closed_at=order.closed_at,
        worker_id=worker_id,
        rating=order.rating,
        solved=None if order.rating is None else order.rating > 1,
        created_by="system:demo",
        steps=_steps(order, worker_id, calendar),
        offers=(
            PastOffer(
                staff_id=worker_id,
                offered_at=order.dispatched_at,
                answered_at=order.accepted_at,
                outcome=OfferOutcome.ACCEPTED,
            ),
        ),
        facts={"高温": True} if order.heat else {},
    )


def _steps(order: PastOrder, worker_id: int, calendar: WorkingCalendar) -> tuple[PastStep, ...]:
    def step(node: str, opened: datetime, closed: datetime, outcome: str, **more: Any) -> PastStep:
        working = calendar.between(opened, closed)
        kind = "survey" if node == "survey" else "task"
        return PastStep(
            node=node,
            kind=kind,
            opened_at=opened,
            closed_at=closed,
            outcome=outcome,
            working_seconds=int(working / timedelta(seconds=1)),
            **more,
        )

    answer_by = calendar.add(order.dispatched_at, timedelta(minutes=OFFER_ANSWER_MINUTES.default))
    done_by = calendar.add(order.accepted_at, timedelta(hours=VISIT_HOURS.default))
    steps = (
        step("dispatch", order.created_at, order.dispatched_at, "found", party="system"),
        step(
            "accept", order.dispatched_at, order.accepted_at, "accepted", staff_id=worker_id, due_at=answer_by
        ),
        step("visit", order.accepted_at, order.completed_at, "done", staff_id=worker_id, due_at=done_by),
        step("confirm", order.completed_at, order.confirmed_at, "confirmed", party="customer"),
    )
    if order.rated_at is None:
        return (*steps, step("survey", order.confirmed_at, order.closed_at, "silent", party="customer"))
    answers = {"rating": order.rating, "comment": order.comment}
    return (
        *steps,
        step("survey", order.confirmed_at, order.rated_at, "rated", party="customer", answers=answers),
    )
