"""What a check says."""

from dataclasses import dataclass

from shuniu.core.flow.document import Node
from shuniu.core.flow.words import Words


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend before publishing. `node` is the id of the faulty node; None when it is the whole document.

    `path` are the nodes that lead to where it shows, for faults of several nodes together.
    """

    code: str
    node: str | None
    text: Words
    warning: bool = False
    """To be looked at; it does not keep a document from being published."""
    path: tuple[str, ...] = ()


def of(
    code: str,
    node: Node | None,
    zh: str,
    en: str,
    *,
    warning: bool = False,
    path: tuple[str, ...] = (),
) -> Problem:
    """A problem whose text names its node first."""
    if node is None:
        return Problem(code, None, Words(zh=zh, en=en), warning, path)
    words = Words(zh=f"「{node.name.zh}」{zh}", en=f"“{node.name.en}” {en}")
    return Problem(code, node.id, words, warning, path)
