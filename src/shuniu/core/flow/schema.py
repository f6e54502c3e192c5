"""Forms as JSON Schema (draft 2020-12): what their answers look like, for other systems and for the open API.

Rules in FEEL cannot be said in JSON Schema; they go along under `x-feel`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from shuniu.core.flow.forms import (
    CascadeField,
    Column,
    Field,
    FilesField,
    Form,
    ImagesField,
    MoneyField,
    MultiSelectField,
    NoteField,
    NumberField,
    ReferenceField,
    SelectField,
    TableField,
    TextField,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ID: dict[str, Any] = {"type": "integer", "minimum": 1}
_PLAIN: Mapping[str, dict[str, Any]] = {
    "phone": {"type": "string", "pattern": "^1[3-9][0-9]{9}$"},
    "email": {"type": "string", "format": "email"},
    "yes_no": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"},
    "date_time": {"type": "string", "format": "date-time"},
    "signature": _ID,
    "rating": {"type": "integer", "minimum": 1, "maximum": 5},
    "scan": {"type": "string", "minLength": 1},
    "location": {
        "type": "object",
        "properties": {
            "lat": {"type": "number", "minimum": -90, "maximum": 90},
            "lng": {"type": "number", "minimum": -180, "maximum": 180},
            "accuracy": {"type": "number", "minimum": 0},
        },
        "required": ["lat", "lng"],
    },
}


def form_schema(form: Form, *, locale: str = "zh") -> dict[str, Any]:
    """The schema of a form's stored answers, titled in one language."""
    return {"$schema": DIALECT, "title": _title(form.name, locale), **_object(form.fields, locale)}


def _object(fields: tuple[Field | Column, ...], locale: str) -> dict[str, Any]:
    asked = [one for one in fields if not isinstance(one, NoteField)]
    always = [one.key for one in asked if one.required and not one.visible_when]
    return {
        "type": "object",
        "properties": {one.key: _field(one, locale) for one in asked},
        "required": always,
        "additionalProperties": False,
    }


def _field(field: Field | Column, locale: str) -> dict[str, Any]:
    shape = _SHAPES[type(field)](field, locale) if type(field) in _SHAPES else dict(_PLAIN[field.type])
    shape["title"] = _title(field.name, locale)
    if field.help:
        shape["description"] = _title(field.help, locale)
    if field.default is not None:
        shape["default"] = field.default
    if field.computed:
        shape["readOnly"] = True
    rules = {
        name: text
        for name in ("visible_when", "required_when", "computed", "default_from")
        if (text := getattr(field, name)) is not None
    }
    return shape | ({"x-feel": rules} if rules else {})


def _text(field: TextField, _: str) -> dict[str, Any]:
    pattern = {"pattern": f"^(?:{field.pattern})$"} if field.pattern else {}
    return {"type": "string", "maxLength": field.max_length, **pattern}


def _number(field: NumberField, _: str) -> dict[str, Any]:
    bounds = {"minimum": field.min, "maximum": field.max}
    shape = {name: bound for name, bound in bounds.items() if bound is not None}
    return {"type": "integer" if field.decimals == 0 else "number", **shape}


def _money(_field: MoneyField, _: str) -> dict[str, Any]:
    return {"type": "string", "pattern": "^-?[0-9]+\\.[0-9]{2}$"}


def _options(field: SelectField | MultiSelectField | CascadeField, locale: str) -> dict[str, Any]:
    if not field.options:
        return {"type": "string", "x-catalogue": field.catalogue}
    return {"oneOf": [{"const": one.key, "title": _title(one.name, locale)} for one in field.options]}


def _several(field: MultiSelectField, locale: str) -> dict[str, Any]:
    most = {"maxItems": field.max_count} if field.max_count is not None else {}
    return {"type": "array", "items": _options(field, locale), "uniqueItems": True, **most}


def _cascade(field: CascadeField, locale: str) -> dict[str, Any]:
    return {"type": "array", "items": _options(field, locale)}


def _stored(field: ImagesField | FilesField, _: str) -> dict[str, Any]:
    return {"type": "array", "items": dict(_ID), "minItems": field.min_count, "maxItems": field.max_count}


def _reference(field: ReferenceField, _: str) -> dict[str, Any]:
    shape = {"type": "array", "items": dict(_ID)} if field.several else dict(_ID)
    return shape | {"x-reference": field.to.value}


def _table(field: TableField, locale: str) -> dict[str, Any]:
    rows = _object(field.columns, locale)
    return {"type": "array", "items": rows, "minItems": field.min_rows, "maxItems": field.max_rows}


def _title(words: Any, locale: str) -> str:
    return str(words.en if locale == "en" else words.zh)


_SHAPES: Mapping[type, Callable[[Any, str], dict[str, Any]]] = {
    TextField: _text,
    NumberField: _number,
    MoneyField: _money,
    SelectField: _options,
    MultiSelectField: _several,
    CascadeField: _cascade,
    ImagesField: _stored,
    FilesField: _stored,
    ReferenceField: _reference,
    TableField: _table,
}
