"""Plans and their versions. What a plan says is open to whoever may read plans: it is the enterprise's own rule."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from pydantic import ValidationError

from shuniu.core.money import MoneyError, parse_amount
from shuniu.core.settlement import PlanDocument, check
from shuniu.foundation.errors import NotFound
from shuniu.foundation.http import Page, PageParams, paginate
from shuniu.foundation.text import Text
from shuniu.settlement.contracts import PlanProblem, PlanRow, PlanVersionRow, Preview
from shuniu.settlement.models import Plan, PlanVersion
from shuniu.settlement.queries.preview import preview_version, text_of


def plan_set(text: str = "") -> QuerySet[Plan]:
    plans = Plan.objects.annotate(
        version_count=Count("versions"),
        latest_number=Max("versions__number"),
        latest_at=Max("versions__published_at"),
    )
    if text:
        plans = plans.filter(Q(name_zh__icontains=text) | Q(name_en__icontains=text) | Q(key__icontains=text))
    return plans


def plans_page(plans: QuerySet[Plan], page: PageParams) -> Page[PlanRow]:
    return paginate(
        plans, page, sorts={"key": "key", "created_at": "created_at"}, default="key", to=plan_rows
    )


def plan_rows(plans: list[Plan]) -> list[PlanRow]:
    return [
        PlanRow(
            id=one.pk,
            key=one.key,
            name=Text(zh=one.name_zh, en=one.name_en),
            versions=getattr(one, "version_count", 0),
            latest_number=getattr(one, "latest_number", None),
            latest_at=getattr(one, "latest_at", None),
            archived_at=one.archived_at,
        )
        for one in plans
    ]


def plan(plan_id: int) -> PlanRow:
    found = list(plan_set().filter(pk=plan_id))
    if not found:
        raise NotFound()
    return plan_rows(found)[0]


def plan_versions(plan_id: int, now: datetime) -> list[PlanVersionRow]:
    """All versions of a plan, latest first, each with what its check says."""
    rows = PlanVersion.objects.filter(plan_id=plan_id).select_related("unit").order_by("-number")
    return [version_row(one, now) for one in rows]


def plan_version(version_id: int, now: datetime) -> PlanVersionRow:
    one = PlanVersion.objects.filter(pk=version_id).select_related("unit").first()
    if one is None:
        raise NotFound()
    return version_row(one, now)


def version_row(one: PlanVersion, now: datetime) -> PlanVersionRow:
    return PlanVersionRow(
        id=one.pk,
        plan_id=one.plan_id,
        number=one.number,
        document=one.document,
        content_hash=bytes(one.content_hash).hex(),
        effective_from=one.effective_from,
        effective_to=one.effective_to,
        unit_id=one.unit_id,
        unit_name=one.unit.name if one.unit else "",
        level=one.level,
        kind=one.kind,
        published_by=one.published_by,
        published_at=one.published_at,
        in_force=one.effective_from <= now and (one.effective_to is None or now < one.effective_to),
        problems=tuple(problems_of(PlanDocument.model_validate(one.document))),
    )


def plan_problems(document: Mapping[str, Any]) -> list[PlanProblem]:
    """What is wrong or doubtful in a document that is not published, its form included."""
    try:
        return problems_of(PlanDocument.model_validate(document))
    except ValidationError as problem:
        return [
            PlanProblem(
                ".".join(map(str, each["loc"])), each["type"], Text(zh=each["msg"], en=each["msg"]), "error"
            )
            for each in problem.errors()
        ]


def problems_of(document: PlanDocument) -> list[PlanProblem]:
    return [
        PlanProblem(found.place, found.code, text_of(found.text), found.severity) for found in check(document)
    ]


def example(version_id: int, facts: Mapping[str, Any], now: datetime) -> Preview:
    """What a version would pay for facts typed in by hand; texts that are numbers count as numbers where declared."""
    one = plan_version(version_id, now)
    declared = one.document["facts"]
    values = {name: typed(value, declared.get(name)) for name, value in facts.items()}
    return preview_version(version_id, values, now)


def typed(value: Any, kind: str | None) -> Any:
    if kind == "number" and isinstance(value, str | int | Decimal) and not isinstance(value, bool):
        try:
            return parse_amount(value)
        except MoneyError:
            return None
    return value
