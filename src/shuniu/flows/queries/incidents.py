"""Effects that failed for good."""

from django.db.models import QuerySet

from shuniu.flows.contracts import EffectStatus, IncidentRow
from shuniu.flows.models import FlowEffect
from shuniu.flows.permissions import MEND
from shuniu.foundation.access import Actor
from shuniu.foundation.hub import Ref
from shuniu.org import queries as org


def incidents(*, actor: Actor) -> QuerySet[FlowEffect]:
    """Effects that wait for a person, of the units where the actor may mend; for this domain's own pages."""
    return FlowEffect.objects.filter(
        org.visible(actor=actor, permission=MEND, unit="run__unit_id"), status=EffectStatus.INCIDENT
    ).select_related("run", "step")


def incident_rows(rows: list[FlowEffect]) -> list[IncidentRow]:
    """Rows as contracts."""
    return [
        IncidentRow(
            id=row.pk,
            run_id=row.run_id,
            subject=Ref(row.run.subject_kind, row.run.subject_id),
            node=row.step.node,
            effect=row.effect,
            error=row.error,
            attempts=row.attempts,
            wanted_at=row.wanted_at,
        )
        for row in rows
    ]
