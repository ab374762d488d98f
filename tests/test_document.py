from codecs import BOM_UTF8
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathtrack.errors import FileError
from pathtrack.file import toml
from pathtrack.file.document import Document
from pathtrack.record.model import Recommendation, Update
from samples import BARE, FORMS, SMALL, recommendation, update, updates
from statements import for_each


def read(data: bytes) -> Document:
    return Document.read(data, name="f.toml")


DOCUMENTS = {name: read(data) for name, data in FORMS.items()}
forms = st.sampled_from(sorted(FORMS))

ABOUT_A = b'date = 2025-01-01, by = "a", recommendations = ["a"], note = "n"'
INLINE = b"update = [{" + ABOUT_A + b'}]\n[report]\ntitle = "R"\n'
INLINE_CATALOGUE = b'recommendation = [{id = "a", area = "b", title = "c"}]\n[report]\ntitle = "R"\n'
IN_QUOTES = BARE + b'\n[["update"]]\n' + ABOUT_A.replace(b", ", b"\n") + b"\n"


# ---- what a file is ----


@for_each(
    "data, newline",
    [
        (BARE, "\n"),
        (b"\n" + BARE, "\n"),
        (b"\n#\r\n" + BARE, "\n"),
        (b"#\r\n#\n" + BARE, "\r\n"),
        (b"#\n#\r\n" + BARE, "\n"),
        (b'report = {title = "R"}', "\n"),
    ],
)
def test_the_newline_is_that_of_the_first_line(data: bytes, newline: str) -> None:
    assert read(data).newline == newline


def test_the_text_has_no_mark_and_plain_newlines() -> None:
    document = DOCUMENTS["BOM and CRLF"]
    assert document.has_mark
    assert document.text == SMALL.decode()
    assert not DOCUMENTS["LF"].has_mark


# ---- with more ----


@given(form=forms, update=updates)
def test_an_update_is_appended_and_every_old_byte_stays(form: str, update: Update) -> None:
    old = DOCUMENTS[form]
    new = old.with_more(updates=[update])
    assert new.data.startswith(old.data)
    assert new.tracker == read(new.data).tracker
    assert new.tracker == replace(old.tracker, updates=(*old.tracker.updates, update))


@given(form=forms, new=st.lists(updates, min_size=2, max_size=4))
def test_updates_follow_each_other_in_order(form: str, new: list[Update]) -> None:
    document = DOCUMENTS[form]
    for each in new:
        document = document.with_more(updates=[each])
    assert document.tracker.updates == (*DOCUMENTS[form].tracker.updates, *new)
    assert document.data == DOCUMENTS[form].with_more(updates=new).data


@given(update=updates)
def test_what_is_added_uses_the_newlines_of_the_file(update: Update) -> None:
    for form in ("LF", "CRLF"):
        added = DOCUMENTS[form].with_more(updates=[update]).data[len(FORMS[form]) :]
        assert added.count(b"\r\n") == (added.count(b"\n") if form == "CRLF" else 0)
        assert added.endswith(b"\n")


@pytest.mark.parametrize(
    ("data", "joint"),
    [
        (b'[report]\ntitle = "R"\n', b"\n"),
        (b'[report]\ntitle = "R"', b"\n\n"),
        (b'[report]\r\ntitle = "R"\r\n', b"\r\n"),
        (b'[report]\r\ntitle = "R"', b"\r\n\r\n"),
    ],
)
def test_an_empty_line_stands_before_a_new_update(data: bytes, joint: bytes) -> None:
    assert read(data).with_more(updates=[update()]).data.startswith(data + joint + b"[[update]]")


@for_each(
    "data",
    [
        SMALL,
        SMALL.replace(b"\n", b"\r\n"),
        BOM_UTF8 + SMALL,
        SMALL.rstrip(b"\n"),
        BARE,
        BOM_UTF8 + b'[report]\r\ntitle = "R"\r\n',
        BARE + b'\n[[recommendation]]\nid = "a"\narea = "b"\ntitle = "c"\n# the end',
        BARE + b"\n[[update]]\n" + ABOUT_A.replace(b", ", b"\n"),
    ],
)
@for_each("updates", [[update("2025-01-01", "N1"), update("2025-01-02", "W1", note="a\nb")], []])
@for_each("new", [[recommendation("N1"), recommendation("N2", source={"A b": "x\ny\u2028"})], []])
def test_many_are_added_and_every_old_byte_stays(
    data: bytes, new: list[Recommendation], updates: list[Update]
) -> None:
    old, steps = read(data), list[int]()
    after = old.with_more(recommendations=new, updates=updates, advance=lambda: steps.append(1))
    tracker = read(after.data).tracker
    assert tracker == after.tracker
    assert tracker.recommendations == (*old.tracker.recommendations, *new)
    assert tracker.updates == (*old.tracker.updates, *updates)
    assert len(steps) == len(new) + len(updates)
    assert len(after.data) == len(data) + len(after.difference.replace("\n", old.newline).encode())
    rest = iter(after.data)
    assert all(byte in rest for byte in data)
    assert after.text.count('\n\n[[recommendation]]\nid = "N') == len(new)
    assert after.text.count("\n\n[[update]]\ndate = 2025-01-0") == len(updates)
    if b"\r\n" in data:
        assert after.data.count(b"\n") == after.data.count(b"\r\n")


@pytest.mark.parametrize(
    ("data", "new", "message"),
    [
        (
            INLINE,
            update(),
            "cannot append an [[update]] to this file (f.toml); write its recommendations and",
        ),
        (b"update = []\n" + BARE, update(), "cannot append an [[update]] to this file (f.toml); write its"),
        (
            INLINE_CATALOGUE,
            recommendation(),
            "no [[recommendation]] table to add after (f.toml); write the recommendations as [[recomm",
        ),
        (
            b"recommendation = []\n" + BARE,
            recommendation(),
            "cannot append a [[recommendation]] to this file",
        ),
    ],
    ids=["updates", "no updates", "recommendations", "no recommendations"],
)
def test_a_file_of_inline_tables_takes_no_more(
    data: bytes, new: Recommendation | Update, message: str
) -> None:
    old = read(data)
    with pytest.raises(FileError) as caught:
        with_one(old, new)
    assert str(caught.value).startswith(message)


def with_one(old: Document, new: Recommendation | Update) -> Document:
    if isinstance(new, Update):
        return old.with_more(updates=[new])
    return old.with_more(recommendations=[new])


@pytest.mark.parametrize("new", [recommendation(), update()], ids=["recommendation", "update"])
def test_what_would_not_read_back_is_not_added(
    new: Recommendation | Update, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = toml.block
    monkeypatch.setattr(toml, "block", lambda value: block(value).replace('"A ', '"Another '))
    with pytest.raises(FileError, match="would not survive a round trip"):
        with_one(DOCUMENTS["LF"], new)


def test_an_update_for_which_there_is_no_room_is_refused_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(toml, "LIMIT", len(SMALL) + 20)
    with pytest.raises(FileError, match="larger than 0 MB"):
        DOCUMENTS["LF"].with_more(updates=[update()])


# ---- without the last update ----


@given(form=forms, update=updates)
def test_what_is_appended_can_be_removed(form: str, update: Update) -> None:
    new = DOCUMENTS[form].with_more(updates=[update])
    rest = new.without_last_update()
    assert rest.tracker == DOCUMENTS[form].tracker
    assert rest.data == FORMS[form]
    assert rest.difference == new.difference.lstrip("\n")
    assert new.with_more(updates=[update]).without_last_update().data == new.data


def test_an_update_with_a_header_in_quotes_can_be_removed() -> None:
    rest = read(IN_QUOTES).without_last_update()
    assert rest.data == BARE + b"\n"
    assert rest.difference.startswith('[["update"]]\n')


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (BARE, "there is no update to undo (f.toml); use 'pathtrack edit' to remove a recommendation"),
        (
            FORMS["updates between recommendations"],
            "the file does not end with an update (f.toml); use 'pathtrack withdraw' instead",
        ),
        (FORMS["a comment at the end"], "the file does not end with an update"),
        (INLINE, "the file does not end with an update"),
    ],
    ids=["no update", "not at the end", "comment", "inline"],
)
def test_only_what_ends_the_file_is_removed(data: bytes, message: str) -> None:
    with pytest.raises(FileError) as caught:
        read(data).without_last_update()
    assert str(caught.value).startswith(message)


# ---- the catalogue ----


@given(form=st.sampled_from([name for name in FORMS if name != "updates between recommendations"]))
def test_the_catalogue_put_back_as_it_is_changes_nothing(form: str) -> None:
    document = DOCUMENTS[form]
    ids = [each.id for each in document.tracker.recommendations]
    for identifier in (None, *ids, *(each.lower() for each in ids)):
        text = document.catalogue(identifier)
        assert text in document.data.decode()
        if form != "mixed newlines":  # the newlines of an edited text are those of the file
            assert document.with_catalogue(identifier, plain(text)).data == (
                document.data if text.endswith("\n") else document.data + document.newline.encode()
            )


def plain(text: str) -> str:
    return text.removeprefix(toml.BOM).replace("\r\n", "\n")


@pytest.mark.parametrize("form", ["LF", "CRLF", "BOM and CRLF"])
def test_another_catalogue_leaves_all_other_bytes(form: str) -> None:
    document = DOCUMENTS[form]
    for identifier in ("W1", None):
        text = plain(document.catalogue(identifier)).replace("Dredge", "Deepen")
        new = document.with_catalogue(identifier, text)
        assert new.data == FORMS[form].replace(b"Dredge", b"Deepen")
        assert new.tracker == read(new.data).tracker


def test_a_recommendation_with_a_header_and_keys_in_quotes_is_found() -> None:
    quoted = b'\n[["recommendation"]]\n"id" = "Q1"\narea = "b"\n"title" = "c"\n'
    assert read(BARE + quoted).catalogue("Q1") == quoted.decode().removeprefix("\n")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title =", "title", "no equals sign (your text:6); write title = "),
        ("area =", "aera =", "unknown key 'aera' in recommendation 2 (your text:5); did you mean area?"),
        ("# ----", "[[update]]\n" + ABOUT_A.decode().replace(", ", "\n") + "\n#", "an update was changed"),
    ],
    ids=["syntax", "key", "update"],
)
def test_a_bad_catalogue_is_refused(old: str, new: str, message: str) -> None:
    document = DOCUMENTS["LF"]
    text = f"# ----\n{document.catalogue('E_10')}"
    with pytest.raises(FileError) as caught:
        document.with_catalogue("E_10", text.replace(old, new))
    assert str(caught.value).startswith(message)


def test_a_catalogue_written_inline_is_not_taken_out() -> None:
    with pytest.raises(FileError, match="the catalogue is written inline"):
        read(INLINE_CATALOGUE).catalogue("a")
