"""Signatures of the JS-SDK (developer.work.weixin.qq.com/document/path/90506)."""

import hashlib

from shuniu.channels.contracts import JsSdkSignature


def sign(*, ticket: str, noncestr: str, timestamp: int, url: str) -> JsSdkSignature:
    """The signature for one page. `url` is its address without the fragment, not encoded again."""
    page = url.split("#", 1)[0]
    text = f"jsapi_ticket={ticket}&noncestr={noncestr}&timestamp={timestamp}&url={page}"
    digest = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
    return JsSdkSignature(timestamp=timestamp, noncestr=noncestr, signature=digest)
