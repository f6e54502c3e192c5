"""A document written and read back is the same document, whatever is in it; the file keeps BPMN 2.0's rules."""

from pathlib import Path

import pytest
import SpiffWorkflow.bpmn.parser
from hypothesis import HealthCheck, given, settings
from lxml import etree
from tests.core.flow.bpmn.generated import documents
from tests.core.flow.documents import offer_document

from shuniu.core.flow.bpmn import Fate, from_bpmn, to_bpmn
from shuniu.core.flow.bpmn.xmltree import parse
from shuniu.core.flow.document import FlowDocument

CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    """The OMG's schema, as SpiffWorkflow brings it."""
    folder = Path(SpiffWorkflow.bpmn.parser.__file__).parent / "schema"
    return etree.XMLSchema(etree.parse(str(folder / "BPMN20.xsd")))


@CALM
@given(document=documents())
def test_any_document_comes_back_the_same(document: FlowDocument) -> None:
    imported = from_bpmn(to_bpmn(document, key="ac_install"))
    assert [flow.key for flow in imported.flows] == ["ac_install"]
    assert imported.flows[0].document == document


@CALM
@given(document=documents())
def test_nothing_of_a_file_of_ours_is_refused(document: FlowDocument) -> None:
    written = to_bpmn(document)
    report = from_bpmn(written).report
    assert report.count(Fate.REFUSED) == report.count(Fate.APPROXIMATED) == 0
    assert report.elements == sum(1 for _ in parse(written).all())


@CALM
@given(document=documents())
def test_any_document_is_valid_by_the_schema_of_the_omg(
    document: FlowDocument, schema: etree.XMLSchema
) -> None:
    schema.assertValid(etree.fromstring(to_bpmn(document).encode()))


@CALM
@given(document=documents())
def test_every_reference_in_a_file_leads_somewhere(document: FlowDocument) -> None:
    root = parse(to_bpmn(document))
    ids = [one.id for one in root.all() if one.id]
    assert len(ids) == len(set(ids))
    known = set(ids)
    for one in root.all():
        for name in (
            "sourceRef",
            "targetRef",
            "attachedToRef",
            "default",
            "bpmnElement",
            "messageRef",
            "signalRef",
        ):
            assert one.get(name) is None or one.get(name) in known
        if one.tag in ("incoming", "outgoing"):
            assert one.text in known


def test_incoming_and_outgoing_say_what_the_flows_say() -> None:
    root = parse(to_bpmn(offer_document()))
    for flow in (one for one in root.all() if one.tag == "sequenceFlow"):
        ends = {one.id: one for one in root.all() if one.id in (flow.get("sourceRef"), flow.get("targetRef"))}
        assert flow.id in [one.text for one in ends[flow.get("sourceRef")].every("outgoing")]
        assert flow.id in [one.text for one in ends[flow.get("targetRef")].every("incoming")]


def test_writing_twice_gives_the_same_file() -> None:
    assert to_bpmn(offer_document()) == to_bpmn(offer_document())


def test_a_name_that_is_only_a_line_break_comes_back() -> None:
    document = offer_document()
    odd = document.nodes[0].model_copy(
        update={"name": document.nodes[0].name.model_copy(update={"zh": "\n"})}
    )
    document = document.model_copy(update={"nodes": (odd, *document.nodes[1:])})
    assert from_bpmn(to_bpmn(document, key="ac_install")).flows[0].document == document
