"""Addresses of sources as people paste them: read, or refused with the address that was probably meant."""

import re
from pathlib import Path

from pathtrack.errors import UsageError
from pathtrack.text import is_address, is_safe_address, quoted

_AROUND = re.compile(r"""[<(\["'\u2018\u201c]\s*(?:URL:\s*)?(\S+?)\s*[>)\]"'\u2019\u201d][.,;]?""")
_REMARK = re.compile(
    r"[-\u2013,;]?\s*(?:[(\[].*[)\]]\.?|(?:last |was )?(?:accessed|checked|retrieved|viewed|visited)\b.*)?",
    re.IGNORECASE,
)
_STOPS = ".,;"
_SLASHES = r"(?: [:;.]/{0,3} | [:;]?\\{1,2} | /{2,3} )"
_SCHEME = re.compile(
    rf"(?: h{{0,2}}t{{1,3}}p{{0,2}}s? {_SLASHES} )+ ([^\s/\\].*)", re.IGNORECASE | re.VERBOSE
)
_DOUBLED = re.compile(r"https?:/+https?(?:[:/]|$)", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_BARE = re.compile(r"(?=www\.|[^/]*/)((?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?)", re.IGNORECASE)
_PATH = re.compile(r"(?:file:|[a-z]:[\\/]|\\\\|~?/|\.{1,2}[\\/]).*", re.IGNORECASE)
_INSIDE = re.compile(r"https?://[^\s\"'()<>\[\]“”]+", re.IGNORECASE)
_FILE = re.compile(r"\S+\.(?:docx?|htm|html|jpe?g|odt|pdf|png|pptx?|rtf|txt|xlsx?)", re.IGNORECASE)


def address(text: str) -> str:
    """Return an address without what was pasted with it, or a title; UsageError for what is nearly one.

    Left out are brackets or quotation marks around it, a remark such as (accessed 3 May), and a full stop.
    """
    bare = text.strip()
    if (found := _AROUND.fullmatch(bare)) and _is_web(found[1]):
        bare = found[1]
    first, _, rest = bare.partition(" ")
    if (_is_web(first) or _meant(first)) and _REMARK.fullmatch(rest.strip()):
        bare = first.rstrip(_STOPS)
    if _PATH.fullmatch(bare) or (_is_a_file(bare) and not is_address(bare)):
        todo = "give the address where it is published, or its title in words"
        raise UsageError(f"{quoted(bare)} is a file on this computer, which readers cannot open", todo=todo)
    if not _is_web(bare) and (meant := _meant(bare)):
        raise UsageError(f"{quoted(bare)} is not quite an address", todo=f"did you mean {quoted(meant)}?")
    if not _is_web(first) and (found := _INSIDE.search(bare)) and _is_web(found[0].rstrip(_STOPS)):
        todo = f"give --evidence {found[0].rstrip(_STOPS)}, and the words as --title"
        raise UsageError(f"{quoted(bare)} is an address among words", todo=todo)
    return bare


def _is_web(text: str) -> bool:
    return is_safe_address(text) and not _DOUBLED.match(text)


def _meant(text: str) -> str:
    """Return the address that somebody mistyped, or began without https://; nothing for a title."""
    for form, begin in ((_SCHEME, "https://"), (_DOI, "https://doi.org/"), (_BARE, "https://")):
        if found := form.fullmatch(text):
            meant = begin + found[1].replace("\\", "/")
            return meant if _is_web(meant) else ""
    return ""


def _is_a_file(text: str) -> bool:
    try:
        return _FILE.fullmatch(text) is not None or Path(text).is_file()
    except (OSError, ValueError):  # too long for a path, or not one at all
        return False
