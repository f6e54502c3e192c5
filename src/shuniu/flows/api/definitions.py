"""What is published: flows, their versions and documents."""

from typing import Any, Literal

from django.http import HttpResponseBase

from shuniu.flows import queries
from shuniu.flows.api.router import router
from shuniu.flows.contracts import DefinitionRow, VersionRow
from shuniu.flows.permissions import READ
from shuniu.foundation.http import Column, Page, Request, export_response
from shuniu.foundation.text import Text


@router.get("/flows", permission=READ, response=Page[DefinitionRow])
def list_flows(request: Request, text: str = "") -> Page[DefinitionRow]:
    """Flows in use. There are few: they come on one page."""
    rows = [
        row
        for row in queries.definitions(actor=request.actor)
        if text.lower() in f"{row.name.zh} {row.name.en} {row.key}".lower()
    ]
    return Page(items=rows, total=len(rows))


@router.get("/flows/export", permission=READ)
def export_flows(request: Request, format: Literal["xlsx", "csv"] = "xlsx") -> HttpResponseBase:
    locale = request.locale
    columns: list[Column[DefinitionRow]] = [
        Column(Text("编号", "Key"), lambda row: row.key),
        Column(Text("流程", "Flow"), lambda row: row.name.pick(locale)),
        Column(Text("当前版本", "Version"), lambda row: row.version_number),
        Column(Text("发布时间", "Published"), lambda row: row.published_at),
        Column(Text("运行中", "Running"), lambda row: row.running),
    ]
    name = Text("流程", "Flows").pick(locale)
    return export_response(
        name, columns=columns, rows=queries.definitions(actor=request.actor), format=format, locale=locale
    )


@router.get("/flows/{key}", permission=READ, response=DefinitionRow)
def see_flow(request: Request, key: str) -> DefinitionRow:
    return queries.definition(key, actor=request.actor)


@router.get("/flows/{key}/versions", permission=READ, response=list[VersionRow])
def list_versions(request: Request, key: str) -> list[VersionRow]:
    return queries.versions(key, actor=request.actor)


@router.get("/flow-versions/{version_id}/document", permission=READ, response=dict[str, Any])
def see_document(request: Request, version_id: int) -> dict[str, Any]:
    """The document of a version, with every default written out."""
    return queries.document_json(version_id, actor=request.actor)
