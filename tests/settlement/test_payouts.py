import pytest
from tests.factories import org as org_factory
from tests.factories.settlement import HOUSE, NOON, House, completed, house

from shuniu.foundation.hub import Ref
from shuniu.ledger import queries as ledger
from shuniu.ledger.models import Transaction
from shuniu.org import actions as org
from shuniu.org.models import Notice
from shuniu.settlement import actions, queries
from shuniu.settlement.contracts import BatchDecided, FourEyes, NothingToPay, PayoutSettled, State
from shuniu.settlement.models import Payout, PayoutAttempt

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> House:
    """张师傅 can withdraw 760.00 of two orders, his colleague 380.00 of one."""
    made = house()
    news = [completed(made, 1), completed(made, 2), completed(made, 3, worker=made.other)]
    actions.record_inputs(news=news, by=HOUSE, now=NOON)
    actions.confirm_many(sources=[new.source for new in news], by=HOUSE, now=NOON)
    actions.release_due(by=HOUSE, now=NOON)
    return made


def balances(staff_id: int) -> dict[str, str]:
    found = ledger.balances(Ref("staff", staff_id))
    return {purpose: str(amount) for purpose, amount in found.items() if amount}


def sent(place: House) -> list[Payout]:
    batch = actions.create_batch(beneficiary_ids=None, by=HOUSE, now=NOON)
    actions.approve_batch(batch_id=batch, by=HOUSE, now=NOON)
    return list(Payout.objects.order_by("-amount"))


def test_a_batch_pays_what_everybody_can_withdraw(place: House) -> None:
    batch = actions.create_batch(beneficiary_ids=None, by=HOUSE, now=NOON)
    row = queries.batch(HOUSE, batch)
    assert (row.no, row.payouts, str(row.total), row.status) == ("DK20261120001", 2, "1140.00", "draft")
    assert balances(place.worker) == {"withdrawable": "760.00"}
    actions.approve_batch(batch_id=batch, by=HOUSE, now=NOON)
    assert balances(place.worker) == {"in_transit": "760.00"}
    results = [actions.Result(one.pk, actions.Outcome.PAID, "BK1") for one in Payout.objects.all()]
    assert actions.record_results(results=results, by=HOUSE, now=NOON) == 2
    assert balances(place.worker) == {"paid": "760.00"}
    assert queries.batch(HOUSE, batch).status == "finished"
    assert ledger.findings() == []


def test_money_in_a_draft_is_not_drafted_again(place: House) -> None:
    actions.create_batch(beneficiary_ids=[place.worker], by=HOUSE, now=NOON)
    assert [one.beneficiary_id for one in queries.withdrawables(actor=HOUSE)] == [place.other]
    with pytest.raises(NothingToPay):
        actions.create_batch(beneficiary_ids=[place.worker], by=HOUSE, now=NOON)


def test_a_failed_payout_returns_the_money_and_says_why(place: House) -> None:
    first, _ = sent(place)
    failed = actions.Result(first.pk, actions.Outcome.FAILED, reason="账号有误")
    actions.record_results(results=[failed], by=HOUSE, now=NOON)
    assert balances(place.worker) == {"withdrawable": "760.00"}
    first.refresh_from_db()
    assert (first.status, first.reason) == ("failed", "账号有误")
    again = actions.create_batch(beneficiary_ids=None, by=HOUSE, now=NOON)
    assert Payout.objects.get(batch_id=again).bill_no == "DK20261120002-0001"


def test_an_unknown_outcome_is_asked_again_under_the_same_number(place: House) -> None:
    first, _ = sent(place)
    for outcome in (actions.Outcome.UNKNOWN, actions.Outcome.ASKED, actions.Outcome.PAID):
        actions.record_results(results=[actions.Result(first.pk, outcome)], by=HOUSE, now=NOON)
    attempts = PayoutAttempt.objects.filter(payout=first).order_by("number")
    assert [(one.number, one.outcome) for one in attempts] == [
        (1, "sent"),
        (2, "unknown"),
        (3, "asked"),
        (4, "paid"),
    ]
    assert balances(place.worker) == {"paid": "760.00"}
    assert Transaction.objects.filter(source_kind="payout", source_id=first.pk).count() == 2


def test_a_final_answer_may_come_twice_but_not_change(place: House) -> None:
    first, _ = sent(place)
    paid = actions.Result(first.pk, actions.Outcome.PAID)
    assert [actions.record_results(results=[paid], by=HOUSE, now=NOON) for _ in range(2)] == [1, 0]
    with pytest.raises(PayoutSettled):
        actions.record_results(
            results=[actions.Result(first.pk, actions.Outcome.FAILED, reason="x")], by=HOUSE, now=NOON
        )
    assert balances(place.worker) == {"paid": "760.00"}


def test_a_rejected_draft_moves_nothing(place: House) -> None:
    batch = actions.create_batch(beneficiary_ids=None, by=HOUSE, now=NOON)
    actions.reject_batch(batch_id=batch, reason="下周再付", by=HOUSE, now=NOON)
    assert balances(place.worker) == {"withdrawable": "760.00"}
    with pytest.raises(BatchDecided):
        actions.approve_batch(batch_id=batch, by=HOUSE, now=NOON)


def test_where_four_eyes_are_set_nobody_approves_their_own_batch(place: House) -> None:
    org.set_setting(key="settlement.four_eyes", unit_id=place.hq, value=True, by=HOUSE, now=NOON)
    second = org_factory.person("周会计", unit_id=place.hq, role="finance", username="second")
    qian, zhou = place.actor("qian"), org_factory.actor_of(second.id)
    batch = actions.create_batch(beneficiary_ids=None, by=qian, now=NOON)
    with pytest.raises(FourEyes):
        actions.approve_batch(batch_id=batch, by=qian, now=NOON)
    actions.approve_batch(batch_id=batch, by=zhou, now=NOON)
    assert balances(place.worker) == {"in_transit": "760.00"}


def test_states_of_lines_follow_the_money_without_being_marked(place: House) -> None:
    page = queries.own_earning_set(place.actor("zhang"))
    assert page.count() == 2
    first, _ = sent(place)
    states = [queries.own_earning_set(place.actor("zhang"), state=state).count() for state in State]
    assert states == [0, 0, 0, 2, 0, 0]
    actions.record_results(results=[actions.Result(first.pk, actions.Outcome.PAID)], by=HOUSE, now=NOON)
    actions.record_inputs(news=[completed(place, 4)], by=HOUSE, now=NOON)
    states = [queries.own_earning_set(place.actor("zhang"), state=state).count() for state in State]
    assert states == [1, 0, 0, 0, 2, 0]


def test_the_worker_is_told_when_money_is_sent_and_when_it_arrives(place: House) -> None:
    first, _ = sent(place)
    actions.record_results(results=[actions.Result(first.pk, actions.Outcome.PAID)], by=HOUSE, now=NOON)
    titles = Notice.objects.filter(staff_id=place.worker).order_by("id").values_list("title", flat=True)
    assert list(titles) == ["760.00 元正在打款", "760.00 元已到账"]


def test_a_batch_takes_the_same_statements_for_many_as_for_two(
    place: House, django_assert_max_num_queries: object
) -> None:
    batch = actions.create_batch(beneficiary_ids=None, by=HOUSE, now=NOON)
    with django_assert_max_num_queries(34):  # type: ignore[operator]
        actions.approve_batch(batch_id=batch, by=HOUSE, now=NOON)
