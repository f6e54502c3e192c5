"""What happens at each node of one flow: where runs stand now, and how long steps took."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from shuniu.flows.contracts import RunStatus, StepStatus
from shuniu.flows.designs import find
from shuniu.flows.models import FlowStep
from shuniu.flows.permissions import READ
from shuniu.flows.queries.node_times import node_times
from shuniu.foundation.access import Actor
from shuniu.org import queries as org


@dataclass(frozen=True, slots=True)
class NodeFigure:
    """One node: open steps now and those of them past their limit; steps closed in the period, with mean seconds."""

    node: str
    open: int
    late: int
    closed: int
    working_seconds: int
    wall_seconds: int


def node_figures(
    key: str, *, actor: Actor, since: datetime, until: datetime, unit_id: int | None = None
) -> list[NodeFigure]:
    """Nodes of a flow at which something stands or has passed, versions counted together."""
    find(key=key, actor=actor)
    standing: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    steps = FlowStep.objects.filter(
        org.visible(actor=actor, permission=READ, unit="run__unit_id"),
        run__version__definition__key=key,
        run__status=RunStatus.RUNNING,
        status=StepStatus.OPEN,
    )
    if unit_id is not None:
        steps = steps.filter(run__unit_id__in=org.subtree_ids(unit_id))
    for row in steps.values("node").annotate(open=Count("id"), late=Count("id", filter=Q(due_at__lt=until))):
        standing[row["node"]] = (row["open"], row["late"])
    times = {
        time.node: time
        for time in node_times(actor=actor, since=since, until=until, unit_id=unit_id)
        if time.flow == key
    }
    return [
        NodeFigure(
            node,
            *standing[node],
            times[node].count if node in times else 0,
            times[node].working_seconds if node in times else 0,
            times[node].wall_seconds if node in times else 0,
        )
        for node in sorted({*standing, *times})
    ]
