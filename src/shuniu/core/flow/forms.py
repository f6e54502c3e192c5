"""Forms: what a person fills in at a node."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field as Constraint

from shuniu.core.flow.words import Frozen, Words


class Right(StrEnum):
    """What the person at a node may do with a field."""

    HIDDEN = "hidden"
    READ = "read"
    EDIT = "edit"


class _Field(Frozen):
    key: Annotated[str, Constraint(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
    name: Words
    help: Words | None = None
    required: bool = False
    fact: str | None = None
    """Name under which the answer stays with the run, so that branches may read it."""


class TextField(_Field):
    type: Literal["text"] = "text"
    max_length: int = 500
    multiline: bool = False


class NumberField(_Field):
    type: Literal["number"] = "number"
    min: float | None = None
    max: float | None = None


class MoneyField(_Field):
    """Answers are decimal strings in yuan with at most two places."""

    type: Literal["money"] = "money"


class PhoneField(_Field):
    type: Literal["phone"] = "phone"


class Option(Frozen):
    key: str
    name: Words


class SelectField(_Field):
    type: Literal["select"] = "select"
    options: tuple[Option, ...]


class YesNoField(_Field):
    type: Literal["yes_no"] = "yes_no"


class DateField(_Field):
    type: Literal["date"] = "date"


class ImagesField(_Field):
    """Answers are ids of stored images."""

    type: Literal["images"] = "images"
    min_count: int = 0
    max_count: int = 9


class SignatureField(_Field):
    """The answer is the id of a stored image."""

    type: Literal["signature"] = "signature"


class LocationField(_Field):
    """The answer is `{lat, lng, accuracy}` in WGS-84 degrees and metres."""

    type: Literal["location"] = "location"


class RatingField(_Field):
    """The answer is a whole number from 1 to 5."""

    type: Literal["rating"] = "rating"


Field = Annotated[
    TextField
    | NumberField
    | MoneyField
    | PhoneField
    | SelectField
    | YesNoField
    | DateField
    | ImagesField
    | SignatureField
    | LocationField
    | RatingField,
    Constraint(discriminator="type"),
]


class Form(Frozen):
    key: str
    name: Words
    fields: tuple[Field, ...]

    def field(self, key: str) -> "Field | None":
        return next((field for field in self.fields if field.key == key), None)
