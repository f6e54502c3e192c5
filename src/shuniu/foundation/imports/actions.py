"""An import is begun, mapped and started; it is carried out as a job, in `carrying.py`."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from shuniu.foundation.access import Actor, require
from shuniu.foundation.audit import actions as audit
from shuniu.foundation.errors import NotFound
from shuniu.foundation.hub import Ref
from shuniu.foundation.imports.contracts import (
    Importer,
    ImportFaulty,
    ImportStarted,
    ImportStatus,
    MappingInvalid,
)
from shuniu.foundation.imports.importers import importer as importer_of
from shuniu.foundation.imports.matching import find_header, match_columns
from shuniu.foundation.imports.models import ImportProblem, ImportProgress, ImportRun
from shuniu.foundation.imports.reading import Judged, judge, read_file
from shuniu.foundation.imports.tasks import carry_out
from shuniu.foundation.jobs.declaring import enqueue


@transaction.atomic
def begin(*, importer: str, file_id: int, by: Actor, now: datetime) -> int:
    """Read an uploaded spreadsheet, find its heading, map what is named there, and judge its rows; the run's id."""
    declared = importer_of(importer)
    require(by, declared.permission)
    if by.user_id is None:
        raise NotFound()
    name, rows = read_file(file_id, by)
    header_row = find_header(declared, rows)
    run = ImportRun(
        importer=importer,
        file_id=file_id,
        file_name=name,
        created_by=by.key,
        user_id=by.user_id,
        staff_id=by.staff_id,
        created_at=now,
        header=rows[header_row],
        header_row=header_row,
        mapping=match_columns(declared, rows[header_row]),
    )
    _keep(run, judge(declared, rows, header_row, run.mapping, by))
    return run.pk


@transaction.atomic
def map_columns(*, run_id: int, mapping: Mapping[str, int], by: Actor) -> None:
    """Say which cell is which column, and judge the rows again."""
    run, declared = _mine(run_id, by)
    known = {column.key for column in declared.columns}
    places = list(mapping.values())
    in_sheet = all(0 <= place < len(run.header) for place in places)
    if not set(mapping) <= known or len(set(places)) != len(places) or not in_sheet:
        raise MappingInvalid(field="mapping")
    run.mapping = dict(mapping)
    _, rows = read_file(run.file_id, by)
    _keep(run, judge(declared, rows, run.header_row, run.mapping, by))


@transaction.atomic
def start(*, run_id: int, by: Actor, now: datetime) -> None:
    """Carry the import out as a job. ImportFaulty while any row is wrong."""
    run, declared = _mine(run_id, by)
    if run.faulty or not run.total:
        raise ImportFaulty(count=run.faulty)
    run.status = ImportStatus.QUEUED.value
    run.started_at = now
    run.save(update_fields=["status", "started_at"])
    ImportProgress.objects.update_or_create(run=run, defaults={"done": 0})
    audit.record(
        by=by,
        now=now,
        action="imports.start",
        subject=Ref("import", run.pk),
        after={"importer": declared.key, "file": run.file_name, "rows": run.total},
    )
    enqueue(carry_out, lock=f"import:{run.pk}", run_id=run.pk)


def _keep(run: ImportRun, judged: Judged) -> None:
    run.total = len(judged.rows)
    run.faulty = len({problem.row for problem in judged.problems})
    run.save()
    run.problems.all().delete()
    ImportProblem.objects.bulk_create(
        ImportProblem(
            run=run,
            row=problem.row,
            column=problem.column,
            text=problem.text.zh[:300],
            text_en=problem.text.en[:300],
        )
        for problem in judged.problems
    )


def _mine(run_id: int, by: Actor) -> tuple[ImportRun, Importer]:
    """One's own import that has not started yet."""
    run = ImportRun.objects.select_for_update().filter(pk=run_id, created_by=by.key).first()
    if run is None:
        raise NotFound()
    declared = importer_of(run.importer)
    require(by, declared.permission)
    if run.status != ImportStatus.READY:
        raise ImportStarted()
    return run, declared
