"""The program: `pathtrack`, or `python -m pathtrack`."""

import gc
import os
import sys
from contextlib import suppress


def run() -> None:
    """Run the command line and leave at once.

    A command is over before garbage piles up, so none is collected, not even while the modules load;
    and the system frees a large tracker faster than Python does.
    """
    gc.disable()
    from pathtrack.cli import main  # noqa: PLC0415 it loads most of what is loaded at all

    try:
        main()
    except SystemExit as done:
        if os.environ.get("PATHTRACK_DEBUG"):  # a profiler still has something to print
            raise
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(int(done.code or 0))
        raise


if __name__ == "__main__":
    run()
