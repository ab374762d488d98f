"""Keys in a text that people wrote: offered as comments, given other values, and one more area."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

from pathtrack.errors import FileError
from pathtrack.file import toml
from pathtrack.file.blocks import blocks, comments, keys, split
from pathtrack.file.document import Document
from pathtrack.record import same
from pathtrack.record.model import Recommendation

_REPORT = {
    "publisher": ('""', "who published it"),
    "url": ('""', "where it can be read"),
    "published": ('""', 'when it appeared: 2023-09-14, "2023-09" or "2023"'),
    "areas": ("[]", "in the order of display"),
    "method": ('""', "how this record is made; printed in every report"),
    "site": ('""', "where reports are published: makes addresses to cite"),
    "contact": ('""', "where readers send corrections: mailto: or https:"),
    "licence": ('""', "how the record may be reused, such as CC-BY-4.0"),
    "language": ('""', "of the report, such as ko"),
}
_RECOMMENDATION = {
    "part_of": ('""', "the id of the recommendation that this is a part of"),
    "ref": ('""', "where the report says it"),
    "summary": ('""', "in one or two sentences of your own"),
    "actors": ("[]", 'who is asked to act, such as ["Ministry of Health"]'),
    "tags": ("[]", 'words to filter by, such as ["priority"]'),
    "ongoing": ("true", "a standing duty, never simply finished"),
    "done_when": ('""', "the test for implemented, fixed before judging"),
    "due": ('""', 'when it was promised: 2027-12-31, "2027-12" or "2027"'),
}
_TABLES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "report": _REPORT,
    "recommendation": _RECOMMENDATION,
}
_REMARKS = {remark for table in _TABLES.values() for _, remark in table.values()}


def offered(text: str) -> str:
    """Return a text with the keys that its first block does not use yet as comments below its keys.

    [[recommendation]]          [[recommendation]]
    id = "A1"              →    id = "A1"
                                # ref = ""  # where the report says it
    """
    place, block = next(iter(blocks(text).items()))
    if not place:
        return text
    own = _head(block)
    newline = "\r\n" if "\r\n" in text else "\n"
    used = keys(block)
    lines = (
        f"# {name} = {value}  # {remark}{newline}"
        for name, (value, remark) in _TABLES[str(place[0])].items()
        if name not in used
    )
    return text.replace(own, "".join([own, "" if own.endswith("\n") else newline, *lines]), 1)


def taken(text: str) -> str:
    """Return a text without these comments, and without what they said behind keys that are used now."""
    kept = (each for each in text.splitlines(keepends=True) if not _is_offer(each))
    return "".join(map(_without_remark, kept))


def changed(block: str, new: Recommendation, names: Iterable[str]) -> str:
    """Return the block of a recommendation, of plain newlines, with some keys as they are in a new one.

    A key keeps its place and the comments above and behind it; a new one stands below the others.
    """
    written = keys(toml.block(new))
    for name in names:
        line, own = written.get(name, ""), _head(block)
        old = keys(own).get(name, "")
        if old:
            above, written_before = split(old)
            block = block.replace(old, above + _beside(line, written_before), 1)
        elif line:
            block = block.replace(own, (own if own.endswith("\n") else f"{own}\n") + line, 1)
    return block


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


def _beside(line: str, old: str) -> str:
    """Return a line with the comment behind the old one, if that is one line."""
    remark = comments(old)[-1:] if line and old.count("\n") <= 1 else []
    if not remark:
        return line
    before = old[: old.rindex(remark[0])]
    return f"{line.rstrip()}{before[len(before.rstrip()) :]}{remark[0]}\n"


def _head(block: str) -> str:
    """Return the header and the keys of a block, up to the table in it, if there is one."""
    found = keys(block)
    source = found.get("source", "")
    # What is written as a table ends the keys of the block; written inline, it is one of them.
    inner = source if re.search(r"^[ \t]*\[", source, re.MULTILINE) else ""
    return block[: block.index(inner)] if inner else "".join(found.values())


def _is_offer(line: str) -> bool:
    return line.startswith("# ") and line.rstrip().rpartition("  # ")[2] in _REMARKS and " = " in line


def _without_remark(line: str) -> str:
    before, sign, remark = line.rstrip("\r\n").rpartition("  # ")
    return before + line[len(line.rstrip("\r\n")) :] if sign and remark in _REMARKS else line
