"""Bodies that a route accepts as to form, made from its OpenAPI description; what they say does not matter."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

_FORMATS = {"date": "2026-03-02", "date-time": "2026-03-02T04:00:00Z", "uuid": "0" * 32}
# one text for each pattern in use; a new pattern fails the walk with its name
_PATTERNS = {
    r"^[a-z][a-z0-9_]*$": "sample",
    r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$": "09:00",
}
_DECIMAL = "1"


def body_for(document: Schema, schema: Schema) -> Any:
    """The smallest value the schema accepts; whole numbers are 1, an id that belongs to nobody's sample."""
    if "$ref" in schema:
        return body_for(document, document["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "default" in schema and schema["default"] is not None:
        return schema["default"]
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return body_for(document, schema[choice][0])
    return _by_type(document, schema)


def _by_type(document: Schema, schema: Schema) -> Any:
    match schema.get("type"):
        case "object":
            required = schema.get("required", ())
            return {name: body_for(document, schema["properties"][name]) for name in required}
        case "array":
            items = schema.get("prefixItems") or [schema.get("items", {})] * int(schema.get("minItems", 0))
            return [body_for(document, item) for item in items]
        case "integer" | "number":
            return max(1, schema.get("minimum", 1))
        case "boolean":
            return True
        case "string":
            return _text(schema)
    return {}


def _text(schema: Schema) -> str:
    if "format" in schema:
        return _FORMATS.get(schema["format"], _DECIMAL)
    if "pattern" in schema:
        return _PATTERNS.get(schema["pattern"], _DECIMAL)
    return "x" * max(1, int(schema.get("minLength", 1)))
