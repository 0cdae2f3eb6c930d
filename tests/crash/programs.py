"""Programs of their own that start quickly."""

import multiprocessing
from multiprocessing.context import BaseContext


def quick_programs() -> BaseContext:
    """Forked from a process that has read the code and closed its database again, where the system can.

    There is one such process for a whole test run, so everybody asks for it here.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.crash.warm"])
    return context
