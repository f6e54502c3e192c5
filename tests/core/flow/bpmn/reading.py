"""Small files for the tests of reading."""

from pathlib import Path

from shuniu.core.flow.bpmn import Imported, from_bpmn
from shuniu.core.flow.document import Edge, FlowDocument

SAMPLES = sorted((Path(__file__).parent / "samples").iterdir())
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="urn:test">'
)


def sample(name: str) -> Imported:
    return from_bpmn(next(path for path in SAMPLES if path.name.startswith(name)).read_bytes())


def process(inside: str, *, beside: str = "") -> Imported:
    """A file with one process."""
    return from_bpmn(f'{HEAD}{beside}<process id="p">{inside}</process></definitions>')


def flows(*pairs: str) -> str:
    """Sequence flows `a>b`, or `a>b?condition`."""
    made = []
    for pair in pairs:
        ends, _, condition = pair.partition("?")
        source, _, target = ends.partition(">")
        said = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        made.append(
            f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{said}</sequenceFlow>'
        )
    return "".join(made)


def document(imported: Imported, key: str | None = None) -> FlowDocument:
    return next(flow.document for flow in imported.flows if key is None or flow.key == key)


def edge(document: FlowDocument, source: str, target: str) -> Edge:
    return next(one for one in document.edges if (one.source, one.target) == (source, target))


def ways(document: FlowDocument) -> set[tuple[str, str]]:
    return {(one.source, one.target) for one in document.edges}
