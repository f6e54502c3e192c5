"""Tokens and tickets shared by all processes: one row each, fetched by one caller at a time."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import QuerySet

from shuniu.channels.adapters.wecom.client import Lent
from shuniu.channels.models import ChannelToken
from shuniu.foundation import privacy
from shuniu.foundation.clock import now as clock_now

# a token is given up this long before its end, so that it does not expire on its way
MARGIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class DatabaseTokens:
    """The token store of one connection. It reads the clock: how long a loan still runs is a matter of the present."""

    account_id: int

    def get(self, *, kind: str, secret: str, fetch: Callable[[], Lent]) -> str:
        """The kept token, or a fetched one; whoever comes meanwhile waits for it instead of fetching too."""
        kept = self._kept(kind, secret)
        if kept is not None:
            return kept
        with transaction.atomic():
            self._take_turn(kind, secret)
            kept = self._kept(kind, secret)
            if kept is not None:
                return kept
            lent = fetch()
            ChannelToken.objects.update_or_create(
                account_id=self.account_id,
                kind=kind,
                secret_hash=_hash(secret),
                defaults={
                    "value_cipher": privacy.encrypt(lent.value),
                    "expires_at": clock_now() + timedelta(seconds=lent.seconds),
                },
            )
        return lent.value

    def forget(self, *, kind: str, secret: str, value: str) -> None:
        """Drop the token, unless somebody has already put another in its place."""
        row = self._rows(kind, secret).first()
        if row is not None and privacy.decrypt(row.value_cipher) == value:
            ChannelToken.objects.filter(pk=row.pk, value_cipher=row.value_cipher).delete()

    def _kept(self, kind: str, secret: str) -> str | None:
        row = self._rows(kind, secret).filter(expires_at__gt=clock_now() + MARGIN).first()
        return privacy.decrypt(row.value_cipher) if row is not None else None

    def _rows(self, kind: str, secret: str) -> QuerySet[ChannelToken]:
        return ChannelToken.objects.filter(account_id=self.account_id, kind=kind, secret_hash=_hash(secret))

    def _take_turn(self, kind: str, secret: str) -> None:
        key = f"channel_token:{self.account_id}:{kind}:{_hash(secret).hex()}"
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
