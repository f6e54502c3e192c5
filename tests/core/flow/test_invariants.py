"""What holds after any sequence of commands."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from tests.core.flow.documents import offer_document

from shuniu.core.flow.commands import COMMANDS, Assign, Cancel, Command, Complete, FireTimer, Start
from shuniu.core.flow.effects import Effect, StepClosed, StepOpened, WorkClosed, WorkOpened
from shuniu.core.flow.errors import FlowRefused
from shuniu.core.flow.state import NEW, RunState, RunStatus
from shuniu.core.flow.step import step

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
OFFERS = offer_document()
PARTIES = ("system", "customer", "staff:1", "staff:2", "staff:3")

visits = st.integers(1, 12)
commands = st.one_of(
    st.builds(
        Complete,
        visit=visits,
        party=st.sampled_from(PARTIES),
        outcome=st.sampled_from([None, "found", "nobody", "accepted", "declined", "done"]),
        answers=st.fixed_dictionaries({}, optional={"rating": st.integers(1, 5)}),
        facts=st.fixed_dictionaries({}, optional={"工单.师傅": st.integers(1, 3)}),
    ),
    st.builds(Assign, visit=visits, parties=st.lists(st.sampled_from(PARTIES), max_size=3).map(tuple)),
    st.builds(FireTimer, visit=visits, rung=st.sampled_from(["due", "before_10"])),
    st.just(Cancel(reason="")),
)


def play(asked: list[Command]) -> tuple[RunState, list[Command], list[Effect]]:
    """What was let through, and what it brought about."""
    state, done, effects = NEW, [], []
    for command in [Start(), *asked]:
        try:
            moved = step(OFFERS, state, command, NOW)
        except FlowRefused:
            continue
        state = moved.state
        done.append(command)
        effects.extend(moved.effects)
    return state, done, effects


@given(st.lists(commands, max_size=25))
def test_a_run_that_is_over_has_no_open_step(asked):
    state, _, _ = play(asked)
    assert (state.status is RunStatus.RUNNING) == bool(state.steps)


@given(st.lists(commands, max_size=25))
def test_the_log_replays_to_the_same_state(asked):
    state, done, _ = play(asked)
    log = COMMANDS.validate_json(COMMANDS.dump_json(done))
    again = NEW
    for command in log:
        again = step(OFFERS, again, command, NOW).state
    assert again == state


@given(st.lists(commands, max_size=25))
def test_every_step_and_work_opens_once_and_closes_at_most_once(asked):
    state, _, effects = play(asked)
    opened = [e.visit for e in effects if isinstance(e, StepOpened)]
    closed = [e.visit for e in effects if isinstance(e, StepClosed)]
    assert opened == list(range(1, state.visits_made + 1))
    assert len(set(closed)) == len(closed)
    assert {here.visit for here in state.steps} == set(opened) - set(closed)
    works = [(e.visit, e.number) for e in effects if isinstance(e, WorkOpened)]
    over = [(e.visit, e.number) for e in effects if isinstance(e, WorkClosed)]
    assert len(set(works)) == len(works)
    assert len(set(over)) == len(over)
    assert {(s.visit, w.number) for s in state.steps for w in s.works} == set(works) - set(over)


@given(st.lists(commands, max_size=25))
def test_the_path_of_a_step_is_bounded_by_the_document(asked):
    state, _, _ = play(asked)
    for here in state.steps:
        assert set(here.via) <= set(OFFERS.by_id)
        assert here.via[here.node] == here.visit == max(here.via.values())
