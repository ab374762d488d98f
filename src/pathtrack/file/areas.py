"""More areas for a report, written where it names them."""

from contextlib import suppress
from dataclasses import replace

from pathtrack.errors import FileError
from pathtrack.file import toml
from pathtrack.file.blocks import blocks, keys
from pathtrack.file.document import Document
from pathtrack.record import same


def with_area(document: Document, area: str) -> Document:
    """Return a file with one more area at the end of those that its report names, if it names any."""
    tracker = document.tracker
    known = tracker.report.areas
    if not known or same.word(area) in map(same.word, known):
        return document
    wanted = replace(tracker, report=replace(tracker.report, areas=(*known, area)))
    line = keys(blocks(document.data.decode()).get(("report",), "")).get("areas", "")
    before, bracket, after = line.rpartition("]")
    for joint in (", ", " "):  # the last one may have a comma already
        written = f"{before}{joint}{toml.literal(area)}{bracket}{after}"
        data = document.data.replace(line.encode(), written.encode(), 1)
        with suppress(FileError):
            found = Document.read(data, name=document.name)
            if found.tracker == wanted:
                return replace(found, difference=written.strip() + "\n")
    todo = "add it with 'pathtrack edit'"
    raise FileError("the areas of the report cannot be added to", where=document.name, todo=todo)
