"""No file and no command line ends in anything but an answer; `bench/fuzz.py` tries for longer."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from pathtrack.cli import app
from pathtrack.errors import FileError
from pathtrack.file import toml
from pathtrack.file.blocks import blocks, locate
from pathtrack.file.document import Document
from pathtrack.record.model import Tracker
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
@settings(max_examples=40)
def test_a_file_is_a_tracker_or_refused_in_one_line(data: bytes) -> None:
    refused = read(data)
    if isinstance(refused, str):
        assert safe_line(refused) == refused


@given(files())
@settings(max_examples=40)
def test_no_part_of_a_text_is_lost_when_it_is_cut(data: bytes) -> None:
    text = data.decode(errors="replace")
    assert "".join(blocks(text).values()) == text
    assert set(locate(text).values()) <= set(range(1, text.count("\n") + 2))


@given(files(), st.integers(1, 400))
@settings(max_examples=40)
def test_a_file_in_pieces_is_read_or_refused_as_its_whole(data: bytes, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(toml, "PIECE", size)
        in_pieces = read(data)
        patch.setattr(toml, "_in_pieces", lambda _text, _known: None)
        assert in_pieces == read(data)


def read(data: bytes) -> Tracker | str:
    """Return the tracker in a file, or why it is none."""
    try:
        return Document.read(data, name="f").tracker
    except FileError as error:
        return str(error)


@pytest.mark.filterwarnings("ignore:Do not use the `random` module")  # a library does, when it is loaded
@pytest.mark.usefixtures("here")
@given(st.sampled_from([*READING, *WRITING]), st.lists(WORDS, max_size=6))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_command_line_is_answered(command: str, words: list[str]) -> None:
    dry = ["--dry-run"] if command in WRITING else []
    result = CliRunner().invoke(app, [command, *dry, *words], catch_exceptions=False)
    assert result.exit_code in range(5)
    assert safe(result.output) == result.output
