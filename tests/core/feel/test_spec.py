"""The shared cases say what Python says; the browser's tests hold its interpreter to the same."""

from __future__ import annotations

import json

import pytest
from tests.core.feel.spec import FOLDER, Case, cases, filled

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(FOLDER.glob("*.json"))
    for case in cases(path)
]


def test_there_are_cases() -> None:
    assert len(CASES) >= 100


@pytest.mark.parametrize("case", CASES)
def test_a_shared_case_has_the_tree_and_value_of_python(case: Case) -> None:
    assert json.loads(json.dumps(filled(case))) == case
