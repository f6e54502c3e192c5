from typing import Any

import pytest
from pydantic import ValidationError
from tests.factories.plans import field_work_document

from shuniu.core.settlement import PlanDocument, check


def problems(**changes: Any) -> list[tuple[str, str, str]]:
    document = field_work_document()
    document["components"][0] |= changes
    found = check(PlanDocument.model_validate(document))
    return [(p.place, p.code, p.severity) for p in found if p.severity != "note"]


def test_the_plan_of_the_story_has_only_a_gap_that_is_meant() -> None:
    assert problems() == [("components.service_fee.base", "gap", "warning")]


def test_what_cannot_be_read_is_named_with_its_place() -> None:
    base = [{"text": {"zh": "费"}, "amount": "100 +"}, {"text": {"zh": "费"}, "amount": "工单.没有"}]
    assert problems(base=base)[:2] == [
        ("components.service_fee.base.0.amount", "unreadable_expression", "error"),
        ("components.service_fee.base.1.amount", "unreadable_expression", "error"),
    ]


def test_rows_that_are_never_reached_are_errors() -> None:
    base = [{"text": {"zh": "甲"}, "amount": "1"}, {"text": {"zh": "乙"}, "amount": "2"}]
    assert problems(base=base) == [("components.service_fee.base.1", "unreachable_row", "error")]


def test_what_is_posted_has_hundredths() -> None:
    found = problems(rounding={"scale": 4, "mode": "half_up", "moment": "line"})
    assert ("components.service_fee.rounding", "rounding_too_fine", "error") in found


@pytest.mark.parametrize("missing", ["combine", "floor"])
def test_what_contracts_leave_open_a_plan_must_state(missing: str) -> None:
    document = field_work_document()
    del document["components"][0][missing]
    with pytest.raises(ValidationError):
        PlanDocument.model_validate(document)
