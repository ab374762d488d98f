"""The program as on Windows, as far as Linux can stand in: a command line for each line on stdin.

What others do on Windows is theirs: it is loaded before the system changes. The modules and functions that
only POSIX has are then gone, so that ours must do without.
"""

import asyncio
import importlib.metadata
import os
import signal
import subprocess
import sys
import sysconfig
import tempfile
import webbrowser
from importlib.abc import MetaPathFinder
from pathlib import Path

import filelock
import jinja2
import pydantic
import rich.console
import rich.table
import typer.main
import xlsxwriter

MODULES = ("fcntl", "grp", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty")
OF_OS = (
    *("O_DIRECTORY", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK", "chown", "fchmod", "fchown", "fork", "forkpty"),
    *("getegid", "geteuid", "getgid", "getgrouplist", "getuid", "getxattr", "lchown", "listxattr", "openpty"),
    *("removexattr", "set_blocking", "setgid", "setuid", "setxattr", "sync", "uname"),
)
OF_SIGNAL = ("SIGALRM", "SIGHUP", "SIGKILL", "SIGQUIT", "SIG_BLOCK", "SIG_SETMASK", "pthread_sigmask")
LOADED = (asyncio, importlib.metadata, jinja2, pydantic, rich.console, rich.table, subprocess)
ALSO_LOADED = (tempfile, typer.main, webbrowser, xlsxwriter)


class Absent(MetaPathFinder):
    """Finds none of the modules that Windows lacks."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        if name in MODULES:
            raise ModuleNotFoundError(name, name=name)


class Lock:
    """A lock that nobody else wants: that of the package asks the system which it is while it works."""

    def __init__(self, path: Path, mode: int = 0o644) -> None:
        self._path, self._mode = path, mode

    def acquire(self, timeout: float = 0) -> None:
        assert timeout >= 0
        self._path.touch(self._mode)

    def release(self) -> None:
        assert self._path.exists()


def change_the_system() -> None:
    sysconfig.get_config_vars()
    setattr(filelock, "FileLock", Lock)  # noqa: B010 a class in the place of another
    sys.meta_path.insert(0, Absent())
    for name in MODULES:
        sys.modules.pop(name, None)
    for module, names in ((os, OF_OS), (signal, OF_SIGNAL)):
        for name in {*names} & {*dir(module)}:
            delattr(module, name)
    sys.platform = "win32"


if __name__ == "__main__":
    change_the_system()
    from pathtrack.cli import app

    for line in sys.stdin:
        words = line.split()
        print("exit", app(words, prog_name="pathtrack", standalone_mode=False) or 0, words[0], flush=True)  # noqa: T201
