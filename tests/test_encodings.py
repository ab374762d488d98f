"""The encoding of a text is told, or the file is refused by line."""

import codecs

import pytest

from pathtrack.errors import FileError, UsageError
from pathtrack.intake.reader.encodings import decoded
from samples import DATA
from statements import for_each

LINES = (DATA / "import" / "languages.txt").read_text(encoding="utf-8").splitlines()
TEXTS = {line[:2]: line[3:].replace("|", "\n") + "\n" for line in LINES}
"""A table in each of several languages."""
WESTERN = ("fr", "de", "es", "pt", "da", "en")
KNOWN = {
    **{(language, "cp1252"): "Windows-1252" for language in WESTERN},
    **{(language, "mac_roman"): "Mac Roman" for language in ("fr", "de", "pt", "en")},
    **{(language, "cp1250"): "Windows-1250" for language in ("pl", "cs", "hu")},
    **{(language, "cp1251"): "Windows-1251" for language in ("ru", "uk")},
    **{(language, "iso8859-2"): "ISO 8859-2" for language in ("pl", "hr")},
    **{(language, "cp1257"): "Windows-1257" for language in ("lt", "lv")},
    ("is", "cp1252"): "Windows-1252",
    ("he", "cp1255"): "Windows-1255",
    ("el", "cp1253"): "Windows-1253",
    ("tr", "cp1254"): "Windows-1254",
    ("ko", "cp949"): "CP949",
}


@for_each("language, codec", KNOWN)
def test_an_encoding_of_one_or_two_bytes_is_told(language: str, codec: str) -> None:
    found = decoded(TEXTS[language].encode(codec), name="t")
    assert (found.text, found.encoding) == (TEXTS[language], KNOWN[language, codec])


@for_each("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@for_each("language", TEXTS)
def test_unicode_is_told_with_and_without_a_mark(language: str, codec: str) -> None:
    found = decoded(TEXTS[language].encode(codec), name="t")
    assert found.text == TEXTS[language]
    assert codec.upper().startswith(found.encoding)


@pytest.mark.parametrize(
    ("language", "codec"),
    [
        ("ru", "koi8-r"),
        ("ja", "shift_jis"),
        ("ja", "euc_jp"),
        ("zh", "gbk"),
        ("ar", "cp1256"),
        ("ja", "iso2022_jp"),
    ],
)
def test_what_cannot_be_told_is_asked(language: str, codec: str) -> None:
    text = TEXTS[language]
    with pytest.raises(FileError, match=r"the encoding cannot be told \(t\); save it as UTF-8, or name its"):
        decoded(text.encode(codec), name="t")
    assert decoded(text.encode(codec), name="t", encoding=codec).text == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("Café — l’été\n".encode() + b"It\x92s\n", "byte 0x92 in line 2 is not UTF-8"),
        (TEXTS["ko"].encode() + b"\r\n3,\xff\r\n", "byte 0xff in line 5 is not UTF-8"),
        (
            (TEXTS["fr"] * 3).encode("cp1252") + "Café\n".encode(),
            "line 10 is in UTF-8, and others are in Windows-1252",
        ),
        (TEXTS["ko"].encode("cp949") * 4 + b"4,\xff\n", "byte 0xff in line 13 is not CP949"),
        (codecs.BOM_UTF8 + b"a\n\xe9\n", "byte 0xe9 in line 2 is not UTF-8"),
    ],
)
def test_a_byte_that_does_not_fit_is_refused_by_its_line(data: bytes, message: str) -> None:
    with pytest.raises(FileError) as caught:
        decoded(data, name="t")
    assert str(caught.value).startswith(f"{message} (t); ")


def test_capitals_before_a_quotation_mark_are_not_utf_8() -> None:
    text = "Le “CAFÉ” d’été, déjà à l’œuvre\n"
    assert decoded(text.encode("cp1252"), name="t").text == text


def test_a_blank_that_does_not_break_is_a_blank() -> None:
    assert decoded(b"one\xa0two\n", name="t").text == "one\u00a0two\n"


def test_a_named_encoding_counts() -> None:
    assert decoded(b"\xe8", name="t", encoding="cp1250").text == "č"
    with pytest.raises(FileError, match="byte 0x81 in line 2 is not Windows-1252"):
        decoded(b"a\n\x81", name="t", encoding="cp1252")
    with pytest.raises(UsageError, match="'utf-9' is not an encoding; give one such as cp949 or utf-8"):
        decoded(b"a", name="t", encoding="utf-9")
    with pytest.raises(UsageError, match="'hex' is not an encoding"):
        decoded(b"a", name="t", encoding="hex")
