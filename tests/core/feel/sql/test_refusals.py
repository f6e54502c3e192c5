import pytest

from shuniu.core import feel
from shuniu.core.feel import FeelError
from shuniu.core.feel.sql import Column

NAMES = {"金额": "number", "等级": "string", "下单": "date and time", "明细": "list<number>"}
COLUMNS = {"金额": Column("amount", digits=(12, 2)), "等级": Column("level"), "下单": Column("ordered")}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("金额 ** 2 > 4", "**"),
        ('matches(等级, "A.*")', "matches"),
        ("count([金额, 1]) > 1", "lists"),
        ("some x in 明细 satisfies x > 1", "child table"),
        ("for x in [1, 2] return x", "for loops"),
        ('下单 > @"2026-01-01T00:00:00@Asia/Shanghai"', "zone name"),
        ('下单 > @"2026-01-01T00:00:00"', "without an offset"),
        ('"a\\u0000b" = 等级', "NUL"),
        ("金额 instance of number", "instance of"),
        ("金额 = 等级", "number with string"),
        ('upper case(等级) = "A"', "upper case"),
        ("(function(x) x + 1)(金额) > 1", "user functions"),
    ],
)  # fmt: skip
def test_what_sql_cannot_say_exactly_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(FeelError, match="cannot be evaluated in the database") as refused:
        feel.compile(text, NAMES).to_sql("postgresql", COLUMNS)

    assert named in refused.value.en
    assert refused.value.code == "not_in_sql"
    assert refused.value.zh.startswith("不能在数据库中计算")


def test_a_name_without_a_column_is_refused_with_a_suggestion() -> None:
    program = feel.compile("金额 > 1", NAMES)

    with pytest.raises(FeelError, match="did you mean '金额2'"):
        program.to_sql("postgresql", {"金额2": Column("amount")})


def test_another_dialect_is_refused() -> None:
    with pytest.raises(FeelError, match="mysql"):
        feel.compile("金额 > 1", NAMES).to_sql("mysql", COLUMNS)


def test_constants_are_parameters_and_equality_stays_plain_for_the_indexes() -> None:
    sql = feel.compile('等级 = "A; drop table c" and 金额 = 5', NAMES).to_where("postgresql", COLUMNS)

    assert sql.text == "((level = %(p1)s::text) AND (amount = %(p2)s::numeric))"
    assert sql.params == {"p1": "A; drop table c", "p2": 5}


def test_a_whole_constant_beside_an_integer_column_is_an_integer() -> None:
    columns = {"金额": Column("id", digits=(19, 0))}

    assert feel.compile("金额 = 5", NAMES).to_where("postgresql", columns).text == "(id = %(p2)s::bigint)"


def test_arithmetic_rounds_only_where_it_can_exceed_34_digits() -> None:
    wide = {"金额": Column("amount", digits=(20, 10))}

    assert "feel_34" not in feel.compile("金额 + 金额 > 1", NAMES).to_sql("postgresql", wide).text
    assert "feel_34" in feel.compile("金额 * 金额 > 1", NAMES).to_sql("postgresql", wide).text
