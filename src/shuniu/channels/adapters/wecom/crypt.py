"""WeCom's callback encryption (WXBizMsgCrypt, developer.work.weixin.qq.com/document/path/90968).

AES-256-CBC with the first half of the key as its vector; PKCS#7 padding to 32 bytes, where a cipher library's own
unpadder would refuse every value above 16. The plain text is `16 random bytes | length | message | receiver`.
"""

import base64
import binascii
import hashlib
import hmac
import os
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from shuniu.channels.contracts import BadAesKey, CallbackMalformed, ReceiverWrong, SignatureWrong

PAD_TO = 32
RANDOM_BYTES = 16
LENGTH_BYTES = 4


@dataclass(frozen=True, slots=True)
class CallbackKeys:
    """What one callback address is configured with. `receiver` is the corp id."""

    token: str
    aes_key: str
    receiver: str


def decode_aes_key(aes_key: str) -> bytes:
    """The 32 bytes behind an EncodingAESKey of 43 characters; BadAesKey otherwise."""
    try:
        key = base64.b64decode(aes_key + "=", validate=True)
    except binascii.Error as problem:
        raise BadAesKey(field="aes_key") from problem
    if len(aes_key) != 43 or len(key) != 32:
        raise BadAesKey(field="aes_key")
    return key


def sign(*, token: str, timestamp: str, nonce: str, encrypted: str) -> str:
    """`msg_signature` of a request."""
    joined = "".join(sorted([token, timestamp, nonce, encrypted]))
    return hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()


def open_sealed(*, keys: CallbackKeys, signature: str, timestamp: str, nonce: str, encrypted: str) -> bytes:
    """The message inside a signed, encrypted request.

    SignatureWrong when it was not signed with this token, ReceiverWrong when it is another enterprise's,
    CallbackMalformed when it cannot be decrypted. Nothing is decrypted before the signature holds.
    """
    expected = sign(token=keys.token, timestamp=timestamp, nonce=nonce, encrypted=encrypted)
    if not hmac.compare_digest(expected.encode(), signature.encode()):
        raise SignatureWrong
    message, receiver = decrypt(aes_key=keys.aes_key, encrypted=encrypted)
    if not hmac.compare_digest(receiver, keys.receiver.encode()):
        raise ReceiverWrong
    return message


def decrypt(*, aes_key: str, encrypted: str) -> tuple[bytes, bytes]:
    """(message, receiver) of an encrypted text; CallbackMalformed when it is not one."""
    key = decode_aes_key(aes_key)
    try:
        data = base64.b64decode(encrypted, validate=True)
        decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
        plain = decryptor.update(data) + decryptor.finalize()
    except ValueError as problem:
        raise CallbackMalformed from problem
    return _unpack(_unpad(plain))


def encrypt(*, aes_key: str, message: bytes, receiver: str) -> str:
    """The encrypted text of a message, as a passive answer carries it."""
    key = decode_aes_key(aes_key)
    content = os.urandom(RANDOM_BYTES) + struct.pack(">I", len(message)) + message + receiver.encode()
    pad = PAD_TO - len(content) % PAD_TO
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    sealed = encryptor.update(content + bytes([pad]) * pad) + encryptor.finalize()
    return base64.b64encode(sealed).decode()


def _unpad(plain: bytes) -> bytes:
    pad = plain[-1] if plain else 0
    if not 1 <= pad <= PAD_TO or pad > len(plain) or plain[-pad:] != bytes([pad]) * pad:
        raise CallbackMalformed
    return plain[:-pad]


def _unpack(content: bytes) -> tuple[bytes, bytes]:
    start = RANDOM_BYTES + LENGTH_BYTES
    if len(content) < start:
        raise CallbackMalformed
    (length,) = struct.unpack(">I", content[RANDOM_BYTES:start])
    if length > len(content) - start:
        raise CallbackMalformed
    return content[start : start + length], content[start + length :]
