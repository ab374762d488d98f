"""The catalogue in a tracker's text: the report and the recommendations, taken out and put back."""

from pathtrack.errors import FileError
from pathtrack.file import blocks as places
from pathtrack.file.document import BOM, newline_of, parse, require_syntax
from pathtrack.record.finding import Place
from pathtrack.record.model import Tracker, key


def text_of(data: bytes, before: Tracker, identifier: str | None) -> str:
    """Return the text of one recommendation, or of the report and all of them."""
    cut = places.blocks(data.decode())
    found = "".join(cut[place] for place in _parts(before, identifier) if place in cut)
    if not found:
        todo = "write it as [report] and [[recommendation]] tables"
        raise FileError("the catalogue is written inline, which cannot be edited in parts", todo=todo)
    if parse(_put(data, before, identifier, found)[0], name="the file") != before:
        todo = "move them together in the file itself"
        raise FileError("parts of the catalogue stand among the updates", todo=todo)
    return found


def exchange(data: bytes, before: Tracker, identifier: str | None, text: str, *, name: str) -> bytes:
    """Put another text in the place of what `text_of` returns; the updates must stay as they are."""
    require_syntax(text, name="your text")
    after, above = _put(data, before, identifier, text)
    try:
        updates = parse(after, name=name).updates
    except FileError as error:
        raise _in_the_text(error, text, above) from error
    if updates != before.updates:
        raise FileError("an update was changed", where=name, todo="record a new one instead")
    return after


def _put(data: bytes, before: Tracker, identifier: str | None, text: str) -> tuple[bytes, int]:
    """Return a file with a text in the place of its catalogue, and how many lines are above it."""
    cut = places.blocks(data.decode())
    first, *others = (place for place in _parts(before, identifier) if place in cut)
    above = "".join(cut[each] for each in list(cut)[: list(cut).index(first)])
    text = text if text.endswith("\n") else text + newline_of(data)
    after = "".join((cut | {first: text} | dict.fromkeys(others, "")).values())
    mark = BOM if data.startswith(BOM.encode()) and not after.startswith(BOM) else ""
    return f"{mark}{after}".encode(), above.count("\n")


def _in_the_text(error: FileError, text: str, above: int) -> FileError:
    """Return the refusal of a file as one of a text in it that has so many lines above."""
    line = error.where.rpartition(":")[2]
    number = int(line) - above if line.isdigit() else 0
    where = f"your text:{number}" if 0 < number <= text.count("\n") else error.where
    return FileError(error.what, where=where, todo=error.todo)


def _parts(tracker: Tracker, identifier: str | None) -> list[Place]:
    """Return where the recommendation with a known id stands, or the report and all of them."""
    ids = [key(each.id) for each in tracker.recommendations]
    if identifier is not None:
        return [("recommendation", ids.index(key(identifier)))]
    return [("report",), *(("recommendation", index) for index in range(len(ids)))]
