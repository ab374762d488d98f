"""What the cells of a column of links cite."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pathtrack.errors import UsageError
from pathtrack.intake.cells import Problems
from pathtrack.record.model import Evidence
from pathtrack.record.objections import build
from pathtrack.record.sources import Sources
from pathtrack.text import is_safe_address, quoted, without_particle

# Addresses can contain this sign: x;y=1 is not cut, "x; y" and "x;https://…" are.
_SEVERAL = re.compile(r"\n|;(?=\s|$)|;(?=https?://)")
# A link with its words, as Markdown, HTML and spreadsheets write it.
_LINK = re.compile(
    r"""\[(?P<words>[^\[\]\n]{0,500})\]\(\s*<?(?P<target>(?:[^\s()<>]|\([^\s()<>]*\))++)>?(?:\s[^()\n]{0,500})?\)
    |<a\s[^<>]{0,500}?href\s*=\s*["']?(?P<href>[^"'\s<>]++)[^<>]{0,500}+>(?P<text>.{0,500}?)</a>
    |=[+\s]*[\w.]{1,40}\(\s*"(?P<place>https?:[^"]++)"\s*(?:[;,]\s*"(?P<label>(?:[^"]|"")*+)"\s*)?\)
    |\[url="?(?P<code>[^\s"\]]++)"?\](?P<name>.{0,500}?)\[/url\]""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ADDRESS = re.compile(
    r"https?://(?:(?![,|]https?://)[^\s\"])+|(?<![\w.@/])www\.\w\S+|\bdoi:\s?10\.\d\S+|\b[a-z][a-z0-9+.-]*://\S+",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(?!a\s|/a>)/?[a-z][^<>]{0,500}>", re.IGNORECASE)
_CODE_TAG = re.compile(r"\[/?url\]", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*[\[(]?\d{1,2}[.)\]](?=\s|$)")
_BARE = re.compile(r"(?:[a-z0-9-]{2,}\.)+[a-z]{2,}/\S+", re.IGNORECASE)
_NO_TITLE = re.compile(r"^=|(?:javascript|data|vbscript|file|mailto):\S", re.IGNORECASE)
_CLOSED_BY = {")": "(", "]": "[", "}": "{", ">": "<", "）": "（", "」": "「", "】": "【"}
_END = ".,;:!?*'\"”’“»…。、，"
_EDGE = " \t,;:|()[]{}<>（）「」【】\"'“”‘’«»-–—"
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
_LONGEST = 4000
_FILLER = re.compile(
    r"(?:and|see|see also|source|sources|link|url|web|website|via|at|available (?:at|online|from)|cf|voir"
    r"|siehe|abrufbar unter|verfügbar unter|disponible (?:en|sur)|quelle|fuente|véase|enlace|lien|출처|참조"
    r"|참고|링크)\.?",
    re.IGNORECASE,
)


class _Citation(NamedTuple):
    title: str
    address: str


def read(text: str) -> tuple[Evidence, ...]:
    """Return sources, one a line or between semicolons: addresses, titles, or a title and an address."""
    return distinct(_source(each) for each in _citations(text))


def readable(text: str, problems: Problems, *, are_addresses: bool = False) -> tuple[Evidence, ...]:
    """Return what `read` does, without the sources that cannot be one, and add the reasons to `problems`.

    Where the column `are_addresses` by its name, a single word such as TODO is no title of a source.
    """
    found = []
    for each in _citations(text):
        try:
            source = _source(each)
        except (ValueError, UsageError) as error:
            problems.append(error)
            continue
        if are_addresses and not each.address and not re.search(r"[ \d]", each.title):
            problems.append(ValueError(f"{quoted(each.title)} is not a web address"))
        else:
            found.append(source)
    return distinct(found)


def distinct(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return each source once."""
    found = Sources(evidence)
    return tuple(found[place] for place in range(len(found)))


def _source(given: _Citation) -> Evidence:
    title, address = given
    if not is_safe_address(address) if address else _NO_TITLE.search(title):
        raise ValueError(f"{quoted(address or title)} is not a safe web address")
    return build(Evidence, {"title": None if title == address else title or None, "url": address or None})


def _citations(text: str) -> Iterator[_Citation]:
    text, last = _INVISIBLE.sub("", text), 0
    if "&lt;a " in text.lower():
        text = html.unescape(text)
    if "<a" in text.lower():
        text = _TAG.sub("", text)
    for found in _LINK.finditer(text):
        yield from _bare(text[last : found.start()])
        label = (found["label"] or "").replace('""', '"')
        words = found["words"] or found["text"] or found["name"] or label
        target = found["target"] or found["href"] or found["code"] or found["place"]
        yield _Citation(" ".join(html.unescape(words).split()), _whole(html.unescape(target)))
        last = found.end()
    yield from _bare(text[last:])


def _bare(text: str) -> Iterator[_Citation]:
    """Yield the sources in a text without links that have words of their own."""
    for part in _SEVERAL.split(_CODE_TAG.sub(" ", text)):
        places = [] if part.lstrip().startswith("=") else [*_addresses(part)]
        if not places:
            if title := _title(part, is_alone=True):
                yield _Citation(title, "")
            continue
        # The words before an address are its title; those after the last one belong to it, too.
        edges = [0, *(end for _, end, _ in places)]
        rest = part[edges[-1] :]
        for number, (start, _, address) in enumerate(places):
            words = part[edges[number] : start] + (f" {rest}" if number == len(places) - 1 else "")
            yield _Citation(_title(words), address)


def _addresses(part: str) -> Iterator[tuple[int, int, str]]:
    """Yield the addresses in a text, each with its beginning and its end there."""
    # A single word such as doi.org/10.1000/182 is an address, too.
    of_word = _BARE.fullmatch(part.strip()) and re.finditer(r"\S+", part)
    for found in of_word or _ADDRESS.finditer(part):
        word = without_particle(found[0])
        bare = _trimmed(word)
        # What stands behind it may be a title, but a particle is none.
        yield found.start(), found.end() - (len(word) - len(bare)), _whole(bare)


def _trimmed(address: str) -> str:
    """Return an address without what ends a sentence, and brackets that were opened before it."""
    while address and len(address) < _LONGEST:
        last = address[-1]
        # Brackets may belong to it: https://a.example/wiki/Space_(law)
        is_open = last in _CLOSED_BY and address.count(last) > address.count(_CLOSED_BY[last])
        if last not in _END and not is_open:
            break
        address = address[:-1]
    return address


def _whole(address: str) -> str:
    if address[:4].lower() == "doi:":
        return f"https://doi.org/{address[4:].strip()}"
    return f"https://{address}" if address[:4].lower() == "www." or _BARE.fullmatch(address) else address


def _title(words: str, *, is_alone: bool = False) -> str:
    """Return the words beside an address as a title, without those that only lead to it."""
    if is_alone:
        return " ".join(words.split()).strip(" ,")
    kept = re.sub(r"[(\[（]\s*(?:see|source|via|at)?:?\s*[)\]）]", " ", _NUMBERED.sub("", words, count=1))
    title = " ".join(each for each in kept.split() if re.search(r"\w", each)).strip(_EDGE)
    if _FILLER.fullmatch(title):
        return ""
    title = re.sub(r"[\s(\[（]+(?:see|source|via|at|link):?$", "", title, flags=re.IGNORECASE).strip(_EDGE)
    return "" if _FILLER.fullmatch(title) else title
