"""Reads of flows: runs with their steps, inboxes, versions and their documents, failed effects."""

from shuniu.flows.queries.colleagues import colleagues
from shuniu.flows.queries.definitions import (
    current_version,
    definition,
    definitions,
    document,
    document_json,
    versions,
)
from shuniu.flows.queries.deputies import deputies
from shuniu.flows.queries.inbox import inbox, open_work_of, overdue, waiting_for, work_at
from shuniu.flows.queries.incidents import incidents
from shuniu.flows.queries.migration import migration_preview
from shuniu.flows.queries.node_times import NodeTime, node_times
from shuniu.flows.queries.punctuality import Punctuality, late_between, punctuality
from shuniu.flows.queries.runs import open_steps, run, run_of, runs_of

__all__ = [
    "NodeTime",
    "Punctuality",
    "colleagues",
    "current_version",
    "definition",
    "definitions",
    "deputies",
    "document",
    "document_json",
    "inbox",
    "incidents",
    "late_between",
    "migration_preview",
    "node_times",
    "open_steps",
    "open_work_of",
    "overdue",
    "punctuality",
    "run",
    "run_of",
    "runs_of",
    "versions",
    "waiting_for",
    "work_at",
]
