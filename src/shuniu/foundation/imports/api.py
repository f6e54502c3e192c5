"""Imports over HTTP. Every step asks for the importer's own permission; a run belongs to who began it."""

from collections.abc import Callable
from typing import Annotated

from django.http.response import HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.access import SIGNED_IN, require
from shuniu.foundation.http import Column as ExportColumn
from shuniu.foundation.http import Page, PageParams, Request, Routes, export_response, paginate
from shuniu.foundation.http.export import Format
from shuniu.foundation.imports import actions, queries
from shuniu.foundation.imports.contracts import COLUMNS_MAX, Importer, ImportStatus
from shuniu.foundation.imports.importers import importer as importer_of
from shuniu.foundation.imports.queries import ImportCard, ImportPreview, PreviewRow
from shuniu.foundation.text import Text

router = Routes(tag="imports")

Place = Annotated[int, Field(ge=0, lt=COLUMNS_MAX)]


class ImporterColumn(BaseModel):
    """One thing a row may say."""

    key: str
    name: str
    help: str
    required: bool
    example: str


class ImporterOut(BaseModel):
    """A kind of thing one may import."""

    key: str
    name: str
    columns: list[ImporterColumn]


class Begin(BaseModel):
    """What an uploaded file (purpose `import`) holds."""

    importer: Annotated[str, Field(max_length=40)]
    file_id: int


class Mapping(BaseModel):
    """The place in the heading for each column's key; columns left out are not imported."""

    mapping: dict[str, Place]


class ImportFilters(BaseModel):
    """All optional."""

    importer: str | None = None
    status: ImportStatus | None = None


class PreviewParams(BaseModel):
    """Rows after a number; `faulty` narrows to faulty or to sound ones."""

    after: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    faulty: bool | None = None


@router.get("/imports/kinds", permission=SIGNED_IN, response=list[ImporterOut])
def list_importers(request: Request) -> list[ImporterOut]:
    """What one may import, and the columns of each."""
    return [_importer(declared, request.locale) for declared in queries.importers_for(request.actor)]


@router.get("/imports/template", permission=SIGNED_IN)
def download_template(request: Request, importer: str, format: Format = "xlsx") -> HttpResponseBase:
    """An empty spreadsheet with the right heading and one example row."""
    declared = importer_of(importer)
    require(request.actor, declared.permission)
    columns: list[ExportColumn[str]] = [
        ExportColumn(_heading(column.text, required=column.required), _always(column.example))
        for column in declared.columns
    ]
    name = declared.text.pick(request.locale)
    return export_response(name, columns=columns, rows=["example"], format=format, locale=request.locale)


@router.get("/imports", permission=SIGNED_IN, response=Page[ImportCard])
def list_imports(
    request: Request, filters: Query[ImportFilters], page: Query[PageParams]
) -> Page[ImportCard]:
    """One's own imports, latest first."""
    rows = queries.import_rows(request.actor)
    if filters.importer is not None:
        rows = rows.filter(importer=filters.importer)
    if filters.status is not None:
        rows = rows.filter(status=filters.status.value)
    return paginate(
        rows,
        page,
        sorts={"id": "id"},
        default="-id",
        to=lambda found: queries.import_cards(found, request.locale),
    )


@router.post("/imports", permission=SIGNED_IN, response=ImportCard)
def begin(request: Request, body: Begin) -> ImportCard:
    """Read the file, find the heading, map the columns, judge the rows."""
    run_id = actions.begin(importer=body.importer, file_id=body.file_id, by=request.actor, now=request.now)
    return queries.import_card(run_id, actor=request.actor, locale=request.locale)


@router.get("/imports/{import_id}", permission=SIGNED_IN, response=ImportCard)
def get_import(request: Request, import_id: int) -> ImportCard:
    """How an import stands; while it runs, `done` grows."""
    return queries.import_card(import_id, actor=request.actor, locale=request.locale)


@router.put("/imports/{import_id}/mapping", permission=SIGNED_IN, response=ImportCard)
def map_columns(request: Request, import_id: int, body: Mapping) -> ImportCard:
    """Say which cell is which column; the rows are judged again."""
    actions.map_columns(run_id=import_id, mapping=body.mapping, by=request.actor)
    return queries.import_card(import_id, actor=request.actor, locale=request.locale)


@router.get("/imports/{import_id}/rows", permission=SIGNED_IN, response=ImportPreview)
def preview_rows(request: Request, import_id: int, params: Query[PreviewParams]) -> ImportPreview:
    """Rows as the spreadsheet has them, with what is wrong in each."""
    return queries.preview(
        import_id,
        actor=request.actor,
        locale=request.locale,
        after=params.after,
        limit=params.limit,
        faulty=params.faulty,
    )


@router.get("/imports/{import_id}/faulty", permission=SIGNED_IN)
def download_faulty(request: Request, import_id: int, format: Format = "xlsx") -> HttpResponseBase:
    """The faulty rows with the reason beside each, to be mended and uploaded again."""
    header, rows = queries.faulty_rows(import_id, actor=request.actor, locale=request.locale)
    columns: list[ExportColumn[PreviewRow]] = [
        ExportColumn(Text(name, name), _cell(place)) for place, name in enumerate(header)
    ]
    columns.append(ExportColumn(Text("错误原因", "What is wrong"), _reasons))
    columns.append(ExportColumn(Text("原行号", "Row"), lambda row: row.number))
    return export_response("导入错误", columns=columns, rows=rows, format=format, locale=request.locale)


@router.post("/imports/{import_id}/start", permission=SIGNED_IN, response=ImportCard)
def start(request: Request, import_id: int) -> ImportCard:
    """Write every row or none, as a job. 409 imports.faulty while any row is wrong."""
    actions.start(run_id=import_id, by=request.actor, now=request.now)
    return queries.import_card(import_id, actor=request.actor, locale=request.locale)


def _importer(declared: Importer, locale: str) -> ImporterOut:
    columns = [
        ImporterColumn(
            key=column.key,
            name=column.text.pick(locale),
            help=column.help.pick(locale),
            required=column.required,
            example=column.example,
        )
        for column in declared.columns
    ]
    return ImporterOut(key=declared.key, name=declared.text.pick(locale), columns=columns)


def _heading(text: Text, *, required: bool) -> Text:
    return Text(f"{text.zh}*", f"{text.en}*") if required else text


def _always(value: str) -> Callable[[str], str]:
    return lambda _: value


def _cell(place: int) -> Callable[[PreviewRow], str]:
    return lambda row: row.cells[place] if place < len(row.cells) else ""


def _reasons(row: PreviewRow) -> str:
    return "；".join(fault.message for fault in row.faults)
