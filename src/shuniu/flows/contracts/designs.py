"""Flows as they are designed: definitions, versions, drafts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shuniu.foundation.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRef:
    """A published version of a flow."""

    id: int
    key: str
    number: int
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMark:
    """That a flow has a draft: its revision, who saved it last and when."""

    rev: int
    saved_by: str
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionRow:
    """A line of the list of flows. Without `unit_id` the flow is the whole enterprise's."""

    id: int
    key: str
    name: Text
    subject_kind: str
    version_id: int | None
    version_number: int | None
    published_at: datetime | None
    published_by: str
    running: int
    unit_id: int | None
    unit_name: str
    draft: DraftMark | None
    may_design: bool
    may_publish: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """A line of the list of versions of one flow."""

    id: int
    number: int
    note: str
    published_by: str
    published_at: datetime
    running: int
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """A draft with its document. `rev` 0: nothing is saved yet, the document is that of the current version.

    `behind`: a version was published after this draft was begun.
    """

    key: str
    name: Text
    unit_id: int | None
    rev: int
    document: Mapping[str, Any]
    base_number: int | None
    behind: bool
    saved_by: str
    saved_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentProblem:
    """What is wrong in a document: where, and what mends it. A `warning` does not hinder publishing."""

    code: str
    node: str | None
    text: Text
    warning: bool = False
