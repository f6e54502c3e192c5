"""BPMN 2.0: flow documents out as files that other tools open, and files of other tools in.

`to_bpmn` writes a document, with its diagram and with our own details, so that `from_bpmn` gives the same document
back. `from_bpmn` reads what anybody wrote, and reports on every element. Pure; the one error is `BpmnError`.
"""

from shuniu.core.flow.bpmn.errors import BpmnError
from shuniu.core.flow.bpmn.reading import Imported, ImportedFlow, from_bpmn
from shuniu.core.flow.bpmn.report import Fate, Report, Row
from shuniu.core.flow.bpmn.writing import to_bpmn

__all__ = ["BpmnError", "Fate", "Imported", "ImportedFlow", "Report", "Row", "from_bpmn", "to_bpmn"]
