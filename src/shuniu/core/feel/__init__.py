"""FEEL, the expression language of DMN 1.5: parsed once to a typed tree, run by closures over exact decimals.

`compile` takes a text and the names it may use, and gives a `Program`; `compile_tests` does so for the unary
tests of a decision table. The package reads no clock and touches nothing outside its arguments.
"""

from shuniu.core.feel.adopt import adopt, python_value
from shuniu.core.feel.errors import FeelError
from shuniu.core.feel.printer import print_tree
from shuniu.core.feel.program import Program, compile_expression, compile_tests

# the language is used as `feel.compile(…)`; inside, the name would hide the builtin
compile = compile_expression  # noqa: A001

__all__ = ["FeelError", "Program", "adopt", "compile", "compile_tests", "print_tree", "python_value"]
