"""What git knows: the author's name, ignored files, versions of a file, conflicts."""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePath
from typing import NamedTuple

from pathtrack.errors import FileError, UsageError
from pathtrack.git import door, elsewhere, home, lines
from pathtrack.text import quoted
from pathtrack.text.headers import has_report, is_tracker_like

_REFS = ("refs/heads/{}", "refs/tags/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD")
"""Where git looks for a name, whichever is meant."""
_HASH = re.compile(r"(?:.*-g)?([0-9a-f]{4,})", re.ASCII | re.IGNORECASE)
"""The beginning of a commit's hash, or what `git describe` makes of it."""


class Versions(NamedTuple):
    """The three versions of a file in a conflict; None where a side has none."""

    base: bytes | None
    ours: bytes | None
    theirs: bytes | None


def user_name() -> str:
    """Return the name git would put on a commit, or nothing."""
    return door.text("config", "user.name", folder=Path())


def author() -> str:
    """Return the default author: $PATHTRACK_AUTHOR, git's user.name or the login name."""
    return _named() or _login()


def is_login(name: str) -> bool:
    """Return whether a name is that of the login, because nobody has set another."""
    return not _named() and name == _login()


def _named() -> str:
    return os.environ.get("PATHTRACK_AUTHOR") or user_name()


def _login() -> str:
    from getpass import getuser  # noqa: PLC0415 only this needs it

    try:
        return getuser()
    except (KeyError, ImportError, OSError) as error:  # a user id without a name, as in a container
        raise UsageError("no author given", todo="give --by, or set $PATHTRACK_AUTHOR") from error


def ignore(path: Path) -> None:
    """Add a file to the repository's private exclude file; outside a repository of its own, do nothing."""
    folder = path.parent.resolve()
    with suppress(OSError, FileError):  # a convenience, not a promise
        own = home.own(folder)
        name = (folder / path.name).relative_to(own.top.resolve()).as_posix()
        if not {"\n", "\r"} & {*name}:
            # The file holds patterns, and a name may contain their signs.
            lines.add(own.exclude, "/" + re.sub(r"([\\*?\[ ])", r"\\\1", name))


def top(folder: Path) -> Path:
    """Return the top folder of the repository to write to; FileError outside of one."""
    return home.own(folder).top


def is_committed(folder: Path, name: str) -> bool:
    """Return whether the last commit has a file as it is now, whatever its newlines."""
    known = door.run("cat-file", "blob", f"HEAD:./{name}", folder=folder)
    with suppress(OSError):
        return known is not None and _plain(known) == _plain((folder / name).read_bytes())
    return False


def unmerged(folder: Path) -> list[Path]:
    """Return the trackers that are in conflict, relative to the top folder."""
    paths = dict.fromkeys(Path(os.fsdecode(each.rpartition(b"\t")[2])) for each in _stages(folder))
    return [path for path in paths if _is_tracker(path, folder)]


def versions(path: Path, folder: Path) -> Versions:
    """Return the three versions of a file in conflict."""
    names = (f":{stage}:{path.as_posix()}" for stage in (1, 2, 3))
    return Versions(*(door.run("cat-file", "blob", each, folder=folder) for each in names))


def versions_at(path: Path, ref: str) -> list[bytes]:
    """Return what a ref has under a file's name, and where its links lead; nothing if it has no tracker yet.

    A tracker that was replaced by a link to another is thus compared with both of them. FileError for what
    is no commit, and for one that has a tracker elsewhere: it may be this one, moved or renamed.
    """
    named, real = Path(os.path.normpath(_here() / path)), path.resolve()
    above = home.find(Path())
    places = dict.fromkeys(_in_repository(each, above) for each in (named, real))
    for folder in {folder for folder, _ in places}:
        _require_one_meaning(ref, folder)
    found = [data for folder, name in places if (data := _at(ref, name, folder)) is not None]
    if not found:
        _require_none_elsewhere(places, path, ref)
    return found


def staged(path: Path) -> bytes | None:
    """Return what git is about to commit under a file's name; None if that is nothing.

    For some commits, git gives its hooks another index than the usual one.
    """
    folder, name = _in_repository(Path(os.path.normpath(_here() / path)), home.find(Path()))
    index = os.environ.get("GIT_INDEX_FILE")
    environment = {"GIT_INDEX_FILE": str(Path(index).absolute())} if index else {}
    return door.run("cat-file", "blob", f":0:{name}", folder=folder, environment=environment)


def nearer_at(path: Path, ref: str) -> Path | None:
    """Return where a ref has a file of the same name in a folder between the current one and a file's."""
    above, here = home.find(Path()), _here()
    for folder in (here, *here.parents):
        if above is None or folder == above.parent or folder.samefile(path.parent):
            break
        if _at(ref, (folder / path.name).relative_to(above).as_posix(), above) is not None:
            return folder / path.name
    return None


def stage(path: PurePath, folder: Path) -> None:
    """Add a file to the index as it is, in place of a conflict; no filter is run."""
    name = path.as_posix()
    stages = (each.split() for each in _stages(folder) if each.endswith(b"\t" + os.fsencode(name)))
    # Our side's mode, since the content alone does not say whether the file is executable.
    mode = next((each[0].decode() for each in stages if each[2] == b"2"), "100644")
    blob = door.text("hash-object", "-w", "--no-filters", "--", name, folder=folder)
    if not blob or door.run("update-index", "--cacheinfo", f"{mode},{blob},{name}", folder=folder) is None:
        raise FileError("git could not stage the file", where=str(path), todo="run 'git add' by hand")


def _here() -> Path:
    """Return the current folder as it was entered, even through a link, if the shell says so."""
    entered = Path(os.environ.get("PWD", ""))
    with suppress(OSError):
        return entered if entered.is_absolute() and entered.samefile(Path()) else Path.cwd()
    return Path.cwd()


def _in_repository(path: Path, above: Path | None) -> tuple[Path, str]:
    """Return the repository a path belongs to and its name there; that of the current folder comes first."""
    # Even if another one is inside it: a proposal may bring that along.
    if above and path.is_relative_to(above):
        return above, path.relative_to(above).as_posix()
    folder = home.top(path.parent)
    return folder, (path.parent.resolve() / path.name).relative_to(folder.resolve()).as_posix()


def _at(ref: str, name: str, folder: Path) -> bytes | None:
    """Return the file of a name in a commit, following links inside it."""
    # `cat-file` reads a name to the end of the line, so a newline in it would ask for a second one.
    if not (commit := _commit(ref, folder)) or "\n" in name:
        return None
    asked = os.fsencode(f"{commit}:{name}\n")
    answer = door.run("cat-file", "--batch", "--follow-symlinks", folder=folder, given=asked)
    head, _, rest = (answer or b"").partition(b"\n")
    # Its answer has a newline after the content.
    return rest[:-1] if re.fullmatch(rb"[0-9a-f]+ blob \d+", head) else None


def _require_none_elsewhere(places: Iterable[tuple[Path, str]], path: Path, ref: str) -> None:
    """Refuse a ref that is no commit, or has a tracker that the file may have been."""
    for folder, name in places:
        commit = _commit(ref, folder) if "\n" not in name else ""
        other = elsewhere.tracker(commit, name, folder) if commit else None
        if other != "":
            todo = "check the name, and that the file was committed; a partial clone may have to fetch it"
            if other:
                todo = f"it has {quoted(other)}; a tracker that was moved is compared under its old name"
            raise FileError(f"git has no version of it at {quoted(ref)}", where=str(path), todo=todo)


def _commit(ref: str, folder: Path) -> str:
    """Return the hash of the commit that a name means; nothing if it means none."""
    wanted = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    return door.text(*wanted, folder=folder) if ref.isprintable() else ""


def _require_one_meaning(ref: str, folder: Path) -> None:
    """Refuse a name of several commits: whoever may push a tag could choose what is compared.

    It can be both a branch and a tag; and where a tag is called like the beginning of a hash, git takes that.
    """
    name = re.split(r"[~^:]|@\{", ref)[0]  # of main~2 and main@{1}
    rest = ref.removeprefix(name)
    refs = [each.format(name) for each in _REFS]
    # Not only what git can resolve: to it, even refs/tags/any-1-g615d66c is a hash.
    listed = door.text("for-each-ref", "--format=%(refname)", *refs, folder=folder).splitlines()
    meant = {f"{each}{rest}": _commit(f"{each}{rest}", folder) for each in refs if each in listed}
    begun = _HASH.fullmatch(name) if meant else None
    hashes = door.text("rev-parse", f"--disambiguate={begun[1]}", folder=folder).split() if begun else []
    if name.lower() in hashes:  # which is always taken for a hash
        return
    for each in hashes:
        if (commit := _commit(each + rest, folder)) and commit not in meant.values():
            meant[each + rest] = commit
    if len(meant) > 1:
        raise FileError("git has several commits of that name", where=ref, todo=f"give {' or '.join(meant)}")


def _stages(folder: Path) -> list[bytes]:
    """Return a line of mode, blob, stage and name for each version of each file in conflict."""
    return (door.run("ls-files", "--unmerged", "-z", folder=folder) or b"").split(b"\0")[:-1]


def _is_tracker(path: Path, folder: Path) -> bool:
    """Return whether any version of a file in conflict looks like a tracker."""
    looks = has_report if path.suffix.lower() == ".toml" else is_tracker_like
    return any(looks(each or b"") for each in versions(path, folder))


def _plain(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")
