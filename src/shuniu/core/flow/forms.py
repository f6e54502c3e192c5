"""Forms: what a person fills in at a node."""

from typing import Annotated

from pydantic import Field as Constraint

from shuniu.core.flow.fields import (
    CascadeField,
    Column,
    DateField,
    DateTimeField,
    EmailField,
    Field,
    FieldCheck,
    FilesField,
    ImagesField,
    LocationField,
    MoneyField,
    MultiSelectField,
    NoteField,
    NumberField,
    Option,
    PhoneField,
    RatingField,
    ReferenceField,
    Right,
    ScanField,
    SelectField,
    SignatureField,
    TableField,
    TextField,
    TimeField,
    Width,
    YesNoField,
    feel_type,
)
from shuniu.core.flow.words import Frozen, Words


class Section(Frozen):
    """A heading over the fields that name it; hidden with all of them while `visible_when` does not hold."""

    key: str
    name: Words
    visible_when: str | None = None


class TagRule(Frozen):
    """While `when` (FEEL over the answers) holds, the customer carries the tag: 宝宝月龄 sets 适龄产品."""

    tag: str
    when: str


class Layout(Frozen):
    """Hints for drawing the form: columns on a desktop, and whether a phone shows one section a page."""

    columns: Annotated[int, Constraint(ge=1, le=3)] = 1
    pages: bool = False


class Form(Frozen):
    key: str
    name: Words
    fields: tuple[Field, ...]
    sections: tuple[Section, ...] = ()
    checks: tuple[FieldCheck, ...] = ()
    """Conditions over several fields at once."""
    tags: tuple[TagRule, ...] = ()
    layout: Layout = Layout()

    def field(self, key: str) -> "Field | None":
        return next((field for field in self.fields if field.key == key), None)

    @property
    def names(self) -> dict[str, str]:
        """The answers a FEEL text of this form may read, with their types."""
        return {field.key: feel_type(field) for field in self.fields if not isinstance(field, NoteField)}


__all__ = [
    "CascadeField", "Column", "DateField", "DateTimeField", "EmailField", "Field", "FieldCheck", "FilesField", "Form",
    "ImagesField", "Layout", "LocationField", "MoneyField", "MultiSelectField", "NoteField", "NumberField", "Option",
    "PhoneField", "RatingField", "ReferenceField", "Right", "ScanField", "Section", "SelectField", "SignatureField",
    "TableField", "TagRule", "TextField", "TimeField", "Width", "YesNoField",
]  # fmt: skip
