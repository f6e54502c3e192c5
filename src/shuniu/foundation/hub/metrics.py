"""How the feed fares, for Prometheus. Asked of the database at each scrape, so that any web process can answer."""

from collections.abc import Iterator
from functools import cache

from django.db import DatabaseError
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import REGISTRY, Collector

from shuniu.foundation import clock
from shuniu.foundation.hub import queries


class HubCollector(Collector):
    """Backlog of the sequencer, lag and parked events of each subscriber."""

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing beforehand: being registered must not ask the database."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures of this moment; none while the database is away."""
        now = clock.now()
        try:
            count, age = queries.pending(now)
            states = queries.subscribers(now)
        except DatabaseError:
            return
        yield GaugeMetricFamily(
            "shuniu_hub_pending_events", "Committed events without a place in the feed", count
        )
        yield GaugeMetricFamily("shuniu_hub_pending_seconds", "Age of the oldest of them", age)
        behind = GaugeMetricFamily("shuniu_hub_behind_events", "Positions to read", labels=["subscriber"])
        seconds = GaugeMetricFamily(
            "shuniu_hub_behind_seconds", "Age of the next event", labels=["subscriber"]
        )
        stuck = GaugeMetricFamily(
            "shuniu_hub_stuck_events", "Parked until a person decides", labels=["subscriber"]
        )
        for state in states:
            behind.add_metric([state.name], state.behind)
            seconds.add_metric([state.name], state.behind_seconds)
            stuck.add_metric([state.name], state.stuck)
        yield from (behind, seconds, stuck)


@cache
def install() -> None:
    """Make the figures part of ``/metrics``; safe to repeat."""
    REGISTRY.register(HubCollector())
