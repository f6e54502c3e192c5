"""Checks of a flow document: everything that would make a run stop, named by node, in words that say the mend."""

from shuniu.core.flow.checks.fields import fields
from shuniu.core.flow.checks.paths import paths
from shuniu.core.flow.checks.problems import Problem
from shuniu.core.flow.checks.shape import shape
from shuniu.core.flow.checks.soundness import soundness
from shuniu.core.flow.checks.texts import texts
from shuniu.core.flow.checks.ways import ways
from shuniu.core.flow.document import FlowDocument


def check(document: FlowDocument) -> tuple[Problem, ...]:
    """All problems; without any but warnings it may be published."""
    wrong = tuple(shape(document))
    if wrong:
        # The rest walks edges and looks nodes up: it needs the shape to hold.
        return (*wrong, *fields(document))
    found = (*fields(document), *ways(document), *texts(document), *paths(document))
    if any(not problem.warning for problem in found):
        # Markings of a graph with loose ends would only repeat what is said already.
        return found
    return (*found, *soundness(document))


__all__ = ["Problem", "check"]
