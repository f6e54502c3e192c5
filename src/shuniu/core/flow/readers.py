"""One answer of each type of field, read into its stored shape."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from shuniu.core.flow.forms import (
    CascadeField,
    Column,
    DateField,
    DateTimeField,
    EmailField,
    Field,
    FilesField,
    ImagesField,
    LocationField,
    MoneyField,
    MultiSelectField,
    NumberField,
    PhoneField,
    RatingField,
    ReferenceField,
    ScanField,
    SelectField,
    SignatureField,
    TextField,
    TimeField,
    YesNoField,
)
from shuniu.core.flow.words import Words

_PHONE = re.compile(r"1[3-9]\d{9}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_MONEY_MAX = Decimal(10) ** 12
_KEY_MAX = 80
_SCAN_MAX = 500


class Wrong(Exception):
    """An answer that cannot be taken, and what to say about it."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        self.code = code
        self.text = Words(zh=zh, en=en)
        super().__init__(en)


def absent(given: Any) -> bool:
    """Whether an answer counts as none."""
    return given is None or given in ("", [])


def missing(field: Field | Column) -> Wrong:
    """What to say of a field that must be filled in."""
    if isinstance(field, ImagesField):
        count = max(field.min_count, 1)
        return Wrong("too_few", f"请上传至少 {count} 张照片", f"Upload at least {count} photos.")
    if isinstance(field, FilesField):
        count = max(field.min_count, 1)
        return Wrong("too_few", f"请上传至少 {count} 个文件", f"Upload at least {count} files.")
    if isinstance(field, SignatureField):
        return Wrong("required", "请签名", "Please sign.")
    if isinstance(field, LocationField):
        return Wrong("required", "请先定位", "Take the location first.")
    if isinstance(field, RatingField):
        return Wrong("required", "请打分", "Please rate.")
    return Wrong("required", f"请填写{field.name.zh}", f"{field.name.en} is required.")


def _text(field: TextField, given: Any) -> str:
    if not isinstance(given, str):
        raise Wrong("wrong_type", "请输入文字", "Enter text.")
    text = given.strip()
    if field.required and not text:
        raise missing(field)
    if len(text) > field.max_length:
        raise Wrong("too_long", f"最多 {field.max_length} 个字", f"At most {field.max_length} characters.")
    if field.pattern and not re.fullmatch(field.pattern, text):
        raise Wrong("wrong_pattern", "格式不对", "It does not have the right form.")
    if "\x00" in text:
        raise Wrong("wrong_type", "含有无法保存的字符", "Contains characters that cannot be stored.")
    return text


def _decimal(given: Any) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise Wrong("wrong_type", "请输入数字", "Enter a number.")
    try:
        value = Decimal(str(given))
    except InvalidOperation:
        raise Wrong("wrong_type", "请输入数字", "Enter a number.") from None
    if not value.is_finite():
        raise Wrong("wrong_type", "请输入数字", "Enter a number.")
    return value


def _within(field: NumberField | MoneyField, value: Decimal) -> None:
    if field.min is not None and value < Decimal(str(field.min)):
        raise Wrong("too_small", f"不能小于 {field.min:g}", f"Not less than {field.min:g}.")
    if field.max is not None and value > Decimal(str(field.max)):
        raise Wrong("too_large", f"不能大于 {field.max:g}", f"Not more than {field.max:g}.")


def _number(field: NumberField, given: Any) -> int | float:
    value = _decimal(given)
    _within(field, value)
    if abs(value) >= _MONEY_MAX:
        raise Wrong("too_large", "数字太大", "The number is too large.")
    if field.decimals is not None and value != round(value, field.decimals):
        raise Wrong("too_precise", f"最多 {field.decimals} 位小数", f"At most {field.decimals} decimals.")
    return int(value) if value == value.to_integral_value() else float(value)


def _money(field: MoneyField, given: Any) -> str:
    value = _decimal(given)
    _within(field, value)
    if abs(value) >= _MONEY_MAX:
        raise Wrong("too_large", "金额太大", "The amount is too large.")
    if value != round(value, 2):
        raise Wrong("too_precise", "金额最多两位小数", "An amount has at most two decimals.")
    return f"{value:.2f}"


def _phone(_field: PhoneField, given: Any) -> str:
    digits = given.replace(" ", "").replace("-", "") if isinstance(given, str) else ""
    if not _PHONE.fullmatch(digits):
        raise Wrong("not_a_phone", "手机号应为 11 位数字", "A mobile number has 11 digits.")
    return digits


def _email(_field: EmailField, given: Any) -> str:
    text = given.strip() if isinstance(given, str) else ""
    if len(text) > 200 or not _EMAIL.fullmatch(text):
        raise Wrong("not_an_email", "邮箱格式不对", "It is not an e-mail address.")
    return text


def _option(field: SelectField | MultiSelectField | CascadeField, given: Any) -> str:
    """Options of a catalogue are not known here: the catalogue's owner looks them up."""
    known = any(option.key == given for option in field.options)
    if isinstance(given, str) and (known or (field.catalogue and 0 < len(given) <= _KEY_MAX)):
        return given
    raise Wrong("not_an_option", "请从选项中选择", "Choose one of the options.")


def _select(field: SelectField, given: Any) -> str:
    return _option(field, given)


def _multi_select(field: MultiSelectField, given: Any) -> list[str]:
    if not isinstance(given, list):
        raise Wrong("wrong_type", "请从选项中选择", "Choose from the options.")
    chosen = list(dict.fromkeys(_option(field, one) for one in given))
    if field.max_count is not None and len(chosen) > field.max_count:
        raise Wrong("too_many", f"最多选 {field.max_count} 项", f"At most {field.max_count}.")
    return chosen


def _cascade(field: CascadeField, given: Any) -> list[str]:
    if not isinstance(given, list):
        raise Wrong("wrong_type", "请从选项中选择", "Choose from the options.")
    chosen = [_option(field, one) for one in given]
    parents = {option.key: option.parent for option in field.options}
    for above, key in zip([None, *chosen], chosen, strict=False):
        if field.options and parents[key] != above:
            raise Wrong("not_an_option", "上下级选项不一致", "An option is not below the one before it.")
    return chosen


def _yes_no(_field: YesNoField, given: Any) -> bool:
    if not isinstance(given, bool):
        raise Wrong("wrong_type", "请选择是或否", "Choose yes or no.")
    return given


def _date(_field: DateField, given: Any) -> str:
    try:
        return date.fromisoformat(given).isoformat()
    except (TypeError, ValueError):
        raise Wrong("not_a_date", "请选择日期", "Choose a date.") from None


def _time(_field: TimeField, given: Any) -> str:
    try:
        return time.fromisoformat(given).strftime("%H:%M")
    except (TypeError, ValueError):
        raise Wrong("not_a_time", "请选择时间", "Choose a time.") from None


def _date_time(_field: DateTimeField, given: Any) -> str:
    try:
        moment = datetime.fromisoformat(given)
    except (TypeError, ValueError):
        raise Wrong("not_a_date", "请选择日期和时间", "Choose a date and a time.") from None
    if moment.tzinfo is None:
        raise Wrong("not_a_date", "时间缺少时区", "The time lacks its zone.")
    return moment.isoformat()


def _scan(_field: ScanField, given: Any) -> str:
    if not isinstance(given, str) or not 0 < len(given.strip()) <= _SCAN_MAX or "\x00" in given:
        raise Wrong("wrong_type", "请扫码", "Scan the code.")
    return given.strip()


def _reference(field: ReferenceField, given: Any) -> int | list[int]:
    wanted = given if field.several and isinstance(given, list) else [given]
    for one in wanted:
        if isinstance(one, bool) or not isinstance(one, int) or not 0 < one < 2**63:
            raise Wrong("not_a_reference", "请重新选择", "Choose it again.")
    ids = list(dict.fromkeys(wanted))
    return ids if field.several else ids[0]


def _files(field: FilesField, given: Any) -> list[int]:
    if not isinstance(given, list):
        raise Wrong("wrong_type", "请上传文件", "Upload files.")
    ids = list(dict.fromkeys(_file(one) for one in given))
    if len(ids) < field.min_count:
        raise missing(field)
    if len(ids) > field.max_count:
        raise Wrong("too_many", f"最多 {field.max_count} 个文件", f"At most {field.max_count} files.")
    return ids


def _file(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 < given < 2**63:
        raise Wrong("not_a_file", "请重新上传", "Upload it again.")
    return given


def _images(field: ImagesField, given: Any) -> list[int]:
    if not isinstance(given, list):
        raise Wrong("wrong_type", "请上传照片", "Upload photos.")
    ids = list(dict.fromkeys(_file(one) for one in given))
    if len(ids) < field.min_count:
        raise missing(field)
    if len(ids) > field.max_count:
        raise Wrong("too_many", f"最多 {field.max_count} 张照片", f"At most {field.max_count} photos.")
    return ids


def _signature(_field: SignatureField, given: Any) -> int:
    return _file(given)


def _location(_field: LocationField, given: Any) -> dict[str, float]:
    wrong = Wrong("not_a_place", "定位无效，请重新定位", "The location is not valid; take it again.")
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
        raise Wrong("not_a_rating", "请打 1 到 5 星", "Rate from 1 to 5.")
    return given


READERS: Mapping[type, Callable[[Any, Any], Any]] = {
    TextField: _text,
    NumberField: _number,
    MoneyField: _money,
    PhoneField: _phone,
    EmailField: _email,
    SelectField: _select,
    MultiSelectField: _multi_select,
    CascadeField: _cascade,
    YesNoField: _yes_no,
    DateField: _date,
    TimeField: _time,
    DateTimeField: _date_time,
    ImagesField: _images,
    FilesField: _files,
    SignatureField: _signature,
    LocationField: _location,
    RatingField: _rating,
    ScanField: _scan,
    ReferenceField: _reference,
}
