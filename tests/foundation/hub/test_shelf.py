"""What a process keeps of the events it read."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from shuniu.foundation.hub.contracts import Event, Ref
from shuniu.foundation.hub.shelf import Place, Shelf

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


class Store:
    """Stands for the tables; remembers what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def __call__(self, places: Sequence[Place]) -> Iterable[Event]:
        self.asked.append([position for position, *_ in places])
        return [
            Event(number, at, "a", Ref("thing", 1), None, customer, "staff:1", {}, position)
            for position, number, at, customer in reversed(places)
        ]


def places(*positions: int) -> list[Place]:
    return [(position, position + 100, NOON, 7) for position in positions]


def test_an_event_is_fetched_once_and_comes_in_the_order_asked() -> None:
    shelf, store = Shelf(), Store()
    first = shelf.take(places(1, 2, 3), store)
    second = shelf.take(places(2, 3, 4), store)
    assert [event.position for event in first] == [1, 2, 3]
    assert [event.position for event in second] == [2, 3, 4]
    assert store.asked == [[1, 2, 3], [4]]


def test_a_full_shelf_forgets_who_came_first() -> None:
    shelf, store = Shelf(room=2), Store()
    shelf.take(places(1, 2, 3), store)
    shelf.take(places(2, 3), store)
    shelf.take(places(1), store)
    assert store.asked == [[1, 2, 3], [1]]


def test_another_event_at_a_known_position_is_not_taken_for_it() -> None:
    shelf, store = Shelf(), Store()
    shelf.take(places(1), store)
    (event,) = shelf.take([(1, 555, NOON, 7)], store)
    assert event.id == 555
