"""The encryption of callbacks, against samples of three parties and an independent implementation."""

from dataclasses import dataclass

import pytest
from wechatpy.enterprise.crypto import WeChatCrypto

from shuniu.channels.adapters.wecom.crypt import (
    CallbackKeys,
    decode_aes_key,
    decrypt,
    encrypt,
    open_sealed,
    sign,
)
from shuniu.channels.contracts import BadAesKey, CallbackMalformed, ReceiverWrong, SignatureWrong


@dataclass(frozen=True)
class Sample:
    keys: CallbackKeys
    timestamp: str
    nonce: str
    encrypted: str
    signature: str
    message: bytes


TENCENT = Sample(
    keys=CallbackKeys("QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7"),
    timestamp="1409659589",
    nonce="263014780",
    encrypted="P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
    signature="5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
    message=b"1616140317555161061",
)
GO_WORKWX = Sample(
    keys=CallbackKeys(
        "kjr2TKI8umCBfVF3wAHk8JiPwma5VBme",
        "4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws",
        "ww6a112864f8022910",
    ),
    timestamp="1583940690",
    nonce="VHh7ymSeb0jc4lSb",
    encrypted="6KmUQuPVu7UhjyVqRdbo5SfcRqaHvbUlKSHFvBV2ZuR6TIlKsygcfeSd1GDplg1C5KSKr6UPHCaC/nIX3ZNt9w==",
    signature="1ba3cb09c0d2c2b3ed6900d37f91a6efae6cb011",
    message=b"94966531020182955848408",
)
WECHATPY = Sample(
    keys=CallbackKeys("123456", "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR", "wx49f0ab532d5d035a"),
    timestamp="1411443780",
    nonce="437374425",
    encrypted="4ByGGj+sVCYcvGeQYhaKIk1o0pQRNbRjxybjTGblXrBaXlTXeOo1+bXFXDQQb1o6co6Yh9Bv41n7hOchLF6p+Q==",
    signature="dd6b9c95b495b3f7e2901bfbc76c664930ffdb96",
    message=b"5927782489442352469",
)
SAMPLES = pytest.mark.parametrize("sample", [TENCENT, GO_WORKWX, WECHATPY], ids=["tencent", "go", "wechatpy"])


def opened(sample: Sample, **changed: str) -> bytes:
    values = {
        "signature": sample.signature,
        "timestamp": sample.timestamp,
        "nonce": sample.nonce,
        "encrypted": sample.encrypted,
    }
    return open_sealed(keys=sample.keys, **(values | changed))


@SAMPLES
def test_samples_of_others_open(sample: Sample) -> None:
    assert opened(sample) == sample.message


@SAMPLES
def test_a_changed_signature_nonce_or_moment_is_refused(sample: Sample) -> None:
    for changed in (
        {"signature": sample.signature[:-1] + ("0" if sample.signature[-1] != "0" else "1")},
        {"signature": ""},
        {"signature": "签名"},
        {"nonce": sample.nonce + "1"},
        {"timestamp": str(int(sample.timestamp) + 1)},
        {"encrypted": sample.encrypted[:-4] + "AA=="},
    ):
        with pytest.raises(SignatureWrong):
            opened(sample, **changed)


def test_a_message_for_another_enterprise_is_refused() -> None:
    keys = CallbackKeys(TENCENT.keys.token, TENCENT.keys.aes_key, "ww0000000000000000")

    with pytest.raises(ReceiverWrong):
        open_sealed(
            keys=keys,
            signature=TENCENT.signature,
            timestamp=TENCENT.timestamp,
            nonce=TENCENT.nonce,
            encrypted=TENCENT.encrypted,
        )


@pytest.mark.parametrize("length", [0, 1, 13, 14, 15, 16, 30, 31, 32, 33, 4000])
def test_wechatpy_reads_what_we_seal_and_we_read_what_it_seals(length: int) -> None:
    message = ("<xml>" + "装" * length + "</xml>").encode()
    keys = GO_WORKWX.keys
    other = WeChatCrypto(keys.token, keys.aes_key, keys.receiver)

    sealed = encrypt(aes_key=keys.aes_key, message=message, receiver=keys.receiver)
    signature = sign(token=keys.token, timestamp="1583940690", nonce="abc", encrypted=sealed)
    envelope = f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    assert other.decrypt_message(envelope, signature, "1583940690", "abc") == message.decode()

    theirs = other.encrypt_message(message.decode(), "abc", "1583940690")
    encrypted = theirs.split("<Encrypt><![CDATA[")[1].split("]]>")[0]
    assert decrypt(aes_key=keys.aes_key, encrypted=encrypted) == (message, keys.receiver.encode())


@pytest.mark.parametrize("encrypted", ["", "not base64!", "AAAA", "QUJDRA==" * 8, "A" * 64])
def test_what_is_no_sealed_message_is_malformed(encrypted: str) -> None:
    with pytest.raises(CallbackMalformed):
        decrypt(aes_key=TENCENT.keys.aes_key, encrypted=encrypted)


@pytest.mark.parametrize("aes_key", ["", "short", "A" * 42, "A" * 44, "!" * 43])
def test_a_key_of_the_wrong_shape_is_refused(aes_key: str) -> None:
    with pytest.raises(BadAesKey):
        decode_aes_key(aes_key)
