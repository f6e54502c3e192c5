"""WeCom's XML: flat elements, no document type, no entities."""

from xml.etree import ElementTree as ET

from shuniu.channels.contracts import CallbackMalformed

Fields = dict[str, str]


class _PlainTree(ET.TreeBuilder):
    """Entities can only be declared in a document type, so refusing that refuses both."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise CallbackMalformed


def fields_of(text: bytes | str) -> Fields:
    """The child elements of `<xml>` by name, text only; nested elements are left out. CallbackMalformed otherwise."""
    parser = ET.XMLParser(target=_PlainTree())  # noqa: S314
    try:
        parser.feed(text)
        root = parser.close()
    except (ET.ParseError, ValueError) as problem:
        raise CallbackMalformed from problem
    return {child.tag: (child.text or "").strip() for child in root if len(child) == 0}
