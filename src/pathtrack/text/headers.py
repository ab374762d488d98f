"""The headers of a tracker, however they are spelled, for files that may not be readable."""

import re

_KEY = rb"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_KEYS = _KEY + rb"(?:[ \t]*\.[ \t]*" + _KEY + rb")*"
_FIRST = (
    rb"(?:\xef\xbb\xbf)?(?:[ \t]*(?:\#[^\n]*)?\r?\n)*"  # blank lines and comments
    rb"(?:<{7}[ \r\n]|[ \t]*(?:\[[ \t]*KEYS[ \t]*\]|\[\[[ \t]*KEYS[ \t]*\]\]|KEYS[ \t]*=))"
).replace(b"KEYS", _KEYS)
_REPORT = rb"""(?m)^[ \t]*(?:\[[ \t]*)?(?:report|"report"|'report')[ \t]*[\].=]"""
_ENTRY = rb"""(?m)^[ \t]*(?:\[\[[ \t]*)?["']?(?:recommendation|update)["']?[ \t]*(?:\]\]|=)"""


def begins_like_toml(data: bytes) -> bool:
    """Return whether a file begins with a header or a key of TOML, or with a conflict marker."""
    return re.match(_FIRST, data) is not None


def has_report(data: bytes) -> bool:
    """Return whether a file begins like TOML and has the header of a report, in any spelling."""
    return begins_like_toml(data) and re.search(_REPORT, data.removeprefix(b"\xef\xbb\xbf")) is not None


def is_tracker_like(data: bytes) -> bool:
    """Return whether a file also has the header of a recommendation or an update."""
    return has_report(data) and re.search(_ENTRY, data) is not None
