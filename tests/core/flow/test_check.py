"""What the check says before a flow is published."""

import pytest
from tests.core.flow.documents import document, edge, node, offer_document, outcomes, words

from shuniu.core.flow.check import check

TASK = {"people": {"by": "role", "role": "agent"}}


def codes(nodes, edges, **rest):
    return {(problem.code, problem.node) for problem in check(document(nodes, edges, **rest))}


def test_a_sound_document_has_no_problems():
    assert check(offer_document()) == ()


def test_a_problem_names_its_node_in_both_languages():
    nodes = [node("start", "begin"), node("end", "finish"), node("end", "lost")]
    (problem,) = check(document(nodes, [edge("begin", "finish")]))
    assert problem.node == "lost"
    assert problem.text.zh == "「lost」从开始走不到"
    assert problem.text.en == "“lost” cannot be reached from the start."


@pytest.mark.parametrize(
    ("nodes", "edges", "expected"),
    [
        ([node("end", "b")], [], ("one_start", None)),
        ([node("start", "a")], [], ("no_end", None)),
        ([node("start", "a"), node("end", "b")], [], ("no_way_out", "a")),
        ([node("start", "a"), node("end", "b")], [edge("a", "c")], ("edge_to_nowhere", None)),
        ([node("start", "a"), node("end", "a")], [], ("node_twice", None)),
        (
            [node("start", "a"), node("branch", "x"), node("end", "b")],
            [edge("a", "x"), edge("x", "b", condition="1 = 1")],
            ("one_default", "x"),
        ),
        (
            [node("start", "a"), node("branch", "x"), node("end", "b")],
            [
                edge("a", "x"),
                edge("x", "b", condition="工单.评分 <"),
                edge("x", "b", default=True, outcome="o"),
            ],
            ("bad_condition", "x"),
        ),
        (
            [node("start", "a"), node("branch", "x"), node("branch", "y"), node("end", "b")],
            [
                edge("a", "x"),
                edge("x", "y", default=True),
                edge("x", "b", condition="1 = 1"),
                edge("y", "x", default=True),
            ],
            ("endless_loop", "x"),
        ),
        (
            [node("start", "a"), node("task", "t", **TASK, outcomes=outcomes("yes", "no")), node("end", "b")],
            [edge("a", "t"), edge("t", "b", outcome="yes")],
            ("outcome_without_way", "t"),
        ),
        (
            [node("start", "a"), node("task", "t", **TASK, form="lost"), node("end", "b")],
            [edge("a", "t"), edge("t", "b")],
            ("no_form", "t"),
        ),
        (
            [
                node("start", "a"),
                node("task", "t", **TASK, deadline={"amount": 5, "timeout": "late"}),
                node("end", "b"),
            ],
            [edge("a", "t"), edge("t", "b")],
            ("unknown_outcome", "t"),
        ),
        (
            [
                node("start", "a"),
                node("task", "t", **TASK, deadline={"amount": 5, "reminders": [{"before": 5}]}),
                node("end", "b"),
            ],
            [edge("a", "t"), edge("t", "b")],
            ("late_reminder", "t"),
        ),
        (
            [node("start", "a"), node("task", "t", **TASK), node("end", "b")],
            [edge("a", "t"), edge("t", "t")],
            ("never_ends", "t"),
        ),
    ],
)
def test_what_would_make_a_run_stop_is_named(nodes, edges, expected):
    assert expected in codes(nodes, edges)


def test_a_condition_may_only_name_what_is_known():
    nodes = [node("start", "a"), node("branch", "x"), node("end", "b")]
    edges = [
        edge("a", "x"),
        edge("x", "b", condition="工单.楼层 >= 3"),
        edge("x", "b", default=True, outcome="o"),
    ]
    assert ("bad_condition", "x") in codes(nodes, edges)
    assert codes(nodes, edges, facts={"工单.楼层": "number"}) == set()


def test_a_form_field_is_named_once():
    form = {
        "key": "f",
        "name": words("f"),
        "fields": [
            {"type": "text", "key": "a", "name": words("a")},
            {"type": "date", "key": "a", "name": words("a")},
        ],
    }
    assert codes([node("start", "a"), node("end", "b")], [edge("a", "b")], forms=[form]) == {
        ("field_twice", None)
    }


def test_facts_are_needed_only_where_a_condition_comes_before_the_next_wait():
    assert offer_document().deciding == {"offer", "rate"}
