import pytest
from tests.factories.hub import CHANGED, Recorder, only_registered

from shuniu.foundation.hub import EventType, registry
from shuniu.foundation.hub.errors import UnknownEffect, UnknownFact, UnknownSubject
from shuniu.foundation.text import Text


def test_the_same_declaration_may_come_twice_another_of_its_name_not() -> None:
    with only_registered():
        registry.register(events=(CHANGED,))
        with pytest.raises(ValueError, match=r"thing\.changed is registered twice"):
            registry.register(events=(EventType("thing.changed", "thing", Text("另一个", "another")),))


def test_a_subscriber_of_an_undeclared_event_is_a_problem() -> None:
    with only_registered(subscribers=(Recorder(events=("thing.changed", "thing.vanished")).subscriber,)):
        assert registry.problems() == ["recorder reads thing.vanished, which no domain declares"]


def test_unknown_names_are_named_errors() -> None:
    with only_registered():
        with pytest.raises(UnknownSubject, match="ghost"):
            registry.subject("ghost")
        with pytest.raises(UnknownEffect, match=r"ghost\.send"):
            registry.effect("ghost.send")
        with pytest.raises(UnknownFact, match="鬼"):
            registry.fact("ghost", "鬼")
