"""What becomes of the output when the system refuses it: a closed pipe, a full disk."""

import errno
import os
import sys
from contextlib import suppress


def is_closed(error: OSError) -> bool:
    """Return whether an error is that the reader has closed the pipe."""
    # Windows has another error for it.
    is_invalid = sys.platform == "win32" and error.errno == errno.EINVAL and not error.filename
    return isinstance(error, BrokenPipeError) or is_invalid


def refused(error: OSError) -> str:
    """Return what the system refuses, in one line."""
    if error.errno in {errno.ENOSPC, errno.EBADF, errno.EIO, errno.EFBIG} and not error.filename:
        stop()
        return f"cannot print: {error.strerror}; what was recorded is in the file"
    where = f" ({error.filename})" if error.filename else ""
    return f"{error.strerror or error}{where}; check the path and its permissions"


def stop() -> None:
    """Discard what is still to be printed: the interpreter would fail on it again."""
    with suppress(OSError, ValueError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123 no path of a user
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
