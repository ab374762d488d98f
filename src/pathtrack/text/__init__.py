"""Untrusted text made safe to show, and the words of messages."""

import datetime as dt
import re
import sys
from collections.abc import Iterable
from functools import lru_cache

from pathtrack.text.prose import Passage as Passage
from pathtrack.text.prose import first_sentence as first_sentence
from pathtrack.text.prose import paragraphs as paragraphs
from pathtrack.text.prose import passages as passages
from pathtrack.text.prose import split_sentence as split_sentence

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Patterns are compiled when first used, since a list in a pipe seldom needs any.
_UNSAFE = f"[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u2028\u2029\ud800-\udfff{_BIDI}]"
_UNSAFE_IN_LINE = f"[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029\ud800-\udfff{_BIDI}]"
_SINGLE, _DOUBLE = "'\u2018-\u201b", '"\u201c-\u201e'
"""What PowerShell reads as a quotation mark."""
_LONG = 100
_NEAREST, _FEW = 3, 12
"""How many near words a hint names, and how many it lists where none is near."""
_NAMES = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
# A host, no user name, and nothing that a browser would read as the end of either.
_SAFE_ADDRESS = (
    rf"(?i)https?://[^\s/?#@\\<>\"'\x00-\x1f\x7f-\x9f{_BIDI}]+([/?#][^\s\\<>\"\x00-\x1f\x7f-\x9f{_BIDI}]*)?"
)
_ADDRESS = r"(?i)[a-z][a-z0-9+.-]*:\S+"
_PARTICLE = (
    r"(?<=[A-Za-z0-9/=)])(?:에(?:서|게)?(?:는|도)?|의|[을를은는이가도]|으?로|[와과]|부터|까지|입니다|이다|라[고는]|참[조고])$"
    r"|(?<=[A-Za-z0-9])[ぁ-ん].*"
)
# A host without a dot is one of the local network; an address in [ ] counts, too, public or not.
_PRIVATE_HOST = (
    r"(?i)https?://(\[|((127|10)(\.\d+){3}|(192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))(\.\d+){2}|0\.0\.0\.0|[^/:.?#]+"
    r"|[^/:?#]+\.(local|localhost|localdomain|internal|lan|home|corp|intranet))\.?([/:?#]|$))"
)


def safe(text: str) -> str:
    """Return a text with control, bidi and surrogate characters as escapes, but tabs and newlines kept."""
    return text if text.isprintable() else re.sub(_UNSAFE, _escape, text)


def safe_line(text: str) -> str:
    """Return what `safe` does, with tabs and newlines as escapes too: for cells, messages and file names."""
    return text if text.isprintable() else re.sub(_UNSAFE_IN_LINE, _escape, text)


def for_shell(word: str, *, otherwise: str = "PATH") -> str:
    """Return a word as it can be pasted into the user's shell; `otherwise` if it cannot be shown as it is."""
    if safe_line(word) != word:
        return otherwise
    if sys.platform == "win32":
        return _for_windows(word)
    import shlex  # noqa: PLC0415 few commands need it

    # For zsh, a word that begins with = is the path of a program.
    return f"'{word}'" if shlex.quote(word) == word and word.startswith("=") else shlex.quote(word)


def _for_windows(word: str) -> str:
    """Return a word for cmd and PowerShell, or where only the latter can have it, for that.

    data.xlsx, a b.xlsx, $5 of it   →   data.xlsx, "a b.xlsx", '$5 of it'
    """
    if re.fullmatch(r"[\w:\\/.][\w:\\/.+-]*|--?\w[\w-]*", word):
        return word
    if not re.search(f"[{_DOUBLE}$`%]", word):
        return f'"{word}"'
    return "'" + re.sub(f"([{_SINGLE}])", r"\1\1", word) + "'"


def escaped(text: str) -> str:
    """Return a text with the escapes of JSON and TOML for what `safe` escapes."""
    return re.sub(_UNSAFE, lambda found: f"\\u{ord(found[0]):04x}", text)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return _NAMES.get(found[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")  # noqa: PLR2004 Latin-1 ends


def quoted(text: str) -> str:
    """Return text for a message: on one line, in quotes, cut where it is very long."""
    shown = safe_line(text)
    return f"'{shown[:_LONG]}…'" if len(shown) > _LONG else f"'{shown}'"


def is_address(text: str) -> bool:
    """Return whether a text is meant as an address: a scheme, a colon, no spaces."""
    return re.fullmatch(_ADDRESS, text) is not None


def is_safe_address(text: str) -> bool:
    """Return whether a reader may be sent there: http or https, a host, no user name, no controls."""
    return re.fullmatch(_SAFE_ADDRESS, text) is not None


def without_particle(address: str) -> str:
    """Return an address without what Korean and Japanese write right after it: …/report에, …/annual/에서."""
    return re.sub(_PARTICLE, "", address, count=1)


def is_private_address(text: str) -> bool:
    """Return whether an address leads to this machine or a private network."""
    return re.match(_PRIVATE_HOST, text) is not None


def is_public_address(text: str) -> bool:
    """Return whether any reader may be sent there: it is safe, and leads to no private network."""
    return is_safe_address(text) and not is_private_address(text)


@lru_cache(4096)  # dates recur
def day(date: dt.date | None) -> str:
    """Return a date as people write it: 16 Apr 2026; of a month or a year what is known; empty for None."""
    if date is None:
        return ""
    # 2026 has one part, 2026-04 has two, 2026-04-16 has three.
    known = date.isoformat().count("-") + 1
    return " ".join((str(date.day), f"{date:%b}", str(date.year))[-known:])


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint with the known words nearest to a wrong one, or what there is if none is near."""
    import difflib  # noqa: PLC0415 only refusals need it

    names = {name.lower(): safe_line(name) for name in known}
    begun = [name for name in names if word and name.startswith(word.lower())]
    near = begun[:_NEAREST] or difflib.get_close_matches(word.lower(), names, n=_NEAREST, cutoff=0.5)
    if near:
        return f"did you mean {' or '.join(names[name] for name in sorted(near))}?"
    few = [*names.values()][:_FEW]
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return f"expected one of {', '.join(few)}{more}" if names else "there are none yet"


def count(number: int, noun: str, several: str = "") -> str:
    """Return a number with its noun: 1 update, 2 updates; `several` is a plural without that s."""
    return f"{number} {noun}" if number == 1 else f"{number} {several or f'{noun}s'}"


def a(noun: str) -> str:
    """Return a noun with its article: a status, an area."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"
