"""What a customer sees of an order: what happens, who comes, what is asked of them. Nothing else, of nobody else."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shuniu.core.flow.document import FlowDocument
from shuniu.core.flow.forms import Form
from shuniu.flows import queries as flows
from shuniu.flows.contracts import RunView, StepStatus
from shuniu.foundation.text import Text
from shuniu.org import queries as org
from shuniu.work_orders.contracts import OrderStatus
from shuniu.work_orders.events import ref
from shuniu.work_orders.models import WorkOrder
from shuniu.work_orders.phones import masked


class StageState(StrEnum):
    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageView:
    """One milestone of the way, in the order of the flow."""

    node: str
    name: Text
    text: Text
    state: StageState
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The customer's page. `asks` is what they may do now: confirm, rate, or nothing."""

    no: str
    title: str
    kind_name: Text
    status: OrderStatus
    store_name: str
    contact_name: str
    address: str
    opened_at: datetime
    closed_at: datetime | None
    worker_name: str
    worker_phone: str
    stages: tuple[StageView, ...]
    asks: str
    asks_until: datetime | None
    form: Form | None
    rating: int | None
    solved: bool | None
    rating_comment: str


def progress_of(order: WorkOrder, *, now: datetime) -> Progress:
    """What the customer of the order is shown. The caller has checked the link."""
    run = flows.run_of(ref(order.pk), now=now)
    document = flows.document(run.version_id) if run is not None else None
    unit = org.unit(order.unit_id)
    worker_name, worker_phone = _worker(order)
    asked = _asked(run)
    step = run.open_at(asked) if run is not None and asked else None
    return Progress(
        no=order.no,
        title=order.title,
        kind_name=Text(zh=order.kind.name_zh, en=order.kind.name_en),
        status=OrderStatus(order.status),
        store_name=unit.name,
        contact_name=order.contact_name,
        address=f"{order.city}{order.address}",
        opened_at=order.opened_at,
        closed_at=order.closed_at,
        worker_name=worker_name,
        worker_phone=worker_phone,
        stages=_stages(run, document) if run is not None and document is not None else (),
        asks={"confirm": "confirm", "survey": "rate"}.get(asked, ""),
        asks_until=step.due_at if step is not None else None,
        form=document.form_of(document.by_id[asked]) if document is not None and asked == "survey" else None,
        rating=order.rating,
        solved=order.solved,
        rating_comment=order.rating_comment,
    )


def _asked(run: RunView | None) -> str:
    """The node at which the customer is asked now."""
    for step in run.steps if run is not None else ():
        if step.status is StepStatus.OPEN and any(
            w.party == "customer" and w.status == "open" for w in step.works
        ):
            return step.node
    return ""


def _stages(run: RunView, document: FlowDocument) -> tuple[StageView, ...]:
    stages = []
    for node in document.nodes:
        if node.milestone is None:
            continue
        visits = [step for step in run.steps if step.node == node.id]
        last = visits[-1] if visits else None
        state = StageState.AHEAD
        if last is not None:
            state = StageState.NOW if last.status is StepStatus.OPEN else StageState.DONE
        stages.append(
            StageView(
                node=node.id,
                name=Text(zh=node.name.zh, en=node.name.en),
                text=Text(zh=node.milestone.zh, en=node.milestone.en),
                state=state,
                at=last.opened_at if last is not None else None,
            )
        )
    return tuple(stages)


def _worker(order: WorkOrder) -> tuple[str, str]:
    """How the customer knows who comes: 张师傅 and a masked number, never a full name or number."""
    if order.worker_id is None:
        return "", ""
    found = WorkOrder.objects.filter(pk=order.pk).values_list("worker__name", "worker__phone_cipher").get()
    name, cipher = found
    return f"{name[:1]}师傅", masked(cipher)
