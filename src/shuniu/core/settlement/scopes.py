"""Where and when a plan holds, by its own words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shuniu.core.settlement.plan import PlanDocument, Scope
from shuniu.core.settlement.windows import in_window


def covers(scope: Scope, units: Sequence[str], level: str = "", kind: str = "") -> bool:
    """Whether a plan's scope holds somebody: `units` are his unit and all above it. An empty list restricts nothing.

    The scope's condition over facts is asked for every input, not here.
    """
    return (
        (not scope.units or not set(scope.units).isdisjoint(units))
        and (not scope.levels or level in scope.levels)
        and (not scope.kinds or kind in scope.kinds)
    )


def in_effect(document: PlanDocument, at: datetime) -> bool:
    """Whether the plan is in effect at an instant: from the local midnight it begins to the one it ends."""
    effective = document.effective
    if effective.since is None and effective.until is None:
        return True
    return in_window(effective, at, document.timezone)
