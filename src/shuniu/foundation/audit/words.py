"""What recorded actions, things and fields are called. Every domain declares its own in ``deeds.py``."""

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from shuniu.foundation.hub.registries import registry
from shuniu.foundation.text import Text


@dataclass(frozen=True, slots=True)
class Deeds:
    """The words of one domain: actions it records, things the hub has no Subject for, fields of before and after.

    A field is named for the domain's own actions; others that have no name for it borrow it.
    """

    actions: Mapping[str, Text] = field(default_factory=dict)
    things: Mapping[str, Text] = field(default_factory=dict)
    fields: Mapping[str, Text] = field(default_factory=dict)


_actions: dict[str, Text] = {}
_things: dict[str, Text] = {}
_fields: dict[tuple[str, str], Text] = {}
_borrowed: dict[str, Text] = {}


def declare(deeds: Deeds) -> None:
    """Add the words of a domain; safe to call again. The same code with other words is a mistake in the house."""
    for known, new in ((_actions, deeds.actions), (_things, deeds.things)):
        for code, text in new.items():
            if known.setdefault(code, text) != text:
                raise ValueError(f"{code} is declared twice")
    for prefix in {_prefix(action) for action in deeds.actions}:
        _fields.update({(prefix, field): text for field, text in deeds.fields.items()})
    for field_name, text in deeds.fields.items():
        _borrowed.setdefault(field_name, text)


def require_words(actions: Iterable[str]) -> None:
    """Warn of actions nobody can read in the log. Silent until anything is declared: not every process is wired."""
    unknown = sorted({action for action in actions if action not in _actions}) if _actions else []
    if unknown:
        warnings.warn(
            f"the audit log has no words for {', '.join(unknown)}: declare them in the domain's deeds.py",
            stacklevel=3,
        )


def action_text(action: str) -> Text:
    """What the action is called; its code for one of a version that is gone."""
    return _actions.get(action) or Text(action, action)


def thing_text(kind: str) -> Text:
    """What a kind of subject is called."""
    subject = registry.subjects.get(kind)
    if subject is not None:
        return subject.text
    return _things.get(kind) or Text(kind, kind)


def all_actions() -> Mapping[str, Text]:
    """Every declared action by code."""
    return dict(_actions)


def field_text(action: str, field_name: str) -> Text:
    """What a field of before and after is called where this action records it."""
    named = _fields.get((_prefix(action), field_name)) or _borrowed.get(field_name)
    return named or Text(field_name, field_name)


def all_fields() -> Mapping[tuple[str, str], Text]:
    """Every declared field by the domain's prefix and the name under which it is recorded."""
    return dict(_fields)


def _prefix(action: str) -> str:
    return action.partition(".")[0]
