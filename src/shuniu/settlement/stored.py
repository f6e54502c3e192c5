"""Stored inputs as the engine sees them."""

from shuniu.core.settlement import Input
from shuniu.settlement.facts import thaw
from shuniu.settlement.models import Input as InputRow


def input_of(row: InputRow, corrects: Input | None = None) -> Input:
    """The engine's input of a row, facts read back with their types."""
    return Input(
        id=row.id,
        measure=row.measure,
        at=row.at,
        recorded_at=row.recorded_at,
        amount=row.amount,
        quantity=row.quantity,
        parties=row.parties,
        facts=thaw(row.facts),
        corrects=corrects,
        source=f"{row.source_kind}:{row.source_id}",
    )
