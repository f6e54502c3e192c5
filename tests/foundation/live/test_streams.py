from datetime import timedelta

import pytest
from django.db import connection, transaction
from tests.factories.hub import NOON, changed, only_registered
from tests.factories.live import Server

from shuniu.foundation import clock
from shuniu.foundation.access import system
from shuniu.foundation.hub import Ref, publish
from shuniu.foundation.hub.reading import feed_end
from shuniu.foundation.hub.sequencing import move_pending
from shuniu.foundation.live.fanout import UNREAD_MAX
from shuniu.foundation.live.tickets import LIFETIME, sign
from shuniu.foundation.live.topics import ungranted


@pytest.fixture(autouse=True)
def _things() -> object:
    with only_registered():
        yield


def ticket(*topics: str, lives: timedelta = LIFETIME) -> str:
    return sign(ungranted(topics), position=feed_end(), expires_at=clock.now() + lives)


def test_a_page_hears_of_its_subject_its_lists_and_its_person(server: Server) -> None:
    page = server.open(ticket=ticket("thing:7", "thing@3", "thing@*", "staff:12", "thing:8"))
    with transaction.atomic():
        publish(
            name="thing.changed",
            subject=Ref("thing", 7),
            unit_id=3,
            by=system("test"),
            now=NOON,
            data={"staff_ids": [12, 13]},
        )
    move_pending()
    page.until(lambda it: len(it.news) >= 4)
    assert sorted(page.news, key=str) == [
        {"topic": "staff:12", "id": 7},
        {"topic": "thing:7", "id": 7},
        {"topic": "thing@*", "id": 7},
        {"topic": "thing@3", "id": 7},
    ]


def test_a_customers_page_hears_of_all_that_is_theirs(server: Server) -> None:
    page = server.open(ticket=ticket("customer:5"))
    changed(7, customer_id=5)
    changed(8, customer_id=6)
    move_pending()
    page.until(lambda it: it.news)
    assert page.news == [{"topic": "customer:5", "id": 7}]


def test_who_comes_back_hears_what_was_missed(server: Server) -> None:
    mine = ticket("thing@*")
    page = server.open(ticket=mine)
    changed(1)
    move_pending()
    page.until(lambda it: it.news)
    server.close(page)
    server.until(lambda live: not live.fanout.streams)
    changed(2)
    changed(3)
    move_pending()
    again = server.open(ticket=mine, headers={"Last-Event-ID": page.last_event_id})
    again.until(lambda it: len(it.news) >= 2)
    assert again.news == [{"topic": "thing@*", "id": 2}, {"topic": "thing@*", "id": 3}]
    new_stream = server.open(ticket=ticket("thing@*"), last_event_id=page.last_event_id)
    new_stream.until(lambda it: len(it.news) >= 2)
    assert new_stream.news == again.news


def test_what_happens_between_the_ticket_and_the_stream_is_told(server: Server) -> None:
    early = ticket("thing:1")
    changed(1)
    move_pending()
    end = feed_end()
    server.until(lambda live: live.fanout.position == end)
    page = server.open(ticket=early)
    page.until(lambda it: it.news)
    assert page.news == [{"topic": "thing:1", "id": 1}]


def test_who_was_away_for_too_long_is_told_that_anything_may_have_changed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shuniu.foundation.live.fanout.KEPT_CHANGES", 2)
    early = ticket("thing:1", "thing@*")
    for _ in range(4):
        changed(2)
    move_pending()
    end = feed_end()
    server.until(lambda live: live.fanout.position == end)
    page = server.open(ticket=early)
    page.until(lambda it: len(it.news) >= 2)
    assert sorted(page.news, key=str) == [{"topic": "thing:1"}, {"topic": "thing@*"}]


def test_news_of_one_subject_wait_as_one(server: Server) -> None:
    slow = server.open(reads=False, ticket=ticket("thing@*"))
    for _ in range(50):
        changed(1)
        changed(2)
    move_pending()
    end = feed_end()
    server.until(lambda live: live.fanout.position == end)
    server.let_read(slow)
    slow.until(lambda it: len(it.news) >= 2)
    assert slow.news == [{"topic": "thing@*", "id": 1}, {"topic": "thing@*", "id": 2}]
    assert slow.last_event_id == str(end)


def test_a_reader_too_slow_for_its_news_is_sent_away(server: Server) -> None:
    slow = server.open(reads=False, ticket=ticket("thing@*"))
    with transaction.atomic():
        for thing in range(1, UNREAD_MAX + 50):
            publish(
                name="thing.changed", subject=Ref("thing", thing), unit_id=None, by=system("test"), now=NOON
            )
    move_pending()
    end = feed_end()
    server.until(lambda live: live.fanout.position == end)
    server.let_read(slow)
    slow.until(lambda it: it.ended)
    assert len(slow.news) <= UNREAD_MAX
    server.until(lambda live: not live.fanout.streams)


def test_the_line_comes_back_after_the_database_was_away(server: Server) -> None:
    page = server.open(ticket=ticket("thing@*"))
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where pid <> pg_backend_pid() and datname = current_database() and query ilike '%%event_feed%%'"
        )
        assert cursor.rowcount >= 1
    changed(1)
    move_pending()
    page.until(lambda it: it.news)
    assert page.news == [{"topic": "thing@*", "id": 1}]


@pytest.mark.parametrize("text", ["", "forged", "eyJ0b3BpY3MiOnt9fQ:1abc"])
def test_a_forged_ticket_opens_nothing(server: Server, text: str) -> None:
    page = server.open(ticket=text)
    assert page.status == 403
    assert "live.bad_ticket" in page.text


def test_a_ticket_ends_and_so_does_its_stream(server: Server) -> None:
    assert server.open(ticket=ticket("thing:1", lives=timedelta(seconds=-1))).status == 403
    short = server.open(ticket=ticket("thing:1", lives=timedelta(seconds=2)))
    short.until(lambda it: it.ended)
    assert "event: expired" in short.text
    server.until(lambda live: not live.fanout.streams)


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [("http://localhost:8000", True), ("http://127.0.0.1:9", True), ("https://elsewhere.example", False)],
)
def test_only_the_products_own_pages_may_read(server: Server, origin: str, *, allowed: bool) -> None:
    page = server.open(ticket=ticket("thing:1"), headers={"Origin": origin})
    assert page.headers.get("access-control-allow-origin") == (origin if allowed else None)
    assert page.headers["content-type"].startswith("text/event-stream")


def test_silence_is_broken_by_a_heartbeat(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuniu.foundation.live.server.HEARTBEAT_SECONDS", 0.05)
    page = server.open(ticket=ticket("thing:1"))
    page.until(lambda it: it.text.count(":\n\n") >= 3)
    assert page.news == []
