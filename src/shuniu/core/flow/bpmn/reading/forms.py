"""Forms inside extensions (Camunda 7 form data, Flowable and Activiti form properties) → our forms."""

import re
from typing import Any

from shuniu.core.flow.bpmn.names import slug
from shuniu.core.flow.bpmn.reading.draft import name_of, words
from shuniu.core.flow.bpmn.reading.pieces import Scope
from shuniu.core.flow.bpmn.xmltree import Element

TYPES = {
    "string": "text", "long": "number", "int": "number", "integer": "number", "double": "number", "boolean": "yes_no",
    "date": "date", "enum": "select",
}  # fmt: skip


def form_of(scope: Scope, element: Element) -> str | None:
    """The key of the form an element carries, after adding it to the draft."""
    fields = [
        one
        for box in element.every("extensionElements")
        for part in box.all()
        if part.tag in ("formField", "formProperty")
        for one in [part]
    ]
    if not fields:
        return None
    for box in element.every("extensionElements"):
        for data in box.every("formData"):
            scope.mapped(data, "成为表单", "It became a form.")
    key = slug(element.id or "form", {form["key"] for form in scope.draft.forms}, "form")
    taken: set[str] = set()
    form = {"key": key, "name": name_of(element), "fields": [_field(scope, one, taken) for one in fields]}
    scope.draft.forms.append(form)
    return key


def _field(scope: Scope, element: Element, taken: set[str]) -> dict[str, Any]:
    kind = element.get("type") or "string"
    ours = TYPES.get(kind, "text")
    variable = element.get("variable") or element.id or ""
    label = (element.get("label") or element.get("name") or variable).strip()
    field: dict[str, Any] = {"type": ours, "key": slug(element.id or "field", taken, "field")}
    field["name"] = words(label or field["key"])
    if re.fullmatch(r"[^\W\d]\w*", variable.strip()):
        field["fact"] = variable.strip()
    required = element.get("required") == "true" or any(
        one.get("name") == "required" for one in element.all() if one.tag == "constraint"
    )
    if required:
        field["required"] = True
    if ours == "select":
        options = [one for one in element.every("value") if one.id]
        field["options"] = [{"key": one.id, "name": words(one.get("name") or str(one.id))} for one in options]
        for one in options:
            scope.mapped(one, "成为选项", "It became an option.")
        if not options:
            field["type"] = ours = "text"
    if kind in TYPES and ours == TYPES[kind]:
        scope.mapped(element, "成为表单字段", "It became a field of the form.")
    else:
        scope.near(element, f"字段类型 {kind} 改为文字", f"A field of the type {kind} became a text.")
    return field
