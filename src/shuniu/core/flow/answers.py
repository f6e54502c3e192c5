"""Answers against a form: what a person may fill in, brought to one shape, with a problem beside each wrong field.

Whether a stored file, a referenced thing or a catalogue's option exists is not known here; ids of files are handed back
by `files_in` and `documents_in` for the caller to look up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from shuniu.core.flow import conditions
from shuniu.core.flow.conditions import Names
from shuniu.core.flow.fields import feel_type
from shuniu.core.flow.forms import (
    Column,
    DateField,
    Field,
    FieldCheck,
    FilesField,
    Form,
    ImagesField,
    NoteField,
    Right,
    SignatureField,
    TableField,
)
from shuniu.core.flow.readers import READERS, Wrong, absent, missing
from shuniu.core.flow.words import Words

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """What is wrong with the answer to one field; in a table the path is `table.row.column`, rows from 0."""

    field: str
    code: str
    text: Words


@dataclass(slots=True)
class _Sheet:
    """One form, or one row of a table, while it is read."""

    fields: tuple[Field | Column, ...]
    rights: Mapping[str, Right]
    names: Names
    facts: Mapping[str, Any]
    now: datetime
    prefix: str = ""
    clean: dict[str, Any] = field(default_factory=dict)
    problems: list[AnswerProblem] = field(default_factory=list)

    def say(self, key: str, wrong: Wrong) -> None:
        self.problems.append(AnswerProblem(f"{self.prefix}{key}", wrong.code, wrong.text))

    def value(self, text: str) -> Any:
        known = {**self.facts, **self.clean}
        return conditions.value(text, self.names, known, self.now)

    def right(self, key: str) -> Right:
        return self.rights.get(key, Right.EDIT)


def check_answers(
    form: Form,
    answers: Mapping[str, Any],
    rights: Mapping[str, Right],
    *,
    facts: Mapping[str, Any] | None = None,
    names: Names = (),
    now: datetime = EPOCH,
) -> tuple[dict[str, Any], tuple[AnswerProblem, ...]]:
    """The answers in their stored shape, computed fields included, and the problems.

    Fields that may not be edited are refused, not dropped; fields that are not visible are dropped. `facts` (with
    their `names` and types) are what else the form's rules may read: facts of the run, answers of earlier steps.
    """
    known = dict(facts or {})
    typed = dict(names) | form.names | {name: "Any" for name in known if name not in dict(names) | form.names}
    sheet = _Sheet(form.fields, rights, tuple(typed.items()), known, now)
    _read(sheet, answers)
    _rules(sheet)
    for check in form.checks:
        if sheet.value(check.condition) is False:
            sheet.say("", Wrong("check", check.text.zh, check.text.en))
    return sheet.clean, tuple(sorted(sheet.problems, key=_place(form)))


def _place(form: Form) -> Callable[[AnswerProblem], int]:
    """Problems come in the order of the fields; what the form does not know first, what is said of all of it last."""
    order = {one.key: at for at, one in enumerate(form.fields)}
    return lambda problem: order.get(problem.field.split(".")[0], -1 if problem.field else len(order))


def opening(
    form: Form, *, facts: Mapping[str, Any] | None = None, names: Names = (), now: datetime = EPOCH
) -> dict[str, Any]:
    """The answers a form opens with: its defaults, and what is computed from them."""
    known = dict(facts or {})
    typed = dict(names) | form.names | {name: "Any" for name in known if name not in dict(names) | form.names}
    sheet = _Sheet(form.fields, {}, tuple(typed.items()), known, now)
    for one in form.fields:
        found = sheet.value(one.default_from) if one.default_from else None
        given = conditions.plain(found) if found is not None else one.default
        if given is not None:
            sheet.clean[one.key] = given
    _compute(sheet)
    return sheet.clean


def files_in(form: Form, answers: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    """Ids of stored pictures by field, in answers that `check_answers` has cleaned."""
    return _stored(form, answers, (ImagesField, SignatureField))


def documents_in(form: Form, answers: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    """Ids of stored files that need not be pictures."""
    return _stored(form, answers, (FilesField,))


def _stored(form: Form, answers: Mapping[str, Any], kinds: tuple[type, ...]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for one in form.fields:
        answer = answers.get(one.key)
        if answer is None:
            continue
        ids: list[int] = []
        if isinstance(one, kinds):
            ids = answer if isinstance(answer, list) else [answer]
        elif isinstance(one, TableField):
            for column in one.columns:
                for row in answer if isinstance(column, kinds) else ():
                    cell = row.get(column.key)
                    ids.extend(cell if isinstance(cell, list) else [cell] if cell is not None else [])
        if ids:
            found[one.key] = tuple(ids)
    return found


def _read(sheet: _Sheet, answers: Mapping[str, Any]) -> None:
    """The given answers by their types."""
    known = {one.key for one in sheet.fields if not isinstance(one, NoteField)}
    for key in answers:
        if key not in known:
            sheet.say(key, Wrong("unknown_field", "表单没有这一项", "The form has no such field."))
    for one in sheet.fields:
        given = answers.get(one.key)
        if isinstance(one, NoteField) or one.computed or absent(given):
            continue
        try:
            if sheet.right(one.key) is not Right.EDIT:
                raise Wrong("not_editable", "此项不可修改", "This field cannot be changed here.")
            if isinstance(one, TableField):
                sheet.clean[one.key] = _rows(sheet, one, given)
            else:
                sheet.clean[one.key] = READERS[type(one)](one, given)
        except Wrong as wrong:
            sheet.say(one.key, wrong)


def _rows(sheet: _Sheet, table: TableField, given: Any) -> list[dict[str, Any]]:
    """The rows of a table; problems are kept with the cell they lie in."""
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise Wrong("wrong_type", "请填写表格", "Fill in the table.")
    if len(given) > table.max_rows:
        raise Wrong("too_many", f"最多 {table.max_rows} 行", f"At most {table.max_rows} rows.")
    rows = []
    rights = {
        column.key: sheet.rights[f"{table.key}.{column.key}"]
        for column in table.columns
        if f"{table.key}.{column.key}" in sheet.rights
    }
    columns = {column.key: feel_type(column) for column in table.columns}
    names = tuple({**dict(sheet.names), **columns}.items())
    for number, row in enumerate(given):
        below = _Sheet(
            table.columns,
            rights,
            names,
            {**sheet.facts, **sheet.clean},
            sheet.now,
            f"{sheet.prefix}{table.key}.{number}.",
        )
        _read(below, row)
        _rules(below)
        sheet.problems.extend(below.problems)
        rows.append(below.clean)
    return rows


def _rules(sheet: _Sheet) -> None:
    """Computed fields, visibility, what is required, and the author's own checks."""
    _compute(sheet)
    wrong = {problem.field for problem in sheet.problems}
    for one in sheet.fields:
        if isinstance(one, NoteField) or f"{sheet.prefix}{one.key}" in wrong:
            continue
        if one.visible_when and sheet.value(one.visible_when) is not True:
            sheet.clean.pop(one.key, None)
            continue
        if one.key not in sheet.clean:
            if not one.computed and sheet.right(one.key) is Right.EDIT and _required(sheet, one):
                sheet.say(one.key, missing(one))
            continue
        _bounds(sheet, one)


def _required(sheet: _Sheet, one: Field | Column) -> bool:
    least = getattr(one, "min_count", 0) or getattr(one, "min_rows", 0)
    return bool(one.required or least or (one.required_when and sheet.value(one.required_when) is True))


def _bounds(sheet: _Sheet, one: Field | Column) -> None:
    """What an answer that is there must keep to."""
    if isinstance(one, TableField) and len(sheet.clean[one.key]) < one.min_rows:
        sheet.say(one.key, Wrong("too_few", f"至少 {one.min_rows} 行", f"At least {one.min_rows} rows."))
    if isinstance(one, DateField):
        for bound, code in ((one.earliest, "too_early"), (one.latest, "too_late")):
            limit = conditions.plain(sheet.value(bound)) if bound else None
            given = sheet.clean[one.key]
            if isinstance(limit, str) and (given < limit[:10] if code == "too_early" else given > limit[:10]):
                zh, en = ("早于", "Not before") if code == "too_early" else ("晚于", "Not after")
                sheet.say(one.key, Wrong(code, f"不能{zh} {limit[:10]}", f"{en} {limit[:10]}."))
    for check in one.checks:
        if _broken(sheet, check):
            sheet.say(one.key, Wrong("check", check.text.zh, check.text.en))


def _broken(sheet: _Sheet, check: FieldCheck) -> bool:
    """Unknown is not broken: a rule over an empty field says nothing."""
    return sheet.value(check.condition) is False


def _compute(sheet: _Sheet) -> None:
    """Computed fields until nothing changes: one may build on another, at most all of them in a row."""
    computed = [one for one in sheet.fields if one.computed]
    for _ in computed:
        before = dict(sheet.clean)
        for one in computed:
            found = conditions.plain(sheet.value(one.computed or ""))
            if found is None:
                sheet.clean.pop(one.key, None)
            else:
                sheet.clean[one.key] = f"{found:.2f}" if one.type == "money" and _number(found) else found
        if sheet.clean == before:
            return


def _number(found: Any) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool)
