from datetime import timedelta

import pytest
from tests.factories.hub import NOON, Recorder, changed, only_registered

from shuniu.foundation.hub.delivering import retry_parked
from shuniu.foundation.hub.draining import drain
from shuniu.foundation.hub.models import FeedRow, ParkedRow, SubscriptionRow
from shuniu.foundation.hub.parking import BACK_OFF

pytestmark = pytest.mark.django_db


def fail_until_parked(recorder: Recorder) -> None:
    at = NOON
    for pause in BACK_OFF:
        at += pause
        retry_parked(recorder.subscriber, at)


def test_one_bad_event_does_not_hold_up_the_rest() -> None:
    recorder = Recorder(fails=lambda event: event.data["number"] == 3)
    with only_registered(subscribers=(recorder.subscriber,)):
        for number in range(8):
            changed(number, number=number)
        drain(NOON)
    assert recorder.numbers == [0, 1, 2, 4, 5, 6, 7]
    parked = ParkedRow.objects.get()
    assert (parked.subject_id, parked.attempts, parked.next_try_at) == (3, 1, NOON + timedelta(seconds=1))
    assert "cannot digest" in parked.error
    assert SubscriptionRow.objects.get().position == FeedRow.objects.latest("position").position


def test_later_events_of_the_same_subject_wait_behind_it() -> None:
    recorder = Recorder(batch=3, fails=lambda event: event.data["number"] == 2)
    with only_registered(subscribers=(recorder.subscriber,)):
        for number in range(1, 7):
            changed(number % 2, number=number)
        drain(NOON)
    assert recorder.numbers == [1, 3, 5], "things with odd numbers go on, thing 0 waits"
    waiting = ParkedRow.objects.order_by("position").values_list("attempts", flat=True)
    assert list(waiting) == [1, 0, 0]


def test_what_recovers_by_itself_comes_through_in_order_and_leaves_no_trace() -> None:
    recorder = Recorder(fails=lambda event: event.data["number"] == 1)
    with only_registered(subscribers=(recorder.subscriber,)):
        for number in (1, 2, 3):
            changed(7, number=number)
        drain(NOON)
        recorder.fails = lambda _event: False
        assert retry_parked(recorder.subscriber, NOON) == 0, "its time has not come"
        assert retry_parked(recorder.subscriber, NOON + BACK_OFF[0]) == 3
        changed(7, number=4)
        drain(NOON)
    assert recorder.numbers == [1, 2, 3, 4]
    assert ParkedRow.objects.count() == 0


def test_after_five_failures_a_person_decides() -> None:
    tries = []

    def fails(event: object) -> bool:
        tries.append(event)
        return True

    recorder = Recorder(fails=fails)
    with only_registered(subscribers=(recorder.subscriber,)):
        changed(7, number=1)
        drain(NOON)
        # the batch it came with, its own first attempt, and four more
        fail_until_parked(recorder)
        assert len(tries) == 6
        parked = ParkedRow.objects.get()
        assert (parked.attempts, parked.next_try_at) == (5, None)
        assert retry_parked(recorder.subscriber, NOON + timedelta(days=30)) == 0
        assert len(tries) == 6
