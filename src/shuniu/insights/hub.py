"""What insights hears."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.conf import settings

from shuniu.foundation.hub import Event, Subscriber
from shuniu.insights import actions


def count(events: Sequence[Event]) -> None:
    """Count a batch by the days of the house's time zone."""
    actions.count(events=events, zone=ZoneInfo(settings.SHUNIU.time_zone))


SUBSCRIBERS = (Subscriber(name="insights.daily", events=actions.COUNTED, handle=count, batch=1000),)
