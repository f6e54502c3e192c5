"""No file makes reading raise anything but its own error, fetch anything, or run out of bounds."""

import random
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.flow.bpmn.reading import HEAD, SAMPLES

from shuniu.core.flow.bpmn import BpmnError, from_bpmn
from shuniu.core.flow.bpmn.names import BPMN
from shuniu.core.flow.bpmn.xmltree import parse

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"", "not_xml"),
        (b"<a>", "not_xml"),
        (b"\xff\xfe\x00", "not_xml"),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', "not_xml"),
        (b'<?xml version="1.0" encoding="GBK"?><a>\xff\xff</a>', "not_xml"),
        ("<a>\ud800</a>", "not_xml"),
        ("<x:a/>", "not_xml"),
        ("<svg/>", "not_bpmn"),
        (f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]><d>&l9;</d>', "entities"),
        ('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>', "entities"),
        ("<a>" * 300 + "</a>" * 300, "too_large"),
        (
            HEAD
            + '<process id="p">'
            + '<subProcess id="s">' * 80
            + "</subProcess>" * 80
            + "</process></definitions>",
            "too_deep",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(file: bytes | str, code: str) -> None:
    with pytest.raises(BpmnError) as refused:
        from_bpmn(file)
    assert refused.value.code == code


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=80) | st.text(max_size=80).map(lambda text: f"<{text}"))
def test_any_bytes_give_a_report_or_the_one_error(data: bytes | str) -> None:
    try:
        from_bpmn(data)
    except BpmnError as refused:
        assert refused.text.zh
        assert refused.text.en


TAGS = [
    "task", "subProcess", "startEvent", "endEvent", "boundaryEvent", "eventBasedGateway", "sequenceFlow", "transaction",
    "multiInstanceLoopCharacteristics", "linkEventDefinition", "exclusiveGateway", "process", "lane",
]  # fmt: skip


def _spoil(file: bytes, chance: random.Random) -> bytes:
    """The file with a few elements renamed, removed or emptied, and references turned."""
    root = ET.fromstring(file)  # noqa: S314 - our own samples
    everything = list(root.iter())
    parents = {child: parent for parent in everything for child in parent}
    for _ in range(chance.randint(1, 6)):
        one = chance.choice(everything)
        way = chance.randrange(4)
        if way == 0 and one in parents and one in list(parents[one]):
            parents[one].remove(one)
        elif way == 1 and one.attrib:
            other = chance.choice(everything).get("id") or ""
            one.attrib[chance.choice(list(one.attrib))] = chance.choice(["", other, "中文"])
        elif way == 2:
            one.tag = f"{{{BPMN}}}{chance.choice(TAGS)}"
        else:
            one.text = chance.choice(["", "${a.b(", "9" * 50, '{"a":1}'])
    return ET.tostring(root)


@pytest.mark.parametrize("seed", range(80))
def test_spoilt_files_are_read_and_reported_whole(seed: int) -> None:
    chance = random.Random(seed)
    readable = [path for path in SAMPLES if "every_event" not in path.name]
    spoilt = _spoil(chance.choice(readable).read_bytes(), chance)
    try:
        report = from_bpmn(spoilt).report
    except BpmnError as refused:
        assert refused.code in ("not_bpmn", "too_deep")
    else:
        assert report.elements == sum(1 for _ in parse(spoilt).all())
