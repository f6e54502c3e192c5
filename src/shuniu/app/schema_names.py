"""Names of schemas in the API's description: two domains may not give the same name to different things.

The description keeps one schema per name, so that the later one would silently take the other's place in the generated
client.
"""

import json
from collections import defaultdict
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema


class _Described(OpenAPISchema):
    """The description, remembering every schema it was given under each name."""

    def __init__(self, api: NinjaAPI) -> None:
        self.given: dict[str, set[str]] = defaultdict(set)
        super().__init__(api, "")

    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        for name, schema in definitions.items():
            self.given[name].add(json.dumps(schema, sort_keys=True, default=str))
        super().add_schema_definitions(definitions)


def collisions(api: NinjaAPI) -> list[str]:
    """Names under which the API describes more than one thing."""
    return sorted(name for name, schemas in _Described(api).given.items() if len(schemas) > 1)
