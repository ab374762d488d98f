"""Status reports in each format, as text or bytes: returns them, never writes."""

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict, Unpack

from pathtrack.errors import UsageError
from pathtrack.text import quoted

if TYPE_CHECKING:
    from pathtrack.export.content import Content
    from pathtrack.record.crosswalk import Scheme
    from pathtrack.record.view import View


class Format(StrEnum):
    """The format of an exported report."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    CSV = "csv"
    FEED = "feed"
    CALENDAR = "calendar"
    CSL = "csl"
    RIS = "ris"
    XLSX = "xlsx"
    DOCX = "docx"


class Rows(StrEnum):
    """What a row of a CSV export is."""

    RECOMMENDATIONS = "recommendations"
    UPDATES = "updates"


class Period(NamedTuple):
    """The period whose changes a report shows: from a date, or from a day of recording, to a date."""

    since: dt.date | None = None
    until: dt.date | None = None
    recorded_since: dt.date | None = None


class Choices(TypedDict, total=False):
    """What a report is to have.

    `period` adds what changed in it to the reports that people read; `rows` and `bom` (a byte order mark,
    for Excel) affect CSV only. `scheme` puts a body's status words beside ours, or makes a CSV GAO's own
    table; JSON has no place for them. `review` puts into a calendar what nobody has judged for so many days.
    `brief` is two pages in the formats of `BRIEF`.
    """

    period: Period | None
    rows: Rows
    bom: bool
    scheme: "Scheme | None"
    review: int | None
    brief: bool


SUFFIXES = {
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".json": Format.JSON,
    ".csv": Format.CSV,
    ".xml": Format.FEED,
    ".ics": Format.CALENDAR,
    ".ris": Format.RIS,
    ".xlsx": Format.XLSX,
    ".docx": Format.DOCX,
}
"""Which format the end of a path asks for."""
TEXTS = tuple(each for each in Format if each not in {Format.XLSX, Format.DOCX})
"""The formats that `render` returns."""
BRIEF = (Format.MARKDOWN, Format.HTML, Format.DOCX)
"""The formats that a brief has."""
NO_PDF = 'export .html, open it in a browser, and print it: "Save as PDF"'
"""What to do for a PDF, for which there is no engine here."""


def format_of(path: Path | None) -> Format:
    """Return the format that a path's suffix asks for; Markdown for no path."""
    if path is None:
        return Format.MARKDOWN
    if path.suffix.lower() == ".pdf":
        raise UsageError("there is no export to PDF", todo=NO_PDF)
    if path.suffix.lower() not in SUFFIXES:
        todo = f"end the path with {', '.join(SUFFIXES)}, or give --format"
        raise UsageError(f"no format is known for {quoted(path.name)}", todo=todo)
    return SUFFIXES[path.suffix.lower()]


def guide() -> str:
    """Return the page about how a program uses this one."""
    from importlib.resources import files  # noqa: PLC0415 few need it

    return (files("pathtrack.export") / "guide.md").read_text(encoding="utf-8")


def document(
    view: "View", chosen: Format, *, reference: Path | None = None, **choices: Unpack[Choices]
) -> bytes:
    """Return the report of a view as the bytes of a file; `reference` gives the styles of a Word document."""
    if chosen is Format.XLSX:
        from pathtrack.export import workbook  # noqa: PLC0415

        return workbook.render(view, choices.get("scheme"))
    if chosen is not Format.DOCX:
        return render(view, chosen, **choices).encode()
    from pathtrack.export import word  # noqa: PLC0415

    text, language = render(view, Format.MARKDOWN, **choices), view.tracker.report.language
    return word.render(text, language=language, as_of=view.as_of, reference=reference)


def render(view: "View", chosen: Format, **choices: Unpack[Choices]) -> str:
    """Return the report of a view in a format; the same view gives the same text."""
    scheme = choices.get("scheme")
    # Each format loads its own libraries, and no other's.
    if chosen is Format.JSON:
        from pathtrack.export import data  # noqa: PLC0415

        return data.render(view)
    if chosen is Format.CSV:
        from pathtrack.export import csv as spreadsheet  # noqa: PLC0415

        begin = "\ufeff" if choices.get("bom") else ""
        if choices.get("rows") is Rows.UPDATES:
            return begin + spreadsheet.updates(view)
        return begin + spreadsheet.recommendations(view, scheme)
    from pathtrack.export.content import Content  # noqa: PLC0415

    content = Content(view, choices.get("period"), scheme)
    if choices.get("brief"):
        return _in_brief(content, chosen)
    if chosen is Format.HTML:
        from pathtrack.export import html  # noqa: PLC0415

        return html.Pages(content).report()
    if chosen is Format.MARKDOWN:
        from pathtrack.export import markdown  # noqa: PLC0415

        return markdown.render(content)
    return _for_programs(content, chosen, choices.get("review"))


def _in_brief(content: "Content", chosen: Format) -> str:
    from pathtrack.export.brief import brief  # noqa: PLC0415

    if chosen is Format.HTML:
        from pathtrack.export import html  # noqa: PLC0415

        return html.brief_page(brief(content))
    from pathtrack.export.brief import markdown  # noqa: PLC0415

    return markdown.render(brief(content))


def _for_programs(content: "Content", chosen: Format, review: int | None) -> str:
    from pathtrack.export import calendar, feed, sources  # noqa: PLC0415
    from pathtrack.export.places import Places  # noqa: PLC0415

    if chosen is Format.FEED:
        return feed.render(Places(content))
    if chosen is Format.CALENDAR:
        return calendar.render(Places(content), review=review)
    return sources.csl(content) if chosen is Format.CSL else sources.ris(content)
