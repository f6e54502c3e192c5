"""How long steps stay at each node."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, DurationField, ExpressionWrapper, F, Sum

from shuniu.flows.contracts import StepStatus
from shuniu.flows.models import FlowStep
from shuniu.flows.permissions import READ
from shuniu.flows.runs.documents import document_of
from shuniu.foundation.access import Actor
from shuniu.foundation.text import Text
from shuniu.org import queries as org


@dataclass(frozen=True, slots=True)
class NodeTime:
    """One node of a flow: how many steps closed there, and their mean working and wall time in seconds."""

    flow: str
    flow_name: Text
    node: str
    node_name: Text
    count: int
    working_seconds: int
    wall_seconds: int


def node_times(
    *, actor: Actor, since: datetime, until: datetime, unit_id: int | None = None
) -> list[NodeTime]:
    """Steps of people closed in [since, until), the slowest node first; versions of a flow count together."""
    steps = FlowStep.objects.filter(
        org.visible(actor=actor, permission=READ, unit="run__unit_id"),
        status=StepStatus.CLOSED,
        closed_at__gte=since,
        closed_at__lt=until,
        working_seconds__isnull=False,
    )
    if unit_id is not None:
        steps = steps.filter(run__unit_id__in=org.subtree_ids(unit_id))
    stay = ExpressionWrapper(F("closed_at") - F("opened_at"), output_field=DurationField())
    rows = steps.values(
        "node", "run__version_id", "run__version__definition__key",
        "run__version__definition__name_zh", "run__version__definition__name_en",
    ).annotate(count=Count("id"), working=Sum("working_seconds"), wall=Sum(stay))  # fmt: skip
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    names: dict[tuple[str, str], tuple[Text, Text]] = {}
    for row in rows.order_by("run__version_id"):
        place = (row["run__version__definition__key"], row["node"])
        cell = sums[place]
        cell[0] += row["count"]
        cell[1] += row["working"]
        cell[2] += int(row["wall"].total_seconds())
        node = document_of(row["run__version_id"]).by_id[row["node"]]
        flow_name = Text(
            zh=row["run__version__definition__name_zh"], en=row["run__version__definition__name_en"]
        )
        names[place] = (flow_name, Text(zh=node.name.zh, en=node.name.en))
    found = [
        NodeTime(
            flow, names[flow, node][0], node, names[flow, node][1], count, working // count, wall // count
        )
        for (flow, node), (count, working, wall) in sums.items()
    ]
    return sorted(found, key=lambda time: (-time.wall_seconds, time.flow, time.node))
