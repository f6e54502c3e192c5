import pytest

from shuniu.foundation.names import sort_key


def test_names_sort_by_pinyin_and_then_by_character() -> None:
    assert sorted(["张三", "李四", "阿明", "王女士", "Bob"], key=sort_key) == [
        "阿明",
        "Bob",
        "李四",
        "王女士",
        "张三",
    ]


@pytest.mark.parametrize(("name", "start"), [("曾国藩", "zeng"), ("单先生", "shan"), ("任女士", "ren2")])
def test_surnames_are_read_as_surnames(name: str, start: str) -> None:
    assert sort_key(name).startswith(start)
