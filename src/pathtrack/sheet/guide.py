"""What the form says around its questions: what it is about, how to fill it in, what becomes of it."""

import datetime as dt
from collections.abc import Iterator, Sequence

from pathtrack.record import same
from pathtrack.record.model import Report
from pathtrack.record.status import DEFINITIONS
from pathtrack.sheet.form import ADDRESSED, Column, Form
from pathtrack.text import day, safe

NAME = "Read me"
"""What the sheet with the explanations is called."""
QUESTION = "What has become of these recommendations?"
"""What stands above everything else."""
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
    "Please write in the yellow cells only: what stands beside, below or on other sheets is not recorded.",
    "The white cells are locked, so that nobody changes the questions by mistake; there is no password.",
)


def above(report: Report, asked: Form) -> tuple[str, ...]:
    """Return the lines above the header of a form."""
    when = f"As of {day(dt.date.fromisoformat(asked.date))}. "
    about, whom, todo = _about(report, asked.actor)
    return QUESTION, about, whom, f"{when}{todo}"


def explanations(report: Report, actor: str) -> Iterator[tuple[str, Sequence[tuple[str, object]]]]:
    """Yield what an official needs to know who has never heard of this, under headings, by names."""
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


def texts(report: Report, actor: str) -> frozenset[str]:
    """Return what makes texts the same, of all that a form says of itself but its day."""
    return frozenset(same.word(safe(each)) for each in _texts(report, actor) if each)


def is_among(ours: frozenset[str], text: str) -> bool:
    """Return whether a text is one of those, whatever its day."""
    word = same.word(text)
    return word in ours or word.partition(". ")[2] in ours


def _about(report: Report, actor: str) -> tuple[str, str, str]:
    sender = report.contact.removeprefix("mailto:") if report.contact else "whoever sent it to you"
    todo = "Please fill in the yellow cells, as many as you like, and send the file back to"
    return (
        f"{report.title}{f', {report.publisher}' if report.publisher else ''}",
        f"{ADDRESSED}{actor}",
        f"{todo} {sender}. The sheet “{NAME}” explains the rest.",
    )


def _texts(report: Report, actor: str) -> Iterator[str]:
    yield from (QUESTION, *_about(report, actor))
    for heading, lines in explanations(report, actor):
        yield heading
        yield from (str(each) for line in lines for each in line)
