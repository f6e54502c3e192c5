"""The one error of this package."""

from shuniu.core.flow.words import Words


class BpmnError(Exception):
    """A file that cannot be read as BPMN 2.0, or a document that cannot be written as one. `text` says why."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        self.code = code
        self.text = Words(zh=zh, en=en)
        super().__init__(f"{zh} ({en})")
