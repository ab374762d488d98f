"""Values as TOML: read whole or in pieces, written a block at a time."""

import datetime as dt
import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from functools import lru_cache

import rtoml
from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from pathtrack.errors import FileError
from pathtrack.record.dates import PartialDate
from pathtrack.record.model import CLOSED, Recommendation, Report, Tracker, Update, Value
from pathtrack.text import escaped

BOM = "\ufeff"
"""The byte order mark that some editors put first."""
SCHEMA_NAME = "pathtrack.schema.json"
"""The name of the JSON Schema beside a tracker."""
SCHEMA_LINE = f"#:schema ./{SCHEMA_NAME}\n"
"""The first line of a new tracker, which editors read."""
LIMIT = 64 * 1024 * 1024
"""The largest file that is read, in bytes."""
REPEATED = (4_000_000, 10, 100_000_000)
"""What updates about several recommendations at once may say, in characters: as many as the first number and
so many times the file, but never more than the last; whoever lists them all prints it for each of them."""
ITEMS = (1_000_000, 6)
"""How many commas and line ends a file may have: the first number, or one in so many characters."""
PIECE = 16 * 1024
"""How many characters a piece has at least."""
_HEADER = re.compile(r"^\[\[(?:recommendation|update)\]\]", re.MULTILINE)


@dataclass(frozen=True, slots=True, config=CLOSED)
class Piece:
    """Recommendations and updates: a tracker without its report, or a part of that."""

    recommendation: tuple[Recommendation, ...] = ()
    update: tuple[Update, ...] = ()


Known = dict[str, Piece]
"""The contents of pieces, by their texts."""
_PIECE = TypeAdapter(Piece)
_REPORT = TypeAdapter(Report)


def decode(data: bytes, *, name: str) -> str:
    """Return the text of a file, without its byte order mark and with plain newlines."""
    require_room(data, name=name)
    try:
        text = data.decode().removeprefix(BOM)
    except UnicodeDecodeError as error:
        from pathtrack.file import diagnosis  # noqa: PLC0415 only refusals need it

        raise diagnosis.undecodable(error, name=name) from error
    return text.replace("\r\n", "\n") if "\r" in text else text


def require_room(data: bytes, *, name: str) -> None:
    """Refuse a file that is too large."""
    if len(data) > LIMIT:
        raise FileError(f"larger than {LIMIT // 1024**2} MB", where=name, todo="split the tracker in two")


def require_syntax(text: str, *, name: str) -> None:
    """Refuse a text that is not TOML."""
    with _unreadable_refused(text, name=name):
        rtoml.loads(text)


def parse(text: str, *, name: str, known: Known | None = None) -> Tracker:
    """Return the tracker in a text, or raise FileError; `name` is what errors call the file.

    A piece that is `known` is not read again, and the others are kept there.
    """
    _require_words(text, name=name)
    with _unreadable_refused(text, name=name), _collector_paused():
        tracker = _in_pieces(text, known) or _whole(text, name=name)
    _require_measure(tracker, len(text), name=name)
    return tracker


def block(value: Value) -> str:
    """Return a value as a TOML table, keys in the order of the file format."""
    match value:
        case Update():
            update = "[[update]]\n" + "".join(_lines(value, leaving_out="evidence"))
            return "\n".join([update, *map(block, value.evidence)])
        case Recommendation():
            rows = "".join(f"{_key(name)} = {literal(text)}\n" for name, text in value.source.items())
            source = f"[recommendation.source]\n{rows}" if rows else ""
            return "[[recommendation]]\n" + "".join(_lines(value, leaving_out="source")) + source
        case Report():
            return "[report]\n" + "".join(_lines(value))
        case _:
            return "[[update.evidence]]\n" + "".join(_lines(value))


def blank(report: Report) -> str:
    """Return a new tracker that has a report and nothing else yet, with a comment on how to go on."""
    return "".join(
        [
            SCHEMA_LINE,
            "# A report's recommendations and the record of what happened to each of them.\n",
            "# Add recommendations below as shown; record updates with 'pathtrack update ID'.\n\n",
            block(report),
            "\n# [[recommendation]]\n",
            '# id = "A1"\n',
            f"# area = {literal(report.areas[0] if report.areas else 'area')}\n",
            '# title = "What the report asks for, in your own words"\n',
            '# summary = "One or two sentences."\n',
            '# done_when = "The test for implemented, fixed before judging."\n',
        ]
    )


def _require_words(text: str, *, name: str) -> None:
    """Refuse a file of almost nothing but commas and line ends, which takes a hundred times its size."""
    least, each = ITEMS
    if text.count(",") + text.count("\n") > max(least, len(text) // each):
        what = f"more than a million commas and lines, with fewer than {each} characters for each of them"
        raise FileError(what, where=name, todo="if it is a table, run 'pathtrack import'")


def _require_measure(tracker: Tracker, size: int, *, name: str) -> None:
    """Refuse a small file that would fill a disk when it is listed."""
    least, times, most = REPEATED
    shared = (each for each in tracker.updates if each.recommendations[1:])
    repeated = sum((len(each.recommendations) - 1) * _said(each) for each in shared)
    if repeated > min(least + times * size, most):
        what = "updates about many recommendations say too much to repeat it for each of them"
        raise FileError(what, where=name, todo="record it about fewer, such as what they are parts of")


def _said(update: Update) -> int:
    """Return about how much is printed of an update for each recommendation, in characters."""
    names = (*update.actors, *update.searched)
    return len(update.note or "") + sum(50 + len(each) for each in names) + len(repr(update.evidence))


def _in_pieces(text: str, known: Known | None) -> Tracker | None:
    """Return the tracker, or None where only the whole text can be read, or refused by its line.

    That takes half the memory and less time. A piece begins with a header and holds nothing but such blocks.
    A cut inside a string or an array leaves it without an end, and a table that belongs to a block of an
    earlier piece has no list to belong to: neither can be read.
    """
    try:
        parts = _cut(text)
        # Anything else above the first header, such as a list written inline, concerns those below.
        if (begun := rtoml.loads(next(parts))).keys() != {"report"}:
            return None
        report = _REPORT.validate_python(begun["report"])
        pieces = [_piece(each, known) for each in parts]
    except (rtoml.TomlParsingError, ValidationError):
        return None
    return Tracker(
        report=report,
        recommendations=tuple(each for piece in pieces for each in piece.recommendation),
        updates=tuple(each for piece in pieces for each in piece.update),
    )


def _whole(text: str, *, name: str) -> Tracker:
    from pathtrack.file import whole  # noqa: PLC0415 hardly any file needs it

    return whole.tracker(rtoml.loads(text), text, name=name)


def _cut(text: str) -> Iterator[str]:
    start, found = 0, _HEADER.search(text)
    while found:
        yield text[start : found.start()]
        start = found.start()
        # `^` matches where a line begins, not where a search does.
        found = _HEADER.search(text, start + PIECE)
    yield text[start:]


def _piece(text: str, known: Known | None) -> Piece:
    if known is None:
        return _PIECE.validate_python(rtoml.loads(text))
    if text not in known:
        known[text] = _piece(text, None)
    return known[text]


def _lines(value: Value, *, leaving_out: str = "") -> Iterator[str]:
    for field in fields(value):
        content = getattr(value, field.name)
        if field.name != leaving_out and content not in (None, (), False, ""):
            yield f"{field.name} = {literal(content)}\n"


@lru_cache(1024)  # the columns of a table recur in each row
def _key(name: str) -> str:
    import tomli_w  # noqa: PLC0415 only writers need it

    # Names of columns become keys, and only the writer knows which need quotes.
    return escaped(tomli_w.dumps({name: ""}).removesuffix(' = ""\n'))


def literal(content: object) -> str:
    """Return a value as TOML."""
    if isinstance(content, str) and content.isprintable() and not ('"' in content or "\\" in content):
        return f'"{content}"'  # as tomli_w writes it, ten times as fast
    if isinstance(content, bool):
        return "true" if content else "false"
    if isinstance(content, dt.datetime):
        # tomli_w would write a blank instead of the T.
        return content.isoformat().replace("+00:00", "Z")
    if isinstance(content, PartialDate):
        # To Python it is a date; TOML has none without a day, so it is written as text.
        content = str(content)
    if isinstance(content, tuple):
        return f"[{', '.join(map(literal, content))}]"
    import tomli_w  # noqa: PLC0415 only writers need it

    # TOML allows direction marks as they are, which would make a text look like another.
    written = tomli_w.dumps({"_": content}, multiline_strings=True)
    return escaped(written.removeprefix("_ = ").removesuffix("\n"))


@contextmanager
def _unreadable_refused(text: str, *, name: str) -> Iterator[None]:
    try:
        yield
    except rtoml.TomlParsingError as error:
        from pathtrack.file import diagnosis  # noqa: PLC0415 only refusals need it

        raise diagnosis.unreadable(text, str(error), name=name) from error


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the garbage collector: loading makes no garbage, and takes twice as long with it."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
