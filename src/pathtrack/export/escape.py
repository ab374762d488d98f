"""Markdown that shows exactly a given text, its safe addresses live and nothing else."""

import re

from pathtrack.text import is_safe_address, safe, without_particle

# Of these, # acts after a blank and, for pandoc, at the end; ! acts not before a blank but at the end, where
# a [ may follow; - acts before another one, which pandoc makes a dash of.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~^$@&#!-](?:(?<![#!-])|(?<=\s#)|(?<=#)$|(?<=!)(?=\S|$)|(?<=-)(?=-))")
# What begins a block; pandoc takes "(1) a", "b) c" and ": d" for lists, too.
_FIRST = re.compile(r"[#+=:-]|\(?(?:\d+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)(?=[.)](?:\s|$))")
_RUN = r"A-Za-z0-9.+_/-"
# GitHub turns all of these into links: addresses, mail, names of people, numbers of issues.
_LINK = (
    r"(?<![A-Za-z])(?P<address>(?:(?:https?|ftp)://|(?<![0-9.])www\.)[^\s<>\"`“”„«»‘…、。，：；！？（）「」『』《》【】]*)"
    rf"|(?<![{_RUN}])(?:(?:mailto|xmpp):)?(?:[{_RUN}]*+(?:@[A-Za-z0-9]|#[0-9])|GH-[0-9])[{_RUN}@#]*+"
)
_LINK_OR_SPECIAL = re.compile(rf"(?P<link>(?i:{_LINK}))|{_SPECIAL.pattern}")
_HINTS = ("@", "#", "://", "www.", "gh-")
_HOST = re.compile(r"https?://[\w-]+(?:\.[\w-]+)*\.?(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
_WEB = re.compile(r"www\.[\w-]+\.[\w-]", re.IGNORECASE)
_ENTITY = re.compile(r"&#?\w+;")
_BEHIND = ".,:;!?*_~'’)]}"
_OPENING = {")": "(", "]": "[", "}": "{"}


def escape(text: str) -> str:
    """Return Markdown that shows exactly this text, on one line; safe addresses in it are links."""
    flat = " ".join(safe(text).split())
    lower = flat.lower()
    # Most texts hold nothing like a link, and are not searched for one.
    special = _LINK_OR_SPECIAL if any(map(lower.__contains__, _HINTS)) else _SPECIAL
    shown = special.sub(_escaped, flat)
    first = _FIRST.match(shown)
    return f"{_escaped(first)}{shown[first.end() :]}" if first else shown


def link(address: str) -> str:
    """Return Markdown that links to an address if it is safe, and shows it in any case."""
    return _live(address) or escape(address)


def named(text: str, address: str | None) -> str:
    """Return Markdown that shows a text as a link to an address; both, where the text has links itself."""
    if not (text and address):
        return escape(text) or link(address or "")
    target, shown = _target(address), escape(text)
    if target is None or "](" in shown or "<" in shown.replace("\\<", ""):
        return f"{shown}, {link(address)}"
    return f"[{shown}](<{target}>)"


def _escaped(special: re.Match[str]) -> str:
    if special.groupdict().get("link"):
        return _linked(special)
    # A backslash before a letter or a digit is shown, so it comes after: `1\.` begins no list.
    return f"{special[0]}\\" if special[0][-1].isalnum() else f"\\{special[0]}"


def _linked(found: re.Match[str]) -> str:
    """Return an address as a link; as code what no renderer may make a link of."""
    end = _end(found[0])
    text, behind = found[0][:end], found[0][end:]
    if text.lower() == "www":
        return f"{text}\\{behind}"
    shown = (found["address"] and _live(text)) or f"`{text}`"
    return f"{shown}{_SPECIAL.sub(_escaped, behind)}"


def _live(address: str) -> str | None:
    """Return a link, or nothing if it is not safe; character references would be decoded inside <…>."""
    target = _target(address)
    if target is None:
        return None
    # A bar would end the cell of a table.
    if address.lower().startswith("http") and "|" not in address and not _ENTITY.search(address):
        return f"<{address}>"
    # As code, no reference in it is decoded, and no renderer shows backslashes.
    plain = "`" in address or "|" in address or not _SPECIAL.search(address)
    return f"[{_SPECIAL.sub(_escaped, address) if plain else f'`{address}`'}](<{target}>)"


def _target(address: str) -> str | None:
    """Return an address as it is written inside of `](<…>)`, or nothing if it is not safe."""
    target = f"http://{address}" if _WEB.match(address) else address
    is_one = is_safe_address(target) and _HOST.match(target)
    return target.replace("&", "&amp;").replace("|", "\\|") if is_one else None


def _end(address: str) -> int:
    """Return where an address ends: before punctuation, brackets that it does not open, and particles."""
    end = len(without_particle(address))
    # Counted once and then kept up, so that a long row of brackets is read once.
    # https://example.org/a_(b)). keeps its own bracket and loses the last two signs.
    extra = {each: address.count(each, 0, end) - address.count(_OPENING[each], 0, end) for each in _OPENING}
    while end and address[end - 1] in _BEHIND:
        sign = address[end - 1]
        if sign in extra and extra[sign] <= 0:
            break
        extra[sign] = extra.get(sign, 0) - 1
        end -= 1
    return end
