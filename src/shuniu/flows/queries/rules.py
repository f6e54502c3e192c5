"""A rule both ways: drawn in the builder, or written as FEEL."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shuniu.core import feel
from shuniu.core.feel.builder import from_builder, to_builder
from shuniu.core.feel.parse_types import as_type
from shuniu.foundation.text import Text


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as text; as the builder draws it (none when it cannot); as the browser runs it; or what is wrong with it."""

    text: str
    group: Mapping[str, Any] | None
    tree: Mapping[str, Any] | None
    problem: Text | None


def rule(*, text: str, group: Mapping[str, Any] | None, names: Mapping[str, str]) -> Rule:
    """What was drawn, or else what was written, over facts with their types."""
    written = text
    try:
        if group is not None:
            written = from_builder(group, {name: as_type(declared) for name, declared in names.items()})
        program = feel.compile(written, dict(names))
        return Rule(written, to_builder(program.tree), program.to_json(), None)
    except feel.FeelError as wrong:
        return Rule(written, None, None, Text(zh=wrong.zh, en=wrong.en))
