"""What causes money, as it is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shuniu.foundation.hub.contracts import Ref


@dataclass(frozen=True, slots=True)
class NewInput:
    """Something that causes money, once under `key` (by default the measure and the source).

    `parties` says who holds which role of a plan ("worker"); `facts` are frozen as given. `level` and `kind` are
    what plan versions are scoped by. `corrects` is the id of the input this one replaces.
    """

    measure: str
    source: Ref
    at: datetime
    unit_id: int
    parties: Mapping[str, Ref]
    facts: Mapping[str, Any] = field(default_factory=dict)
    amount: Decimal = Decimal(0)
    quantity: Decimal = Decimal(1)
    level: str = ""
    kind: str = ""
    key: str = ""
    corrects: int | None = None

    @property
    def wish(self) -> str:
        return self.key or f"{self.measure}:{self.source}"

    @property
    def frozen_facts(self) -> dict[str, Any]:
        """The facts as they stand in the row: JSON that reads back to the same values."""
        return {name: freeze(value) for name, value in sorted(self.facts.items())}

    @property
    def party(self) -> Ref:
        """Whom the input is filed under: the first party named."""
        return next(iter(self.parties.values()))


def freeze(value: Any) -> Any:
    """A fact as JSON: exact numbers and times travel as tagged text."""
    if isinstance(value, Decimal | float):
        return {"number": str(value)}
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, list | tuple):
        return [freeze(each) for each in value]
    return value


@dataclass(frozen=True, slots=True)
class PastWork:
    """Work of the past to settle: when it was done, and when it was confirmed, if it was."""

    source: Ref
    at: datetime
    unit_id: int
    parties: Mapping[str, Ref]
    facts: Mapping[str, Any]
    confirmed_at: datetime | None
    measure: str = "work_order.completed"
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one input: its id, whether it had been recorded before, and the earnings it made now."""

    input_id: int
    replayed: bool
    earning_ids: tuple[int, ...]
    total: Decimal
