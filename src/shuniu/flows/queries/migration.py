"""Who could move to another version, and who cannot and why, before anybody does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shuniu.core.flow.migrate import preview
from shuniu.flows.contracts import FlowNotFound
from shuniu.flows.models import FlowRun, FlowVersion
from shuniu.flows.permissions import MIGRATE
from shuniu.flows.runs.documents import document_of
from shuniu.flows.runs.state import peek
from shuniu.foundation.access import Actor
from shuniu.foundation.hub import Ref
from shuniu.foundation.text import Text
from shuniu.org import queries as org

PREVIEWED_MAX = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckStep:
    """An open step that has no place in the other version."""

    node: str
    name: Text
    code: str
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationRow:
    """One run: what is in its way, empty when it can move."""

    run_id: int
    subject: Ref
    version_number: int
    stuck: tuple[StuckStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationPreview:
    """Runs of older versions of the flow, at most 500 at a time; `more` says that there are others."""

    version_id: int
    rows: tuple[MigrationRow, ...]
    movable: int
    more: bool


def migration_preview(
    *, version_id: int, mapping: Mapping[str, str], actor: Actor, run_ids: Sequence[int] = ()
) -> MigrationPreview:
    """What moving these runs (all that run, when none are named) to a version would do. Nothing is changed."""
    version = FlowVersion.objects.filter(pk=version_id).first()
    if version is None:
        raise FlowNotFound()
    new = document_of(version_id)
    runs = FlowRun.objects.filter(
        org.visible(actor=actor, permission=MIGRATE),
        version__definition_id=version.definition_id,
        status__in=("running", "suspended"),
    ).exclude(version_id=version_id)
    if run_ids:
        runs = runs.filter(pk__in=run_ids)
    found = list(runs.select_related("version").order_by("pk")[: PREVIEWED_MAX + 1])
    states = peek([row.pk for row in found[:PREVIEWED_MAX]])
    rows = []
    for row in found[:PREVIEWED_MAX]:
        old = document_of(row.version_id)
        stuck = preview(old, new, states[row.pk].state, mapping)
        rows.append(
            MigrationRow(
                run_id=row.pk,
                subject=Ref(row.subject_kind, row.subject_id),
                version_number=row.version.number,
                stuck=tuple(
                    StuckStep(
                        node=one.node,
                        name=Text(zh=old.by_id[one.node].name.zh, en=old.by_id[one.node].name.en),
                        code=one.code,
                        why=Text(zh=one.text.zh, en=one.text.en),
                    )
                    for one in stuck
                ),
            )
        )
    return MigrationPreview(
        version_id=version_id,
        rows=tuple(rows),
        movable=sum(not row.stuck for row in rows),
        more=len(found) > PREVIEWED_MAX,
    )
