"""The rights on a file, kept where another takes its place."""

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from pathtrack.errors import FileError

if sys.platform != "win32":
    import pwd

_ACL = "system.posix_acl_access"
_OF_THE_KERNEL = {"security.ima", "security.evm"}
"""Attributes that the kernel makes of a file's content."""


def keep(path: Path, descriptor: int) -> None:
    """Give an open file the rights on another; FileError where that would give or take any."""
    if sys.platform != "win32":
        old = path.stat()
        _give(descriptor, old)
        # After the owner and the group: changing those can clear bits of the mode.
        os.fchmod(descriptor, stat.S_IMODE(old.st_mode))
        _keep_attributes(path, descriptor)
        if not _are_kept(old, os.fstat(descriptor), has_acl=_ACL in _attributes(path)):
            todo = "let its owner write, or give group and others the same rights"
            raise FileError("the owner, group or mode of the file cannot be kept", where=str(path), todo=todo)


def is_of_another(path: Path) -> bool:
    """Return whether a file belongs to another user."""
    return sys.platform != "win32" and path.exists() and path.stat().st_uid != os.geteuid()


def share_lock(lock: Path, path: Path) -> None:
    """Give the lock on a file to everybody who may write that file, and from root to its owner."""
    if sys.platform != "win32" and path.exists():
        old, mode = path.stat(), lock_mode(path)
        descriptor = os.open(lock, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            now = os.fstat(descriptor)
            if not stat.S_ISREG(now.st_mode) or now.st_nlink != 1 or now.st_size:
                todo = "delete it if no other pathtrack is at work"
                raise FileError("the lock is another file", where=str(lock), todo=todo)
            if (now.st_uid, now.st_gid) != (old.st_uid, old.st_gid):
                _give(descriptor, old)
            with suppress(PermissionError):  # of somebody else, who shared it likewise
                if stat.S_IMODE(now.st_mode) != mode:
                    os.fchmod(descriptor, mode)
                _keep_attributes(path, descriptor)
        finally:
            os.close(descriptor)


def lock_mode(path: Path) -> int:
    """Return the mode of the lock on a file: to read and write for whoever may write the file."""
    writes = path.stat().st_mode & 0o222 if path.exists() else 0
    # A lock is opened for reading and writing, so whoever may write may read it.
    return 0o600 | writes | writes << 1


def _give(descriptor: int, old: os.stat_result) -> None:
    """Give an open file to the group and the owner of another, as far as the system lets us."""
    # One by one: who may give a file to a group may still not give it to another owner.
    for owner, group in ((-1, old.st_gid), (old.st_uid, -1)):
        with suppress(OSError):  # a container may not know them
            os.fchown(descriptor, owner, group)


def _keep_attributes(path: Path, descriptor: int) -> None:
    """Give an open file the extended attributes of another, its access control list among them."""
    if sys.platform == "linux":
        old, new = _attributes(path), _attributes(descriptor)
        for name in new.keys() - old.keys():  # such as what the folder hands down
            os.removexattr(descriptor, name)
        # Those that are right already may be of a kind that only root can set.
        for name in old.keys() - {name for name, value in new.items() if old.get(name) == value}:
            os.setxattr(descriptor, name, old[name])


def _attributes(file: Path | int) -> dict[str, bytes]:
    if sys.platform == "linux":
        try:
            names = set(os.listxattr(file)) - _OF_THE_KERNEL
            return {name: os.getxattr(file, name) for name in names}
        except OSError as error:
            if error.errno != errno.ENOTSUP:
                raise
    return {}


def _are_kept(old: os.stat_result, new: os.stat_result, *, has_acl: bool) -> bool:
    """Return whether everybody may do as before.

    Another owner or group matters not where those who lose by it have the same rights otherwise: a tracker
    of mode 664 is written by all of its group, each becoming its owner, if the owner before is one of them.
    """
    owner, group, others = (stat.S_IMODE(old.st_mode) >> shift & 0o7 for shift in (6, 3, 0))
    same_group = old.st_gid == new.st_gid or (group == others and not has_acl)
    same_owner = old.st_uid == new.st_uid or (
        not has_acl
        and (
            owner == group == others
            or (owner == group and old.st_gid == new.st_gid and _is_member(old.st_uid, old.st_gid))
        )
    )
    return same_owner and same_group and stat.S_IMODE(old.st_mode) == stat.S_IMODE(new.st_mode)


def _is_member(user: int, group: int) -> bool:
    """Return whether a user belongs to a group, as far as the system knows, or is root, who needs none."""
    if not user:
        return True
    if sys.platform != "win32":
        with suppress(KeyError, OSError):
            known = pwd.getpwuid(user)
            return group in os.getgrouplist(known.pw_name, known.pw_gid)
    return False
