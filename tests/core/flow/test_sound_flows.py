"""Flows drawn at random: what the check lets through never gets stuck when it is played."""

from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.core.flow.playing import ALWAYS, MONDAY, draw

from shuniu.core.flow.check import check
from shuniu.core.flow.document import FlowDocument
from shuniu.core.flow.simulate import Script, simulate

JOINS = (
    {"type": "join", "mode": "all"},
    {"type": "join", "mode": "active"},
    {"type": "join", "mode": "n_of_m", "needed": 1},
    {"type": "join", "mode": "n_of_m", "needed": 2},
    {"type": "join", "mode": "n_of_m", "needed": 1, "rest": "cancel"},
)


@st.composite
def flows(draw_one: st.DrawFn) -> FlowDocument:
    """A handful of nodes and any edges between them that their kinds allow."""
    count = draw_one(st.integers(2, 7))
    kinds = draw_one(
        st.lists(
            st.sampled_from(["task", "two", "branch", "parallel", "inclusive", "join"]),
            min_size=count,
            max_size=count,
        )
    )
    names = [f"n{at}" for at in range(count)]
    nodes: dict[str, Any] = {
        "s": "start",
        "e": {"type": "end", "terminate": draw_one(st.integers(0, 9)) == 0},
    }
    edges: list[Any] = [f"s>{names[0]}"]
    anywhere = st.sampled_from([*names, "e"])

    def target(at: int) -> str:
        """Mostly forward, so that many of them come to an end."""
        ahead = [*names[at + 1 : at + 4], "e"]
        return draw_one(anywhere) if draw_one(st.integers(0, 4)) == 0 else draw_one(st.sampled_from(ahead))

    for at, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        if kind == "two":
            nodes[name] = {"type": "task", "ways": ["l", "r"]}
            edges += [(f"{name}>{target(at)}", {"outcome": key}) for key in ("l", "r")]
        elif kind in ("branch", "inclusive"):
            nodes[name] = kind
            edges += [
                (f"{name}>{target(at)}", {"default": True}),
                *((f"{name}>{target(at)}", {"condition": f"x{at} > {least}"}) for least in (1, 2)),
            ]
        else:
            nodes[name] = draw_one(st.sampled_from(JOINS)) if kind == "join" else kind
            edges += [
                f"{name}>{target(at)}"
                for _ in range(draw_one(st.integers(2, 3)) if kind == "parallel" else 1)
            ]
    return pruned(nodes, edges, {f"x{at}": "number" for at in range(count)})


def pruned(nodes: dict[str, Any], edges: list[Any], facts: dict[str, str]) -> FlowDocument:
    """Without what cannot be reached, and with no join that wants more lanes than it has."""
    ends = [tuple((edge if isinstance(edge, str) else edge[0]).split(">")) for edge in edges]
    reached = {"s"}
    while more := {target for source, target in ends if source in reached} - reached:
        reached |= more
    kept = [edge for edge, (source, _) in zip(edges, ends, strict=True) if source in reached]
    drawn = {name: kind for name, kind in nodes.items() if name in reached}
    for name, kind in drawn.items():
        lanes = sum(source in reached and target == name for source, target in ends)
        if isinstance(kind, dict) and kind.get("needed", 0) > lanes:
            drawn[name] = {**kind, "needed": lanes}
    return draw(drawn, *kept, facts=facts)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
@given(
    flows(),
    st.lists(st.integers(0, 99), min_size=40, max_size=40),
    st.lists(st.integers(1, 3), min_size=7, max_size=7),
)
def test_what_the_check_lets_through_never_gets_stuck(document, chances, facts):
    assume("e" in document.by_id)
    assume(not [problem for problem in check(document) if not problem.warning])
    turn = iter(chances * 20)
    script = Script(facts={f"x{at}": value for at, value in enumerate(facts)})
    played = simulate(document, script, now=MONDAY, calendar=ALWAYS, choose=lambda many: next(turn, 0) % many)
    assert played.stuck in (None, "步数太多"), played.end()
