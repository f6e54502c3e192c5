"""Publishing a plan: checked, numbered, and never changed again."""

import json
from datetime import datetime
from pathlib import Path

from django.db import transaction
from pydantic import ValidationError

from shuniu.core.settlement import PlanDocument, check, period_key
from shuniu.foundation.access import Actor
from shuniu.foundation.audit.actions import record
from shuniu.foundation.errors import NotFound
from shuniu.foundation.hub import Ref, publish
from shuniu.org import queries as org
from shuniu.settlement.actions.runs import start_recalculation
from shuniu.settlement.closing import closed_periods
from shuniu.settlement.contracts import PlanRefused
from shuniu.settlement.models import Bucket, Plan, PlanVersion
from shuniu.settlement.periods import unit_of

DOCUMENTS = Path(__file__).parents[1] / "documents"


def publish_shipped(*, effective_from: datetime, by: Actor, now: datetime) -> list[int]:
    """Publish the plans that come with the product; again changes nothing. Ids of their versions."""
    return [
        publish_plan(
            document=json.loads(path.read_text(encoding="utf-8")),
            effective_from=effective_from,
            by=by,
            now=now,
        )
        for path in sorted(DOCUMENTS.glob("*.json"))
    ]


def publish_plan(
    *,
    document: PlanDocument | dict[str, object],
    effective_from: datetime,
    effective_to: datetime | None = None,
    unit_id: int | None = None,
    level: str = "",
    kind: str = "",
    by: Actor,
    now: datetime,
) -> int:
    """Publish a version of the plan the document names; returns the version's id.

    The same document for the same window and scope again is that version, not a new one. Raises PlanRefused when
    `check` finds an error, NotFound for a unit that is not there.
    """
    plan_document = _read(document)
    if unit_id is not None and not org.units([unit_id]):
        raise NotFound()
    with transaction.atomic():
        plan, _ = Plan.objects.get_or_create(
            key=plan_document.key,
            defaults={
                "name_zh": plan_document.name.zh,
                "name_en": plan_document.name.pick("en"),
                "created_at": now,
            },
        )
        Plan.objects.select_for_update().get(pk=plan.pk)
        digest = plan_document.content_hash()
        scope = {"unit_id": unit_id, "level": level, "kind": kind}
        window = {"effective_from": effective_from, "effective_to": effective_to}
        same = plan.versions.filter(content_hash=digest, **scope, **window).first()
        if same is not None:
            return same.pk
        version = PlanVersion.objects.create(
            plan=plan,
            number=plan.versions.count() + 1,
            document=plan_document.model_dump(mode="json"),
            content_hash=digest,
            measures=sorted(plan_document.measures()),
            published_by=by.key,
            published_at=now,
            **scope,
            **window,
        )
        subject = Ref("settlement_plan", plan.pk)
        after = {"number": version.number, "hash": digest.hex(), **window, **scope}
        record(
            by=by, now=now, action="settlement.publish_plan", subject=subject, unit_id=unit_id, after=after
        )
        publish(
            name="settlement.plan_published",
            subject=subject,
            unit_id=unit_id,
            by=by,
            now=now,
            data={"version_id": version.pk, "number": version.number},
        )
        _recalculate(version, by, now)
    return version.pk


def _recalculate(version: PlanVersion, by: Actor, now: datetime) -> None:
    """A version that reaches back changes what was earned since: its open periods are computed again."""
    if version.number == 1 or version.effective_from >= now:
        return
    document = PlanDocument.model_validate(version.document)
    since = {
        unit: period_key(version.effective_from, unit, document.timezone)
        for unit in {document.period_of(component) for component in document.components}
    }
    names = Bucket.objects.filter(plan_id=version.plan_id).values_list("period", flat=True).distinct()
    closed = closed_periods([version.plan_id])
    for period in sorted(names):
        first = since.get(unit_of(period))
        if first is not None and period >= first and (version.plan_id, period) not in closed:
            start_recalculation(plan_id=version.plan_id, period=period, by=by, now=now)


def _read(document: PlanDocument | dict[str, object]) -> PlanDocument:
    if not isinstance(document, PlanDocument):
        try:
            document = PlanDocument.model_validate(document)
        except ValidationError as problem:
            first = problem.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise PlanRefused(field="document", reason=f"{place}: {first['msg']}") from problem
    for found in check(document):
        if found.severity == "error":
            raise PlanRefused(field="document", reason=f"{found.place}: {found.text.zh}")
    return document
