"""The Workflow Patterns catalogue (workflowpatterns.com, control flow), one test each for those that are promised."""

from datetime import timedelta

import pytest
from tests.core.flow.playing import Play, draw

from shuniu.core.flow.check import check
from shuniu.core.flow.commands import AddChild, Cancel, CancelChild, FinishChildren
from shuniu.core.flow.document import FlowDocument
from shuniu.core.flow.effects import ChildCancelled
from shuniu.core.flow.errors import NotAllowed

LANES = (
    "begin>split",
    "split>a",
    "split>b",
    "split>c",
    "a>meet",
    "b>meet",
    "c>meet",
    "meet>after",
    "after>finish",
)


def lanes(join: dict[str, object], *, split: str = "parallel") -> FlowDocument:
    """Three lanes, a join, a task after it."""
    nodes = {
        "begin": "start", "split": split, "a": "task", "b": "task", "c": "task",
        "meet": {"type": "join", **join}, "after": "task", "finish": "end",
    }  # fmt: skip
    if split == "inclusive":
        edges = [
            ("split>a", {"condition": "x >= 1"}),
            ("split>b", {"condition": "x >= 2"}),
            ("split>c", {"default": True}),
        ]
        return draw(nodes, LANES[0], *edges, *LANES[4:], facts={"x": "number"})
    return draw(nodes, *LANES)


def test_1_sequence():
    play = Play(draw({"s": "start", "a": "task", "b": "task", "e": "end"}, "s>a", "a>b", "b>e"))
    assert play.open == ["a"]
    assert play.done("a").open == ["b"]
    assert play.done("b").status == "ended"


def test_2_parallel_split():
    assert Play(lanes({"mode": "all"})).open == ["a", "b", "c"]


def test_3_synchronization():
    play = Play(lanes({"mode": "all"})).done("c").done("a")
    assert "after" not in play.open
    assert play.done("b").open == ["after"]


def test_4_exclusive_choice():
    drawn = draw(
        {"s": "start", "way": "branch", "a": "task", "b": "task", "e": "end"},
        "s>way", ("way>a", {"condition": "x > 5"}), ("way>b", {"default": True}), "a>e", "b>e", facts={"x": "number"},
    )  # fmt: skip
    assert Play(drawn, {"x": 6}).open == ["a"]
    assert Play(drawn, {"x": 5}).open == ["b"]
    assert Play(drawn).open == ["b"]


def test_5_simple_merge():
    drawn = draw(
        {"s": "start", "ask": {"type": "task", "ways": ["l", "r"]}, "a": "task", "b": "task", "both": "task", "e": "end"},
        "s>ask", ("ask>a", {"outcome": "l"}), ("ask>b", {"outcome": "r"}), "a>both", "b>both", "both>e",
    )  # fmt: skip
    for outcome, lane in (("l", "a"), ("r", "b")):
        play = Play(drawn).done("ask", outcome).done(lane)
        assert play.open == ["both"]
        assert play.done("both").status == "ended"


@pytest.mark.parametrize(("x", "opened"), [(0, ["c"]), (1, ["a"]), (2, ["a", "b"])])
def test_6_multi_choice(x, opened):
    assert Play(lanes({"mode": "active"}, split="inclusive"), {"x": x}).open == opened


@pytest.mark.parametrize(("x", "chosen"), [(0, ["c"]), (1, ["a"]), (2, ["a", "b"])])
def test_7_structured_synchronizing_merge(x, chosen):
    play = Play(lanes({"mode": "active"}, split="inclusive"), {"x": x})
    for lane in chosen:
        assert "after" not in play.open
        play.done(lane)
    assert play.open == ["after"]
    assert play.done("after").status == "ended"


def test_8_multi_merge():
    drawn = draw(
        {"s": "start", "split": "parallel", "a": "task", "b": "task", "each": "task", "e": "end"},
        "s>split", "split>a", "split>b", "a>each", "b>each", "each>e",
    )  # fmt: skip
    play = Play(drawn).done("a").done("b")
    assert play.open == ["each", "each"]
    assert play.done("each").done("each").status == "ended"
    assert play.times("each") == 2


def test_9_structured_discriminator():
    play = Play(lanes({"mode": "n_of_m", "needed": 1})).done("b")
    assert "after" in play.open
    play.done("a").done("c")
    assert play.open == ["after"]
    assert play.times("after") == 0
    assert play.done("after").status == "ended"


def test_10_arbitrary_cycles():
    two = {"type": "task", "ways": ["on", "back"]}
    drawn = draw(
        {"s": "start", "a": "task", "b": two, "c": two, "e": "end"},
        "s>a", "a>b", ("b>c", {"outcome": "on"}), ("b>a", {"outcome": "back"}),
        ("c>e", {"outcome": "on"}), ("c>b", {"outcome": "back"}),
    )  # fmt: skip
    play = Play(drawn).done("a").done("b", "back").done("a").done("b", "on").done("c", "back")
    assert play.done("b", "on").done("c", "on").status == "ended"
    assert (play.times("a"), play.times("b"), play.times("c")) == (2, 3, 2)


def test_11_implicit_termination():
    drawn = draw(
        {"s": "start", "split": "parallel", "a": "task", "b": "task", "e": "end", "f": "end"},
        "s>split", "split>a", "split>b", "a>e", "b>f",
    )  # fmt: skip
    play = Play(drawn).done("a")
    assert (play.status, play.open) == ("running", ["b"])
    assert play.done("b").status == "ended"


def many(**settings: object) -> FlowDocument:
    return draw(
        {"s": "start", "each": {"type": "subflow", "flow": "visit", **settings}, "after": "task", "e": "end"},
        "s>each", "each>after", "after>e", facts={"rows": "Any"},
    )  # fmt: skip


VISIT = {"visit": draw({"s": "start", "go": "task", "e": "end"}, "s>go", "go>e")}


def test_13_multiple_instances_known_when_drawn():
    play = Play(many(count=3), flows=VISIT)
    assert play.child("each", 1).child("each", 3).open == ["each"]
    assert play.child("each", 2).open == ["after"]


def test_14_multiple_instances_known_when_it_begins():
    drawn = many(rows="rows", inputs={"part": "row.part"}, keeps={"made": "no"})
    play = Play(drawn, {"rows": [{"part": "p"}, {"part": "q"}]}, flows=VISIT)
    assert play.children() == [{"part": "p"}, {"part": "q"}]
    assert play.child("each", 2, no=22).child("each", 1, no=11).open == ["after"]
    assert play.run.state.facts["made"] == [11, 22]
    assert Play(drawn, {"rows": []}, flows=VISIT).open == ["after"]


def test_15_multiple_instances_added_on_the_way():
    play = Play(many(rows="rows", inputs={"part": "row"}), {"rows": [1]}, flows=VISIT)
    play.do(AddChild(visit=play.at("each").visit, row=2))
    assert play.children() == [{"part": 1}, {"part": 2}]
    assert play.child("each", 1).open == ["each"]
    assert play.child("each", 2).open == ["after"]


WAIT = {"type": "wait", "until": [
    {"waits": "event", "key": "paid", "event": "order.paid"},
    {"waits": "event", "key": "gone", "event": "order.cancelled"},
    {"waits": "time", "key": "late", "amount": 3},
]}  # fmt: skip


def waiting(wait: dict[str, object]) -> FlowDocument:
    return draw(
        {"s": "start", "w": wait, "pay": "task", "drop": "task", "e": "end"},
        "s>w", ("w>pay", {"outcome": "paid"}), "w>drop", "pay>e", "drop>e",
    )  # fmt: skip


def test_16_deferred_choice():
    assert Play(waiting(WAIT)).hear("order.paid").open == ["pay"]
    play = Play(waiting(WAIT)).hear("order.cancelled")
    assert play.open == ["drop"]
    assert play.hear("order.paid").open == ["drop"]
    assert play.run.timers == {}
    late = Play(waiting(WAIT))
    late.store.advance(timedelta(days=3))
    assert late.open == ["drop"]


def test_18_milestone():
    drawn = draw(
        {
            "s": "start", "split": "parallel", "offer": "task", "extra": {"type": "task", "while_open": ["offer"]},
            "e": "end", "f": "end",
        },
        "s>split", "split>offer", "split>extra", "offer>e", "extra>f",
    )  # fmt: skip
    assert Play(drawn).done("extra").open == ["offer"]
    play = Play(drawn).done("offer")
    with pytest.raises(NotAllowed):
        play.done("extra")


def test_19_cancel_a_task():
    play = Play(lanes({"mode": "active"}))
    play.do(Cancel(visit=play.at("b").visit, reason="客户取消"))
    assert play.open == ["a", "c"]
    assert play.done("a").done("c").open == ["after"]


def test_20_cancel_the_case():
    play = Play(lanes({"mode": "all"})).done("a")
    play.do(Cancel(reason="客户取消"))
    assert (play.status, play.open) == ("cancelled", [])


def test_21_structured_loop():
    drawn = draw(
        {"s": "start", "a": "task", "again": "branch", "e": "end"},
        "s>a", "a>again", ("again>a", {"condition": "n < 3"}), ("again>e", {"default": True}), facts={"n": "number"},
    )  # fmt: skip
    play = Play(drawn, {"n": 0})
    for n in (1, 2, 3):
        play.done("a", facts={"n": n})
    assert (play.status, play.times("a")) == ("ended", 3)


def test_22_recursion():
    drawn = draw(
        {"s": "start", "deeper": "branch", "self": {"type": "subflow", "flow": "me", "inputs": {"n": "n - 1"}}, "e": "end"},
        "s>deeper", ("deeper>self", {"condition": "n > 0"}), ("deeper>e", {"default": True}), "self>e",
        facts={"n": "number"},
    )  # fmt: skip
    play = Play(drawn, {"n": 3}, flows={"me": drawn})
    assert [run.state.facts["n"] for run in play.store.runs.values()] == [3, 2, 1, 0]
    assert {run.state.status.value for run in play.store.runs.values()} == {"ended"}


def trigger(*, keep: bool) -> FlowDocument:
    wait = {"type": "wait", "until": [{"waits": "event", "event": "order.paid", "keep": keep}]}
    return draw({"s": "start", "a": "task", "w": wait, "e": "end"}, "s>a", "a>w", "w>e")


def test_23_transient_trigger():
    play = Play(trigger(keep=False)).hear("order.paid").done("a")
    assert play.open == ["w"]
    assert play.hear("order.paid").status == "ended"


def test_24_persistent_trigger():
    play = Play(trigger(keep=True)).hear("order.paid")
    assert play.open == ["a"]
    assert play.done("a").status == "ended"


def test_25_cancel_region():
    drawn = draw(
        {
            "s": "start", "split": "parallel", "a": "task", "b": "task", "c": "task",
            "stop": {"type": "task", "cancels": ["a", "b"]}, "e": "end",
        },
        "s>split", "split>a", "split>c", "split>stop", "a>b", "b>e", "c>e", "stop>e",
    )  # fmt: skip
    play = Play(drawn).done("a").done("stop")
    assert play.open == ["c"]


def test_26_cancel_one_of_multiple_instances():
    play = Play(many(count=2), flows=VISIT)
    play.do(CancelChild(visit=play.at("each").visit, number=1))
    assert play.store.runs[2].state.status.value == "cancelled"
    assert play.child("each", 2).open == ["after"]


def test_27_complete_multiple_instances():
    play = Play(many(count=3, keeps={"made": "no"}), flows=VISIT).child("each", 2, no=7)
    play.do(FinishChildren(visit=play.at("each").visit))
    assert play.open == ["after"]
    assert play.run.state.facts["made"] == [7]
    assert [e.number for e in play.run.effects if isinstance(e, ChildCancelled)] == [1, 3]


def test_30_structured_partial_join():
    play = Play(lanes({"mode": "n_of_m", "needed": 2})).done("a")
    assert "after" not in play.open
    play.done("c").done("b")
    assert play.done("after").status == "ended"
    assert play.times("after") == 1


def test_31_blocking_partial_join():
    """The first lane comes again before the last of the round: it waits for the next round."""
    again = {"type": "task", "ways": ["on", "twice"]}
    drawn = draw(
        {
            "s": "start", "split": "parallel", "a": again, "more": "parallel", "b": "task", "c": "task",
            "meet": {"type": "join", "mode": "n_of_m", "needed": 2}, "after": "task", "e": "end",
        },
        "s>split", "split>a", "split>b", "split>c", ("a>meet", {"outcome": "on"}), ("a>more", {"outcome": "twice"}),
        "more>a", "more>a", "b>meet", "c>meet", "meet>after", "after>e",
    )  # fmt: skip
    play = Play(drawn).done("a", "twice").done("a", "on").done("b")
    assert play.open.count("after") == 1
    play.done("a", "on")
    assert play.open.count("after") == 1
    assert [here.node for here in play.run.state.steps if here.node == "meet" and not here.lanes] == ["meet"]
    play.done("c")
    assert not [here for here in play.run.state.steps if here.lanes]


def test_32_cancelling_partial_join():
    play = Play(lanes({"mode": "n_of_m", "needed": 2, "rest": "cancel"})).done("a").done("c")
    assert play.open == ["after"]
    assert play.done("after").status == "ended"


def test_43_explicit_termination():
    drawn = draw(
        {"s": "start", "split": "parallel", "a": "task", "b": "task", "e": {"type": "end", "terminate": True}, "f": "end"},
        "s>split", "split>a", "split>b", "a>e", "b>f",
    )  # fmt: skip
    play = Play(drawn).done("a")
    assert (play.status, play.open) == ("ended", [])


def test_what_the_patterns_are_drawn_with_passes_the_check():
    drawn = [
        lanes({"mode": "all"}),
        lanes({"mode": "active"}, split="inclusive"),
        waiting(WAIT),
        trigger(keep=True),
    ]
    drawn += [lanes({"mode": "n_of_m", "needed": 2, "rest": rest}) for rest in ("run", "cancel")]
    assert [problem for one in drawn for problem in check(one) if not problem.warning] == []
