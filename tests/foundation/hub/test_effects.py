from datetime import datetime
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError
from tests.factories.hub import NOON, only_registered

from shuniu.foundation.access import Actor, system
from shuniu.foundation.hub import Effect, Ref, run_effect
from shuniu.foundation.hub.errors import EffectKeyReused, UnknownEffect
from shuniu.foundation.hub.models import EffectCallRow
from shuniu.foundation.text import Text

pytestmark = pytest.mark.django_db


class Greeting(BaseModel):
    words: str


class Greeter:
    def __init__(self) -> None:
        self.said: list[tuple[str, Ref, str]] = []
        self.broken = False
        self.effect = Effect(key="greet", text=Text("问候", "Greet"), params=Greeting, handle=self.greet)

    def greet(
        self, *, params: Greeting, subject: Ref, by: Actor, now: datetime, key: str
    ) -> dict[str, Any] | None:
        if self.broken:
            raise RuntimeError("hoarse")
        self.said.append((params.words, subject, key))
        return {"times": len(self.said)} if params.words else None


def greet(words: str = "你好", key: str = "step-1", thing: int = 1) -> dict[str, Any] | None:
    return run_effect("greet", {"words": words}, Ref("thing", thing), system("test"), NOON, key)


def test_the_same_wish_is_done_once_and_answered_twice() -> None:
    greeter = Greeter()
    with only_registered(effects=(greeter.effect,)):
        assert greet() == {"times": 1}
        assert greet() == {"times": 1}
        assert greet(key="step-2") == {"times": 2}
        assert greet("", key="step-3") is None
        assert greet("", key="step-3") is None
    assert greeter.said == [
        ("你好", Ref("thing", 1), "step-1"),
        ("你好", Ref("thing", 1), "step-2"),
        ("", Ref("thing", 1), "step-3"),
    ]


def test_a_key_used_for_something_else_is_refused() -> None:
    greeter = Greeter()
    with only_registered(effects=(greeter.effect,)):
        greet()
        with pytest.raises(EffectKeyReused):
            greet("再见")
        with pytest.raises(EffectKeyReused):
            greet(thing=2)
    assert len(greeter.said) == 1


def test_a_failed_effect_leaves_its_key_free() -> None:
    greeter = Greeter()
    with only_registered(effects=(greeter.effect,)):
        greeter.broken = True
        with pytest.raises(RuntimeError):
            greet()
        assert EffectCallRow.objects.count() == 0
        greeter.broken = False
        assert greet() == {"times": 1}


def test_unknown_effects_and_wrong_parameters_are_refused() -> None:
    with only_registered(effects=(Greeter().effect,)):
        with pytest.raises(UnknownEffect):
            run_effect("shout", {}, Ref("thing", 1), system("test"), NOON, "k")
        with pytest.raises(ValidationError):
            run_effect("greet", {}, Ref("thing", 1), system("test"), NOON, "k")
