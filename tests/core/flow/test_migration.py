"""Moving running runs to another version."""

import pytest
from tests.core.flow.playing import Play, draw

from shuniu.core.flow.commands import Migrate
from shuniu.core.flow.document import FlowDocument
from shuniu.core.flow.migrate import MigrationRefused, preview

LANES = ("s>split", "split>a", "split>b", "a>meet", "b>meet", "meet>e")


def old() -> FlowDocument:
    nodes = {
        "s": "start",
        "split": "parallel",
        "a": "task",
        "b": "task",
        "meet": {"type": "join", "mode": "all"},
        "e": "end",
    }
    return draw(nodes, *LANES)


def new(**more: object) -> FlowDocument:
    nodes = {
        "s": "start", "split": "parallel", "a2": "task", "b": "task", "meet": {"type": "join", "mode": "all"},
        "check": "task", "e": "end", **more,
    }  # fmt: skip
    return draw(nodes, "s>split", "split>b", "split>a2", "a2>meet", "b>meet", "meet>check", "check>e")


def moved(play: Play, to: FlowDocument, **mapping: str) -> None:
    play.store.migrate(play.run, to, Migrate(version=2, mapping=mapping))


def test_open_steps_and_arrivals_move_with_their_paths_and_go_on():
    play = Play(old()).done("b")
    moved(play, new(), a="a2")
    assert sorted(play.open) == ["a2", "meet"]
    assert play.at("a2").works[0].party.key == "staff:1"
    play.done("a2")
    assert play.open == ["check"]
    assert play.done("check").status == "ended"


def test_a_return_after_the_move_finds_the_new_names():
    play = Play(old()).done("a")
    moved(play, new(), a="a2")
    play.done("b")
    assert play.back("check", "a2").open[-1] == "a2"


def test_the_preview_names_who_cannot_move_and_why():
    play = Play(old()).done("b")
    (stuck,) = preview(play.run.document, new(), play.run.state, {})
    assert (stuck.node, stuck.code, stuck.text.zh) == ("a", "node_gone", "新版本没有这个节点")
    with pytest.raises(MigrationRefused):
        moved(play, new())
    assert [one.code for one in preview(old(), new(), play.run.state, {"a": "meet"})] == ["other_type"]


def test_levels_waits_and_lanes_must_still_be_there():
    def signing(levels: int) -> FlowDocument:
        one = {"people": {"by": "starter"}}
        return draw(
            {"s": "start", "sign": {"type": "approval", "on_reject": "end", "levels": [one] * levels}, "e": "end"},
            "s>sign", "sign>e",
        )  # fmt: skip

    def hearing(event: str) -> FlowDocument:
        wait = {"type": "wait", "until": [{"waits": "event", "event": event}]}
        return draw({"s": "start", "w": wait, "e": "end"}, "s>w", "w>e")

    play = Play(signing(2)).approve("sign")
    assert [one.code for one in preview(signing(2), signing(1), play.run.state, {})] == ["level_gone"]
    assert preview(signing(2), signing(3), play.run.state, {}) == ()
    waiting = Play(hearing("order.paid"))
    assert [
        one.code for one in preview(hearing("order.paid"), hearing("order.shipped"), waiting.run.state, {})
    ] == ["waits_otherwise"]
    narrow = draw(
        {"s": "start", "split": "parallel", "a": "task", "b": "task", "c": "task", "meet": "join", "e": "end"},
        "s>split", "split>a", "split>b", "a>meet", "b>c", "c>meet", "meet>e",
    )  # fmt: skip
    arrived = Play(old()).done("b")
    assert [one.code for one in preview(old(), narrow, arrived.run.state, {})] == ["lane_gone"]
