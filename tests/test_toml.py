"""What rtoml reads beside tomllib, and what `pathtrack.file.toml` reads and writes."""

import datetime as dt
import gc
import math
import tomllib
from codecs import BOM_UTF8

import pytest
import rtoml
from hypothesis import given

from pathtrack.errors import FileError
from pathtrack.file import toml, whole
from pathtrack.record.model import Report, Tracker, Update
from samples import (
    BARE,
    DATA,
    SMALL,
    cases,
    day,
    recommendation,
    source,
    tracked,
    update,
    updates,
    value_of,
)
from statements import for_each

CASES = cases("toml_cases.txt")
VALID = [(title, text) for title, text in CASES if title.startswith("valid: ")]
INVALID = [(title, text) for title, text in CASES if title.startswith("invalid: ")]

READ_BY_RTOML_ALONE = {
    "Windows newlines are kept in multi-line strings": (
        'a = """one\r\ntwo"""',
        {"a": "one\r\ntwo"},
    ),
    "Windows newlines are kept in multi-line literal strings": (
        "a = '''one\r\ntwo'''",
        {"a": "one\r\ntwo"},
    ),
    "a byte order mark may begin the text": ("\ufeffa = 1", {"a": 1}),
    "TOML 1.1: a newline in an inline table": ("a = {\n  b = 1,\n  c = 2\n}", {"a": {"b": 1, "c": 2}}),
    "TOML 1.1: a last comma in an inline table": ("a = { b = 1, }", {"a": {"b": 1}}),
    "TOML 1.1: a comment in an inline table": ("a = { b = 1, # one\n}", {"a": {"b": 1}}),
    "TOML 1.1: the escape of the escape character": (r'a = "\e"', {"a": "\x1b"}),
    "TOML 1.1: an escape of two digits": (r'a = "\x41\xe9"', {"a": "Aé"}),
    "TOML 1.1: a time without seconds": ("a = 07:32", {"a": dt.time(7, 32)}),
    "TOML 1.1: a date-time without seconds": (
        "a = 1979-05-27 07:32Z",
        {"a": dt.datetime(1979, 5, 27, 7, 32, tzinfo=dt.UTC)},
    ),
}
REFUSED_BY_RTOML_ALONE = {
    "a float that is too large": "a = 1e400",
    "a hundred arrays in one another": f"a = {'[' * 100}{']' * 100}",
    "a key of a hundred parts": f"{'a.' * 100}a = 1",
    "a header of a hundred parts": f"[{'a.' * 100}a]",
}


@for_each("text", [text for _, text in VALID])
def test_both_read_the_same(text: str) -> None:
    assert _exactly(rtoml.loads(text)) == _exactly(tomllib.loads(text))


@for_each("text", [text for _, text in INVALID])
def test_both_refuse(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(text)
    with pytest.raises(rtoml.TomlParsingError):
        rtoml.loads(text)


@for_each("text, read", READ_BY_RTOML_ALONE.values())
def test_rtoml_reads_what_tomllib_reads_otherwise_or_refuses(text: str, read: dict[str, object]) -> None:
    assert _exactly(rtoml.loads(text)) == _exactly(read)
    try:
        assert tomllib.loads(text) == {"a": "one\ntwo"}
    except tomllib.TOMLDecodeError:
        assert "\r" not in text


@pytest.mark.parametrize("text", REFUSED_BY_RTOML_ALONE.values(), ids=REFUSED_BY_RTOML_ALONE.keys())
def test_rtoml_refuses_what_no_tracker_holds(text: str) -> None:
    assert tomllib.loads(text)
    with pytest.raises(rtoml.TomlParsingError):
        rtoml.loads(text)


def test_there_are_cases_enough_and_each_has_its_own_title() -> None:
    assert len(VALID) + len(INVALID) == len(CASES) == len(dict(CASES))
    assert min(len(VALID), len(INVALID)) > 100


@pytest.mark.parametrize("text", [SMALL, (DATA / "record.toml").read_bytes()], ids=["small", "record"])
def test_both_read_a_tracker_alike(text: bytes) -> None:
    assert _exactly(rtoml.loads(text.decode())) == _exactly(tomllib.loads(text.decode()))


def _exactly(value: object) -> object:
    """Return the value with its types, so that 1, 1.0 and True differ, and not-a-number equals itself."""
    match value:
        case dict():
            return {name: _exactly(inner) for name, inner in value.items()}
        case list():
            return [_exactly(inner) for inner in value]
        case float():
            return "nan" if math.isnan(value) else repr(value)
        case dt.datetime():
            return "moment", value.replace(tzinfo=None), value.utcoffset()
        case _:
            return type(value).__name__, value


# ---- reading trackers ----


def parsed(data: bytes) -> Tracker:
    return toml.parse(toml.decode(data, name="f.toml"), name="f.toml")


def test_a_tracker_is_read_whole() -> None:
    tracker = parsed(SMALL)
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
        BOM_UTF8 + SMALL,
        BOM_UTF8 + SMALL.replace(b"\n", b"\r\n"),
        SMALL.rstrip(b"\n"),
        SMALL + b"\n\n\n",
    ],
    ids=["Windows newlines", "byte order mark", "both", "no last newline", "more newlines"],
)
def test_the_form_of_the_file_does_not_change_what_it_says(data: bytes) -> None:
    assert parsed(data) == parsed(SMALL)


def test_windows_newlines_are_plain_in_imported_columns_too() -> None:
    text = '[report]\ntitle = "R"\n[[recommendation]]\nid = "a"\narea = "b"\ntitle = "c"\n'
    text += '[recommendation.source]\nrow = """one\ntwo"""\n'
    (made,) = parsed(text.replace("\n", "\r\n").encode()).recommendations
    assert made.source == {"row": "one\ntwo"}


def test_the_real_record_is_read() -> None:
    tracker = parsed((DATA / "record.toml").read_bytes())
    assert len([each for each in tracker.recommendations if not each.part_of]) == 15
    assert tracker.areas == ("political", "defense", "technological", "commercial")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"a = 1\nb = '\xe9\x80'\n",
            "not UTF-8 text (f.toml:2); save it as UTF-8 text: in Notepad, choose that encoding in 'Save as'",
        ),
        (b" " * (toml.LIMIT + 1), "larger than 64 MB (f.toml); split the tracker in two"),
    ],
    ids=["broken", "large"],
)
def test_what_is_no_text_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(FileError) as caught:
        parsed(data)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "said",
    ["note = '{}'".format("x" * 9_000), f"actors = {[f'Actor {n}' for n in range(150)]}", "searched"],
    ids=["note", "actors", "places"],
)
def test_what_would_be_repeated_for_very_many_is_refused(said: str) -> None:
    places = [f"place {n}" for n in range(150)] if said == "searched" else ["a"]
    more = "" if said == "searched" else f"{said}\n"
    text = f'[report]\ntitle = "R"\n[[update]]\ndate = 2025-01-01\nby = "A"\nsearched = {places}\n{more}'
    parsed(f"{text}recommendations = {['R1'] * 400}\n".encode())
    with pytest.raises(FileError) as caught:
        parsed(f"{text}recommendations = {['R1'] * 800}\n".encode())
    assert str(caught.value).startswith("updates about many recommendations say too much to repeat it")


@for_each(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "[" * 100_000 + "]" * 100_000,
        "a = " + "{a = " * 50_000,
        "a" + ".a" * 100_000 + " = 1",
        "[" + "a." * 100_000 + "a]",
        '[report]\ntitle = "R"\nx = ' + "[" * 70 + "]" * 70,
    ],
)
def test_absurd_nesting_is_refused_at_once(text: str) -> None:
    with pytest.raises(FileError) as caught:
        parsed(text.encode())
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(*, enabled: bool) -> None:
    try:
        if not enabled:
            gc.disable()
        parsed(SMALL)
        with pytest.raises(FileError):
            parsed(b"x")
        assert gc.isenabled() is enabled
    finally:
        gc.enable()


@pytest.mark.parametrize("size", [1, 100])
def test_a_large_file_hides_no_misspelled_table(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toml, "PIECE", size)
    with pytest.raises(FileError, match="unknown key 'recomendation'"):
        parsed(SMALL + b'\n[[recomendation]]\nid = "X1"\narea = "a"\ntitle = "t"\n')


@pytest.mark.parametrize(("size", "most"), [(1, 19), (100, 19), (2000, 4)])
def test_a_large_file_is_read_in_pieces(size: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = whole.tracker(tomllib.loads(SMALL.decode()), SMALL.decode(), name="f")
    monkeypatch.setattr(toml, "PIECE", size)
    known: toml.Known = {}
    assert toml.parse(SMALL.decode(), name="f", known=known) == at_once
    assert 0 < len(known) <= most
    assert toml.parse(SMALL.decode(), name="f") == at_once


def test_a_piece_that_is_known_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toml, "PIECE", 100)
    known: toml.Known = {}
    before = toml.parse(SMALL.decode(), name="f", known=known)
    after = toml.parse(SMALL.decode().replace("Dredge", "Deepen"), name="f", known=known)
    assert after.recommendations[2] != before.recommendations[2]
    assert all(one is other for one, other in zip(before.updates, after.updates, strict=True))


# ---- writing ----


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
    assert toml.block(full) == (
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
    read = tomllib.loads(toml.block(early))["update"][0]
    assert (read["date"], read["recorded"]) == (early.date, early.recorded)


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
    text = toml.blank(report)
    assert parsed(text.encode()) == tracked(title="Our \\ report", **fields)


@pytest.mark.parametrize("area", ["water", 'a"b', "\\", "한국", "\x07"])
def test_the_example_in_a_blank_tracker_works_when_it_is_used(area: str) -> None:
    report = value_of(Report, {"title": "R", "areas": [area]})
    _, begin, example = toml.blank(report).partition("# [[recommendation]]")
    used = toml.blank(report).replace(begin + example, (begin + example).replace("# ", ""))
    (made,) = parsed(used.encode()).recommendations
    assert (made.id, made.area) == ("A1", area)


def test_hidden_characters_in_a_column_name_are_written_as_escapes() -> None:
    made = recommendation(source={"Own\u009b\u202eColumn": "v"})
    text = toml.block(made)
    assert not {"\u009b", "\u202e"} & {*text}
    (read,) = parsed(f'[report]\ntitle = "T"\n\n{text}'.encode()).recommendations
    assert read == made


@given(update=updates)
def test_any_update_reads_back_as_it_was_written(update: Update) -> None:
    text = BARE.decode() + "\n" + toml.block(update)
    assert parsed(text.encode()).updates == (update,)


@given(update=updates)
def test_any_update_is_plain_toml_for_other_readers(update: Update) -> None:
    (read,) = tomllib.loads(toml.block(update))["update"]
    assert value_of(Update, read) == update


@pytest.mark.parametrize("unit", ["1,", ",\n", "\n"])
def test_a_file_without_words_is_not_read(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each megabyte of `1,` takes the reader ninety."""
    monkeypatch.setattr(rtoml, "loads", None)
    with pytest.raises(FileError, match="more than a million commas and lines"):
        toml.parse("x = [" + unit * 1_100_000, name="f")
