"""Versions are checked, numbered, and never change."""

import copy

import pytest
from django.db import DatabaseError, connection, transaction
from tests.factories import flows as make
from tests.factories import work_orders as shops

from shuniu.flows import queries
from shuniu.flows.contracts import DocumentFaulty
from shuniu.flows.runs.documents import content_hash
from shuniu.foundation.errors import Forbidden

pytestmark = pytest.mark.django_db


def test_the_same_document_is_published_once_and_a_changed_one_gets_the_next_number():
    shops.shop()
    first = make.publish()
    assert make.publish() == first
    changed = copy.deepcopy(make.REVIEW)
    changed["nodes"][1]["deadline"]["amount"] = 90
    second = make.publish(changed)
    assert [(row.number, row.current) for row in queries.versions("review", actor=make.HOUSE)] == [
        (2, True),
        (1, False),
    ]
    assert queries.current_version("review").id == second
    assert queries.document(first).by_id["review"].deadline.amount == 60


def test_a_faulty_document_is_refused_with_every_problem():
    shops.shop()
    faulty = copy.deepcopy(make.REVIEW)
    faulty["edges"] = faulty["edges"][:2]
    with pytest.raises(DocumentFaulty) as refused:
        make.publish(faulty)
    found = [(problem.field, problem.code) for problem in refused.value.field_problems()]
    assert ("review", "outcome_without_way") in found
    assert ("pay", "no_way_out") in found


def test_what_is_no_document_is_refused_in_words():
    shops.shop()
    with pytest.raises(DocumentFaulty) as refused:
        make.publish({"name": "x"})
    assert {problem.code for problem in refused.value.field_problems()} == {"malformed"}


def test_who_may_not_publish_is_refused():
    place = shops.shop()
    with pytest.raises(Forbidden):
        make.actions.publish(key="review", document=make.REVIEW, by=place.actor("xiaoli"), now=shops.MORNING)


@pytest.mark.parametrize(
    "change",
    ["update flow_version set note = 'x'", "delete from flow_version", "update flow_command set at = now()"],
)
def test_the_database_refuses_to_change_what_is_written_once(change):
    place = shops.shop()
    make.publish()
    make.start(place)
    with (
        pytest.raises(DatabaseError, match="written once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_the_hash_does_not_depend_on_the_order_of_keys():
    assert content_hash({"a": 1, "b": [1, 2]}) == content_hash({"b": [1, 2], "a": 1})
