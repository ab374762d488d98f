"""How the slips of a line written by hand are repaired; each is tried until the line is TOML."""

import re
from collections.abc import Callable
from typing import NamedTuple

from pathtrack.record import written

KEY = r"""\s*(?:[\w-]+|"[^"]*"|'[^']*')\s*"""
"""The pattern of a key, with blanks around it."""
VALUE = re.compile(rf"(?P<key>{KEY}=\s*)(?P<value>.*?)(?P<rest>(?:\s+\#.*)?\s*)")
"""A key with its value, and the comment after it."""
_DATES = ("date", "due", "published")
_LISTS = ("recommendations", "areas", "actors", "tags", "searched", "formerly")
_HEADER = re.compile(
    r"[\s\[]*(report|recommendation(?:\.source)?|update|(?:update\.)?evidence)s?[\s\]]*:?\s*", re.IGNORECASE
)
_CURLY = {ord(each): '"' for each in "\u201c\u201d\u201e\u201f\u00ab\u00bb"}
_CURLY |= {ord(each): "'" for each in "\u2018\u2019\u201a"}
_SPACES = {ord(each): " " for each in "\u00a0\u2007\u202f\u3000"}
_AFTER = re.compile(r"^(\"[^\"]*\")\s+([^\s\"][^\"]*)$")
_FLAGS = {"true": "true", "yes": "true", "false": "false", "no": "false"}


class Repair(NamedTuple):
    """A slip, and what returns a line without it, or the same line."""

    what: str
    make: Callable[[str], str]


def _of_value(change: Callable[[str], str], keys: tuple[str, ...] = ()) -> Callable[[str], str]:
    """Return what changes the value of a line, under some keys or any."""

    def make(line: str) -> str:
        found = VALUE.fullmatch(line)
        if not found or (keys and found["key"].strip(" =\t") not in keys):
            return line
        return found["key"] + change(found["value"]) + found["rest"]

    return make


def _header(line: str) -> str:
    if not (found := _HEADER.fullmatch(line)):
        return line
    name = found[1].lower()
    name = "update.evidence" if name == "evidence" else name
    return f"[{name}]" if name in {"report", "recommendation.source"} else f"[[{name}]]"


def _listed(value: str) -> str:
    """Return words with commas between them as a list of texts."""
    if '"' in value:  # only the brackets are missing
        return f"[{value.strip('[]')}]"
    pieces = (each.strip(" '") for each in value.strip("[] ").split(","))
    return "[" + ", ".join(f'"{each}"' for each in pieces if each) + "]"


def _quoted_items(value: str) -> str:
    return re.sub(r"(?<=[\[,])\s*([^\"',\[\]]+?)\s*(?=[,\]])", r' "\1"', value).replace('[ "', '["')


def _closed(value: str) -> str:
    """Return a text, or a list of one, with the quotation mark that it lacks."""
    if value.count('"') != 1 or "\\" in value:
        return value
    if value.startswith("["):
        return '["' + value.strip('[]" ') + '"]'
    return '"' + value.strip('"') + '"'


def _quoted(value: str) -> str:
    is_bare = value and value[0] not in "\"'[{" and not {'"', "\\"} & {*value}
    return f'"{value}"' if is_bare else value


def _literal(value: str) -> str:
    """Return a text with backslashes or quotation marks between single quotation marks, if it has none."""
    inner = value[1:-1]
    is_text = len(value) > 1 and value[0] == value[-1] == '"'
    if not is_text or "'" not in inner:
        return f"'{inner}'" if is_text else value
    return '"' + inner.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _double(value: str) -> str:
    is_text = len(value) > 1 and value[0] == value[-1] and value[0] in "'`"
    return f'"{value[1:-1]}"' if is_text and '"' not in value else value


REPAIRS = (
    Repair("curly quotation marks", lambda line: line.translate(_CURLY)),
    Repair("a no-break space outside of a text", lambda line: line.translate(_SPACES)),
    Repair("a header without its brackets", _header),
    Repair("a comment without #", lambda line: re.sub(r"^(\s*)(?://+|;|--|%)\s*", r"\1# ", line)),
    Repair("a colon instead of =", lambda line: re.sub(rf"^({KEY}?)\s*:=?\s*", r"\1 = ", line)),
    Repair("two equals signs", lambda line: re.sub(rf"^({KEY})={{2,}}", r"\1=", line)),
    Repair("a space in a key", lambda line: re.sub(r"^(\s*\w+) (\w+\s*=)", r"\1_\2", line)),
    Repair("no equals sign", lambda line: re.sub(r"^(\s*\w+)\s+(?=[\"'\[\d])", r"\1 = ", line)),
    Repair("something after the value", _of_value(lambda value: value.rstrip(" ,;"))),
    Repair("something after the value", _of_value(lambda value: re.sub(_AFTER, r"\1  # \2", value))),
    Repair(
        "true and false are written in small letters",
        _of_value(lambda value: _FLAGS.get(value.lower(), value)),
    ),
    Repair(
        "a date in another form", _of_value(lambda value: written.toml(value.strip("\"'")) or value, _DATES)
    ),
    Repair("a comma is missing", _of_value(lambda value: re.sub(r"([\"'])\s+([\"'])", r"\1, \2", value))),
    Repair("a list without its brackets", _of_value(_listed, _LISTS)),
    Repair("a text without quotation marks", _of_value(_quoted_items)),
    Repair("a quotation mark is missing", _of_value(_closed)),
    Repair("a text without quotation marks", _of_value(_quoted)),
    Repair("a backslash or a quotation mark in a text", _of_value(_literal)),
    Repair("an apostrophe between single quotation marks", _of_value(_double)),
)
"""What people write by hand, the surest first."""
