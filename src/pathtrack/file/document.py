"""The TOML text of a tracker: parse it, render a block, append one, take one back."""

import datetime as dt
import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import NamedTuple

import rtoml
from pydantic import TypeAdapter, ValidationError

from pathtrack.errors import FileError
from pathtrack.file import blocks as places
from pathtrack.file import diagnosis, pieces
from pathtrack.record.dates import PartialDate
from pathtrack.record.model import Recommendation, Report, Tracker, Update, Value
from pathtrack.text import escaped

BOM = "\ufeff"
"""The byte order mark that some editors put first."""
SCHEMA_NAME = "pathtrack.schema.json"
"""The JSON Schema that stands beside a tracker."""
SCHEMA_LINE = f"#:schema ./{SCHEMA_NAME}\n"
"""The first line of a new tracker, which editors read."""
LIMIT = 64 * 1024 * 1024
"""The largest file that is read, in bytes."""
_TRACKER = TypeAdapter(Tracker)


def parse(data: bytes, *, name: str, known: pieces.Known | None = None) -> Tracker:
    """Read a tracker; `name` is what errors call the file. FileError when it is none.

    A large one is kept in `known`, so that what is made of it is read faster.
    """
    text = decode(data, name=name)
    try:
        with _collector_paused():
            in_pieces = pieces.read(text, known) if len(text) > 2 * pieces.SIZE else None
            return in_pieces or _TRACKER.validate_python(rtoml.loads(text), by_name=False)
    except rtoml.TomlParsingError as error:
        raise diagnosis.unreadable(text, str(error), name=name) from error
    except ValidationError as error:
        raise diagnosis.invalid(error, text, name=name) from error
    except RecursionError as error:
        raise FileError(
            "nested too deeply", where=name, todo="a tracker is at most four levels deep"
        ) from error


def decode(data: bytes, *, name: str) -> str:
    """Return the text of a file, without its byte order mark and with plain newlines."""
    require_room(data, name=name)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileError(
            "not UTF-8 text", where=f"{name}:{line}", todo="save it as UTF-8 in the editor"
        ) from error
    text = text.removeprefix(BOM)
    return text.replace("\r\n", "\n") if "\r" in text else text


def require_room(data: bytes, *, name: str) -> None:
    """Refuse a file that is too large."""
    if len(data) > LIMIT:
        raise FileError(f"larger than {LIMIT // 1024**2} MB", where=name, todo="split the tracker in two")


class Grown(NamedTuple):
    """A file with one more update: its bytes, and the tracker they hold."""

    data: bytes
    tracker: Tracker


def append(
    data: bytes, before: Tracker, update: Update, *, name: str, known: pieces.Known | None = None
) -> Grown:
    """Add one update at the end of a file that holds `before`; every old byte stays as it was.

    The result is read back: it is the old tracker and exactly this update, or a FileError.
    """
    after = data + _joint(data) + render(update).replace("\n", newline_of(data)).encode()
    require_room(after, name=name)
    try:
        tracker = parse(after, name=name, known=known)
    except FileError as error:
        todo = "write its updates as [[update]] tables and try again"
        raise FileError("the file's end takes no further [[update]]", where=name, todo=todo) from error
    if tracker != replace(before, updates=(*before.updates, update)):
        raise FileError(
            "the update would not read back as it was given", where=name, todo="nothing was changed"
        )
    return Grown(after, tracker)


def without_last_update(data: bytes, before: Tracker, *, name: str) -> tuple[bytes, str]:
    """Return the file without its newest update, and the text taken away; it must end the file."""
    text = data.decode()
    cut = places.blocks(text)
    last = ("update", len(before.updates) - 1)
    if not before.updates:
        todo = "what was added is taken out with 'pathtrack edit'"
        raise FileError("there is no update to take back", where=name, todo=todo)
    if list(cut)[-2:] != [last, ()] or cut[()].strip():
        raise FileError(
            "the file does not end with an update", where=name, todo="correct it with a newer update"
        )
    header = re.search(r"^[ \t]*\[\[", cut[last], re.MULTILINE)
    assert header is not None
    start = len(text) - len(cut[()]) - len(cut[last]) + header.start()
    kept = text[:start].rstrip()
    rest = (kept + text[len(kept) : text.find("\n", len(kept)) + 1]).encode()
    if parse(rest, name=name) != replace(before, updates=before.updates[:-1]):
        raise FileError("the file would not read back as it was", where=name, todo="nothing was changed")
    return rest, text[start:]


def require_syntax(text: str, *, name: str) -> None:
    """Refuse a text that is not TOML."""
    try:
        rtoml.loads(text)
    except rtoml.TomlParsingError as error:
        raise diagnosis.unreadable(text, str(error), name=name) from error


def render(update: Update) -> str:
    """Write one update as TOML, keys in the order of the file format."""
    tables = ["[[update]]\n" + "".join(_lines(update, leaving_out="evidence"))]
    tables += ["\n[[update.evidence]]\n" + "".join(_lines(each)) for each in update.evidence]
    return "".join(tables)


def block(value: Value) -> str:
    """Write a report, a recommendation or an update as TOML, keys in the order of the file format."""
    if isinstance(value, Update):
        return render(value)
    if isinstance(value, Recommendation):
        source = "".join(f"{_literal_key(name)} = {_literal(text)}\n" for name, text in value.source.items())
        body = "".join(_lines(value, leaving_out="source"))
        return f"[[recommendation]]\n{body}" + (f"[recommendation.source]\n{source}" if source else "")
    return "[report]\n" + "".join(_lines(value))


def blank(report: Report) -> str:
    """Write a new tracker that has a report and nothing else yet, with a comment on how to go on."""
    return "".join(
        [
            SCHEMA_LINE,
            "# A report's recommendations and the record of what happened to each of them.\n",
            "# Add recommendations below as shown; record updates with 'pathtrack update ID'.\n\n",
            "[report]\n",
            *_lines(report),
            "\n# [[recommendation]]\n",
            '# id = "A1"\n',
            f"# area = {_literal(report.areas[0] if report.areas else 'area')}\n",
            '# title = "What the report asks for, in your own words"\n',
            '# summary = "One or two sentences."\n',
            '# done_when = "The test for implemented, fixed before judging."\n',
        ]
    )


def newline_of(data: bytes) -> str:
    """Return the newline a file uses: that of its first line."""
    end = data.find(b"\n")
    return "\r\n" if end > 0 and data[end - 1 : end] == b"\r" else "\n"


def _joint(data: bytes) -> bytes:
    newline = newline_of(data).encode()
    return newline if data.endswith(b"\n") else newline * 2


def _lines(value: Value, *, leaving_out: str = "") -> Iterator[str]:
    for field in fields(value):
        content = getattr(value, field.name)
        if field.name != leaving_out and content not in (None, (), False, ""):
            yield f"{field.name} = {_literal(content)}\n"


def _literal_key(name: str) -> str:
    import tomli_w  # noqa: PLC0415 only writers need it

    return escaped(tomli_w.dumps({name: ""}).removesuffix(' = ""\n'))


def _literal(content: object) -> str:
    if isinstance(content, bool):
        return "true" if content else "false"
    if isinstance(content, dt.datetime):
        return content.isoformat().replace("+00:00", "Z")
    if isinstance(content, PartialDate):
        content = str(content)
    if isinstance(content, tuple):
        return f"[{', '.join(map(_literal, content))}]"
    import tomli_w  # noqa: PLC0415 only writers need it

    written = tomli_w.dumps({"_": content}, multiline_strings=True)
    return escaped(written.removeprefix("_ = ").removesuffix("\n"))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector off: loading makes no garbage, and takes twice as long with it."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
