"""What imports plug into the house."""

from collections.abc import Sequence

from shuniu.foundation.access import Actor
from shuniu.foundation.hub import EventType, Subject, SubjectCard
from shuniu.foundation.imports.importers import importer
from shuniu.foundation.imports.models import ImportRun
from shuniu.foundation.text import Text

EVENTS = (
    EventType(
        "import.finished",
        "import",
        Text("导入结束", "Import finished"),
        {"staff_ids": "ids", "imported": "number", "done": "boolean"},
    ),
)


def _cards(ids: Sequence[int]) -> dict[int, SubjectCard]:
    runs = ImportRun.objects.filter(pk__in=ids)
    return {run.pk: SubjectCard(run.file_name, importer(run.importer).text.zh) for run in runs}


def _visible(actor: Actor, ids: Sequence[int]) -> set[int]:
    return set(ImportRun.objects.filter(pk__in=ids, created_by=actor.key).values_list("pk", flat=True))


SUBJECTS = (Subject("import", Text("导入", "Imports"), "/console/imports/{id}", _cards, _visible),)
