"""Documents of versions, parsed once per process: a published version never changes."""

import hashlib
import json
from functools import lru_cache
from typing import Any

from shuniu.core.flow.document import FlowDocument
from shuniu.flows.contracts import FlowNotFound
from shuniu.flows.models import FlowVersion


@lru_cache(maxsize=512)
def document_of(version_id: int) -> FlowDocument:
    """The document of a version; FlowNotFound for an unknown id."""
    document = FlowVersion.objects.filter(pk=version_id).values_list("document", flat=True).first()
    if document is None:
        raise FlowNotFound()
    return FlowDocument.model_validate(document)


def content_hash(content: Any) -> bytes:
    """SHA-256 of the canonical JSON: sorted keys, no spaces."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).digest()
