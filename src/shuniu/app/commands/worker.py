"""运行后台工作进程 / run the worker: events, loops, jobs"""

import argparse

from shuniu.app import worker

NEEDS = {"database", "models"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--delivery-threads",
        type=int,
        default=worker.DELIVERY_THREADS,
        help="投递线程 / threads for subscribers",
    )
    parser.add_argument(
        "--loop-threads", type=int, default=worker.LOOP_THREADS, help="循环线程 / threads for loops"
    )


def run(options: argparse.Namespace) -> int:
    return worker.main(delivery_threads=options.delivery_threads, loop_threads=options.loop_threads)
