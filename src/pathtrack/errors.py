"""What can go wrong, in words for the user, with an exit code."""

from typing import ClassVar


class PathtrackError(Exception):
    """A refusal in one line: what is wrong, where, and what to do next."""

    exit_code: ClassVar[int] = 3

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        """Store the three parts; `where` is a file, with `:line` if the line is known."""
        self.what, self.where, self.todo = what, where, todo
        super().__init__(what + (f" ({where})" if where else "") + (f"; {todo}" if todo else ""))


class UsageError(PathtrackError):
    """The command line asks for something impossible."""

    exit_code = 2


class FileError(PathtrackError):
    """A file is missing, unreadable, invalid, unwritable or busy."""


class PageError(PathtrackError):
    """A page of the network cannot be read."""


class UnknownRecommendationError(PathtrackError):
    """No recommendation has that id."""

    exit_code = 4


class UnknownUpdateError(PathtrackError):
    """No update that counts has that id."""

    exit_code = 4
