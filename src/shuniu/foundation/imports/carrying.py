"""An import is carried out, all or nothing, in one transaction that a dead worker leaves no trace of."""

from datetime import datetime

import structlog
from django.db import IntegrityError, connection, transaction

from shuniu.foundation.access import actor_of_user, may
from shuniu.foundation.errors import Conflict, DomainError
from shuniu.foundation.hub import Ref, publish
from shuniu.foundation.imports.contracts import ImporterLeft, ImportFaulty, ImportStatus
from shuniu.foundation.imports.importers import importer as importer_of
from shuniu.foundation.imports.models import ImportProgress, ImportRun
from shuniu.foundation.imports.reading import judge, read_file
from shuniu.foundation.text import Text

log = structlog.get_logger("imports")

BATCH = 200
_PROGRESS = "update import_progress set done = %s where run_id = %s"


def run_import(*, run_id: int, now: datetime) -> None:
    """Carry out a queued import in one transaction. A dead worker leaves nothing behind, and the job runs again."""
    waiting = ImportRun.objects.filter(pk=run_id, status__in=[ImportStatus.QUEUED, ImportStatus.RUNNING])
    if not waiting.update(status=ImportStatus.RUNNING.value):
        return
    try:
        with transaction.atomic():
            _carry_out(run_id, now)
    except (DomainError, IntegrityError) as refused:
        log.warning("import refused", run=run_id, error=str(refused))
        # what the check saw has changed since: somebody else took a number or a code
        text = refused.text() if isinstance(refused, DomainError) else Conflict().text()
        with transaction.atomic():
            _finish(run_id, ImportStatus.FAILED, now, message=text)


def _carry_out(run_id: int, now: datetime) -> None:
    run = ImportRun.objects.select_for_update().get(pk=run_id)
    if run.status != ImportStatus.RUNNING:
        return
    declared = importer_of(run.importer)
    by = actor_of_user(run.user_id)
    if by is None or not may(by, declared.permission):
        raise ImporterLeft()
    _, rows = read_file(run.file_id, by)
    judged = judge(declared, rows, run.header_row, run.mapping, by)
    if judged.problems:
        raise ImportFaulty(count=len({problem.row for problem in judged.problems}))
    done = 0
    with _Progress(run_id) as progress:
        for first in range(0, len(judged.rows), BATCH):
            done += declared.apply(judged.rows[first : first + BATCH], by, now)
            progress.say(min(first + BATCH, len(judged.rows)))
    # said again with the rest, so that nobody sees a finished import half done
    ImportProgress.objects.filter(run_id=run_id).update(done=len(judged.rows))
    _finish(run_id, ImportStatus.DONE, now, imported=done)


class _Progress:
    """Tells how far the import is while its transaction is open, through a connection of its own."""

    def __init__(self, run_id: int) -> None:
        self.run_id = run_id
        self.aside = connection.copy()

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self.aside.close()

    def say(self, done: int) -> None:
        with self.aside.cursor() as cursor:
            cursor.execute(_PROGRESS, [done, self.run_id])


def _finish(
    run_id: int, status: ImportStatus, now: datetime, *, imported: int = 0, message: Text | None = None
) -> None:
    run = ImportRun.objects.select_for_update().get(pk=run_id)
    run.status, run.imported, run.finished_at = status.value, imported, now
    if message is not None:
        run.message, run.message_en = message.zh[:500], message.en[:500]
    run.save()
    by = actor_of_user(run.user_id)
    if by is not None:
        people = [run.staff_id] if run.staff_id is not None else []
        data = {"staff_ids": people, "imported": imported, "done": status is ImportStatus.DONE}
        publish(
            name="import.finished", subject=Ref("import", run_id), unit_id=None, by=by, now=now, data=data
        )
