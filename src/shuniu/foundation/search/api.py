"""The search box."""

from typing import Annotated

from ninja import Query
from pydantic import BaseModel, Field

from shuniu.foundation.access import SIGNED_IN
from shuniu.foundation.http import Request, Routes
from shuniu.foundation.search.contracts import Found
from shuniu.foundation.search.queries import QUERY_LENGTH_MAX, find

router = Routes(tag="search")


class SearchParams(BaseModel):
    """`kinds` narrows to some kinds of subject; empty means all."""

    q: Annotated[str, Field(max_length=QUERY_LENGTH_MAX)] = ""
    kinds: list[str] = []
    limit: Annotated[int, Field(ge=1, le=50)] = 8


@router.get("/search", permission=SIGNED_IN, response=Found)
def search(request: Request, params: Query[SearchParams]) -> Found:
    """Find by name, pinyin, initials, number, whole phone number or its last four digits; only what one may see."""
    return find(params.q, actor=request.actor, locale=request.locale, kinds=params.kinds, limit=params.limit)
