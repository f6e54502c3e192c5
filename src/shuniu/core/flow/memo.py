"""What a store keeps of the state besides its own columns: JSON without what is at its default."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from shuniu.core.flow.state import OpenStep, RunState

_STEP: TypeAdapter[OpenStep] = TypeAdapter(OpenStep)
_RUN: TypeAdapter[RunState] = TypeAdapter(RunState)
STEP_COLUMNS = frozenset({"visit", "node", "origin", "via", "works_made", "effects_made", "edge"})
RUN_COLUMNS = frozenset({"status", "visits_made", "facts", "steps"})


def step_memo(here: OpenStep) -> dict[str, Any]:
    """Everything of an open step but `STEP_COLUMNS`."""
    found: dict[str, Any] = _STEP.dump_python(
        here, mode="json", exclude_defaults=True, exclude=set(STEP_COLUMNS)
    )
    return found


def step_of(columns: Mapping[str, Any], memo: Mapping[str, Any]) -> OpenStep:
    """An open step from its columns and its memo."""
    return _STEP.validate_python({**memo, **columns})


def run_memo(state: RunState) -> dict[str, Any]:
    """Everything of a run but `RUN_COLUMNS`."""
    found: dict[str, Any] = _RUN.dump_python(
        state, mode="json", exclude_defaults=True, exclude=set(RUN_COLUMNS)
    )
    return found


def run_of(columns: Mapping[str, Any], memo: Mapping[str, Any], steps: tuple[OpenStep, ...]) -> RunState:
    """A run from its columns, its memo and its open steps."""
    return replace(_RUN.validate_python({**memo, **columns}), steps=steps)


def dump(state: RunState) -> dict[str, Any]:
    """A whole state as JSON."""
    found: dict[str, Any] = _RUN.dump_python(state, mode="json", exclude_defaults=True)
    return found


def load(content: Mapping[str, Any]) -> RunState:
    return _RUN.validate_python(content)
