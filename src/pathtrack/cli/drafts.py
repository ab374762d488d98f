"""Drafts for an editor: kept until what is in them was used, and offered again."""

import datetime as dt
import hashlib
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from pathtrack.cli.screen import agreed, has_somebody, say_aside
from pathtrack.errors import FileError
from pathtrack.file.disk import refusing
from pathtrack.git import editors
from pathtrack.text import day

_AT_ONCE = 2.0
"""An editor that is back sooner, in seconds, has probably left its window to another process."""
_DAY = 24 * 60 * 60.0
_WAITS = {
    **dict.fromkeys(("code", "code-insiders", "codium", "cursor", "zed"), "--wait"),
    **dict.fromkeys(("atom", "bbedit", "gedit", "mate", "subl"), "--wait"),
    **dict.fromkeys(("gvim", "mvim"), "--nofork"),
    "kate": "--block",
    "notepad++": "-multiInst -nosession",
    "open": "-W -n",
}
"""What makes an editor of several windows wait until a file is closed."""


@dataclass
class Draft:
    """A file for an editor; `is_used` once what is in it is no longer needed."""

    path: Path
    text: str
    is_used: bool = False
    is_open: bool = False

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was written to it; what was removed counts as untouched."""
        with suppress(FileNotFoundError):
            return not self.path.is_dir() and self.path.read_bytes() == self.text.encode()
        return True

    def read(self) -> bytes:
        """Return what is in it; FileError if the editor has left something else there, or nothing."""
        if self.path.is_file():
            return self.path.read_bytes()
        beside = [each for each in self.path.parent.glob(f"{self.path.stem}*") if each.is_file()]
        found = [str(each) for each in beside if each != _lock(self.path)]
        what = "the editor left a folder" if self.path.is_dir() else "the editor left nothing"
        todo = f"look at {' and '.join(found)}" if found else "look where it saves its files"
        raise FileError(
            f"{what} where the draft was", where=str(self.path), todo=f"{todo}; nothing was changed"
        )

    def edit(self) -> None:
        """Open it in the user's editor, and wait for one that comes back while it is still open."""
        began = time.monotonic()
        if not editors.edit(self.path):
            todo = "set $VISUAL or $EDITOR to one that works; nothing was changed"
            raise FileError("the editor failed", todo=todo)
        hint = _hint(editors.chosen())
        self.is_open = (
            self.path.is_file() and self.is_untouched and (bool(hint) or time.monotonic() - began < _AT_ONCE)
        )
        if self.is_open:
            hint = hint or "set $VISUAL to an editor that waits, such as 'code --wait'"
            say_aside(f"note: the editor came back at once; next time, {hint}")
            if has_somebody():
                with suppress(EOFError):
                    input("Press Enter when you have saved and closed the file: ")
                self.is_open = False


@contextmanager
def draft(text: str, *, of: str, name: str, suffix: str = ".toml") -> Iterator[Draft]:
    """Create a draft of a text for an editor, or go on with one that was left of the same text.

    `of` says what is edited, and `name` begins the name of the file. It is removed at the end if what is in
    it was used, or if nothing was written to it.
    """
    folder, stem = _folder(), f"{name}-{_digest(of)}-"
    begin = f"{stem}{_digest(text)}-"
    path = _left(folder, stem, begin, text.encode()) or _new(folder, begin, suffix, text.encode())
    made, lock = Draft(path, text), FileLock(_lock(path))
    lock.acquire()
    try:
        with _ends_as_interrupts():
            yield made
    finally:
        if made.is_open:
            say_aside(f"what is saved in {path} will be offered by the next edit")
        elif made.is_used or made.is_untouched:
            path.unlink(missing_ok=True)
        else:
            say_aside(f"your edits are saved in {path}, and will be offered by the next edit")
        lock.release()
        _lock(path).unlink(missing_ok=True)


@contextmanager
def _ends_as_interrupts() -> Iterator[None]:
    """Take a closed window and a request to end as a Ctrl-C, so that a draft is named before the end."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    signals = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {each: handler for each in signals if (handler := signal.getsignal(each)) is signal.SIG_DFL}
    for each in before:
        signal.signal(each, interrupt)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _new(folder: Path, begin: str, suffix: str, data: bytes) -> Path:
    with (
        refusing(folder, "cannot create a draft for the editor"),
        # Closed at the end: on Windows, no editor could write to a file that we have open.
        tempfile.NamedTemporaryFile("wb", prefix=begin, suffix=suffix, dir=folder, delete=False) as file,
    ):
        file.write(data)
    return Path(file.name)


def _left(folder: Path, stem: str, begin: str, data: bytes) -> Path | None:
    """Return the draft that an earlier edit left and that somebody wants to go on with."""
    found = [each for each in folder.glob(f"{stem}*") if each.suffix in {".toml", ".txt"}]
    for each in sorted(found, key=_saved, reverse=True):
        if _is_in_use(each):
            continue
        if each.read_bytes() == data:  # nobody wrote to it, though an editor may still show it
            if time.time() - _saved(each) > _DAY:
                each.unlink()
        elif not each.name.startswith(begin):
            say_aside(f"note: edits of an older state are in {each}")
        elif not has_somebody():
            say_aside(f"note: earlier edits are in {each}")
        elif agreed(f"Edits of {_when(each)} did not get into the file. Go on with them?", default=True):
            return each
        else:
            kept = each.replace(each.with_suffix(".old"))
            say_aside(f"they are kept in {kept}")
    return None


def _folder() -> Path:
    """Return the user's folder for drafts, or that for temporary files where there can be none."""
    given = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    with suppress(OSError, RuntimeError):  # the latter where nobody knows the user's home
        folder = (Path(given) if given else Path.home() / ".local" / "state") / "pathtrack" / "drafts"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder
    return Path(tempfile.mkdtemp(prefix="pathtrack-"))


def _is_in_use(path: Path) -> bool:
    """Return whether another edit is at work on a draft."""
    lock = FileLock(_lock(path))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    _lock(path).unlink(missing_ok=True)
    return False


def _lock(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")


def _saved(path: Path) -> float:
    with suppress(OSError):
        return path.stat().st_mtime
    return 0.0


def _when(path: Path) -> str:
    saved = dt.datetime.fromtimestamp(_saved(path)).astimezone()
    return f"{day(saved.date())}, {saved:%H:%M},"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()[:12]


def _hint(editor: str) -> str:
    """Return what to do about an editor that is known not to wait; nothing if it waits, or is unknown."""
    with suppress(ValueError):
        program, *given = editors.words(editor)
        option = _WAITS.get(Path(program).stem.lower(), "")
        if option and not {*option.split()} & {*given}:
            return f"set $VISUAL to '{program} {option}'"
    return ""
