"""What a Ctrl-C does while modules load."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def ending() -> Iterator[None]:
    """Let a Ctrl-C end the program at once: raised where modules load, Python may drop it and only say so."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:  # it is ignored, or caught already
        yield
        return
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
