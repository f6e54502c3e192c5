"""Finding files and deciding who may see them."""

from collections.abc import Sequence

from shuniu.foundation.access import Actor
from shuniu.foundation.errors import NotFound
from shuniu.foundation.files.contracts import StoredFile
from shuniu.foundation.files.models import File
from shuniu.foundation.hub import Ref, registry


def to_contract(row: File) -> StoredFile:
    """The public value of a row."""
    return StoredFile(
        id=row.pk,
        name=row.name,
        mime=row.mime,
        size=row.size,
        width=row.width,
        height=row.height,
        url=f"/api/files/{row.pk}",
        created_at=row.created_at,
    )


def of_subject(subject: Ref) -> list[StoredFile]:
    """Files tied to a subject, oldest first. Whoever may see the subject may see them."""
    rows = File.objects.filter(subject_kind=subject.kind, subject_id=subject.id).order_by("id")
    return [to_contract(row) for row in rows]


def by_ids(ids: Sequence[int]) -> dict[int, StoredFile]:
    """Files by id; the caller has checked the right to see them."""
    return {row.pk: to_contract(row) for row in File.objects.filter(pk__in=ids)}


def content_for(actor: Actor, file_id: int) -> tuple[StoredFile, str]:
    """One file and the hash of its content, for whoever may see it; :class:`NotFound` for everyone else."""
    row = File.objects.filter(pk=file_id).first()
    if row is None or not _may_see(actor, row):
        raise NotFound()
    return to_contract(row), row.sha256


def _may_see(actor: Actor, row: File) -> bool:
    if row.created_by == actor.key or actor.is_system:
        return True
    if row.subject_id is None:
        return False
    return row.subject_id in registry.subject(row.subject_kind).visible(actor, [row.subject_id])
