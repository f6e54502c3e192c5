"""Closed steps that a command needs: where a return leads, the arrivals it restores, the actions to take back."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from shuniu.core.flow.commands import DoneAction, PastStep
from shuniu.core.flow.document import ActionNode, FlowDocument, SettleNode

COLUMNS = (
    "select visit, node, via, edge, joined, party from flow_step where run_id = %s and status <> 'open' and "
)
# Only what a return may restore: its visit, and arrivals that a join after it let through. Never the whole history.
ARRIVALS = COLUMNS + "(visit = %s or joined >= %s) order by visit"
SINCE = COLUMNS + "visit >= %s order by visit"
DONE = """
select visit, node from flow_step
where run_id = %s and visit >= %s and node = any(%s) and ending = 'closed' and not undone order by visit
"""


def arrivals(run_id: int, visit: int) -> tuple[PastStep, ...]:
    """The visit returned to, and the closed arrivals of joins since."""
    return _read(ARRIVALS, [run_id, visit, visit])


def since(run_id: int, visit: int) -> tuple[PastStep, ...]:
    """Everything closed from a visit on."""
    return _read(SINCE, [run_id, visit])


def done(
    run_id: int, document: FlowDocument, visit: int, nodes: Iterable[str] = ()
) -> tuple[DoneAction, ...]:
    """Actions that can be taken back, done from a visit on; of these nodes only, where some are named."""
    wanted = set(nodes)
    undoable = [
        node.id
        for node in document.nodes
        if isinstance(node, ActionNode | SettleNode)
        and node.undo is not None
        and (not wanted or node.id in wanted)
    ]
    if not undoable:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(DONE, [run_id, visit, undoable])
        return tuple(DoneAction(visit=number, node=node) for number, node in cursor.fetchall())


def _read(sql: str, params: Sequence[Any]) -> tuple[PastStep, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    return tuple(
        PastStep(
            visit=visit,
            node=node,
            via=json.loads(via) if isinstance(via, str) else via,
            edge=edge,
            joined=joined,
            party=party or None,
        )
        for visit, node, via, edge, joined, party in rows
    )
