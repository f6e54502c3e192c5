"""Conditions of other languages, said in FEEL."""

import pytest

from shuniu.core.flow.bpmn.reading.conditions import to_feel


@pytest.mark.parametrize(
    ("written", "feel"),
    [
        ("${amount > 10}", "amount > 10"),
        ("#{approved}", "approved"),
        ("${!approved && kind == 'a'}", 'not(approved) and kind = "a"'),
        ("${days ge 3 or empty note}", "days >= 3 or note = null"),
        ("=order.total > 3 and paid", "order.total > 3 and paid"),
        ("getDataObject('order')/total > 5", "order.total > 5"),
        ("bpmn:getDataObject('order') = 5", "order = 5"),
        ("execution.getVariable('k') === \"v\"", 'k = "v"'),
        ("x == 1 and not done", "x = 1 and not(done)"),
        ("status.equals('ok')", 'status = "ok"'),
        ("${text.contains('a')}", 'contains(text, "a")'),
        ("a ? b : c", "if a then b else c"),
        ("n % 2 == 0", "modulo(n, 2) = 0"),
        ("库存 >= 10", "库存 >= 10"),
        ("x in [1, 2]", "x in [1, 2]"),
    ],
)
def test_simple_conditions_are_translated(written: str, feel: str) -> None:
    made = to_feel(written)
    assert (made.text, made.ok) == (feel, True)


@pytest.mark.parametrize(
    "written",
    [
        "${service.check(amount)}",
        "Amount under 100 EUR",
        "'a'.equals(b)",
        "x = ",
        "${a > }",
        "(" * 500,
        "a;b",
    ],
)
def test_what_cannot_be_said_stays_as_it_was_written(written: str) -> None:
    made = to_feel(written)
    assert (made.text, made.ok) == (written.strip(), False)


def test_the_facts_a_condition_reads_are_named() -> None:
    assert to_feel("${order.total > 3 && !paid}").names == {"order", "paid"}
    assert to_feel('=x.y = "a b" and count(list) > 2').names == {"x", "list"}
