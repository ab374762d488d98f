"""The program: `pathtrack`, or `python -m pathtrack`."""

import gc
import os
import sys
from contextlib import suppress

_INTERRUPTED = 130


def run() -> None:
    """Run the command line and leave at once.

    A command is over before garbage piles up, so none is collected, not even while the modules load;
    and the system frees a large tracker faster than Python does.
    """
    gc.disable()
    try:
        _run()
    except KeyboardInterrupt:  # before that can be caught, or at the very end
        os._exit(_INTERRUPTED)


def _run() -> None:
    try:
        from pathtrack.interrupts import ending  # noqa: PLC0415 from here on, a Ctrl-C is caught

        with ending():
            from pathtrack.cli import main  # noqa: PLC0415 it loads most of what is loaded at all

        main()
    except SystemExit as done:
        if os.environ.get("PATHTRACK_DEBUG"):  # a profiler still has something to print
            raise
        _leave(int(done.code or 0))
        raise


def _leave(code: int) -> None:
    """Print what is still to be printed, and end the process; return only if that cannot be printed."""
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    run()
