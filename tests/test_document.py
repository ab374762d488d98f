import datetime as dt
import gc
import tomllib

import pytest

from pathtrack.errors import FileError
from pathtrack.file import document
from pathtrack.record.model import Report
from samples import DATA, SMALL, day, recommendation, source, tracked, update, value_of

BOM = b"\xef\xbb\xbf"


def test_a_tracker_is_read_whole() -> None:
    tracker = document.parse(SMALL, name="tracker.toml")
    assert tracker.report.areas == ("water", "energy", "open data")
    assert [each.id for each in tracker.recommendations] == "E1 E_10 W1 w-2.b 2049 Open.Data-7".split()  # noqa: SIM905 reads better
    assert len(tracker.updates) == 13
    assert tracker.recommendations[0].source == {"Rec. no.": "7", "status": "Open"}
    assert tracker.recommendations[3].ongoing
    assert tracker.updates[1].recorded == dt.datetime(2024, 6, 20, 1, 30, tzinfo=dt.UTC)
    assert tracker.updates[2].evidence == (source("https://gazette.example/2024/budget"),)


@pytest.mark.parametrize(
    "data",
    [
        SMALL.replace(b"\n", b"\r\n"),
        BOM + SMALL,
        BOM + SMALL.replace(b"\n", b"\r\n"),
        SMALL.rstrip(b"\n"),
        SMALL + b"\n\n\n",
    ],
    ids=["Windows newlines", "byte order mark", "both", "no last newline", "more newlines"],
)
def test_the_form_of_the_file_does_not_change_what_it_says(data: bytes) -> None:
    assert document.parse(data, name="f") == document.parse(SMALL, name="f")


def test_windows_newlines_are_plain_in_imported_columns_too() -> None:
    text = '[report]\ntitle = "R"\n[[recommendation]]\nid = "a"\narea = "b"\ntitle = "c"\n'
    text += '[recommendation.source]\nrow = """one\ntwo"""\n'
    (made,) = document.parse(text.replace("\n", "\r\n").encode(), name="f").recommendations
    assert made.source == {"row": "one\ntwo"}


def test_the_real_record_is_read() -> None:
    tracker = document.parse((DATA / "record.toml").read_bytes(), name="record.toml")
    assert len(tracker.recommendations) == 15
    assert tracker.areas == ("political", "defense", "technological", "commercial")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xff\xfea\x00", "not UTF-8 text (f.toml:1); save it as UTF-8 in the editor"),
        (b"a = 1\nb = '\xe9'\n", "not UTF-8 text (f.toml:2); save it as UTF-8 in the editor"),
        (b" " * (document.LIMIT + 1), "larger than 64 MB (f.toml); split the tracker in two"),
    ],
    ids=["UTF-16", "Latin-1", "large"],
)
def test_what_is_no_text_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(FileError) as caught:
        document.parse(data, name="f.toml")
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "[" * 100_000 + "]" * 100_000,
        "a = " + "{a = " * 50_000,
        "a" + ".a" * 100_000 + " = 1",
        "[" + "a." * 100_000 + "a]",
        '[report]\ntitle = "R"\nx = ' + "[" * 70 + "]" * 70,
    ],
    ids=["arrays", "closed arrays", "inline tables", "dotted key", "header", "just readable"],
)
def test_absurd_nesting_is_refused_at_once(text: str) -> None:
    with pytest.raises(FileError) as caught:
        document.parse(text.encode(), name="f.toml")
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(*, enabled: bool) -> None:
    try:
        if not enabled:
            gc.disable()
        document.parse(SMALL, name="f")
        with pytest.raises(FileError):
            document.parse(b"x", name="f")
        assert gc.isenabled() is enabled
    finally:
        gc.enable()


def test_an_update_is_written_in_the_order_of_the_format() -> None:
    full = update(
        "2025-01-24",
        "D1",
        "D2",
        recorded=dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC),
        by='Ana "A." Lee',
        status="in-progress",
        note='First line.\nSecond: """quoted""" \\ and 한국어.\n',
        searched=["state.gov", "두 번째"],
        evidence=[
            source(
                title="T", publisher="P", date=day("2025-02-13"), kind="news", archive="https://a.example"
            ),
            source(None, title="On paper"),
        ],
    )
    assert document.render(full) == (
        "[[update]]\n"
        "date = 2025-01-24\n"
        "recorded = 2026-11-22T09:30:00Z\n"
        'by = "Ana \\"A.\\" Lee"\n'
        'recommendations = ["D1", "D2"]\n'
        'status = "in-progress"\n'
        'note = """\n'
        'First line.\nSecond: \\"\\"\\"quoted\\"\\"\\" \\\\ and 한국어.\n"""\n'
        'searched = ["state.gov", "두 번째"]\n'
        "\n"
        "[[update.evidence]]\n"
        'title = "T"\n'
        'publisher = "P"\n'
        'url = "https://example.org/a"\n'
        "date = 2025-02-13\n"
        'kind = "news"\n'
        'archive = "https://a.example"\n'
        "\n"
        "[[update.evidence]]\n"
        'title = "On paper"\n'
    )


def test_an_update_in_the_first_centuries_can_be_written() -> None:
    early = update("0001-01-01", recorded=dt.datetime(999, 1, 1, tzinfo=dt.UTC))
    read = tomllib.loads(document.render(early))["update"][0]
    assert (read["date"], read["recorded"]) == (early.date, early.recorded)


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
    tracker = document.parse(data, name="f")
    grown = document.append(data, tracker, update(), name="f")
    assert grown.data.startswith(data + joint + b"[[update]]")


@pytest.mark.parametrize(
    ("data", "newline"),
    [
        (b"", "\n"),
        (b"a", "\n"),
        (b"\n", "\n"),
        (b"\na\r\n", "\n"),
        (b"a\r\nb\n", "\r\n"),
        (b"a\nb\r\n", "\n"),
    ],
)
def test_the_newline_is_that_of_the_first_line(data: bytes, newline: str) -> None:
    assert document.newline_of(data) == newline


@pytest.mark.parametrize("end", ["update = []\n", "update = [{ date = 2025-01-01 }]\n"])
def test_a_file_whose_end_takes_no_update_is_refused(end: str) -> None:
    before = tracked(recommendation())
    with pytest.raises(FileError, match="takes no further") as caught:
        document.append(f'{end}[report]\ntitle = "R"\n'.encode(), before, update(), name="f.toml")
    assert "f.toml" in str(caught.value)


def test_a_result_that_says_something_else_is_refused() -> None:
    with pytest.raises(FileError, match="would not read back"):
        document.append(SMALL, tracked(recommendation()), update(), name="f.toml")


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"publisher": "P", "url": "https://example.org", "areas": ["water", "energy"]},
        {"publisher": '"""', "areas": ['a"b', "\\", "한국", "a\tb", "\x07", "\u202e"]},
    ],
    ids=["title", "all", "odd characters"],
)
def test_a_blank_tracker_holds_its_report_and_nothing_else(fields: dict[str, object]) -> None:
    report = value_of(Report, {"title": "Our \\ report", **fields})
    text = document.blank(report)
    assert document.parse(text.encode(), name="f") == tracked(title="Our \\ report", **fields)


@pytest.mark.parametrize("area", ["water", 'a"b', "\\", "한국", "\x07"])
def test_the_example_in_a_blank_tracker_works_when_it_is_used(area: str) -> None:
    report = value_of(Report, {"title": "R", "areas": [area]})
    _, begin, example = document.blank(report).partition("# [[recommendation]]")
    used = document.blank(report).replace(begin + example, (begin + example).replace("# ", ""))
    (made,) = document.parse(used.encode(), name="f").recommendations
    assert (made.id, made.area) == ("A1", area)


def test_hidden_characters_in_a_column_name_are_written_as_escapes() -> None:
    made = recommendation(source={"Own\u009b\u202eColumn": "v"})
    text = document.block(made)
    assert not {"\u009b", "\u202e"} & {*text}
    (read,) = document.parse(f'[report]\ntitle = "T"\n\n{text}'.encode(), name="f").recommendations
    assert read == made


def test_an_update_for_which_there_is_no_room_is_refused_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = document.parse(SMALL, name="f")
    monkeypatch.setattr(document, "LIMIT", len(SMALL) + 20)
    with pytest.raises(FileError, match="larger than 0 MB"):
        document.append(SMALL, before, update(), name="f")
