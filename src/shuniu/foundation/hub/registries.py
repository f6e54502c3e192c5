"""The four registries. ``app/wiring.py`` fills them once, at start; afterwards they are only read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from shuniu.foundation.hub.contracts import Effect, EventType, Fact, Loop, Subject, Subscriber
from shuniu.foundation.hub.errors import UnknownEffect, UnknownFact, UnknownSubject

Name = TypeVar("Name")
Declared = TypeVar("Declared")


@dataclass(slots=True)
class Registry:
    """Declarations by name. A name registered twice, or an event of no declared type, is refused at start."""

    events: dict[str, EventType] = field(default_factory=dict)
    subscribers: dict[str, Subscriber] = field(default_factory=dict)
    facts: dict[tuple[str, str], Fact] = field(default_factory=dict)
    effects: dict[str, Effect] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    loops: dict[str, Loop] = field(default_factory=dict)

    def register(
        self,
        *,
        events: Iterable[EventType] = (),
        subscribers: Iterable[Subscriber] = (),
        facts: Iterable[Fact] = (),
        effects: Iterable[Effect] = (),
        subjects: Iterable[Subject] = (),
        loops: Iterable[Loop] = (),
    ) -> None:
        """Add what one domain declares; called once per domain."""
        _add(self.events, ((event.name, event) for event in events))
        _add(self.subscribers, ((subscriber.name, subscriber) for subscriber in subscribers))
        _add(self.facts, (((fact.subject, fact.name), fact) for fact in facts))
        _add(self.effects, ((effect.key, effect) for effect in effects))
        _add(self.subjects, ((subject.kind, subject) for subject in subjects))
        _add(self.loops, ((loop.name, loop) for loop in loops))

    def problems(self) -> list[str]:
        """What does not fit together once everything is registered; empty when all is well."""
        return [
            f"{subscriber.name} reads {name}, which no domain declares"
            for subscriber in self.subscribers.values()
            for name in subscriber.events
            if name not in self.events
        ]

    def subject(self, kind: str) -> Subject:
        """The declared kind; raises UnknownSubject."""
        try:
            return self.subjects[kind]
        except KeyError:
            raise UnknownSubject(kind=kind) from None

    def effect(self, key: str) -> Effect:
        """The declared effect; raises UnknownEffect."""
        try:
            return self.effects[key]
        except KeyError:
            raise UnknownEffect(key=key) from None

    def fact(self, subject_kind: str, name: str) -> Fact:
        """The declared fact of that kind of subject; raises UnknownFact."""
        try:
            return self.facts[subject_kind, name]
        except KeyError:
            raise UnknownFact(name=name) from None


def _add(table: dict[Name, Declared], entries: Iterable[tuple[Name, Declared]]) -> None:
    for name, declared in entries:
        if table.setdefault(name, declared) is not declared:
            raise ValueError(f"{name} is registered twice")


registry = Registry()
