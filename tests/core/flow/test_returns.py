"""Return 退回 and withdraw 撤回: in loops, in lanes, over joins."""

import pytest
from tests.core.flow.playing import Play, draw

from shuniu.core.flow.commands import Cancel, Claim, Skip, Withdraw
from shuniu.core.flow.document import FlowDocument
from shuniu.core.flow.effects import CallWanted, StepEnd
from shuniu.core.flow.errors import ActedSince, NotAllowed, NotAsked, NotOnPath


def lanes(mode: str = "all") -> FlowDocument:
    """apply, then a1 a2 beside b, then after."""
    return draw(
        {
            "begin": "start", "apply": "task", "split": "parallel", "a1": "task", "a2": "task", "b": "task",
            "meet": {"type": "join", "mode": mode}, "after": "task", "finish": "end",
        },
        "begin>apply", "apply>split", "split>a1", "split>b", "a1>a2", "a2>meet", "b>meet", "meet>after", "after>finish",
    )  # fmt: skip


def applied(mode: str = "all") -> Play:
    return Play(lanes(mode)).done("apply")


def finish(play: Play) -> Play:
    """Answer whatever is open until the run is over."""
    for _ in range(30):
        if play.status != "running":
            return play
        here = next((one for one in play.run.state.steps if one.works), None)
        assert here is not None, play.open
        play.done(here.node)
    raise AssertionError("the run does not end")


def test_a_return_within_a_lane_leaves_the_other_lane_alone():
    play = applied().done("a1").back("a2", "a1")
    assert sorted(play.open) == ["a1", "b"]
    assert finish(play).status == "ended"
    assert (play.times("a1"), play.times("b"), play.times("after")) == (2, 1, 1)


def test_an_arrival_on_the_other_lane_stands_while_this_one_goes_back():
    play = applied().done("b").done("a1").back("a2", "a1")
    assert sorted(play.open) == ["a1", "meet"]
    assert play.done("a1").done("a2").open == ["after"]


def test_a_return_before_the_split_cancels_the_siblings_and_their_arrivals():
    play = applied().done("b").back("a1", "apply")
    assert play.open == ["apply"]
    cancelled = [stay.node for stay in play.run.stays.values() if stay.end is StepEnd.CANCELLED]
    assert cancelled == ["meet"]
    assert finish(play).status == "ended"
    assert play.times("after") == 1


@pytest.mark.parametrize("mode", ["all", "active"])
def test_a_return_over_the_join_lets_the_other_lanes_arrival_stand_again(mode):
    play = applied(mode).done("b").done("a1").done("a2").back("after", "a1")
    assert sorted(play.open) == ["a1", "meet"]
    play.done("a1").done("a2")
    assert play.open == ["after"]
    assert play.times("b") == 1
    assert finish(play).status == "ended"


def test_two_hundred_returns_leave_the_state_as_small_as_two():
    def size(play: Play, returns: int) -> int:
        for _ in range(returns):
            play.done("b").done("a1").done("a2").back("after", "apply").done("apply")
        return sum(len(here.via) for here in play.run.state.steps)

    assert size(Play(lanes()).done("apply"), 2) == size(Play(lanes()).done("apply"), 200)


def test_a_return_in_a_loop_goes_to_the_latest_visit():
    drawn = draw(
        {"s": "start", "a": "task", "b": {"type": "task", "ways": ["on", "again"]}, "c": "task", "e": "end"},
        "s>a", "a>b", ("b>a", {"outcome": "again"}), ("b>c", {"outcome": "on"}), "c>e",
    )  # fmt: skip
    play = Play(drawn).done("a").done("b", "again").done("a").done("b", "on").back("c", "a")
    assert play.open == ["a"]
    play.done("a").done("b", "on")
    assert play.back("c", "b").open == ["b"]


def test_the_answer_goes_straight_back_to_who_returned_it():
    drawn = draw(
        {"s": "start", "a": "task", "b": "task", "c": "task", "e": "end"}, "s>a", "a>b", "b>c", "c>e"
    )
    play = Play(drawn).done("a").done("b").back("c", "a", then="back")
    assert play.open == ["a"]
    assert play.done("a").open == ["c"]
    assert play.times("b") == 1


def test_straight_back_is_refused_where_siblings_would_be_lost():
    play = applied()
    with pytest.raises(NotOnPath):
        play.back("a1", "b")
    with pytest.raises(NotAllowed):
        applied().back("a1", "apply", then="back")


def test_a_return_leads_only_where_the_node_allows():
    drawn = draw(
        {"s": "start", "a": "task", "b": "task", "c": {"type": "task", "returns_to": ["b"]}, "e": "end"},
        "s>a", "a>b", "b>c", "c>e",
    )  # fmt: skip
    play = Play(drawn).done("a").done("b")
    with pytest.raises(NotAllowed):
        play.back("c", "a")
    with pytest.raises(NotAsked):
        play.back("c", "b", by="staff:9")
    assert play.back("c", "b").open == ["b"]


def test_a_return_to_the_start_asks_whoever_started():
    drawn = draw({"s": "start", "a": "task", "e": "end"}, "s>a", "a>e")
    play = Play(drawn, starter="staff:7").back("a", "s")
    assert play.open == ["s"]
    assert play.done("s", by="staff:7").open == ["a"]


def test_what_actions_did_since_is_taken_back_once():
    drawn = draw(
        {
            "s": "start", "a": "task",
            "pay": {"type": "action", "effect": "pay", "awaited": False, "undo": {"effect": "refund"}},
            "b": "task", "e": "end",
        },
        "s>a", "a>pay", "pay>b", "b>e",
    )  # fmt: skip
    play = Play(drawn).done("a").back("b", "a")
    refunds = [e for e in play.run.effects if isinstance(e, CallWanted) and e.effect == "refund"]
    assert [refund.params for refund in refunds] == [{"undoes": 3}]
    play.done("a").back("b", "a")
    refunds = [e for e in play.run.effects if isinstance(e, CallWanted) and e.effect == "refund"]
    assert len(refunds) == 2


def test_an_answer_is_withdrawn_while_nobody_has_acted_on_it():
    play = Play(lanes()).done("apply", by="staff:1")
    play.do(Withdraw(visit=2, party="staff:1"))
    assert play.open == ["apply"]
    assert [work.party.key for work in play.at("apply").works] == ["staff:1"]


def test_an_answer_is_not_withdrawn_after_somebody_has_acted():
    play = Play(lanes()).done("apply").done("b")
    with pytest.raises(ActedSince):
        play.do(Withdraw(visit=2, party="staff:1"))
    claimed = Play(lanes()).done("apply")
    claimed.do(Claim(visit=claimed.at("b").visit, party="staff:1"))
    with pytest.raises(ActedSince):
        claimed.do(Withdraw(visit=2, party="staff:1"))


def test_only_who_gave_an_answer_withdraws_it():
    play = Play(lanes()).done("apply")
    with pytest.raises(NotAsked):
        play.do(Withdraw(visit=2, party="staff:2"))


def test_the_starter_withdraws_the_run_before_anybody_has_acted():
    play = Play(lanes(), starter="staff:5")
    play.do(Withdraw(visit=1, party="staff:5"))
    assert (play.status, play.run.state.result) == ("cancelled", "withdrawn")


def test_a_join_whose_lane_was_cancelled_is_skipped_by_right():
    play = Play(lanes("all")).done("apply").done("b")
    play.do(Cancel(visit=play.at("a1").visit))
    assert play.at("meet").incident is not None
    play.do(Skip(visit=play.at("meet").visit, reason="仓库不用查了"))
    assert play.open == ["after"]
