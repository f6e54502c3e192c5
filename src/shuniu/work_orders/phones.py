"""Contact numbers as orders keep them."""

import re
from dataclasses import dataclass

from shuniu.foundation import privacy
from shuniu.work_orders.contracts import PhoneInvalid

_MOBILE = re.compile(r"1[3-9]\d{9}")


@dataclass(frozen=True, slots=True)
class KeptPhone:
    """A number at rest: cipher to read it, hash to find it, last four digits to recognise it."""

    cipher: bytes | None
    hash: bytes | None
    last4: str


def keep_phone(text: str) -> KeptPhone:
    """`text` as it is stored; an empty text is no phone. PhoneInvalid for anything but a mobile number."""
    if not text.strip():
        return KeptPhone(None, None, "")
    digits = privacy.normal_phone(text)
    if not _MOBILE.fullmatch(digits):
        raise PhoneInvalid(field="phone")
    return KeptPhone(privacy.encrypt(digits), privacy.phone_hash(digits), privacy.last4(digits))


def masked(cipher: bytes | memoryview | None) -> str:
    """`138****5678`, or nothing when no number is kept."""
    return privacy.mask_phone(privacy.decrypt(cipher)) if cipher is not None else ""
