"""Trial runs: answers given, answers chosen, a clock of their own."""

from tests.core.flow.playing import ALWAYS, MONDAY, draw

from shuniu.core.flow.document import FlowDocument
from shuniu.core.flow.simulate import Played, Script, simulate

REFUND = draw(
    {
        "begin": "start", "apply": "task",
        "sign": {"type": "approval", "levels": [
            {"people": {"by": "store_head"}}, {"people": {"by": "role", "role": "finance"}, "mode": "all"},
        ]},
        "split": "parallel", "pay": {"type": "action", "effect": "pay"}, "tell": {"type": "notify", "text": {"zh": "好", "en": "ok"}},
        "meet": "join", "wait": {"type": "wait", "until": [
            {"waits": "event", "key": "got", "event": "paid"}, {"waits": "time", "key": "late", "amount": 3, "clock": "wall"},
        ]},
        "finish": {"type": "end", "result": "done"}, "sorry": {"type": "end", "result": "refused"},
    },
    "begin>apply", "apply>sign", ("sign>split", {"outcome": "approved"}), ("sign>sorry", {"outcome": "rejected"}),
    "split>pay", "split>tell", "pay>meet", "tell>meet", "meet>wait", "wait>finish", facts={"x": "number"},
)  # fmt: skip


def play(document: FlowDocument, **given: object) -> Played:
    return simulate(document, Script.of(document, given), now=MONDAY, calendar=ALWAYS)


def nodes(played: Played) -> list[str]:
    return [line["node"] for line in played.lines()]


def test_without_answers_the_first_of_everything_is_chosen():
    played = play(REFUND)
    assert nodes(played) == [
        "begin",
        "apply",
        "sign",
        "sign",
        "split",
        "pay",
        "tell",
        "meet",
        "wait",
        "finish",
    ]
    assert (played.end()["status"], played.end()["result"], played.stuck) == ("ended", "done", None)


def test_answers_by_node_lead_another_way_and_facts_stay():
    played = play(REFUND, sign=["approved", "rejected"], x=3)
    assert nodes(played)[-1] == "sorry"
    assert played.end()["facts"]["x"] == 3
    long = play(REFUND, answers={"sign": {"outcome": "rejected"}}, facts={"x": 4})
    assert (nodes(long)[-1], long.end()["facts"]["x"]) == ("sorry", 4)


def test_the_clock_moves_to_what_is_waited_for():
    assert play(REFUND, wait="late").end()["clock"] == "2026-01-08T01:00:00+00:00"
    assert play(REFUND).end()["clock"] == MONDAY.isoformat()


def test_what_fails_leaves_the_run_standing_and_says_why():
    played = play(REFUND, pay={"fail": True})
    assert (played.end()["status"], played.end()["open"]) == ("running", ["pay", "meet"])
    assert played.stuck == "试跑中设为失败"


def test_people_named_for_a_node_are_asked_there():
    played = play(REFUND, people={"sign": [4, 5]})
    assert [line["by"] for line in played.lines() if line["node"] == "sign"] == ["staff:4", "staff:5"]
