"""Running effects, each at most once per idempotency key."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from shuniu.foundation.access import Actor
from shuniu.foundation.hub.contracts import Ref
from shuniu.foundation.hub.errors import EffectKeyReused
from shuniu.foundation.hub.registries import registry

# A second call with the same key waits here until the first one commits, then finds its answer.
CLAIM = """
insert into effect_call (effect, idempotency_key, content_hash, subject_kind, subject_id, by, at)
values (%s, %s, %s, %s, %s, %s, %s) on conflict (effect, idempotency_key) do nothing returning true
"""
EARLIER = "select content_hash, answer from effect_call where effect = %s and idempotency_key = %s"
ANSWER = "update effect_call set answer = %s where effect = %s and idempotency_key = %s"


def run_effect(
    key: str, params: dict[str, Any], subject: Ref, by: Actor, now: datetime, idempotency_key: str
) -> dict[str, Any] | None:
    """Run the effect in one transaction and return its answer; the same key again returns the first answer.

    Raises UnknownEffect, pydantic's ValidationError for wrong ``params``, EffectKeyReused when the key was used
    with other content, and whatever the effect's action raises (the key is then free again).
    """
    effect = registry.effect(key)
    checked = effect.params.model_validate(params)
    content = json.dumps([checked.model_dump(mode="json"), subject.kind, subject.id], sort_keys=True)
    content_hash = hashlib.sha256(content.encode()).digest()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLAIM, (key, idempotency_key, content_hash, subject.kind, subject.id, by.key, now))
        if cursor.fetchone() is None:
            cursor.execute(EARLIER, (key, idempotency_key))
            earlier_hash, answer = cursor.fetchone()
            if bytes(earlier_hash) != content_hash:
                raise EffectKeyReused()
            return None if answer is None else json.loads(answer)
        result = effect.handle(params=checked, subject=subject, by=by, now=now, key=idempotency_key)
        cursor.execute(
            ANSWER, (None if result is None else json.dumps(result, ensure_ascii=False), key, idempotency_key)
        )
    return result
