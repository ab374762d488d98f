"""The form that asks an actor what became of recommendations, as a workbook."""

import datetime as dt
from collections.abc import Iterator, Sequence

from xlsxwriter.worksheet import Worksheet

from pathtrack.export.xlsx import HEAD, Book, Section, across, workbook
from pathtrack.record.model import Report
from pathtrack.record.status import DEFINITIONS
from pathtrack.record.view import View
from pathtrack.sheet.form import ADDRESSED, FILLED, LABELS, SHOWN, Column, Form, mark, shown
from pathtrack.text import day

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
_MEANINGS = {
    "Accepted": "You will do what it asks for, or do it already.",
    "Accepted in part": "You will do a part of it. Please say which under “What was done”.",
    "Noted": "You have read it and neither accept nor reject it.",
    "Rejected": "You will not do it.",
    "Under consideration": "You have not decided yet.",
}


_FILL: dict[str, str] = {
    Column.ANSWER: "Choose one of the five answers from the list. They are explained below.",
    Column.DONE: "What your organization has done about it so far, and what it plans. Any language will do.",
    Column.EVIDENCE: "The address of a page that shows it, beginning with https://; several on a line each.",
    Column.TARGET: "Only if the date has changed or there was none: the day by which it is to be done.",
    Column.REASON: "Why the date has changed.",
    Column.CONTACT: "A name and an address or number, for questions. This is neither recorded nor published.",
}
_KEPT = (
    "Nothing that was recorded before is changed. Whether a recommendation counts as implemented stays our"
)
_AFTERWARDS = (
    "They are added to the record as your organization's own account, under its name, with the day's date.",
    f"{_KEPT} judgement, for which we look at the pages that you name.",
    "You may sort the rows, leave some out and give the file another name; rows are found by their “No.”.",
    "The white cells are locked, so that nobody changes the questions by mistake; there is no password.",
)


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
        book.explain("Read me", _explanations(report, actor))

    return workbook(f"{report.title}: a form for {actor}", view.as_of, fill)


def _head(book: Book, page: Worksheet, report: Report, hidden: Form) -> None:
    """Write what the form is about, and its header."""
    sender = report.contact.removeprefix("mailto:") if report.contact else "whoever sent it to you"
    book.write(page, 0, 0, "What has become of these recommendations?", bold=True, font_size=16)
    book.write(page, 1, 0, f"{report.title}{f', {report.publisher}' if report.publisher else ''}")
    book.write(page, 2, 0, f"{ADDRESSED}{hidden.actor}")
    todo = "Please fill in the yellow cells, as many as you like, and send the file back to"
    when = day(dt.date.fromisoformat(hidden.date))
    book.write(page, 3, 0, f"As of {when}. {todo} {sender}. The sheet “Read me” explains the rest.")
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


def _explanations(report: Report, actor: str) -> Iterator[Section]:
    """Yield what an official needs to know who has never heard of this."""
    by = f", published by {report.publisher}," if report.publisher else ""
    what = (
        f"“{report.title}”{by} recommends something to several bodies, {actor} among them. We keep a public "
        "record of what has become of each recommendation. The sheet “Form” lists those to you and asks how "
        "things stand. A few words in a row are enough, and rows may stay empty."
    )
    yield "What this is", [("", what)]
    yield "The columns to fill in", [*_FILL.items()]
    yield "What becomes of your answers", [("", each) for each in _AFTERWARDS]
    yield "The answers", [*_MEANINGS.items()]
    yield (
        "Where it stands, as we see it",
        [(each.value, found.meaning) for each, found in DEFINITIONS.items()],
    )
