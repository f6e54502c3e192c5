"""Every expression of a document with its place, found by what the fields are declared to hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from shuniu.core.settlement.plan import Component, PlanDocument
from shuniu.core.settlement.plan.values import Spoken


def expressions(document: PlanDocument) -> Iterator[tuple[str, str]]:
    """(place, text) of every expression in the document."""
    for name in PlanDocument.model_fields:
        if name != "components":
            yield from spoken_in(getattr(document, name), name, spoken=False)
    for component in document.components:
        yield from component_expressions(component)


def component_expressions(component: Component) -> Iterator[tuple[str, str]]:
    yield from spoken_in(component, f"components.{component.key}", spoken=False)


def spoken_in(value: Any, place: str, *, spoken: bool) -> Iterator[tuple[str, str]]:
    if isinstance(value, BaseModel):
        marked = spoken_fields(type(value))
        for name in type(value).model_fields:
            yield from spoken_in(getattr(value, name), f"{place}.{name}", spoken=name in marked)
    elif isinstance(value, tuple):
        for position, each in enumerate(value):
            yield from spoken_in(each, f"{place}.{position}", spoken=spoken)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from spoken_in(each, f"{place}.{key}", spoken=spoken)
    elif spoken and isinstance(value, str):
        yield place, value


@cache
def spoken_fields(model: type[BaseModel]) -> frozenset[str]:
    """Fields declared as an expression, or as several of them."""
    return frozenset(
        name
        for name, field in model.model_fields.items()
        if any(isinstance(mark, Spoken) for mark in field.metadata) or is_spoken(field.annotation)
    )


def is_spoken(annotation: Any) -> bool:
    marks = getattr(annotation, "__metadata__", ())
    return any(isinstance(mark, Spoken) for mark in marks) or any(
        is_spoken(part) for part in get_args(annotation) if not isinstance(part, str)
    )
