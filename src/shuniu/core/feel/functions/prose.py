"""What stands on the reference page around the function table."""

from __future__ import annotations

GROUPS = {
    "conversion": ("转换", "Conversion"),
    "boolean": ("布尔", "Boolean"),
    "string": ("文字", "String"),
    "list": ("列表", "List"),
    "numeric": ("数", "Numeric"),
    "temporal": ("日期与时间", "Date and time"),
    "range": ("区间", "Range"),
    "context": ("上下文", "Context"),
    "own": ("枢纽自己的函数(不在标准里)", "Shuniu's own (not in the standard)"),
}

ZH = """\
# FEEL 参考

[English](feel.md)

分支条件、派单、计算字段、可见性、人群、标签规则、结算公式和多档表都用 FEEL 写:OMG DMN 1.5 的表达式语言。
本页由函数表生成:`python -m shuniu.core.feel --reference zh`。

## 值

| 类型 | 写法 |
|---|---|
| number 数 | `12`、`-0.5`、`1.5e3`;十进制,34 位有效数字,`0.1 + 0.2 = 0.3` |
| string 文字 | `"金"`;转义 `\\n` `\\t` `\\"` `\\\\` `\\u4E2D` |
| boolean 布尔 | `true`、`false`、`null`(三值逻辑) |
| date 日期 | `@"2026-11-22"`、`date("2026-11-22")` |
| time 时刻 | `@"08:00:00"`、`@"08:00:00+08:00"` |
| date and time 日期时间 | `@"2026-11-22T08:00:00+08:00"`、`@"2026-11-22T08:00:00@Asia/Shanghai"` |
| days and time duration 天时分秒 | `@"P1DT2H"` |
| years and months duration 年月 | `@"P1Y2M"` |
| list 列表 | `[1, 2, 3]`,第一项是 `[1]`,最后一项是 `[-1]` |
| context 上下文 | `{等级: "金", 折扣: 0.9}`,取值 `客户.等级` |
| range 区间 | `[1..10]` 含两端,`(1..10)` 不含,`[1..10)` 含前不含后 |
| function 函数 | `function(x: number) x * 2` |

名字可以是任何文字,声明过的名字里可以有空格和数字:`近90天消费`、`客户.下单 时间`。

## 运算

| 写法 | 含义 |
|---|---|
| `a + b`、`a - b`、`a * b`、`a / b`、`a ** b`、`-a` | 算术;除以零是 null;日期加减时长,文字相加 |
| `a = b`、`a != b`、`a < b`、`a <= b`、`a > b`、`a >= b` | 比较;种类不同时是 null |
| `a between b and c`、`a in [1..10]`、`a in ("金", "银")`、`a in (< 5, > 10)` | 在范围内 |
| `a and b`、`a or b`、`not(a)` | 三值逻辑:`true and null` 是 null,`false and null` 是 false |
| `if a then b else c` | a 为 true 时 b,否则 c |
| `for i in 列表 return …`、`for i in 1..10, j in … return …` | 循环;`partial` 是已有的结果 |
| `some i in 列表 satisfies …`、`every i in 列表 satisfies …` | 有一个、每一个 |
| `订单[金额 > 100]`、`订单[1]`、`列表[item > 5]` | 筛选、取第几项 |
| `订单.金额` | 每一项的金额 |
| `a instance of number` | 类型 |
| `f(1, 2)`、`f(a: 1, b: 2)` | 按位置、按名字调用 |

日期的属性:`year` `month` `day` `weekday`(1 是周一);时刻:`hour` `minute` `second` `time offset` `timezone`;
时长:`days` `hours` `minutes` `seconds`、`years` `months`;区间:`start` `end` `start included` `end included`。
计算中的错误是 null,写错的文字则指出第几个字符。

- 日期与日期时间比较时,日期是 UTC 的零点(标准对这样的一对是 null)。比较大小时,没有时差的一方按另一方的时差算;两者不相等。
- 带时区名称的日期时间加减时长,按实际经过的时间,夏令时的变化计算在内。
- 区间的一端是 null 时,没有值在其中:结果是 false 或 null;只有 `< 5` 这样的写法,另一端才没有限制。
- 参数不合类型,调用的结果是 null;按名字调用时没有写的参数是 null。
- 空格不属于名字:声明了 `a-b` 时,`a - b` 就是它;要相减,写 `(a) - (b)`。
- `instance of` 要写全类型:`list<number>`、`context<a: string>`;单写 `list` 不是一个类型。

## 决策表

一格是一组测试:`-` 不限,`"金", "银"` 其中之一,`>= 18`、`[1..10)` 范围,`not("金")` 除外,`? > 5 and ? < 折扣` 用 `?` 指所测的值。
命中策略:UNIQUE 唯一、FIRST 第一条、PRIORITY 按输出优先、ANY 结果相同、COLLECT 收集(可 SUM、MIN、MAX、COUNT)、
RULE ORDER 按行、OUTPUT ORDER 按输出。发布前检查数与日期各列的空档和重叠。

## JSON

命令行和导入导出里,数写全所有位;日期、时刻、时长和区间写作 `{"@": "2026-11-22"}`,函数显示为 `{"@": "function(a, b)"}`。

## 上限

文字 10,000 字符,嵌套 100 层,区间和循环 100,000 项,200 万步,一段文字 100 万字;
模式 200 字符,没有反向引用,没有嵌套的无限重复。超出步数时报错,不会一直算下去。

## 函数
"""

EN = """\
# FEEL reference

[中文](feel.zh-CN.md)

Branch conditions, dispatch, computed fields, visibility, segments, tag rules, settlement formulas and tier tables
are written in FEEL, the expression language of OMG DMN 1.5. This page is made from the function table:
`python -m shuniu.core.feel --reference en`.

## Values

| type | written |
|---|---|
| number | `12`, `-0.5`, `1.5e3`; decimal with 34 digits, `0.1 + 0.2 = 0.3` |
| string | `"gold"`; escapes `\\n` `\\t` `\\"` `\\\\` `\\u4E2D` |
| boolean | `true`, `false`, `null` (three-valued logic) |
| date | `@"2026-11-22"`, `date("2026-11-22")` |
| time | `@"08:00:00"`, `@"08:00:00+08:00"` |
| date and time | `@"2026-11-22T08:00:00+08:00"`, `@"2026-11-22T08:00:00@Asia/Shanghai"` |
| days and time duration | `@"P1DT2H"` |
| years and months duration | `@"P1Y2M"` |
| list | `[1, 2, 3]`; the first item is `[1]`, the last `[-1]` |
| context | `{level: "gold", discount: 0.9}`, read as `customer.level` |
| range | `[1..10]` with both ends, `(1..10)` without, `[1..10)` with the first only |
| function | `function(x: number) x * 2` |

Names are in any script; declared names may hold spaces and digits: `近90天消费`, `order.placed at`.

## Operators

| written | meaning |
|---|---|
| `a + b`, `a - b`, `a * b`, `a / b`, `a ** b`, `-a` | arithmetic; division by zero is null; dates and durations, strings joined |
| `a = b`, `a != b`, `a < b`, `a <= b`, `a > b`, `a >= b` | comparison; null when the kinds differ |
| `a between b and c`, `a in [1..10]`, `a in ("x", "y")`, `a in (< 5, > 10)` | within |
| `a and b`, `a or b`, `not(a)` | three-valued: `true and null` is null, `false and null` is false |
| `if a then b else c` | b when a is true, else c |
| `for i in list return …`, `for i in 1..10, j in … return …` | loops; `partial` is what there is so far |
| `some i in list satisfies …`, `every i in list satisfies …` | at least one, all |
| `orders[amount > 100]`, `orders[1]`, `list[item > 5]` | filters, the item at a position |
| `orders.amount` | the amount of every item |
| `a instance of number` | the type |
| `f(1, 2)`, `f(a: 1, b: 2)` | calls by position and by name |

Properties of dates: `year` `month` `day` `weekday` (1 is Monday); of times: `hour` `minute` `second` `time offset`
`timezone`; of durations: `days` `hours` `minutes` `seconds`, `years` `months`; of ranges: `start` `end`
`start included` `end included`. An error while evaluating is null; a text that is wrong is refused, with the place.

- Beside a date and time, a date is its midnight in UTC (the standard has null for such a pair). Where one of two
  points has no offset, it counts as of the other's offset in `<` and `>`; the two are never equal.
- To a date and time of a named zone, a duration adds the time that passes, whatever the zone's clocks do.
- A range with an end that is null holds nothing: the answer is false or null. Only `< 5` and its like have no limit
  on the other side.
- An argument that does not conform to its parameter makes the whole call null; a parameter that is not named is null.
- White space is no part of a name: where `a-b` is declared, `a - b` is that name, and a difference is `(a) - (b)`.
- `instance of` wants the whole type, `list<number>` or `context<a: string>`; `list` alone is none.

## Decision tables

A cell is a set of tests: `-` anything, `"x", "y"` one of them, `>= 18` and `[1..10)` within, `not("x")` all but, and
`? > 5 and ? < limit` with `?` for the value tested. Hit policies: UNIQUE, FIRST, PRIORITY, ANY, COLLECT (with SUM,
MIN, MAX, COUNT), RULE ORDER, OUTPUT ORDER. Gaps and overlaps of numeric and date columns are named before a table is
published.

## JSON

On the command line and in files, numbers have all their digits; dates, times, durations and ranges are
`{"@": "2026-11-22"}`, and a function shows as `{"@": "function(a, b)"}`.

## Limits

Texts have up to 10,000 characters, 100 levels, ranges and loops 100,000 items, 2,000,000 steps, strings 1,000,000
characters; patterns 200 characters, without back-references or nested unbounded repeats. An evaluation that needs
more steps ends in an error.

## Functions
"""
