"""No file and no command line ends in anything but an answer; `bench/fuzz.py` tries for longer."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from pathtrack.cli import app
from pathtrack.errors import FileError
from pathtrack.file import blocks as places
from pathtrack.file import document, pieces
from pathtrack.text import safe, safe_line
from samples import SMALL

LINES = SMALL.splitlines(keepends=True)
PIECES = rb"""\"\"\" ''' \u0000 \ud800 \e [ [[ ]] { } . = # """.split()
NOISE = st.binary(max_size=12) | st.sampled_from([*PIECES, b"\r", b"\xef\xbb\xbf", b"<<<<<<< x\n"])
READING = ["list", "show", "progress", "timeline", "changes", "compare", "check", "statuses", "schema", "?"]
WRITING = ["update", "add", "undo"]
OPTIONS = (
    "--json --area --status --as-of --by --since --note --date --evidence --title --kind --file --color --"
)
VALUES = "W1 E1 water stalled today law https://a.example -h -1"
WORDS = st.text(max_size=12) | st.sampled_from([*OPTIONS.split(), *VALUES.split()])


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Draw a tracker with lines shuffled, lost or doubled, and noise put in."""
    data = b"".join(draw(st.lists(st.sampled_from(LINES), max_size=30))) if draw(st.booleans()) else SMALL
    for noise in draw(st.lists(NOISE, max_size=3)):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + noise + data[at + draw(st.integers(0, 9)) :]
    return data


@given(files())
@settings(max_examples=100)
def test_a_file_is_a_tracker_or_refused_in_one_line(data: bytes) -> None:
    refused = ""
    try:
        document.parse(data, name="f")
    except FileError as error:
        refused = str(error)
    assert safe_line(refused) == refused
    if not refused:
        text = document.decode(data, name="f")
        assert "".join(places.blocks(text).values()) == text


@given(files(), st.integers(1, 400))
@settings(max_examples=100)
def test_a_file_in_pieces_is_its_whole_or_left_to_it(data: bytes, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "SIZE", size)
        try:
            found = pieces.read(document.decode(data, name="f"))
        except FileError:
            return
    if found is not None:
        assert found == document.parse(data, name="f")


@pytest.mark.parametrize("size", [1, 100])
def test_a_large_file_hides_no_misspelled_table(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "SIZE", size)
    with pytest.raises(FileError, match="unknown key 'recomendation'"):
        document.parse(SMALL + b'\n[[recomendation]]\nid = "X1"\narea = "a"\ntitle = "t"\n', name="f")


@pytest.mark.parametrize("size", [1, 100, 5000])
def test_a_large_file_is_read_in_pieces(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = document.parse(SMALL, name="f")
    monkeypatch.setattr(pieces, "SIZE", size)
    assert pieces.read(SMALL.decode()) == whole
    assert document.parse(SMALL, name="f") == whole


@pytest.mark.filterwarnings("ignore:Do not use the `random` module")  # a library does, when it is loaded
@pytest.mark.usefixtures("here")
@given(st.sampled_from([*READING, *WRITING]), st.lists(WORDS, max_size=6))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_command_line_is_answered(command: str, words: list[str]) -> None:
    dry = ["--dry-run"] if command in WRITING else []
    result = CliRunner().invoke(app, [command, *dry, *words], catch_exceptions=False)
    assert result.exit_code in range(5)
    assert safe(result.output) == result.output
