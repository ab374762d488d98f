"""The form that asks an actor what became of recommendations, as a workbook."""

import datetime as dt
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from pathtrack.export.xlsx import HEAD, Book, across, workbook
from pathtrack.record.model import Report
from pathtrack.record.view import View
from pathtrack.sheet import guide
from pathtrack.sheet.form import FILLED, LABELS, SHOWN, Column, Form, mark, shown

_HEADER = 4
"""The row of the header, from 0: what the form is about stands above."""
_WIDTHS = {
    Column.ID: 8,
    Column.ASKED: 42,
    Column.STATUS: 16,
    Column.WHY: 42,
    Column.DUE: 13,
    Column.ANSWERED: 14,
    Column.ANSWER: 16,
    Column.DONE: 42,
    Column.EVIDENCE: 30,
    Column.TARGET: 13,
    Column.REASON: 30,
    Column.CONTACT: 24,
}
_SHOWN_WIDE = {place: _WIDTHS[each] for place, each in enumerate(SHOWN)}
_HIGHEST = 24
"""How many lines a row shows at most, which is as high as a row can be."""
_PRINTED = 80
"""At how many percent of its size the form is printed: what is filled in then fits a landscape A4 page."""
_EARLIEST = dt.date(2000, 1, 1)
"""A year alone, typed as a date, would be a day of 1905."""
_EDGE: dict[str, object] = {"border": 1, "border_color": "#D9D2B8"}
_OPEN: dict[str, object] = {
    "locked": False,
    "bg_color": "#FFF9E0",
    "text_wrap": True,
    **_EDGE,
}
_MAY = ("format_columns", "format_rows", "sort", "autofilter", "insert_hyperlinks")
"""What a protected sheet still allows."""


def render(view: View, actor: str) -> bytes:
    """Return the form for an actor, with a row for each recommendation in view."""
    report = view.tracker.report
    hidden = Form(report.title, actor, view.as_of.isoformat())

    def fill(book: Book) -> None:
        page = book.made.add_worksheet("Form")
        _head(book, page, report, hidden)
        for row, standing in enumerate(view.standings, start=_HEADER + 1):
            _row(book, page, row, [*shown(standing, actor).values()])
        _allow(page, last=_HEADER + len(view.standings))
        book.explain(guide.NAME, guide.explanations(report, actor))

    return workbook(f"{report.title}: a form for {actor}", view.as_of, fill)


def _head(book: Book, page: Worksheet, report: Report, hidden: Form) -> None:
    """Write what the form is about, and its header."""
    question, *more = guide.above(report, hidden)
    book.write(page, 0, 0, question, bold=True, font_size=16)
    for row, line in enumerate(more, start=1):
        book.write(page, row, 0, line)
    for place, column in enumerate((*SHOWN, *FILLED)):
        page.set_column(place, place, _WIDTHS[column])
        book.write(page, _HEADER, place, column.value, **HEAD, text_wrap=True)
    place = len(SHOWN) + len(FILLED)
    page.set_column(place, place, None, None, {"hidden": True})
    book.write(page, _HEADER, place, hidden.text)
    page.set_row(_HEADER, 32)


def _row(book: Book, page: Worksheet, row: int, cells: Sequence[str]) -> None:
    book.row(page, row, cells, _SHOWN_WIDE, least=4, most=_HIGHEST, **_EDGE)
    for place, column in enumerate(FILLED, start=len(SHOWN)):
        looks = "yyyy-mm-dd" if column is Column.TARGET else "@"
        book.write(page, row, place, None, **_OPEN, num_format=looks, align="left")
    book.write(page, row, len(SHOWN) + len(FILLED), mark(cells))


def _allow(page: Worksheet, *, last: int) -> None:
    """Lock what is ours, without a password, and help to fill in the rest."""
    first, answer = _HEADER + 1, len(SHOWN)
    target = answer + FILLED.index(Column.TARGET)
    page.data_validation(
        *(first, answer, last, answer),
        {
            "validate": "list",
            "source": [*LABELS.values()],
            "error_title": "Your answer",
            "error_message": "Please choose one from the list. There is room for more under “What was done”.",
        },
    )
    page.data_validation(
        *(first, target, last, target),
        {
            "validate": "date",
            "criteria": ">=",
            "value": _EARLIEST,
            "error_title": "New target date",
            "error_message": "Please type a day, such as 2027-06-30.",
        },
    )
    page.freeze_panes(_HEADER + 1, 2)
    page.autofilter(_HEADER, 0, last, answer + len(FILLED) - 1)
    page.protect("", dict.fromkeys(_MAY, True))
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    across(page, header=_HEADER)
    # What stands is on one page, and what to fill in on the next: together they would be too small to read.
    page.set_print_scale(_PRINTED)
    page.set_margins(left=0.4, right=0.4)
    page.set_v_pagebreaks([answer])
    page.print_across()
    page.repeat_columns(0, 0)
