"""What a page says of itself, in its own words."""

import codecs
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pathtrack.web.client import Answer
from pathtrack.web.markup import Tag, plain, tags

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(r"charset\s*+=\s*+[\"']?+\s*+([\w.:-]++)", re.IGNORECASE | re.ASCII)
_ALIASES = {"euc-kr": "cp949", "ks_c_5601-1987": "cp949", "iso-8859-1": "cp1252", "latin1": "cp1252"}
"""What browsers read some names of encodings as."""
# Python knows encodings that unpack or compute, which no page may choose.
_ENCODINGS = re.compile(
    r"(utf-?(8|16)|iso-?(8859|2022)|windows|cp|euc|koi8|gb|ks_c|big5|shift|us-ascii|latin|tis|mac)[\w.:-]*+",
    re.IGNORECASE | re.ASCII,
)
_HEAD = 2_048
"""Within how many bytes a page declares its encoding."""
_DEEPEST = 6


@dataclass
class Page:
    """The declarations of a page, by name in lower case; of each name, all values in their order."""

    title: str = ""
    heading: str = ""
    lang: str = ""
    canonical: str = ""
    meta: dict[str, list[str]] = field(default_factory=dict)
    data: list[Mapping[str, object]] = field(default_factory=list)
    """The objects of its JSON-LD."""

    def first(self, *names: str) -> str:
        """Return the first value that is given under any of these names, in their order."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), "")


def is_page(answer: Answer) -> bool:
    """Return whether an answer is a web page, by its type or, if it has none, by its first bytes."""
    if answer.media_type:
        return answer.media_type in {"text/html", "application/xhtml+xml"}
    return answer.body.lstrip()[:1] == b"<"


def read(answer: Answer) -> Page:
    """Return what a page declares; an empty one if it is not a page."""
    page = Page()
    for tag in tags(_text(answer)) if is_page(answer) else ():
        match tag.name:
            case "html":
                page.lang = page.lang or tag.attributes.get("lang", "")
            case "title":
                page.title = page.title or tag.text
            case "h1":
                page.heading = page.heading or tag.text
            case "script":
                if tag.attributes.get("type", "").lower().strip() == "application/ld+json":
                    page.data.extend(_objects(tag.text))
            case "link":
                if "canonical" in tag.attributes.get("rel", "").lower().split():
                    page.canonical = page.canonical or plain(tag.attributes.get("href", ""))
            case _:
                _add(page, tag)
    return page


def _add(page: Page, tag: Tag) -> None:
    """Add what a tag without text declares, under each of its names."""
    value = plain(tag.attributes.get("datetime" if tag.name == "time" else "content", ""))
    for kind in ("name", "property", "itemprop", "http-equiv"):
        for name in tag.attributes.get(kind, "").lower().split():
            page.meta.setdefault(name, []).append(value)


def _objects(text: str) -> Iterator[Mapping[str, object]]:
    """Yield the objects of a script of JSON-LD, those in lists and graphs, too."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    try:
        found = json.loads(text.removeprefix("//<![CDATA[").removesuffix("//]]>"), strict=False)
    except (ValueError, RecursionError):
        return
    waiting = deque([(found, 0)])
    while waiting:
        each, depth = waiting.popleft()
        if isinstance(each, list) and depth < _DEEPEST:
            waiting.extend((item, depth + 1) for item in each)
        elif isinstance(each, dict):
            yield each
            if "@graph" in each and depth < _DEEPEST:
                waiting.append((each["@graph"], depth + 1))


def _text(answer: Answer) -> str:
    """Return the text of a page in the first encoding that is declared or usual and fits all of it."""
    declared = next((name for mark, name in _MARKS if answer.body.startswith(mark)), "")
    for text in (answer.headers.get("content-type", ""), answer.body[:_HEAD].decode("latin-1")):
        found = _CHARSET.search(text)
        declared = declared or (found[1] if found else "")
    for name in (declared, "utf-8", "cp949", "cp1252"):
        decoded = _decoded(answer, _ALIASES.get(name.lower(), name))
        if decoded is not None and (name != "cp949" or name == declared or _is_korean(decoded)):
            return decoded
    # What is wrong in it shows as U+FFFD, and no value with that is taken.
    return answer.body.decode("utf-8", errors="replace")


def _decoded(answer: Answer, encoding: str) -> str | None:
    if not _ENCODINGS.fullmatch(encoding):
        return None
    try:
        # A page that was cut may end within a character.
        return codecs.getincrementaldecoder(encoding)().decode(answer.body, final=answer.is_whole)
    except (LookupError, UnicodeError, ValueError):
        return None


def _is_korean(text: str) -> bool:
    """Return whether all letters beyond ASCII are Hangul; other text can fit its encoding by chance."""
    beyond = [each for each in text if not each.isascii() and each.isalpha()]
    return bool(beyond) and all("\uac00" <= each <= "\ud7a3" for each in beyond)
