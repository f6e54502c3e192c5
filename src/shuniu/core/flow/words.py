"""Two-language texts inside documents and problems."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value of a document: no unknown keys, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Frozen):
    """The same text for both audiences."""

    zh: str
    en: str
