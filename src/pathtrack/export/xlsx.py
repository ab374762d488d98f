"""Sheets of a workbook: columns with dates, links and text that no spreadsheet runs."""

import datetime as dt
import io
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pathtrack import sheet
from pathtrack.text import is_safe_address, safe

_OLDEST = 1901
"""Before that year, programs disagree on the numbers of days."""
_LONGEST_LINK = 2_079
_MOST_LINKS = 65_530
_HIGHEST = 6
"""How many lines of a long text a row shows at most; the cell holds all of it."""
_LINE = 15
_NARROW = 1.15
"""How many letters of a text stand, on average, where a column is said to hold one."""
_WIDE = 30
"""From which width on the text of a column is wrapped."""
_A4 = 9
_READABLE = 90
Section = tuple[str, Sequence[tuple[str, object]]]
"""A heading, and lines of a name and what is said of it."""
HEAD = {"bold": True, "bg_color": "#E7ECF2", "bottom": 1}
"""How the names of columns look."""


@dataclass
class Book:
    """A workbook in the making, with the looks of its cells."""

    made: Workbook
    looks: dict[str, Format]
    links: int = 0

    def look(self, **properties: object) -> Format:
        """Return how a cell looks, the same for the same properties."""
        name = repr(sorted(properties.items()))
        if name not in self.looks:
            self.looks[name] = self.made.add_format({"valign": "top", **properties})
        return self.looks[name]

    def write(self, page: Worksheet, row: int, column: int, value: object, **properties: object) -> None:
        """Write a value as what it is: a number, a day, a link or text; an empty one only for its looks."""
        if value is None or value == "":
            if properties:
                page.write_blank(row, column, None, self.look(**properties))
        elif isinstance(value, int):
            page.write_number(row, column, value, self.look(**properties))
        elif type(value) is dt.date and value.year >= _OLDEST:  # a month is text, as it is printed
            day = dt.datetime.combine(value, dt.time())
            page.write_datetime(
                row, column, day, self.look(num_format="yyyy-mm-dd", align="left", **properties)
            )
        else:
            self._write_text(page, row, column, sheet.fitting(safe(str(value))), properties)

    def _write_text(
        self, page: Worksheet, row: int, column: int, text: str, properties: Mapping[str, object]
    ) -> None:
        if is_safe_address(text) and len(text) <= _LONGEST_LINK and self.links < _MOST_LINKS:
            self.links += 1
            link = self.look(font_color="#0563C1", underline=1, **properties)
            page.write_url(row, column, text, link, text)
        else:
            # As text also after somebody has edited it: 1.10 stays 1.10, and =1 is no formula.
            page.write_string(row, column, text, self.look(num_format="@", **properties))

    def table(
        self, name: str, columns: Sequence[str], rows: Iterable[Iterable[object]], widths: Mapping[str, int]
    ) -> None:
        """Add a sheet of rows under a header that stays in sight, with filters."""
        page = self.made.add_worksheet(name)
        for place, column in enumerate(columns):
            page.set_column(place, place, widths.get(column, 12))
            page.write_string(0, place, column, self.look(**HEAD))
        wide = {place: widths[each] for place, each in enumerate(columns) if widths.get(each, 0) >= _WIDE}
        last = 1
        for last, cells in enumerate(rows, start=1):
            self.row(page, last, tuple(cells), wide)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, last, len(columns) - 1)
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
        across(page, header=0)

    def row(
        self,
        page: Worksheet,
        row: int,
        cells: Sequence[object],
        wide: Mapping[int, int],
        *,
        least: int = 1,
        most: int = _HIGHEST,
        **properties: object,
    ) -> None:
        """Write cells, and show some lines of those in `wide` columns, whose widths are given."""
        for place, value in enumerate(cells):
            if properties or (value is not None and value != ""):
                wrapped = {"text_wrap": True} if place in wide else {}
                self.write(page, row, place, value, **wrapped, **properties)
        shown = max([least, *(_lines(cells[place], width) for place, width in wide.items())])
        shown = min(shown, most)
        page.set_row(row, _LINE * shown)

    def explain(self, name: str, sections: Iterable[Section]) -> None:
        """Add a sheet of lines under headings, each of a name and what is said of it."""
        page, row = self.made.add_worksheet(name), 0
        page.set_column(0, 0, _READABLE // 3)
        page.set_column(1, 1, _READABLE)
        page.hide_gridlines(2)
        across(page)
        for heading, lines in sections:
            self.write(page, row, 0, heading, bold=True, font_size=12)
            for place, line in enumerate(lines, start=row + 1):
                self.row(page, place, line, {1: _READABLE})
            row += len(lines) + 2


def across(page: Worksheet, *, header: int | None = None) -> None:
    """Print a sheet on A4, across one page, with the row of its header on each."""
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&F: &A&R&P / &N")
    if header is not None:
        page.repeat_rows(header)


def workbook(title: str, day: dt.date, fill: Callable[[Book], None]) -> bytes:
    """Return a workbook that `fill` fills; the same bytes for the same cells and day."""
    file = io.BytesIO()
    texts = {f"strings_to_{what}": False for what in ("numbers", "formulas", "urls")}
    with Workbook(file, {"in_memory": True, **texts}) as book:
        made = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).replace(tzinfo=None)
        book.set_properties({"title": safe(title), "created": made, "comments": "Made with pathtrack."})
        fill(Book(book, {}))
    return file.getvalue()


def _lines(value: object, width: int) -> int:
    """Return how many lines a text takes in a column."""
    return sum(1 + int(_columns(each) / width / _NARROW) for each in str(value or "").split("\n"))


def _columns(text: str) -> int:
    """Return how wide a text is: Chinese, Japanese and Korean characters are as wide as two others."""
    return (
        len(text)
        if text.isascii()
        else sum(1 + (unicodedata.east_asian_width(each) in "FW") for each in text)
    )
