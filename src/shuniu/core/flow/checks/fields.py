"""Forms: keys, options, sections, and the types of everything FEEL computes."""

from collections.abc import Iterator

from shuniu.core.flow.checks.problems import Problem, of
from shuniu.core.flow.conditions import Names, condition_problem
from shuniu.core.flow.document import FlowDocument
from shuniu.core.flow.fields import feel_type
from shuniu.core.flow.forms import (
    CascadeField,
    Column,
    DateField,
    Field,
    Form,
    MultiSelectField,
    NoteField,
    SelectField,
    TableField,
)


def fields(document: FlowDocument) -> Iterator[Problem]:
    for form in document.forms:
        yield from _form(document, form)


def _form(document: FlowDocument, form: Form) -> Iterator[Problem]:
    for twice in _twice([field.key for field in form.fields]):
        yield of(
            "field_twice",
            None,
            f"表单「{form.name.zh}」的字段 {twice} 出现两次",
            f"Form “{form.name.en}” has the field {twice} twice.",
        )
    names = tuple({**dict(document.facts), **form.names}.items())
    sections = {section.key for section in form.sections}
    for field in form.fields:
        yield from _field(form, field, names)
        if field.section is not None and field.section not in sections:
            yield _wrong(form, field, "no_section", "所在的分组不存在", "is in a section that is not there")
        if isinstance(field, TableField):
            yield from _columns(form, field, names)
    whole = [
        *(section.visible_when for section in form.sections if section.visible_when),
        *(check.condition for check in form.checks),
        *(rule.when for rule in form.tags),
    ]
    for text in whole:
        problem = condition_problem(text, names)
        if problem is not None:
            yield of(
                "bad_field",
                None,
                f"表单「{form.name.zh}」的条件写错了：{problem.zh}",
                f"Form “{form.name.en}” has a condition that cannot be used: {problem.en}",
            )


def _columns(form: Form, table: TableField, names: Names) -> Iterator[Problem]:
    for twice in _twice([column.key for column in table.columns]):
        yield _wrong(form, table, "field_twice", f"的列 {twice} 出现两次", f"has the column {twice} twice")
    inner = tuple({**dict(names), **{column.key: feel_type(column) for column in table.columns}}.items())
    for column in table.columns:
        yield from _field(form, column, inner)
    if table.min_rows > table.max_rows:
        yield _wrong(form, table, "no_range", "的最少行数多于最多行数", "needs more rows than it may have")


def _field(form: Form, field: Field | Column, names: Names) -> Iterator[Problem]:
    if isinstance(field, SelectField | MultiSelectField | CascadeField) and not (
        field.options or field.catalogue
    ):
        yield _wrong(form, field, "no_options", "没有选项", "has no options")
    if field.computed and field.required:
        yield _wrong(
            form, field, "computed_required", "是计算字段，不能必填", "is computed and cannot be required"
        )
    wanted = None if isinstance(field, NoteField) else feel_type(field)
    texts: list[tuple[str | None, str | None]] = [
        (field.visible_when, "boolean"),
        (field.required_when, "boolean"),
        (field.computed, wanted),
        (field.default_from, None),
        *((check.condition, "boolean") for check in field.checks),
    ]
    if isinstance(field, DateField):
        texts.extend([(field.earliest, "date"), (field.latest, "date")])
    for text, type_ in texts:
        problem = condition_problem(text, names, wanted=type_) if text else None
        if problem is not None:
            yield _wrong(
                form,
                field,
                "bad_field",
                f"的公式写错了：{problem.zh}",
                f"has a text that cannot be used: {problem.en}",
            )


def _twice(keys: list[str]) -> list[str]:
    return sorted({key for key in keys if keys.count(key) > 1})


def _wrong(form: Form, field: Field | Column, code: str, zh: str, en: str) -> Problem:
    return of(
        code,
        None,
        f"表单「{form.name.zh}」的「{field.name.zh}」{zh}",
        f"“{field.name.en}” in form “{form.name.en}” {en}.",
    )
