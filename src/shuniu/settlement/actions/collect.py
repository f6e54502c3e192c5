"""Recording many inputs at once, to be settled by a run."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from shuniu.foundation.hub import Ref
from shuniu.settlement.actions.record import freeze_inputs
from shuniu.settlement.contracts import NewInput, UnknownParty
from shuniu.settlement.cutting import FILED, roles_of
from shuniu.settlement.models import Input, Waiting
from shuniu.settlement.parties import party_of
from shuniu.settlement.versions import candidates


def collect_inputs(*, news: Sequence[NewInput], now: datetime) -> list[int]:
    """Freeze inputs and leave them to the next run; their ids in the given order.

    For populations: a month of order lines from a file, not one event. The same key again is not collected again;
    with other content InputReused.
    """
    if any(not new.parties for new in news):
        raise UnknownParty()
    with transaction.atomic():
        frozen, fresh = freeze_inputs(news, now)
        Waiting.objects.bulk_create(_waiting([(id_, new) for id_, new in fresh.items()]))
    return [frozen[new.party.id, new.wish] for new in news]


def _waiting(fresh: Sequence[tuple[int, NewInput]]) -> Iterable[Waiting]:
    """One row for each party in a role by which work is cut; a correction waits with the old party too."""
    roles = {measure: roles_of(candidates(measure), measure) for measure in {new.measure for _, new in fresh}}
    corrected = _corrected_parties([new.corrects for _, new in fresh if new.corrects is not None])
    found: dict[tuple[str, str, Ref], list[tuple[int, datetime]]] = defaultdict(list)
    for id_, new in fresh:
        for role in roles[new.measure] or {FILED}:
            holders = {new.party} if role == FILED else {new.parties[role]} if role in new.parties else set()
            old = corrected.get(new.corrects, {})
            if role in old:
                holders.add(old[role])
            for party in holders:
                found[new.measure, role, party].append((id_, new.at))
    for (measure, role, party), inputs in found.items():
        moments = [at for _, at in inputs]
        yield Waiting(
            measure=measure,
            role=role,
            party_kind=party.kind,
            party_id=party.id,
            inputs=[id_ for id_, _ in inputs],
            first_at=min(moments),
            last_at=max(moments),
        )


def _corrected_parties(ids: Sequence[int]) -> dict[int | None, dict[str, Ref]]:
    if not ids:
        return {}
    found = Input.objects.filter(id__in=ids).values_list("id", "parties")
    return {id_: {role: party_of(text) for role, text in parties.items()} for id_, parties in found}
