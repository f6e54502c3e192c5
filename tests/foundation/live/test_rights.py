import pytest
from tests.factories.hub import only_registered

from shuniu.foundation.access import Actor, ActorKind
from shuniu.foundation.hub import Subject
from shuniu.foundation.live.contracts import BadTopic, Topic
from shuniu.foundation.live.topics import TOPICS_MAX, granted
from shuniu.foundation.text import Text

AGENT = Actor(kind=ActorKind.STAFF, name="小李", user_id=1, staff_id=12)


def thing(units: frozenset[int] | None) -> Subject:
    return Subject(
        kind="thing",
        text=Text("物品", "Thing"),
        link="/console/things/{id}",
        cards=lambda _ids: {},
        visible=lambda _actor, ids: {one for one in ids if one < 10},
        units=lambda _actor: units,
    )


def test_one_follows_only_what_one_may_see() -> None:
    with only_registered(subjects=(thing(frozenset({3, 4})),)):
        topics = granted(
            ["thing:5", "thing:50", "thing@3", "thing@9", "ghost:1", "staff:12", "staff:13"], AGENT
        )
    assert topics == {"thing:5": ("thing:5",), "thing@3": ("thing@3",), "staff:12": ("staff:12",)}


def test_all_means_all_units_one_may_see() -> None:
    with only_registered(subjects=(thing(frozenset({3, 4})),)):
        assert granted(["thing@*", "thing@3"], AGENT) == {
            "thing@3": ("thing@*", "thing@3"),
            "thing@4": ("thing@*",),
        }
    with only_registered(subjects=(thing(None),)):
        assert granted(["thing@*"], AGENT) == {"thing@*": ("thing@*",)}


@pytest.mark.parametrize(
    "text", ["thing", "thing:", "thing:0", "thing:-1", "Thing:1", "thing@x", "thing:1;drop", ""]
)
def test_what_is_no_topic_is_refused(text: str) -> None:
    with pytest.raises(BadTopic):
        Topic.parse(text)


def test_too_many_topics_are_refused() -> None:
    with pytest.raises(BadTopic):
        granted([f"thing:{number}" for number in range(1, TOPICS_MAX + 2)], AGENT)
