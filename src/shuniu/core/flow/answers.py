"""Answers against a form: what a person may fill in, brought to one shape, with a problem beside each wrong field.

Whether a stored file exists is not known here; ids of files are handed back by `files_in` for the caller to look up.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from shuniu.core.flow.forms import (
    DateField,
    Field,
    Form,
    ImagesField,
    LocationField,
    MoneyField,
    NumberField,
    PhoneField,
    RatingField,
    Right,
    SelectField,
    SignatureField,
    TextField,
    YesNoField,
)
from shuniu.core.flow.words import Words

_PHONE = re.compile(r"1[3-9]\d{9}")
_MONEY_MAX = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """What is wrong with the answer to one field."""

    field: str
    code: str
    text: Words


class _Wrong(Exception):
    def __init__(self, code: str, zh: str, en: str) -> None:
        self.code = code
        self.text = Words(zh=zh, en=en)
        super().__init__(en)


def check_answers(
    form: Form, answers: Mapping[str, Any], rights: Mapping[str, Right]
) -> tuple[dict[str, Any], tuple[AnswerProblem, ...]]:
    """The answers in their stored shape, and the problems. Fields that may not be edited are refused, not dropped."""
    clean: dict[str, Any] = {}
    problems = [
        AnswerProblem(key, "unknown_field", Words(zh="表单没有这一项", en="The form has no such field."))
        for key in answers
        if form.field(key) is None
    ]
    for field in form.fields:
        given = answers.get(field.key)
        editable = rights.get(field.key, Right.EDIT) is Right.EDIT
        try:
            if not editable:
                if given is not None:
                    raise _Wrong("not_editable", "此项不可修改", "This field cannot be changed here.")
                continue
            if _absent(given):
                if field.required or (isinstance(field, ImagesField) and field.min_count):
                    raise _missing(field)
                continue
            clean[field.key] = _READERS[type(field)](field, given)
        except _Wrong as wrong:
            problems.append(AnswerProblem(field.key, wrong.code, wrong.text))
    return clean, tuple(problems)


def files_in(form: Form, answers: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    """Ids of stored files by field, in answers that `check_answers` has cleaned."""
    found: dict[str, tuple[int, ...]] = {}
    for field in form.fields:
        answer = answers.get(field.key)
        if answer is None:
            continue
        if isinstance(field, ImagesField):
            found[field.key] = tuple(answer)
        elif isinstance(field, SignatureField):
            found[field.key] = (answer,)
    return found


def _absent(given: Any) -> bool:
    return given is None or given in ("", [])


def _missing(field: Field) -> _Wrong:
    if isinstance(field, ImagesField):
        count = max(field.min_count, 1)
        return _Wrong("too_few", f"请上传至少 {count} 张照片", f"Upload at least {count} photos.")
    if isinstance(field, SignatureField):
        return _Wrong("required", "请签名", "Please sign.")
    if isinstance(field, LocationField):
        return _Wrong("required", "请先定位", "Take the location first.")
    if isinstance(field, RatingField):
        return _Wrong("required", "请打分", "Please rate.")
    return _Wrong("required", f"请填写{field.name.zh}", f"{field.name.en} is required.")


def _text(field: TextField, given: Any) -> str:
    if not isinstance(given, str):
        raise _Wrong("wrong_type", "请输入文字", "Enter text.")
    text = given.strip()
    if field.required and not text:
        raise _missing(field)
    if len(text) > field.max_length:
        raise _Wrong("too_long", f"最多 {field.max_length} 个字", f"At most {field.max_length} characters.")
    if "\x00" in text:
        raise _Wrong("wrong_type", "含有无法保存的字符", "Contains characters that cannot be stored.")
    return text


def _decimal(given: Any) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise _Wrong("wrong_type", "请输入数字", "Enter a number.")
    try:
        value = Decimal(str(given))
    except InvalidOperation:
        raise _Wrong("wrong_type", "请输入数字", "Enter a number.") from None
    if not value.is_finite():
        raise _Wrong("wrong_type", "请输入数字", "Enter a number.")
    return value


def _number(field: NumberField, given: Any) -> int | float:
    value = _decimal(given)
    if field.min is not None and value < Decimal(str(field.min)):
        raise _Wrong("too_small", f"不能小于 {field.min:g}", f"Not less than {field.min:g}.")
    if field.max is not None and value > Decimal(str(field.max)):
        raise _Wrong("too_large", f"不能大于 {field.max:g}", f"Not more than {field.max:g}.")
    if abs(value) >= _MONEY_MAX:
        raise _Wrong("too_large", "数字太大", "The number is too large.")
    return int(value) if value == value.to_integral_value() else float(value)


def _money(_field: MoneyField, given: Any) -> str:
    value = _decimal(given)
    if abs(value) >= _MONEY_MAX:
        raise _Wrong("too_large", "金额太大", "The amount is too large.")
    if value != round(value, 2):
        raise _Wrong("too_precise", "金额最多两位小数", "An amount has at most two decimals.")
    return f"{value:.2f}"


def _phone(_field: PhoneField, given: Any) -> str:
    digits = given.replace(" ", "").replace("-", "") if isinstance(given, str) else ""
    if not _PHONE.fullmatch(digits):
        raise _Wrong("not_a_phone", "手机号应为 11 位数字", "A mobile number has 11 digits.")
    return digits


def _select(field: SelectField, given: Any) -> str:
    for option in field.options:
        if option.key == given:
            return option.key
    raise _Wrong("not_an_option", "请从选项中选择", "Choose one of the options.")


def _yes_no(_field: YesNoField, given: Any) -> bool:
    if not isinstance(given, bool):
        raise _Wrong("wrong_type", "请选择是或否", "Choose yes or no.")
    return given


def _date(_field: DateField, given: Any) -> str:
    try:
        return date.fromisoformat(given).isoformat()
    except (TypeError, ValueError):
        raise _Wrong("not_a_date", "请选择日期", "Choose a date.") from None


def _file(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 < given < 2**63:
        raise _Wrong("not_a_file", "请重新上传", "Upload it again.")
    return given


def _images(field: ImagesField, given: Any) -> list[int]:
    if not isinstance(given, list):
        raise _Wrong("wrong_type", "请上传照片", "Upload photos.")
    ids = list(dict.fromkeys(_file(one) for one in given))
    if len(ids) < field.min_count:
        raise _missing(field)
    if len(ids) > field.max_count:
        raise _Wrong("too_many", f"最多 {field.max_count} 张照片", f"At most {field.max_count} photos.")
    return ids


def _signature(_field: SignatureField, given: Any) -> int:
    return _file(given)


def _location(_field: LocationField, given: Any) -> dict[str, float]:
    wrong = _Wrong("not_a_place", "定位无效，请重新定位", "The location is not valid; take it again.")
    if not isinstance(given, dict):
        raise wrong
    place: dict[str, float] = {}
    for key, limit in (("lat", 90.0), ("lng", 180.0), ("accuracy", 1e6)):
        value = given.get(key, 0 if key == "accuracy" else None)
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= limit:
            raise wrong
        place[key] = float(value)
    return place


def _rating(_field: RatingField, given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= 5:
        raise _Wrong("not_a_rating", "请打 1 到 5 星", "Rate from 1 to 5.")
    return given


_READERS: Mapping[type, Callable[[Any, Any], Any]] = {
    TextField: _text,
    NumberField: _number,
    MoneyField: _money,
    PhoneField: _phone,
    SelectField: _select,
    YesNoField: _yes_no,
    DateField: _date,
    ImagesField: _images,
    SignatureField: _signature,
    LocationField: _location,
    RatingField: _rating,
}
