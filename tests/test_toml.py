import datetime as dt
import math
import tomllib

import pytest
import rtoml

from samples import DATA, SMALL, cases

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


@pytest.mark.parametrize("text", [text for _, text in VALID], ids=[title for title, _ in VALID])
def test_both_read_the_same(text: str) -> None:
    assert _exactly(rtoml.loads(text)) == _exactly(tomllib.loads(text))


@pytest.mark.parametrize("text", [text for _, text in INVALID], ids=[title for title, _ in INVALID])
def test_both_refuse(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(text)
    with pytest.raises(rtoml.TomlParsingError):
        rtoml.loads(text)


@pytest.mark.parametrize(("text", "read"), READ_BY_RTOML_ALONE.values(), ids=READ_BY_RTOML_ALONE.keys())
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
