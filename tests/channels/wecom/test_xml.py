import pytest

from shuniu.channels.adapters.wecom.callbacks import read_callback
from shuniu.channels.adapters.wecom.xml import fields_of
from shuniu.channels.contracts import CallbackMalformed

BOMB = """<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;">]><xml><A>&b;</A></xml>"""
FILE = """<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml><A>x</A></xml>"""


@pytest.mark.parametrize("text", [BOMB, FILE, "<!DOCTYPE xml><xml/>", "<xml>", "", "plain", "<xml>&a;</xml>"])
def test_document_types_entities_and_broken_xml_are_refused(text: str) -> None:
    with pytest.raises(CallbackMalformed):
        fields_of(text)


def test_text_that_looks_like_a_document_type_is_only_text() -> None:
    assert fields_of("<xml><Content><![CDATA[<!DOCTYPE x>]]></Content></xml>") == {"Content": "<!DOCTYPE x>"}


def test_messages_are_told_apart_by_their_number() -> None:
    first = read_callback(b"<xml><MsgType>text</MsgType><MsgId>1</MsgId></xml>")
    second = read_callback(b"<xml><MsgType>text</MsgType><MsgId>2</MsgId></xml>")

    assert (first.kind, first.dedupe_key, second.dedupe_key) == ("text", "msg:1", "msg:2")


def test_events_of_one_second_are_told_apart_by_whom_they_concern() -> None:
    event = (
        "<xml><FromUserName>sys</FromUserName><CreateTime>1</CreateTime><Event>change_external_contact</Event>"
        "<ChangeType>add_external_contact</ChangeType><ExternalUserID>{}</ExternalUserID></xml>"
    )
    first, again, other = (read_callback(event.format(who).encode()) for who in ("a", "a", "b"))

    assert first.kind == "change_external_contact.add_external_contact"
    assert first.dedupe_key == again.dedupe_key
    assert first.dedupe_key != other.dedupe_key
