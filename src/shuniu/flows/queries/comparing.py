"""What differs between two documents of a flow."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from shuniu.core.flow.document import FlowDocument
from shuniu.flows.contracts import FlowNotFound
from shuniu.flows.designs import find
from shuniu.flows.models import FlowDefinition, FlowDraft, FlowVersion
from shuniu.foundation.access import Actor

DRAFT = "draft"
CURRENT = "current"


class Fate(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of a node, an edge or a form; `fields` are the keys whose values differ."""

    id: str
    fate: Fate
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents and what lies between them. Where things are drawn is no difference."""

    left: Mapping[str, Any]
    right: Mapping[str, Any]
    nodes: tuple[Difference, ...]
    edges: tuple[Difference, ...]
    forms: tuple[Difference, ...]
    document: tuple[str, ...]
    """Keys of the document itself that differ: its name, deadline, facts."""


def compare(key: str, *, left: str, right: str, actor: Actor) -> Comparison:
    """Two versions of a flow by their numbers, or `current`, or `draft`. FlowNotFound when one is not there."""
    row = find(key=key, actor=actor)
    return differences(_whole(_document(row, left)), _whole(_document(row, right)))


def differences(left: Mapping[str, Any], right: Mapping[str, Any]) -> Comparison:
    """What became of each part of `left` in `right`."""
    return Comparison(
        left=left,
        right=right,
        nodes=_parts(left, right, "nodes", "id"),
        edges=_parts(left, right, "edges", "id"),
        forms=_parts(left, right, "forms", "key"),
        document=_keys(left, right, without={"nodes", "edges", "forms", "layout", "format"}),
    )


def _document(row: FlowDefinition, which: str) -> Mapping[str, Any]:
    if which == DRAFT:
        found = FlowDraft.objects.filter(definition=row).values_list("document", flat=True).first()
    else:
        asked = (
            {"pk": row.current_id} if which == CURRENT else {"number": int(which) if which.isdecimal() else 0}
        )
        versions = FlowVersion.objects.filter(definition=row, **asked)
        found = versions.values_list("document", flat=True).first()
    if found is None:
        raise FlowNotFound()
    return dict(found)


def _whole(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """With every default written out; one that is not whole as it is."""
    try:
        return FlowDocument.model_validate(document).model_dump(mode="json")
    except ValidationError:
        return document


def _parts(left: Mapping[str, Any], right: Mapping[str, Any], part: str, by: str) -> tuple[Difference, ...]:
    old = {one[by]: one for one in left.get(part, ()) if by in one}
    new = {one[by]: one for one in right.get(part, ()) if by in one}
    gone = [Difference(name, Fate.REMOVED) for name in old if name not in new]
    come = [Difference(name, Fate.ADDED) for name in new if name not in old]
    changed = [
        Difference(name, Fate.CHANGED, fields)
        for name in old
        if name in new and (fields := _keys(old[name], new[name], without={"points"}))
    ]
    return (*gone, *come, *changed)


def _keys(old: Mapping[str, Any], new: Mapping[str, Any], *, without: set[str]) -> tuple[str, ...]:
    """Keys whose values differ; one that is not there is as good as empty."""
    return tuple(
        key for key in sorted({*old, *new} - without) if (old.get(key) or None) != (new.get(key) or None)
    )
