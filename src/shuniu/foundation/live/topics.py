"""Which topics an actor may follow, and which keys feed them."""

from collections import defaultdict
from collections.abc import Sequence

from shuniu.foundation.access import Actor
from shuniu.foundation.hub import registry
from shuniu.foundation.live.contracts import BadTopic, Topic, Topics

TOPICS_MAX = 200
STAFF = "staff"


def granted(texts: Sequence[str], actor: Actor) -> Topics:
    """The keys of the topics the actor may follow; the others are left out, so that one vanished subject does not
    silence a page. Raises BadTopic for what is no topic and for too many.
    """
    if len(texts) > TOPICS_MAX:
        raise BadTopic(field="topics", topic=f"> {TOPICS_MAX}")
    topics = [Topic.parse(text) for text in dict.fromkeys(texts)]
    feeding: dict[str, list[str]] = defaultdict(list)
    for key, topic in _subjects(topics, actor) + _lists(topics, actor):
        feeding[key].append(topic.text)
    return {key: tuple(fed) for key, fed in feeding.items()}


def ungranted(texts: Sequence[str]) -> Topics:
    """The same where rights are known already: by a signed link, or to the house itself."""
    return {topic.text: (topic.text,) for topic in map(Topic.parse, texts)}


def _subjects(topics: Sequence[Topic], actor: Actor) -> list[tuple[str, Topic]]:
    by_kind: dict[str, list[Topic]] = defaultdict(list)
    for topic in topics:
        if topic.id is not None:
            by_kind[topic.kind].append(topic)
    pairs: list[tuple[str, Topic]] = []
    for kind, asked in by_kind.items():
        visible = _visible(kind, [topic.id for topic in asked if topic.id is not None], actor)
        pairs += [(topic.text, topic) for topic in asked if topic.id in visible]
    return pairs


def _visible(kind: str, ids: list[int], actor: Actor) -> set[int]:
    if kind == STAFF:
        return {actor.staff_id} if actor.staff_id is not None else set()
    subject = registry.subjects.get(kind)
    return subject.visible(actor, ids) if subject is not None else set()


def _lists(topics: Sequence[Topic], actor: Actor) -> list[tuple[str, Topic]]:
    pairs: list[tuple[str, Topic]] = []
    units_of: dict[str, frozenset[int] | None] = {}
    for topic in topics:
        subject = registry.subjects.get(topic.kind)
        if topic.id is not None or subject is None or subject.units is None:
            continue
        if topic.kind not in units_of:
            units_of[topic.kind] = subject.units(actor)
        units = units_of[topic.kind]
        if topic.unit_id is not None:
            if units is None or topic.unit_id in units:
                pairs.append((topic.text, topic))
        elif units is None:
            pairs.append((f"{topic.kind}@*", topic))
        else:
            pairs += [(f"{topic.kind}@{unit_id}", topic) for unit_id in sorted(units)]
    return pairs
