"""What people write by hand where TOML wants something else: the line, what is wrong, and what to write."""

import pytest

from pathtrack.errors import FileError
from pathtrack.file import slips
from pathtrack.file.document import Document
from samples import cases
from statements import for_each

PLAIN = """\
[report]
title = "R"

[[recommendation]]
id = "A1"
area = "a"
title = "T"

[[update]]
date = 2025-01-24
by = "Ana"
recommendations = ["A1"]
status = "partial"
note = "n"

[[update]]
date = 2025-02-01
by = "Ben"
recommendations = ["A1"]
note = "m"
"""
SLIPS = cases("slips.txt")


@for_each("title, case", SLIPS)
def test_a_slip_is_named_with_its_line_and_what_to_write(title: str, case: str) -> None:
    old, new, message = (each.removesuffix("\n") for each in case.split("--->\n"))
    Document.read(PLAIN.encode(), name="f.toml")
    text = PLAIN.replace(old, new, -1 if title.startswith("all ") else 1)
    assert text != PLAIN
    with pytest.raises(FileError) as caught:
        Document.read(text.encode(), name="f.toml")
    what, where, todo = caught.value.what, caught.value.where, caught.value.todo.partition(" (")[0]
    assert f"{where.removeprefix('f.toml:')}: {what}; {todo}" == message


@for_each(
    "data, message",
    [
        (b"{\\rtf1\\ansi [report]}", "this is rich text (f.toml); save it as plain text in UTF-8"),
        (b"PK\x03\x04\xff..word/document.xml", "this is a document of an office program (f.toml); save it"),
        (
            b"PK\x03\x04\xff..xl/workbook.xml",
            "this is a workbook (f.toml); import it with 'pathtrack",
        ),
        (b"\xd0\xcf\x11\xe0", "this is a document of an office program (f.toml); save it as plain text"),
        (b"%PDF-1.7\n\xe2", "this is a PDF file (f.toml); give the tracker that it was made from"),
        (
            PLAIN.encode("utf-16"),
            "this is UTF-16 text, not UTF-8 (f.toml); save it as UTF-8 text",
        ),
        (PLAIN.encode("utf-16-le"), "this is UTF-16 text, not UTF-8 (f.toml); save it as UTF-8 text"),
        (b'{"schema": 1}', "this is a JSON file (f.toml); import it with 'pathtrack import f.toml'"),
        (b"<!doctype html>", "this is a web page (f.toml); give the tracker that it was made from"),
        (
            PLAIN.replace("Ana", "M\u00fcller").encode("cp1252"),
            "not UTF-8 text: a letter such as \u00fc is in the encoding of Windows (f.toml:11); save it",
        ),
        (PLAIN.replace("Ana", "\uae40").encode("cp949"), "not UTF-8 text (f.toml:11); save it as UTF-8 text"),
    ],
)
def test_what_another_program_saved_is_named(data: bytes, message: str) -> None:
    with pytest.raises(FileError) as caught:
        Document.read(data, name="f.toml")
    assert str(caught.value).startswith(message)


def test_strings_and_comments_are_no_slips() -> None:
    text = PLAIN + "searched = [\"a] b\", # ]\n \"c]\",\n]\n[[update]]\nby = '''\nby = Ana\n'''\nbroken\n"
    found = slips.find(text, 0, "")
    assert found is None
    found = slips.find(text.replace("broken", "by = Ana"), 0, "")
    assert found == slips.Slip(28, "a text without quotation marks", 'write by = "Ana"')


def test_a_very_long_line_is_left_to_the_reader() -> None:
    assert slips.find(f"x = {'a' * 1_000}", 1, "") is not None
    assert slips.find(f"x = {'a' * 100_000}", 1, "") is None
