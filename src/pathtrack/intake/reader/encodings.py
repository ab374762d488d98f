"""Bytes as text: which encoding they are in, or a refusal that names the line."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pathtrack.errors import FileError, UsageError
from pathtrack.text import quoted

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, with whose mark it begins
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp949": "CP949",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "iso8859-2": "ISO 8859-2",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp1257": "Windows-1257",
    "mac_roman": "Mac Roman",
}
_WIDE = ("utf-16", "utf-32")
_TODO = "save it as UTF-8, or name its encoding with --encoding, such as cp949, cp1250 or mac_roman"
_SAMPLE = 262_144
_FIRST, _LAST_LATIN, _GREEK, _BEYOND = "\u00a0", "\u00ff", "\u0370", "\u2000"
_SYLLABLES = "이의를을다에는가한고지기로사자도정시인국제부대업관리상원해보어나수과주일"
"""Some of which any Korean text has many."""
# Other alphabets begin with their commonest letters, since Greek letters have the bytes of Cyrillic ones.
_WESTERN = {
    "French": "àâæçéèêëîïôœùûü",
    "German": "äöüßé",
    "Spanish": "áéíñóúü",
    "Portuguese": "áâãàçéêíóôõúü",
    "Italian": "àèéìîòóù",
    "Nordic": "åäöøæéü",
    "Icelandic": "áðéíóúæö",  # without ý and þ, which Turkish has in the same places
    "Dutch": "éëèïóöü",
    "Catalan": "àçèéíïòóúü",
}
_CENTRAL = {
    "Polish": "ąćęłńóśźż",
    "Czech": "áčďéěíňóřšťúůýž",
    "Slovak": "áäčďéíĺľňóôŕšťúýž",
    "Hungarian": "áéíóöőúüű",
    "Romanian": "ăâîşţ",
    "Croatian": "čćđšž",
}
_CYRILLIC = {"Russian": "оабвгдеёжзийклмнпрстуфхцчшщъыьэюя", "Ukrainian": "оабвгґдеєжзиіїйклмнпрстуфхцчшщьюя"}
_ALPHABETS = {
    "cp1252": _WESTERN,
    "cp1250": _CENTRAL,
    "iso8859-2": _CENTRAL,
    "cp1251": _CYRILLIC,
    "cp1255": {"Hebrew": "ויאבגדהזחטכךלמםנןסעפףצץקרשת"},
    "cp1253": {"Greek": "αοβγδεζηθικλμνξπρστυφχψωςάέήίόύώϊϋ"},
    "cp1257": {"Lithuanian": "ąčęėįšųūž", "Latvian": "āčēģīķļņšūž", "Estonian": "äöõüšž"},
    "cp1254": {"Turkish": "çğıöşüâî"},
    "mac_roman": _WESTERN,
}
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
_BETWEEN = "\n,;\t"
_SHIFTED = re.compile(rb"\x1b\$[()]?[@-C]")
"""What ISO 2022 has before its Chinese, Japanese and Korean letters, which are bytes of ASCII."""
_C1 = re.compile(rb"[\x80-\x9f]")
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE_NO_LETTER = "†‡¹²³¶¦¨¬¯±¢"
_SURE, _SURE_OF_OTHERS, _MARGIN, _HANGUL = 0.8, 0.95, 0.05, 0.9
"""Names from abroad have letters that are none of a Latin alphabet's own; the others have no such letters."""


@dataclass(frozen=True)
class Text:
    """The text of a file, its lines ended alike, and the name of its encoding."""

    text: str
    encoding: str


def decoded(data: bytes, *, name: str, encoding: str | None = None) -> Text:
    """Return the text of a file; FileError if its encoding cannot be told, or a byte is not of it."""
    codec = encoding or _codec(data, name=name)
    if codec in _NAMES and not codec.startswith(_WIDE):
        # As text, each of two copies may take four times the room.
        data = data.replace(b"\r\n", b"\n")
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        line = _line(error.object[: error.start])
        what = f"byte 0x{error.object[error.start]:02x} in line {line} is not {_NAMES.get(codec, codec)}"
        raise FileError(what, where=name, todo="correct that line, or give another --encoding") from error
    except (LookupError, UnicodeError) as error:
        todo = "give one such as cp949 or utf-8"
        raise UsageError(f"{quoted(codec)} is not an encoding", todo=todo) from error
    return Text(text.replace("\r\n", "\n").replace("\r", "\n"), _NAMES.get(codec, codec))


def _codec(data: bytes, *, name: str) -> str:
    for mark, codec in _MARKS.items():
        if data.startswith(mark):
            return codec
    has_zeros = b"\0" in data[:_SAMPLE]
    if has_zeros and (codec := _utf_16(data)):
        return codec
    if _SHIFTED.search(data):
        raise FileError("the encoding cannot be told", where=name, todo=_TODO)
    if _is(data, "utf-8"):
        return "utf-8"
    if has_zeros:
        raise FileError("not a text file", where=name, todo="save the table as CSV (UTF-8) or as .xlsx")
    # More characters of UTF-8 than other bytes: it is that but for some lines, and the first is named.
    good, bad = _sequences(data)
    if good >= bad:
        return "utf-8"
    if _is_korean(data):
        return "cp949"
    found = _of_one_byte(data)
    if not found:
        raise FileError("the encoding cannot be told", where=name, todo=_TODO)
    _require_one(data, found, name=name)
    return found


def _is(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _line(before: bytes) -> int:
    return before.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1


def _utf_16(data: bytes) -> str:
    """Return which UTF-16 a file without a mark is in, if any: a comma has a zero before it, or after."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    codec = "utf-16-be" if even > odd else "utf-16-le"
    is_one_sided = 4 * min(even, odd) <= max(even, odd)
    if not is_one_sided or not _is(data, codec):
        return ""
    # UTF-8 may have a zero by mistake; read as UTF-8, letters in UTF-16 have a control character each.
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    is_text = 4 * controls >= len(sample) and any(each in data.decode(codec) for each in _BETWEEN)
    return codec if is_text or not _is(data, "utf-8") else ""


_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = bytes(range(0x80, 0x100))


def _sequences(data: bytes) -> tuple[int, int]:
    """Return how many characters of several bytes are UTF-8, and how many bytes are not."""
    rest, good = _SEQUENCE.subn(b"", data)
    return good, len(rest) - len(rest.translate(None, _HIGH))


_PAIR = re.compile(rb"[\x81-\xfe][\x41-\x5a\x61-\x7a\x81-\xfe]")


def _is_korean(data: bytes) -> bool:
    """Return whether nearly all bytes above ASCII are pairs of CP949, and most of those usual Hangul."""
    # Chinese and Japanese text has pairs of the same bytes, but they are signs, Hanja or rare Hangul.
    pairs = [each for each in _PAIR.findall(data[:_SAMPLE]) if not b"\xa1" <= each[:1] <= b"\xa3"]
    hangul = [each for each in pairs if b"\xb0" <= each[:1] <= b"\xc8" and each[1:] >= b"\xa1"]
    usual = sum(each.decode("cp949") in _SYLLABLES for each in hangul)
    is_hangul = bool(hangul) and len(hangul) >= _HANGUL * len(pairs) and 10 * usual >= len(hangul)
    # What is left is refused by its line.
    return is_hangul and 20 * data[:_SAMPLE].decode("cp949", errors="replace").count("\ufffd") <= len(hangul)


def _of_one_byte(data: bytes) -> str:
    """Return the encoding in which the letters above ASCII are those of one language; empty if none is."""
    scores = {
        codec: _score(data, codec, alphabets)
        for codec, alphabets in _ALPHABETS.items()
        if _is(data, codec) and not (codec == "iso8859-2" and _C1.search(data))
    }
    best = max(scores.values(), default=0)
    near = [codec for codec, score in scores.items() if score >= best - _MARGIN]
    # The first is the commonest.
    return near[0] if best >= _SURE else ""


def _score(data: bytes, codec: str, alphabets: dict[str, str]) -> float:
    """Return which part of the signs above ASCII are letters of one language, or signs in their place."""
    text = data[:_SAMPLE].decode(codec)
    letters: Counter[str] = Counter()
    # No language has capitals inside its words.
    words = (each for each in _WORD.findall(text) if not each.isascii())
    wrong = sum(len(each) for each in words if each not in (each.lower(), each.upper(), each.title()))
    capitals = 0
    for before, sign, after in _above_ascii(text):
        is_mixed = sign >= _GREEK and f"{before}{after}".isascii() and (before + after).strip().isalpha()
        if sign.isalpha() and not is_mixed and not (sign.isupper() and before.islower()):
            letters[sign.lower()] += 1
            capitals += sign.isupper()
        elif (
            sign.isalpha()
            or (after.isalpha() and sign in _BEFORE_NO_LETTER)
            or (before.isalpha() and after.isalpha() and sign not in "’‘'-–—·\u00a0\u00ad")
        ):
            wrong += 1
    total = letters.total() + wrong
    is_latin = min(map(min, alphabets.values())) < _GREEK
    if 2 * capitals > total and not is_latin:
        return 0  # as small letters of KOI8-R are elsewhere
    found = max(_known(letters, alphabet) for alphabet in alphabets.values()) / total if total else 1
    return found if is_latin or found >= _SURE_OF_OTHERS else 0


def _known(letters: Counter[str], alphabet: str) -> int:
    known = sum(number for letter, number in letters.items() if letter in alphabet)
    is_usual = alphabet[0] < _GREEK or 10 * sum(letters[each] for each in alphabet[:2]) >= known
    return known if is_usual else 0


def _above_ascii(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield each sign above ASCII with the ones beside it."""
    padded = f" {text} "
    for found in re.finditer(r"[^\x00-\x7f]", text):
        place = found.start() + 1
        yield padded[place - 1], found[0], padded[place + 1]


def _require_one(data: bytes, codec: str, *, name: str) -> None:
    """Refuse a file in which a line is in UTF-8 and the others are not."""
    for found in _SEQUENCE.finditer(data):
        meant = found[0].decode()
        # É and ” of Windows-1252 are ɔ in UTF-8: only signs that are usual in tables count.
        if _FIRST <= meant <= _LAST_LATIN or meant >= _BEYOND:
            what = f"line {_line(data[: found.start()])} is in UTF-8, and others are in {_NAMES[codec]}"
            raise FileError(
                what, where=name, todo="save it as UTF-8, or give --encoding to read all lines alike"
            )
