"""Fuzz the two doors by which text comes in: the file's bytes and the command line's words (needs atheris).

    python bench/fuzz.py parse -runs=1000000
    python bench/fuzz.py argv -runs=20000

Any exception that is not one of ours, and any answer that holds a raw control character, ends the run.
"""

import contextlib
import io
import os
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pathtrack"]):
    from pathtrack.cli import app
    from pathtrack.errors import PathtrackError
    from pathtrack.file.blocks import blocks, locate
    from pathtrack.file.document import Document
    from pathtrack.text import safe

SEED = (Path(__file__).parents[1] / "tests" / "data" / "tracker.toml").read_bytes()
COMMANDS = [
    "list",
    "show",
    "progress",
    "timeline",
    "changes",
    "compare",
    "check",
    "statuses",
    "update",
    "add",
]
PIECES = [
    *(
        "[report]\n",
        "[[recommendation]]\n",
        "[[update]]\n",
        "[[update.evidence]]\n",
        "[recommendation.source]\n",
    ),
    *(
        'id = "A"\n',
        'area = "a"\n',
        'title = "t"\n',
        "date = 2025-01-24\n",
        'by = "x"\n',
        'status = "partial"\n',
    ),
    *(
        'recommendations = ["A"]\n',
        "recorded = 2026-11-22T09:30:00Z\n",
        'url = "https://a.b"\n',
        "ongoing = true\n",
    ),
    *('note = """\n', '"""', "'''", "\\", "\r\n", "\ufeff", "# ", "<<<<<<< x\n", "= ", "[", "]", "{", "}"),
]


def one_file(data: bytes) -> None:
    """Parse a file made of pieces and noise; what parses must locate, cut and append."""
    feed = atheris.FuzzedDataProvider(data)
    text = _document(feed)
    try:
        document = Document.read(text, name="f")
    except PathtrackError as error:
        _require(str(error))
        return
    decoded = text.decode()
    locate(decoded)
    assert "".join(blocks(decoded).values()) == decoded
    with contextlib.suppress(PathtrackError):
        assert document.with_more(updates=document.tracker.updates[:1]).data.startswith(text)


def _document(feed: atheris.FuzzedDataProvider) -> bytes:
    if feed.ConsumeBool():
        at, length = feed.ConsumeIntInRange(0, len(SEED)), feed.ConsumeIntInRange(0, 40)
        return SEED[:at] + bytes(feed.ConsumeBytes(feed.remaining_bytes())) + SEED[at + length :]
    parts = []
    while feed.remaining_bytes():
        piece = PIECES[feed.ConsumeIntInRange(0, len(PIECES) - 1)]
        parts.append(piece.encode() if feed.ConsumeProbability() > 0.1 else bytes(feed.ConsumeBytes(3)))
    return b"".join(parts)


def one_command(data: bytes) -> None:
    """Run a command in process: it must exit with a known code and print nothing raw."""
    feed = atheris.FuzzedDataProvider(data)
    words = [COMMANDS[feed.ConsumeIntInRange(0, len(COMMANDS) - 1)]]
    while feed.remaining_bytes() and len(words) < 8:
        words.append(feed.ConsumeUnicode(12))
    code: object = None
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            app([*words, "--dry-run"] if words[0] in {"update", "add"} else words, prog_name="pathtrack")
        except SystemExit as done:
            code = done.code
    assert code in {None, 0, 1, 2, 3, 4}, code
    _require(out.getvalue() + err.getvalue())


def _require(said: str) -> None:
    assert safe(said) == said, said


def main() -> None:
    """Fuzz the door named first on the command line; the rest is for libFuzzer."""
    door = {"parse": one_file, "argv": one_command}[sys.argv.pop(1)]
    os.environ["PATHTRACK_TODAY"] = "2026-01-31"
    atheris.Setup(sys.argv, door)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
