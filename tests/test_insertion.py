import codecs

import pytest

from pathtrack.errors import FileError
from pathtrack.file import document, insertion
from pathtrack.record.model import Recommendation, Update
from samples import SMALL, recommendation, update

SMALL_TRACKER = document.parse(SMALL, name="tracker.toml")


ABOUT_A = b'date = 2025-01-01, by = "a", recommendations = ["a"], note = "n"'


NEW = [recommendation("N1"), recommendation("N2", source={"A b": "x\ny\u2028"})]


UPDATES = [update("2025-01-01", "N1"), update("2025-01-02", "W1", note="a\nb")]


@pytest.mark.parametrize(
    "data",
    [
        SMALL,
        SMALL.replace(b"\n", b"\r\n"),
        codecs.BOM_UTF8 + SMALL,
        SMALL.rstrip(b"\n"),
        b'[report]\ntitle = "R"',
        codecs.BOM_UTF8 + b'[report]\r\ntitle = "R"\r\n',
        b'[report]\ntitle = "R"\n[[recommendation]]\nid = "a"\narea = "b"\ntitle = "c"\n# the end',
        b'[report]\ntitle = "R"\n[[update]]\n' + ABOUT_A.replace(b", ", b"\n"),
    ],
    ids=["LF", "CRLF", "BOM", "no last newline", "report", "BOM and report", "comment", "updates only"],
)
@pytest.mark.parametrize(("new", "updates"), [(NEW, UPDATES), (NEW, []), ([], UPDATES), ([], [])])
def test_many_are_added_and_every_old_byte_stays(
    data: bytes, new: list[Recommendation], updates: list[Update]
) -> None:
    before = document.parse(data, name="t")
    after, added = insertion.extend(data, before, new, updates, name="t")
    tracker = document.parse(after, name="t")
    assert tracker.recommendations == (*before.recommendations, *new)
    assert tracker.updates == (*before.updates, *updates)
    assert len(after) == len(data) + len(added.replace("\n", document.newline_of(data)).encode())
    rest = iter(after)
    assert all(byte in rest for byte in data)
    text = after.decode().replace("\r\n", "\n")
    assert text.count('\n\n[[recommendation]]\nid = "N') == len(new)
    assert text.count("\n\n[[update]]\ndate = 2025-01-0") == len(updates)
    if b"\r\n" in data:
        assert after.count(b"\n") == after.count(b"\r\n")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b'recommendation = [{id = "a", area = "b", title = "c"}]\n[report]\ntitle = "R"\n',
            "there is no [[recommendation]] to add others behind (t); write the file's as [[recommendation]]",
        ),
        (
            b"update = [{" + ABOUT_A + b'}]\n[report]\ntitle = "R"\n',
            "the file takes no further tables (t); write its recommendations and updates as",
        ),
    ],
    ids=["recommendations", "updates"],
)
def test_a_file_of_inline_tables_takes_no_more(data: bytes, message: str) -> None:
    before = document.parse(data, name="t")
    with pytest.raises(FileError) as caught:
        insertion.extend(data, before, NEW, UPDATES, name="t")
    assert str(caught.value).startswith(message)


def test_what_would_not_read_back_is_not_added(monkeypatch: pytest.MonkeyPatch) -> None:
    block = document.block
    monkeypatch.setattr(document, "block", lambda value: block(value).replace("A title", "Another title"))
    with pytest.raises(FileError, match="would not read back as it was given"):
        insertion.extend(SMALL, SMALL_TRACKER, NEW, [], name="t")
