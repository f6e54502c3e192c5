"""Every failure as one shape: RFC 9457 problem details, with a stable code, in the reader's language."""

import json
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from shuniu.foundation.errors import DomainError, FieldProblem, Invalid, NotFound
from shuniu.foundation.text import Text

log = structlog.get_logger("http")


class Malformed(DomainError):
    """The body is not what it says it is."""

    code = "http.malformed"
    zh = "请求内容无法解析"
    en = "The request body could not be read."


class TooLarge(DomainError):
    """The body is larger than allowed."""

    code = "http.too_large"
    status = 413
    zh = "提交的内容太大"
    en = "The request is too large."


class Unavailable(DomainError):
    """The database is away; nothing was written."""

    code = "http.unavailable"
    status = 503
    zh = "系统暂时不可用，内容未保存，请稍后再试"
    en = "The service is briefly unavailable; nothing was saved. Please try again shortly."


class Unexpected(DomainError):
    """A fault of ours."""

    code = "http.unexpected"
    status = 500
    zh = "系统出错了，已记录。编号 {request_id}"
    en = "Something went wrong on our side and was recorded. Reference {request_id}."


_TYPES: dict[str, Text] = {
    "missing": Text("必填", "This is required."),
    "string_too_short": Text("太短", "Too short."),
    "string_too_long": Text("太长", "Too long."),
    "int_parsing": Text("应为整数", "This must be a whole number."),
    "int_type": Text("应为整数", "This must be a whole number."),
    "decimal_parsing": Text("应为数字", "This must be a number."),
    "decimal_max_places": Text("小数位数过多", "Too many decimal places."),
    "datetime_parsing": Text("日期时间格式不对", "This is not a valid date and time."),
    "date_from_datetime_parsing": Text("日期格式不对", "This is not a valid date."),
    "bool_parsing": Text("应为是或否", "This must be true or false."),
    "enum": Text("不在可选范围内", "This is not one of the choices."),
    "literal_error": Text("不在可选范围内", "This is not one of the choices."),
    "greater_than_equal": Text("数值太小", "Too small."),
    "greater_than": Text("数值太小", "Too small."),
    "less_than_equal": Text("数值太大", "Too large."),
    "less_than": Text("数值太大", "Too large."),
    "too_long": Text("项目太多", "Too many items."),
    "too_short": Text("项目太少", "Too few items."),
    "extra_forbidden": Text("不认识的字段", "Unknown field."),
    "json_invalid": Text("内容不是有效的 JSON", "This is not valid JSON."),
}
_OTHER = Text("填写不正确", "This is not valid.")


def install(api: NinjaAPI) -> None:
    """Teach the API to answer every failure as a problem document."""
    api.exception_handler(DomainError)(problem_response)
    api.exception_handler(ValidationError)(lambda request, error: problem_response(request, _invalid(error)))
    api.exception_handler(Http404)(lambda request, _: problem_response(request, NotFound()))
    api.exception_handler(RequestDataTooBig)(lambda request, _: problem_response(request, TooLarge()))
    api.exception_handler(HttpError)(lambda request, error: problem_response(request, _http(error)))
    api.exception_handler(OperationalError)(_away)
    api.exception_handler(InterfaceError)(_away)
    api.exception_handler(Exception)(_unexpected)


def problem_response(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The error as ``application/problem+json``."""
    locale = getattr(request, "locale", "zh-CN")
    body = {
        "type": f"urn:shuniu:problem:{error.code}",
        "title": error.text().pick(locale),
        "detail": error.text().pick(locale),
        "status": error.status,
        "code": error.code,
        "errors": [
            {"field": p.field, "message": p.text.pick(locale), "code": p.code} for p in error.field_problems()
        ],
        "data": {
            key: value for key, value in error.data.items() if isinstance(value, str | int | float | bool)
        },
        "request_id": getattr(request, "request_id", None),
    }
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=error.status, content_type="application/problem+json"
    )
    if error.status in (429, 503):
        response.headers["Retry-After"] = str(error.data.get("seconds", 5))
    return response


def _invalid(error: ValidationError) -> DomainError:
    return Invalid.many([_field(item) for item in error.errors])


def _field(item: dict[str, Any]) -> FieldProblem:
    # ninja's locations read ("body", "<parameter name>", field, …); people know only the field
    place = [str(part) for part in item["loc"]]
    path = place[2:] or place[1:] or place
    return FieldProblem(".".join(path), _TYPES.get(item["type"], _OTHER), item["type"])


def _http(error: HttpError) -> DomainError:
    return Malformed() if error.status_code == 400 else DomainError()


def _away(request: HttpRequest, error: Exception) -> HttpResponse:
    log.warning("database unavailable", error=str(error))
    return problem_response(request, Unavailable(seconds=2))


def _unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("unexpected error", path=request.path, exc_info=error)
    return problem_response(request, Unexpected(request_id=getattr(request, "request_id", "-")))
