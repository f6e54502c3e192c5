"""Tags as free words on a customer."""

from collections.abc import Iterable

from shuniu.foundation.errors import Invalid

TAG_LENGTH = 40
TAGS_PER_CUSTOMER = 50


class TagTooLong(Invalid):
    code = "customer.tag_too_long"
    zh = "标签最多 40 个字"
    en = "A tag has at most 40 characters."


class TooManyTags(Invalid):
    code = "customer.too_many_tags"
    zh = "一位客户最多 50 个标签"
    en = "A customer has at most 50 tags."


def clean_tags(tags: Iterable[str]) -> list[str]:
    """Trimmed, without blanks and repeats, in the order given."""
    cleaned = list(dict.fromkeys(stripped for tag in tags if (stripped := tag.strip())))
    if any(len(tag) > TAG_LENGTH for tag in cleaned):
        raise TagTooLong(field="tags")
    if len(cleaned) > TAGS_PER_CUSTOMER:
        raise TooManyTags(field="tags")
    return cleaned
