"""What a content really is: told by its bytes, never by its name or by what the sender claims."""

import zipfile
from typing import BinaryIO

import puremagic

from shuniu.foundation.files.contracts import FileTypeRefused

IMAGES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp"})
DOCUMENTS = {
    "application/pdf": "pdf",
    "text/csv": "csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
_MARKUP_STARTS = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<!--")


def sniff(head: bytes, file: BinaryIO) -> str:
    """The MIME type of an accepted content; raises :class:`FileTypeRefused` for everything else.

    SVG and HTML are refused: a browser would run what is in them.
    """
    lowered = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    if lowered.startswith(_MARKUP_STARTS):
        raise FileTypeRefused(field="file", found="HTML/SVG/XML")
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"PK\x03\x04"):
        return _office(file)
    mime = _by_magic(head)
    if mime in IMAGES:
        return mime
    if _is_text(head):
        return "text/csv"
    raise FileTypeRefused(field="file", found=mime or "?")


def _by_magic(head: bytes) -> str:
    try:
        found = puremagic.magic_string(head)
    except puremagic.PureError:
        return ""
    for candidate in found:
        if candidate.mime_type in IMAGES:
            return str(candidate.mime_type)
    return str(found[0].mime_type) if found else ""


def _office(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as problem:
        raise FileTypeRefused(field="file", found="zip") from problem
    finally:
        file.seek(0)
    for mime, ending in DOCUMENTS.items():
        if (ending == "xlsx" and "xl/workbook.xml" in names) or (
            ending == "docx" and "word/document.xml" in names
        ):
            return mime
    raise FileTypeRefused(field="file", found="zip")


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            head[:-4].decode(encoding) if len(head) > 4 else head.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
