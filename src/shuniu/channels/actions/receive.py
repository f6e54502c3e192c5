"""A callback arrives: it is verified, kept and acknowledged; what it means is found out afterwards."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from shuniu.channels.adapters.wecom.callbacks import Callback, read_callback, read_envelope
from shuniu.channels.adapters.wecom.crypt import CallbackKeys, open_sealed
from shuniu.channels.connections import callback_keys, enabled_account
from shuniu.channels.contracts import CallbackStale, CallbackTooLarge, KeyMissing, SignatureWrong
from shuniu.channels.models import ChannelAccount
from shuniu.foundation import privacy

# WeCom repeats an unanswered callback within seconds; older ones are replays
WINDOW = timedelta(minutes=10)
BODY_BYTES_MAX = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """The query of a callback."""

    signature: str
    timestamp: str
    nonce: str


def answer_challenge(*, address: str, signed: Signed, echo: str, now: datetime) -> bytes:
    """WeCom tries the address when it is entered: the decrypted echo is the answer, bare."""
    account = enabled_account(address)
    return _open(account, signed=signed, encrypted=echo, now=now)


def receive(*, address: str, signed: Signed, body: bytes, now: datetime) -> bool:
    """Keep a callback; true when it is new, false when it was delivered before.

    CallbackTooLarge, CallbackMalformed, SignatureWrong, CallbackStale and ReceiverWrong refuse it; nothing is kept
    then, and the platform may try again.
    """
    if len(body) > BODY_BYTES_MAX:
        raise CallbackTooLarge
    account = enabled_account(address)
    message = _open(account, signed=signed, encrypted=read_envelope(body), now=now)
    return _keep(account, callback=read_callback(message), body=body, message=message, now=now)


def _open(account: ChannelAccount, *, signed: Signed, encrypted: str, now: datetime) -> bytes:
    keys = callback_keys(account)
    if not keys:
        raise KeyMissing
    message = _open_with_any(keys, signed=signed, encrypted=encrypted)
    # after the signature: whether the clock is right is nobody's business who cannot sign
    if not signed.timestamp.isascii() or not signed.timestamp.isdigit() or len(signed.timestamp) > 12:
        raise CallbackStale
    if abs(now - datetime.fromtimestamp(int(signed.timestamp), UTC)) > WINDOW:
        raise CallbackStale
    return message


def _open_with_any(keys: list[CallbackKeys], *, signed: Signed, encrypted: str) -> bytes:
    for key in keys[:-1]:
        try:
            return _open_with(key, signed=signed, encrypted=encrypted)
        except SignatureWrong:
            continue
    return _open_with(keys[-1], signed=signed, encrypted=encrypted)


def _open_with(key: CallbackKeys, *, signed: Signed, encrypted: str) -> bytes:
    return open_sealed(
        keys=key,
        signature=signed.signature,
        timestamp=signed.timestamp,
        nonce=signed.nonce,
        encrypted=encrypted,
    )


@transaction.atomic
def _keep(account: ChannelAccount, *, callback: Callback, body: bytes, message: bytes, now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into channel_inbox
                (account_id, dedupe_key, kind, envelope, message_cipher, received_at, status, attempts, next_at, problem)
            values (%s, %s, %s, %s, %s, %s, 'new', 0, %s, '')
            on conflict (account_id, dedupe_key) do nothing returning id
            """,
            [
                account.pk,
                callback.dedupe_key,
                callback.kind[:80],
                body.decode(errors="replace").replace("\x00", ""),
                privacy.encrypt(message.decode(errors="replace")),
                now,
                now,
            ],
        )
        fresh = cursor.fetchone() is not None
        if fresh:
            cursor.execute(
                "update channel_account set last_callback_at = %s where id = %s", [now, account.pk]
            )
    return fresh
