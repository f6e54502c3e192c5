"""Mobile numbers as people type them, and the three columns they are kept in."""

import re
from dataclasses import dataclass

from shuniu.customers.contracts import PhoneInvalid
from shuniu.foundation import privacy

_MOBILE = re.compile(r"1\d{10}")


@dataclass(frozen=True, slots=True)
class KeptPhone:
    """A number at rest: cipher to read it, hash to find it, last four digits to recognise it."""

    cipher: bytes | None
    hash: bytes | None
    last4: str


NO_PHONE = KeptPhone(cipher=None, hash=None, last4="")


def clean_phone(text: str) -> str:
    """The eleven digits of a mainland mobile number, however it was written; PhoneInvalid otherwise."""
    digits = privacy.normal_phone(text)
    if not _MOBILE.fullmatch(digits):
        raise PhoneInvalid(field="phone")
    return digits


def keep_phone(text: str) -> KeptPhone:
    """`text` as it is stored; an empty text is no phone."""
    if not text.strip():
        return NO_PHONE
    digits = clean_phone(text)
    return KeptPhone(
        cipher=privacy.encrypt(digits), hash=privacy.phone_hash(digits), last4=privacy.last4(digits)
    )


def masked(cipher: bytes | memoryview | None) -> str:
    """`138****5678`, or nothing when no phone is kept."""
    return privacy.mask_phone(privacy.decrypt(cipher)) if cipher is not None else ""
