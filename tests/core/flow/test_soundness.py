"""What the check says of arrangements of tokens: deadlocks, tokens left behind, what is too large."""

import time
from itertools import pairwise
from typing import Any

import pytest
from tests.core.flow.playing import Play, draw

from shuniu.core.flow.check import Problem, check
from shuniu.core.flow.checks.soundness import soundness
from shuniu.core.flow.commands import Complete
from shuniu.core.flow.document import FlowDocument

TWO = {"type": "task", "ways": ["l", "r"]}


def lanes(split: str, join: dict[str, Any], *more: Any) -> FlowDocument:
    return draw(
        {"s": "start", "split": split, "a": "task", "b": "task", "meet": {"type": "join", **join}, "e": "end"},
        "s>split", ("split>a", {"default": split != "parallel"}),
        ("split>b", {} if split == "parallel" else {"condition": "x > 1"}), "a>meet", "b>meet", "meet>e", *more,
        facts={"x": "number"},
    )  # fmt: skip


def found(document: FlowDocument) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.node) for problem in check(document)]


def only(document: FlowDocument) -> Problem:
    (problem,) = (one for one in check(document) if not one.warning)
    return problem


@pytest.mark.parametrize("mode", ["all", "active"])
def test_what_is_split_in_parallel_may_be_joined_either_way(mode):
    assert found(lanes("parallel", {"mode": mode})) == []


def test_a_join_that_waits_for_a_lane_not_chosen_is_a_deadlock_with_its_path():
    problem = only(lanes("branch", {"mode": "all"}))
    assert (problem.code, problem.node) == ("deadlock", "meet")
    assert problem.path in (("s", "split", "a"), ("s", "split", "b"))
    assert problem.text.zh.startswith("「meet」会一直等下去（等不到 ")
    assert "s → split → " in problem.text.zh
    assert found(lanes("branch", {"mode": "active"})) == []
    assert found(lanes("inclusive", {"mode": "active"})) == []
    assert only(lanes("inclusive", {"mode": "all"})).code == "deadlock"


def test_the_deadlock_named_is_one_the_engine_runs_into():
    document = lanes("branch", {"mode": "all"})
    play = Play(document, {"x": 2}).done("b")
    incident = play.at("meet").incident
    assert incident is not None
    assert incident.code == "join_starved"


def test_an_arrival_that_nobody_will_ever_need_is_left_behind():
    document = draw(
        {
            "s": "start", "split": "parallel", "a": "task", "twice": "parallel", "b": "task",
            "meet": {"type": "join", "mode": "all"}, "e": "end",
        },
        "s>split", "split>a", "split>b", "a>twice", "twice>meet", "twice>b", "b>meet", "meet>e",
    )  # fmt: skip
    problem = only(document)
    assert (problem.code, problem.node) == ("left_behind", "meet")


def test_a_loop_that_makes_another_token_each_round_is_refused():
    document = draw(
        {"s": "start", "a": "task", "more": "parallel", "b": "task", "e": "end"},
        "s>a", "a>more", "more>a", "more>b", "b>e",
    )  # fmt: skip
    assert only(document).code == "multiplies"


def test_a_loop_over_a_whole_block_is_sound():
    document = draw(
        {
            "s": "start", "split": "parallel", "a": TWO, "b": "task", "c": "task",
            "meet": {"type": "join", "mode": "all"}, "again": TWO, "e": "end",
        },
        "s>split", "split>a", "split>b", ("a>meet", {"outcome": "l"}), ("a>c", {"outcome": "r"}), "c>a", "b>meet",
        "meet>again", ("again>split", {"outcome": "l"}), ("again>e", {"outcome": "r"}),
    )  # fmt: skip
    assert found(document) == []


def test_a_way_out_of_one_lane_makes_a_join_of_all_wait_for_ever():
    nodes = {
        "s": "start", "split": "parallel", "a": TWO, "b": "task", "meet": {"type": "join", "mode": "all"},
        "e": "end", "f": "end",
    }  # fmt: skip
    edges = (
        "s>split", "split>a", "split>b", ("a>meet", {"outcome": "l"}), ("a>f", {"outcome": "r"}), "b>meet", "meet>e",
    )  # fmt: skip
    problem = only(draw(nodes, *edges))
    assert problem.node == "meet"
    assert problem.path[-3:] != ()
    nodes["meet"] = {"type": "join", "mode": "active"}
    assert found(draw(nodes, *edges)) == []
    nodes["meet"], nodes["f"] = {"type": "join", "mode": "all"}, {"type": "end", "terminate": True}
    assert found(draw(nodes, *edges)) == []


def test_error_and_timeout_paths_count():
    pay = {"type": "action", "effect": "pay"}
    nodes = {
        "s": "start", "split": "parallel", "a": pay, "b": "task", "meet": {"type": "join", "mode": "all"},
        "mend": "task", "e": "end",
    }  # fmt: skip
    edges = ("s>split", "split>a", "split>b", "a>meet", "b>meet", "meet>e", ("a>mend", {"on": "error"}))
    assert only(draw(nodes, *edges, "mend>e")).node == "meet"
    assert found(draw(nodes, *edges, "mend>a")) == []


def test_joins_of_enough_lanes_and_cancelled_regions_are_tried_in_every_order():
    for rest in ("run", "cancel"):
        assert found(lanes("parallel", {"mode": "n_of_m", "needed": 1, "rest": rest})) == []
    starved = draw(
        {
            "s": "start", "split": "parallel", "a": {"type": "task", "cancels": ["b"]}, "b": "task",
            "meet": {"type": "join", "mode": "all"}, "e": "end",
        },
        "s>split", "split>a", "split>b", "a>meet", "b>meet", "meet>e",
    )  # fmt: skip
    assert only(starved).code == "deadlock"
    assert only(starved).path == ("s", "split", "a")


def test_lanes_that_meet_without_a_join_are_warned_of():
    document = draw(
        {"s": "start", "split": "parallel", "a": "task", "b": "task", "each": "task", "e": "end"},
        "s>split", "split>a", "split>b", "a>each", "b>each", "each>e",
    )  # fmt: skip
    assert [(one.code, one.node, one.warning) for one in check(document)] == [("twice_at_once", "each", True)]


def wide(lanes: int, depth: int, *, together: bool) -> FlowDocument:
    """Lanes of several tasks; `together` makes them hinder each other, so that every order has to be tried."""
    nodes: dict[str, Any] = {
        "s": "start",
        "split": "parallel",
        "meet": {"type": "join", "mode": "all"},
        "e": "end",
    }
    edges = ["s>split", "meet>e"]
    for lane in range(lanes):
        names = [f"t{lane}_{step}" for step in range(depth)]
        nodes |= dict.fromkeys(names, "task")
        edges += [f"split>{names[0]}", f"{names[-1]}>meet"]
        edges += [f"{one}>{other}" for one, other in pairwise(names)]
    if together:
        nodes["t0_0"] = {"type": "task", "while_open": ["t1_0", "t1_1", "meet"]}
    return draw(nodes, *edges)


def test_twelve_lanes_that_do_not_hinder_each_other_are_proved_at_once():
    assert found(wide(12, 5, together=False)) == []


def test_beyond_the_bound_the_check_warns_instead_of_guessing():
    begin = time.perf_counter()
    (problem,) = soundness(wide(6, 7, together=True), bound=20_000)
    assert (problem.code, problem.warning) == ("too_large", True)
    assert time.perf_counter() - begin < 30


def test_what_is_proved_sound_never_starves_when_played():
    document = lanes("inclusive", {"mode": "active"})
    for x in (1, 2):
        play = Play(document, {"x": x})
        while play.status == "running":
            here = next(one for one in play.run.state.steps if one.works)
            play.do(Complete(visit=here.visit, party="staff:1"))
        assert not [stay for stay in play.run.stays.values() if stay.end is None]
