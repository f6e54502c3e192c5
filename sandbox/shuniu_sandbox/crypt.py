"""WeCom's callback encryption as the platform does it: written apart from the product's, so that each checks the other."""

import base64
import hashlib
import secrets

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

BLOCK = 32


def signature(*parts: str) -> str:
    """SHA-1 over the sorted parts, joined."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def seal(message: str, *, aes_key: str, receiver: str) -> str:
    """The encrypted text of `message` for `receiver`."""
    key = base64.b64decode(f"{aes_key}=")
    body = message.encode()
    plain = secrets.token_bytes(16) + len(body).to_bytes(4, "big") + body + receiver.encode()
    missing = BLOCK - len(plain) % BLOCK
    plain += bytes((missing,)) * missing
    machine = Cipher(AES256(key), CBC(key[:16])).encryptor()
    return base64.b64encode(machine.update(plain) + machine.finalize()).decode()


def unseal(encrypted: str, *, aes_key: str) -> str:
    """The message inside an encrypted text; for trying an address as the platform's console does."""
    key = base64.b64decode(f"{aes_key}=")
    machine = Cipher(AES256(key), CBC(key[:16])).decryptor()
    plain = machine.update(base64.b64decode(encrypted)) + machine.finalize()
    length = int.from_bytes(plain[16:20], "big")
    return plain[20 : 20 + length].decode()
