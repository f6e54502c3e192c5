"""Commands on runs: rights, keys, forms, what is written and told."""

import pytest
from django.db import connection
from tests.factories import flows as make
from tests.factories import work_orders as shops

from shuniu.core.flow.commands import COMMANDS
from shuniu.core.flow.state import NEW
from shuniu.core.flow.step import step
from shuniu.flows import actions, queries
from shuniu.flows.contracts import AnswersInvalid, KeyReused, ReasonMissing, WorkNotFound, WorkTaken
from shuniu.flows.models import FlowCommand, FlowStep
from shuniu.flows.runs.documents import document_of
from shuniu.flows.runs.state import lock
from shuniu.foundation.hub import Ref
from shuniu.org import queries as org

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    found = shops.shop()
    make.publish()
    return found


def good(by):
    return {"amount": "120.5", "papers": [shops.picture(by)]}


def refuse(run_id, place, **rest):
    chen = place.actor("chen")
    given = {"answers": {"reason": "超过退款期"}, "outcome": "refused", "key": "k", **rest}
    return actions.complete(work_id=make.work_of(run_id, chen.staff_id), by=chen, now=shops.MORNING, **given)


def test_starting_asks_the_store_manager_and_lets_them_take_part(place):
    run = make.start(place)
    (opened,) = [s for s in make.see(run.run_id).steps if s.status == "open"]
    assert [(w.staff_name, w.status) for w in opened.works] == [("陈店长", "open")]
    assert org.participants(Ref("customer", place.customer)) == {place.staff["chen"]: {"asked"}}
    assert [row.node for row in queries.inbox(place.staff["chen"], now=shops.MORNING)] == ["review"]
    with connection.cursor() as cursor:
        cursor.execute(
            "select name from event where name like 'flow.%%' and unit_id = %s order by id", [place.store]
        )
        assert [name for (name,) in cursor.fetchall()] == ["flow.run_started", "flow.step_opened"]


def test_the_same_start_key_starts_one_run(place):
    first = make.start(place)
    again = make.start(place)
    assert (again.run_id, again.replayed) == (first.run_id, True)
    with pytest.raises(KeyReused):
        actions.start(
            flow_key="review",
            subject=Ref("customer", 999),
            unit_id=place.store,
            by=shops.HOUSE,
            now=shops.MORNING,
            key="first",
        )


def test_a_double_click_is_one_answer(place):
    run = make.start(place)
    refuse(run.run_id, place)
    assert refuse(run.run_id, place).replayed is True
    assert FlowCommand.objects.filter(run_id=run.run_id).count() == 2
    with pytest.raises(KeyReused):
        refuse(run.run_id, place, answers={"reason": "另一个原因"})


def test_another_key_comes_too_late(place):
    run = make.start(place)
    refuse(run.run_id, place)
    with pytest.raises(WorkTaken):
        refuse(run.run_id, place, key="other")


def test_work_of_somebody_else_is_not_found(place):
    run = make.start(place)
    work = make.work_of(run.run_id, place.staff["chen"])
    with pytest.raises(WorkNotFound):
        actions.complete(work_id=work, outcome="refused", by=place.actor("he"), now=shops.MORNING, key="k")


def test_wrong_answers_are_pointed_at_and_change_nothing(place):
    run = make.start(place)
    chen = place.actor("chen")
    with pytest.raises(AnswersInvalid) as refused:
        refuse(run.run_id, place, outcome="passed", answers={"amount": "1.234", "papers": [987654]})
    assert [(p.field, p.code) for p in refused.value.field_problems()] == [
        ("answers.amount", "too_precise"),
        ("answers.papers", "file_missing"),
    ]
    with pytest.raises(ReasonMissing):
        refuse(run.run_id, place, answers={})
    assert queries.open_work_of(chen.staff_id, run_id=run.run_id) == {
        "review": make.work_of(run.run_id, chen.staff_id)
    }


def test_good_answers_are_kept_with_the_step_and_their_files_with_the_subject(place):
    run = make.start(place)
    chen = place.actor("chen")
    answers = good(chen)
    actions.complete(
        work_id=make.work_of(run.run_id, chen.staff_id),
        outcome="passed",
        answers=answers,
        by=chen,
        now=shops.MORNING,
        key="k",
    )
    closed = FlowStep.objects.get(run_id=run.run_id, node="review")
    assert closed.answers == {"amount": "120.50", "papers": answers["papers"]}
    assert (closed.outcome, closed.closed_by) == ("passed", chen.key)
    assert lock(run.run_id).state.facts["金额"] == "120.50"


def test_assigning_hands_the_work_over(place):
    run = make.start(place)
    sun = place.staff["sun"]
    actions.assign(
        run_id=run.run_id, node="review", staff_ids=[sun], by=place.actor("chen"), now=shops.MORNING, key="k"
    )
    assert queries.inbox(place.staff["chen"], now=shops.MORNING) == []
    assert len(queries.inbox(sun, now=shops.MORNING)) == 1
    with pytest.raises(WorkTaken):
        refuse(run.run_id, place, key="late")


def test_cancelling_leaves_nothing_open(place):
    run = make.start(place)
    actions.cancel(run_id=run.run_id, reason="客户撤回", by=shops.HOUSE, now=shops.MORNING, key="k")
    view = make.see(run.run_id)
    assert view.status == "cancelled"
    assert [(s.node, s.status) for s in view.steps if s.status != "closed"] == [("review", "cancelled")]
    assert queries.inbox(place.staff["chen"], now=shops.MORNING) == []


def test_the_log_of_commands_replays_to_the_state(place):
    run = make.start(place)
    chen = place.actor("chen")
    actions.assign(
        run_id=run.run_id, node="review", staff_ids=[place.staff["sun"]], by=chen, now=shops.MORNING, key="1"
    )
    actions.assign(
        run_id=run.run_id, node="review", staff_ids=[chen.staff_id], by=chen, now=shops.MORNING, key="2"
    )
    actions.complete(
        work_id=make.work_of(run.run_id, chen.staff_id),
        outcome="passed",
        answers=good(chen),
        by=chen,
        now=shops.MORNING,
        key="3",
    )
    locked = lock(run.run_id)
    replayed = NEW
    for row in FlowCommand.objects.filter(run_id=run.run_id).order_by("rev"):
        for command in COMMANDS.validate_python(row.content):
            replayed = step(document_of(locked.version_id), replayed, command, row.at).state
    assert replayed == locked.state


def test_a_command_costs_a_fixed_number_of_queries(place, django_assert_max_num_queries):
    run = make.start(place)
    chen = place.actor("chen")
    work = make.work_of(run.run_id, chen.staff_id)
    with django_assert_max_num_queries(12):
        actions.complete(
            work_id=work, outcome="refused", answers={"reason": "x"}, by=chen, now=shops.MORNING, key="k"
        )
