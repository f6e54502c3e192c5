"""Earnings as listed: everybody sees their own, a store manager those of the sub-tree, finance all."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeAlias

from django.db.models import Q, QuerySet

from shuniu.foundation.access import Actor
from shuniu.foundation.http import Page, PageParams, paginate
from shuniu.foundation.hub import Ref, SubjectCard, registry
from shuniu.org import queries as org
from shuniu.settlement.contracts import STATE_TEXT, EarningRow, State
from shuniu.settlement.models import Earning, Input
from shuniu.settlement.parties import party_of
from shuniu.settlement.permissions import READ
from shuniu.settlement.queries.preview import text_of
from shuniu.settlement.queries.states import in_state, standings
from shuniu.settlement.versions import prepared_version

EarningSet: TypeAlias = QuerySet[Earning]
NO_CARD = SubjectCard(title="")


def earning_set(
    actor: Actor,
    *,
    beneficiary_id: int | None = None,
    unit_id: int | None = None,
    source: Ref | None = None,
    state: State | None = None,
    period: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> EarningSet:
    """Earnings the actor may see, narrowed; `since` and `until` speak of the event time."""
    earnings = Earning.objects.filter(
        org.visible(actor=actor, permission=READ, unit="unit_id", owner="beneficiary_id")
    )
    if beneficiary_id is not None:
        earnings = earnings.filter(beneficiary_id=beneficiary_id, beneficiary_kind="staff")
    if unit_id is not None:
        earnings = earnings.filter(unit_id__in=org.subtree_ids(unit_id))
    if source is not None:
        earnings = earnings.filter(of_source(source))
    if period:
        earnings = earnings.filter(period=period)
    if since is not None:
        earnings = earnings.filter(at__gte=since)
    if until is not None:
        earnings = earnings.filter(at__lt=until)
    return earnings if state is None else in_state(earnings, state)


def of_source(source: Ref) -> Q:
    """The lines of a source, by the parties and times of its inputs; those of others stand in an index."""
    inputs = list(
        Input.objects.filter(source_kind=source.kind, source_id=source.id).values_list("at", "parties")
    )
    parties = {party_of(text).id for _, few in inputs for text in few.values()}
    found = Q(beneficiary_id__in=parties, at__in={at for at, _ in inputs}) | Q(cause__isnull=False)
    return Q(source_kind=source.kind, source_id=source.id) & found


def own_earning_set(actor: Actor, *, state: State | None = None) -> EarningSet:
    """The actor's own earnings, whatever their role."""
    own = Earning.objects.filter(beneficiary_kind="staff", beneficiary_id=actor.staff_id or 0)
    return own if state is None else in_state(own, state)


def earnings_page(earnings: EarningSet, page: PageParams, default: str = "-id") -> Page[EarningRow]:
    """One page, by default what was recorded last."""
    return paginate(
        earnings.select_related("plan_version"),
        page,
        sorts={"at": "at", "amount": "amount", "recorded_at": "recorded_at", "id": "id"},
        default=default,
        to=earning_rows,
    )


def earning_rows_all(earnings: EarningSet, chunk: int = 1000) -> Iterator[EarningRow]:
    """All of them for a file, the last recorded first, read a chunk at a time."""
    rows = earnings.select_related("plan_version").order_by("-id").iterator(chunk_size=chunk)
    while few := list(islice(rows, chunk)):
        yield from earning_rows(few)


def earning_rows(earnings: Sequence[Earning]) -> list[EarningRow]:
    people = org.staff_card({one.beneficiary_id for one in earnings if one.beneficiary_kind == "staff"})
    units = org.units({one.unit_id for one in earnings})
    sources = source_cards(earnings)
    standing = standings(one.maturity_id for one in earnings)
    rows = []
    for one in earnings:
        document = prepared_version(one.plan_version_id).document
        source = sources.get((one.source_kind, one.source_id), NO_CARD)
        person = people.get(one.beneficiary_id) if one.beneficiary_kind == "staff" else None
        place = standing[one.maturity_id]
        rows.append(
            EarningRow(
                id=one.id,
                beneficiary_kind=one.beneficiary_kind,
                beneficiary_id=one.beneficiary_id,
                beneficiary_name=person.name if person else "",
                component=one.component,
                component_text=text_of(document.component(one.component).name),
                plan_version_id=one.plan_version_id,
                plan_name=text_of(document.name),
                plan_number=one.plan_version.number,
                source_kind=one.source_kind,
                source_id=one.source_id,
                source_title=source.title,
                source_link=source.link,
                unit_id=one.unit_id,
                unit_name=units[one.unit_id].name,
                at=one.at,
                recorded_at=one.recorded_at,
                period=one.period,
                origin_period=one.origin_period,
                amount=one.amount,
                currency=document.currency,
                state=place.state,
                state_text=STATE_TEXT[place.state],
                expected_at=place.expected_at,
            )
        )
    return rows


def source_cards(earnings: Sequence[Earning]) -> dict[tuple[str, int], SubjectCard]:
    kinds = {one.source_kind for one in earnings} & set(registry.subjects)
    return {
        (kind, id_): card
        for kind in kinds
        for id_, card in registry.subject(kind)
        .cards(sorted({one.source_id for one in earnings if one.source_kind == kind}))
        .items()
    }
