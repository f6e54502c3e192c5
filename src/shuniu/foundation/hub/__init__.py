"""The hub ties the domains together without their knowing each other: events, facts, effects and subjects.

Owns the event table, its order (the feed) and who has read how far. Knows no domain: all is registered by
``app/wiring.py``. Modules without Django (a domain's ``contracts.py``) import from ``hub.contracts``.
"""

from shuniu.foundation.hub.contracts import (
    Effect,
    Event,
    EventType,
    Fact,
    FactRelation,
    Loop,
    NewEvent,
    Ref,
    Subject,
    SubjectCard,
    Subscriber,
)
from shuniu.foundation.hub.effects import run_effect
from shuniu.foundation.hub.facts import read_facts
from shuniu.foundation.hub.publishing import publish, publish_many
from shuniu.foundation.hub.registries import registry

__all__ = [
    "Effect",
    "Event",
    "EventType",
    "Fact",
    "FactRelation",
    "Loop",
    "NewEvent",
    "Ref",
    "Subject",
    "SubjectCard",
    "Subscriber",
    "publish",
    "publish_many",
    "read_facts",
    "registry",
    "run_effect",
]
