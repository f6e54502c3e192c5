"""bkflow-feel in an environment of its own: how often a second it evaluates the texts it is given (JSON on stdin).

Two rates: with parsing, which is all its interface offers, and of its parsed tree alone.
"""

import json
import logging
import sys
import time

from bkflow_feel.api import default_parser, default_transformer, parse_expression

REPETITIONS = 3
SECONDS = 0.3


def best(work):
    rates = []
    for _ in range(REPETITIONS):
        count, started = 0, time.perf_counter()
        while time.perf_counter() - started < SECONDS:
            work()
            count += 1
        rates.append(count / (time.perf_counter() - started))
    return max(rates)


logging.disable(logging.CRITICAL)
answers = []
for expression, context in json.load(sys.stdin):
    tree = default_transformer.transform(default_parser.parse(expression))
    answers.append(
        {
            "value": parse_expression(expression, context),
            "text": best(lambda text=expression, given=context: parse_expression(text, given)),
            "tree": best(lambda parsed=tree, given=context: parsed.evaluate(given)),
        }
    )
print(json.dumps(answers))
