"""Fields of forms. Names inside FEEL texts are the keys of the form's fields and the facts of the run."""

from enum import StrEnum
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field as Constraint

from shuniu.core.flow.words import Frozen, Words

Key = Annotated[str, Constraint(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


class Right(StrEnum):
    """What the person at a node may do with a field."""

    HIDDEN = "hidden"
    READ = "read"
    EDIT = "edit"


class Width(StrEnum):
    """How much of the desktop's width a field takes; on a phone every field is full."""

    FULL = "full"
    HALF = "half"
    THIRD = "third"


class FieldCheck(Frozen):
    """A condition (FEEL) that must hold for the answers, and what to say when it does not."""

    condition: str
    text: Words


class _Field(Frozen):
    key: Key
    name: Words
    help: Words | None = None
    required: bool = False
    fact: str | None = None
    """Name under which the answer stays with the run, so that branches may read it."""
    required_when: str | None = None
    """FEEL; the field is required while it holds."""
    visible_when: str | None = None
    """FEEL; the field is shown, and its answer kept, while it holds."""
    computed: str | None = None
    """FEEL; the field shows this value and nobody types it. Recomputed as time passes where it reads the clock."""
    default: Any = None
    default_from: str | None = None
    """FEEL over facts (customer, order, staff): the answer the form opens with; wins over `default`."""
    checks: tuple[FieldCheck, ...] = ()
    sensitive: bool = False
    """Masked for those without the right to see personal data."""
    section: str | None = None
    width: Width = Width.FULL


class TextField(_Field):
    type: Literal["text"] = "text"
    max_length: int = 500
    multiline: bool = False
    pattern: str | None = None
    """A regular expression the whole text must match."""


class NumberField(_Field):
    type: Literal["number"] = "number"
    min: float | None = None
    max: float | None = None
    decimals: Annotated[int, Constraint(ge=0, le=8)] | None = None
    unit: Words | None = None


class MoneyField(_Field):
    """Answers are decimal strings in yuan with at most two places."""

    type: Literal["money"] = "money"
    min: float | None = None
    max: float | None = None


class PhoneField(_Field):
    type: Literal["phone"] = "phone"


class EmailField(_Field):
    type: Literal["email"] = "email"


class Option(Frozen):
    """`parent` is the key of the option above it, in a cascade."""

    key: str
    name: Words
    parent: str | None = None


class SelectField(_Field):
    """One of the options; `catalogue` names a catalogue of the house that supplies them instead."""

    type: Literal["select"] = "select"
    options: tuple[Option, ...] = ()
    catalogue: str | None = None


class MultiSelectField(_Field):
    """The answer is a list of option keys."""

    type: Literal["multi_select"] = "multi_select"
    options: tuple[Option, ...] = ()
    catalogue: str | None = None
    max_count: int | None = None


class CascadeField(_Field):
    """Levels of options, each below the one chosen before it (省, 市, 区). The answer is the list of keys, top first."""

    type: Literal["cascade"] = "cascade"
    options: tuple[Option, ...] = ()
    catalogue: str | None = None


class YesNoField(_Field):
    type: Literal["yes_no"] = "yes_no"


class DateField(_Field):
    type: Literal["date"] = "date"
    earliest: str | None = None
    latest: str | None = None
    """FEEL that gives a date: `today()`, `birth_date`."""


class TimeField(_Field):
    """The answer is `HH:MM`."""

    type: Literal["time"] = "time"


class DateTimeField(_Field):
    """The answer is ISO 8601 with an offset."""

    type: Literal["date_time"] = "date_time"


class ImagesField(_Field):
    """Answers are ids of stored images. `max_kb` is what the browser compresses to; `camera`: no album."""

    type: Literal["images"] = "images"
    min_count: int = 0
    max_count: int = 9
    max_kb: Annotated[int, Constraint(ge=50, le=10_240)] = 500
    camera: bool = False


class FilesField(_Field):
    """Answers are ids of stored files."""

    type: Literal["files"] = "files"
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


class ScanField(_Field):
    """What a bar code or QR code said."""

    type: Literal["scan"] = "scan"
    typed: bool = True
    """May be typed where the camera fails."""


class ReferenceTo(StrEnum):
    CUSTOMER = "customer"
    PRODUCT = "product"
    PART = "part"
    STAFF = "staff"
    UNIT = "unit"
    ORDER = "order"
    WORK_ORDER = "work_order"


class ReferenceField(_Field):
    """The answer is the id of a thing the house knows, or a list of ids when there may be several."""

    type: Literal["reference"] = "reference"
    to: ReferenceTo
    several: bool = False


class NoteField(_Field):
    """A text to read; it has no answer."""

    type: Literal["note"] = "note"


_InTables: TypeAlias = (
    TextField
    | NumberField
    | MoneyField
    | PhoneField
    | EmailField
    | SelectField
    | MultiSelectField
    | CascadeField
    | YesNoField
    | DateField
    | TimeField
    | DateTimeField
    | ImagesField
    | FilesField
    | SignatureField
    | LocationField
    | RatingField
    | ScanField
    | ReferenceField
)
Column = Annotated[_InTables, Constraint(discriminator="type")]


class TableField(_Field):
    """A table of rows 子表: the answer is a list of objects by column key."""

    type: Literal["table"] = "table"
    columns: tuple[Column, ...]
    min_rows: int = 0
    max_rows: Annotated[int, Constraint(ge=1, le=500)] = 100


Field = Annotated[_InTables | NoteField | TableField, Constraint(discriminator="type")]

FEEL_TYPES: dict[str, str] = {
    "text": "string",
    "number": "number",
    "money": "number",
    "phone": "string",
    "email": "string",
    "select": "string",
    "multi_select": "list<string>",
    "cascade": "list<string>",
    "yes_no": "boolean",
    "date": "date",
    "time": "time",
    "date_time": "date and time",
    "images": "list<number>",
    "files": "list<number>",
    "signature": "number",
    "location": "context<lat: number, lng: number, accuracy: number>",
    "rating": "number",
    "scan": "string",
    "reference": "number",
}


def feel_type(field: "Field | Column") -> str:
    """The FEEL type of a field's answer."""
    if isinstance(field, ReferenceField) and field.several:
        return "list<number>"
    if isinstance(field, TableField):
        columns = ", ".join(f"{column.key}: {feel_type(column)}" for column in field.columns)
        return f"list<context<{columns}>>"
    return FEEL_TYPES.get(field.type, "Any")
