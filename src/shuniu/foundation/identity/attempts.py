"""Limits on trying passwords: sliding windows over stored attempts, so that every web process counts the same."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from shuniu.foundation.identity.contracts import TooManyLogins
from shuniu.foundation.identity.models import LoginAttempt

WINDOW = timedelta(minutes=15)
FAILURES_PER_NAME_MAX = 5
# A store's people share one address, hence the larger number.
FAILURES_PER_ADDRESS_MAX = 50
KEPT_FOR = timedelta(days=1)

# The failure that must leave the window before the next attempt is allowed. A success forgives its name's failures.
_BY_NAME = """
select at from identity_login_attempt a
where username = %(value)s and not succeeded and at > %(since)s
  and not exists (select from identity_login_attempt b
                  where b.username = a.username and b.succeeded and b.at >= a.at and b.at > %(since)s)
order by at desc offset %(before)s limit 1
"""
_BY_ADDRESS = """
select at from identity_login_attempt
where address = %(value)s and not succeeded and at > %(since)s
order by at desc offset %(before)s limit 1
"""


@dataclass(frozen=True, slots=True)
class _Limit:
    sql: str
    value: str
    failures_max: int


def begin(*, username: str, address: str, now: datetime) -> int:
    """Note an attempt, as failed until told otherwise, and return its id. TooManyLogins says how long to wait.

    Attempts on one name take turns, so that many at once cannot slip under the limit together.
    """
    limits = (
        _Limit(_BY_NAME, username, FAILURES_PER_NAME_MAX),
        _Limit(_BY_ADDRESS, address, FAILURES_PER_ADDRESS_MAX),
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"login:{username}"])
        for limit in limits:
            cursor.execute(
                limit.sql,
                {"value": limit.value, "since": now - WINDOW, "before": limit.failures_max - 1},
            )
            row = cursor.fetchone()
            if row is not None:
                raise TooManyLogins(seconds=max(1, round((row[0] + WINDOW - now).total_seconds())))
        attempt = LoginAttempt.objects.create(at=now, username=username, address=address)
    return attempt.pk


def succeed(attempt_id: int) -> None:
    """The attempt was right."""
    LoginAttempt.objects.filter(pk=attempt_id).update(succeeded=True)


def forget_old(*, now: datetime) -> int:
    """Remove attempts older than a day; how many."""
    return LoginAttempt.objects.filter(at__lt=now - KEPT_FOR).delete()[0]
