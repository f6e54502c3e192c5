"""Personal data and secrets at rest: AES-GCM with a key kept outside the database, keyed hashes for look-ups.

AES-GCM as in NIST SP 800-38D with a random 96-bit nonce; HMAC-SHA-256 for hashes, so that a stolen table
cannot be searched by trying all phone numbers.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from shuniu.foundation.errors import DomainError

_VERSION = b"\x01"
_NONCE_BYTES = 12


class Undecryptable(DomainError):
    """The stored value was written under a key that is not configured here."""

    code = "privacy.undecryptable"
    status = 500
    zh = "加密数据无法解开，请检查 SHUNIU_FIELD_KEYS 配置"
    en = "Encrypted data cannot be read; check SHUNIU_FIELD_KEYS."


def _keys() -> Sequence[bytes]:
    keys: Sequence[bytes] = settings.SHUNIU.field_keys
    return keys


def encrypt(text: str) -> bytes:
    """Encrypt under the first configured key."""
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + AESGCM(_keys()[0]).encrypt(nonce, text.encode(), None)


def decrypt(data: bytes | memoryview) -> str:
    """Decrypt under any configured key (older keys stay listed while values are rotated)."""
    raw = bytes(data)
    nonce, body = raw[1 : 1 + _NONCE_BYTES], raw[1 + _NONCE_BYTES :]
    for key in _keys():
        try:
            return AESGCM(key).decrypt(nonce, body, None).decode()
        except InvalidTag:
            continue
    raise Undecryptable()


def keyed_hash(kind: str, value: str) -> bytes:
    """A 32-byte hash that only this installation can compute; ``kind`` keeps name spaces apart."""
    return hmac.digest(settings.SHUNIU.hash_key, f"{kind}\x00{value}".encode(), hashlib.sha256)


def normal_phone(phone: str) -> str:
    """Digits only, without the country code of mainland numbers: ``+86 139-0711-0001`` → ``13907110001``."""
    digits = re.sub(r"\D", "", phone)
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def phone_hash(phone: str) -> bytes:
    """The look-up hash of a phone number, however it was typed."""
    return keyed_hash("phone", normal_phone(phone))


def last4(phone: str) -> str:
    """The last four digits, which people use to tell numbers apart."""
    return normal_phone(phone)[-4:]


def mask_phone(phone: str) -> str:
    """``13812345678`` → ``138****5678``; shorter numbers keep only their last two digits."""
    digits = normal_phone(phone)
    if len(digits) < 7:
        return "*" * max(len(digits) - 2, 0) + digits[-2:]
    return f"{digits[:3]}{'*' * (len(digits) - 7)}{digits[-4:]}"
