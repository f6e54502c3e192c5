"""What a new flow may begin from."""

import pytest
from tests.factories import work_orders as shops
from tests.factories.org import client_of

from shuniu.flows.queries.checking import problems_of
from shuniu.flows.queries.choices import templates


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.key)
def test_a_template_is_ready_to_be_published(template):
    assert [problem for problem in problems_of(template.document) if not problem.warning] == []


def test_the_blank_one_comes_first():
    assert templates()[0].key == "blank"


@pytest.mark.django_db
def test_the_designer_offers_roles_positions_and_published_flows():
    place = shops.shop()
    found = client_of(place.staff["sun"]).get("/api/flow-choices").json()
    assert "store_manager" in {role["key"] for role in found["roles"]}
    assert "quality_control" in {position["key"] for position in found["positions"]}
    assert [flow["key"] for flow in found["flows"]] == ["ac_install"]
