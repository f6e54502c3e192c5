"""Writes that may be repeated without being done twice (the draft RFC “Idempotency-Key” header, DESIGN §8)."""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.http import HttpRequest, HttpResponse

from shuniu.foundation.errors import Conflict, DomainError

KEPT_FOR = timedelta(days=30)
_KEY = re.compile(r"[\x21-\x7e]{8,128}")

_TAKE = """
INSERT INTO idempotency_key (actor, key, request_hash, created_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (actor, key) DO NOTHING RETURNING id
"""
_ANSWERED = "SELECT request_hash, status, answer FROM idempotency_key WHERE actor = %s AND key = %s"
_KEEP = "UPDATE idempotency_key SET status = %s, answer = %s WHERE id = %s"


class KeyMissing(DomainError):
    """A write came without the key that its form should have made when it was opened."""

    code = "http.idempotency_key_missing"
    zh = "请求缺少 Idempotency-Key，请刷新页面后再试"
    en = "The request has no valid Idempotency-Key header (8 to 128 visible ASCII characters)."


class KeyReused(Conflict):
    """The same key came with other content."""

    code = "http.idempotency_key_reused"
    zh = "同一提交编号的内容不同，请刷新页面后重新提交"
    en = "This Idempotency-Key was already used for a different request."


def once(request: HttpRequest, actor: str, now: datetime, do: Callable[[], HttpResponse]) -> HttpResponse:
    """Run ``do`` in the open transaction unless its key was answered before; then give that answer again."""
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise KeyMissing()
    content = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    digest = hashlib.sha256(content).digest()
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [actor, key, digest, now])
        taken = cursor.fetchone()
        if taken is None:
            cursor.execute(_ANSWERED, [actor, key])
            return _again(cursor.fetchone(), digest)
        response = do()
        cursor.execute(_KEEP, [response.status_code, response.content, taken[0]])
    return response


def _again(row: tuple[memoryview, int, memoryview], digest: bytes) -> HttpResponse:
    request_hash, status, answer = row
    if bytes(request_hash) != digest:
        raise KeyReused()
    response = HttpResponse(bytes(answer), status=status, content_type="application/json")
    response.headers["Idempotency-Replayed"] = "true"
    return response


def forget_old(*, now: datetime) -> int:
    """Remove keys older than thirty days; the number removed."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM idempotency_key WHERE created_at < %s", [now - KEPT_FOR])
        return int(cursor.rowcount)
