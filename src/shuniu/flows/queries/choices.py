"""What a designer offers: roles, positions, flows to call, and templates to begin from."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from shuniu.flows.contracts import FlowNotFound
from shuniu.flows.models import FlowDefinition
from shuniu.foundation.text import Text
from shuniu.org import queries as org


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list, by its key."""

    key: str
    name: Text


@dataclass(frozen=True, slots=True)
class Choices:
    """The lists of the properties of a node."""

    roles: tuple[Choice, ...]
    positions: tuple[Choice, ...]
    flows: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A flow to begin from."""

    key: str
    name: Text
    note: Text
    steps: int
    document: dict[str, Any]


def choices(*, now: datetime) -> Choices:
    """Roles and positions of the company, and flows that have a version."""
    flows = FlowDefinition.objects.filter(archived_at__isnull=True, current__isnull=False).order_by("name_zh")
    return Choices(
        roles=tuple(Choice(row.key, Text(zh=row.name, en=row.name_en)) for row in org.roles(now=now)),
        positions=tuple(Choice(row.key, Text(zh=row.name, en=row.name_en)) for row in org.positions(now=now)),
        flows=tuple(Choice(row.key, Text(zh=row.name_zh, en=row.name_en)) for row in flows),
    )


@cache
def templates() -> tuple[Template, ...]:
    """The templates shipped, the blank one first."""
    folder = resources.files("shuniu.flows") / "templates"
    named = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".json")), key=lambda file: file.name
    )
    return tuple(_template(json.loads(file.read_text(encoding="utf-8"))) for file in named)


def template(key: str) -> Template:
    """One template. FlowNotFound for an unknown key."""
    found = next((one for one in templates() if one.key == key), None)
    if found is None:
        raise FlowNotFound(field="template")
    return found


def _template(stored: dict[str, Any]) -> Template:
    document = stored["document"]
    silent = {"start", "end", "branch", "parallel", "inclusive", "join"}
    return Template(
        key=stored["key"],
        name=Text(**document["name"]),
        note=Text(**stored["note"]),
        steps=sum(node["type"] not in silent for node in document["nodes"]),
        document=document,
    )
