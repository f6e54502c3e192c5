"""One thing of every kind that a route names by id, for the test that walks all routes.

A domain adds a file here and names it in `MODULES`. Its `SAMPLES` maps the path of a route up to its first parameter to a
function that makes one such thing of 武汉光谷店 (`WHGG`) and returns what stands in the path. `EVERYWHERE` maps paths whose
things belong to the whole enterprise, so that no store may keep them from another, to the reason. `BODIES` maps routes that
judge what they are sent before they look for the thing to a body they accept.
"""

from collections.abc import Callable, Mapping
from importlib import import_module

from tests.factories.org import House

Make = Callable[[House], int | str]

MODULES = (
    "channels",
    "commerce",
    "customers",
    "files",
    "flows",
    "hub",
    "imports",
    "ledger",
    "org",
    "settlement",
    "work_orders",
)


def samples() -> Mapping[str, Make]:
    """Every sample, by path."""
    return {path: make for module in _modules() for path, make in getattr(module, "SAMPLES", {}).items()}


def everywhere() -> Mapping[str, str]:
    """Paths without a store of their own, and why."""
    return {path: why for module in _modules() for path, why in getattr(module, "EVERYWHERE", {}).items()}


def bodies() -> Mapping[str, object]:
    """Bodies for routes that the OpenAPI description does not describe closely enough."""
    return {route: body for module in _modules() for route, body in getattr(module, "BODIES", {}).items()}


def _modules() -> list[object]:
    return [import_module(f"tests.samples.{name}") for name in MODULES]
