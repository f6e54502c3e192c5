"""Soundness: every arrangement of tokens that can come about is tried, up to a bound. No run may get stuck."""

from collections import deque
from collections.abc import Iterator

from shuniu.core.flow.checks.moves import Marking, Moves
from shuniu.core.flow.checks.problems import Problem, of
from shuniu.core.flow.document import EndNode, FlowDocument, JoinNode

MARKINGS_MAX = 100_000
CROWD = 4
"""So many tokens at one place, and the flow makes ever more of them."""

Came = dict[Marking, tuple[Marking | None, str]]


def soundness(document: FlowDocument, *, bound: int = MARKINGS_MAX) -> tuple[Problem, ...]:
    """Deadlocks, tokens left behind, tokens that multiply, nodes that no run comes to."""
    moves = Moves(document)
    came: Came = {moves.start: (None, "")}
    waiting = deque([moves.start])
    moved: set[str] = set()
    crowded: set[str] = set()
    while waiting:
        marking = waiting.popleft()
        crowded |= _twice(marking)
        stuck = bool(marking)
        for node, after in moves.next(marking):
            stuck = False
            moved.add(node)
            if after in came:
                continue
            came[after] = (marking, node)
            if len(came) > bound:
                return (_too_large(bound),)
            if _multiplies(after):
                return (_grows(document, came, after),)
            waiting.append(after)
        if stuck:
            return (_stuck(document, moves, came, marking),)
    return (*_never(document, moves, moved), *_crowded(document, crowded))


def _stuck(document: FlowDocument, moves: Moves, came: Came, marking: Marking) -> Problem:
    """A run that can go no further, with the way there and what is missing."""
    path = _path(came, marking)
    here = next((place for place in marking if place.startswith("→")), marking[0])
    node = document.by_id[moves.node_of(here)]
    missing = [
        document.by_id[edge.source].name
        for edge in document.ways_in[node.id]
        if isinstance(node, JoinNode) and f"→{edge.id}" not in marking
    ]
    over = any(isinstance(document.by_id[one], EndNode) or one == node.id for one in path)
    zh_path, en_path = _told(document, path)
    zh_missing = "、".join(name.zh for name in missing)
    en_missing = ", ".join(name.en for name in missing)
    if over:
        return of(
            "left_behind",
            node,
            f"会留下走不完的分支（缺 {zh_missing}）：{zh_path}",
            f"leaves tokens behind (without {en_missing}): {en_path}",
            path=path,
        )
    return of(
        "deadlock",
        node,
        f"会一直等下去（等不到 {zh_missing}）：{zh_path}",
        f"waits for ever (for {en_missing}): {en_path}",
        path=path,
    )


def _grows(document: FlowDocument, came: Came, marking: Marking) -> Problem:
    path = _path(came, marking)
    place = next(place for place in marking if marking.count(place) >= CROWD)
    node = document.by_id.get(place.lstrip("→")) or document.by_id[path[-1]]
    zh_path, en_path = _told(document, path)
    return of(
        "multiplies",
        node,
        f"每绕一圈就多一个分支：{zh_path}",
        f"gets one more token each round: {en_path}",
        path=path,
    )


def _never(document: FlowDocument, moves: Moves, moved: set[str]) -> Iterator[Problem]:
    """Nodes no arrangement reaches. Lanes that are ended early are not held against them."""
    if not moves.apart:
        return
    for node in document.nodes:
        if node.id not in moved:
            yield of(
                "unreachable",
                node,
                "没有一种走法能到",
                "is reached by no way through the flow.",
                warning=True,
            )


def _crowded(document: FlowDocument, crowded: set[str]) -> Iterator[Problem]:
    for node in document.nodes:
        if node.id in crowded and not isinstance(node, EndNode):
            yield of(
                "twice_at_once",
                node,
                "可能同时被走到两次，前面是否少了汇合",
                "may be open twice at once; is a join missing before it?",
                warning=True,
            )


def _too_large(bound: int) -> Problem:
    return of(
        "too_large",
        None,
        f"流程太大，查过 {bound} 种状态仍未查完，不能保证不会卡住",
        f"The flow is too large to prove: {bound} arrangements were tried and more remain.",
        warning=True,
    )


def _multiplies(marking: Marking) -> bool:
    return len(marking) >= CROWD and any(marking.count(place) >= CROWD for place in set(marking))


def _twice(marking: Marking) -> set[str]:
    return {place for place in marking if marking.count(place) > 1}


def _path(came: Came, marking: Marking) -> tuple[str, ...]:
    """The nodes that moved on the way to a marking."""
    path: list[str] = []
    here: Marking | None = marking
    while here is not None:
        here, node = came[here]
        if node:
            path.append(node)
    return tuple(reversed(path))


def _told(document: FlowDocument, path: tuple[str, ...]) -> tuple[str, str]:
    names = [document.by_id[node].name for node in path]
    return " → ".join(name.zh for name in names), " → ".join(name.en for name in names)
