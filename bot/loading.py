"""Loading what a process is made of."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def for_good() -> Generator[None]:
    """Import in the block what stays until the end: never searched for garbage, then or later.

    A quarter of the time of our imports went into such searches (benchmarks/README.md).
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
