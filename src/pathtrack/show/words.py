"""Sentences, symbols and styled lines, which every form shows alike."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from pathtrack.record.model import Update
from pathtrack.record.standings import Standing, View
from pathtrack.record.status import Status
from pathtrack.text import count, day, first_sentence, safe_line

if TYPE_CHECKING:
    from pathtrack.record.checks import Finding

SYMBOLS = {
    Status.NOT_ASSESSED: "?",
    Status.NOT_STARTED: "◌",
    Status.IN_PROGRESS: "◔",
    Status.PARTIAL: "◕",
    Status.IMPLEMENTED: "✔",
    Status.STALLED: "!",
    Status.NOT_IMPLEMENTED: "✘",
    Status.REVERSED: "↺",
}
"""One narrow character for each status, so that colour is never needed (none is wide in Korean fonts)."""


class Span(NamedTuple):
    """Words in one style: a Status, `title`, `heading`, `dim`, or nothing; `link` is a safe address."""

    text: str
    style: Status | str = ""
    link: str | None = None


class Line(NamedTuple):
    """A line of a page, wrapped where it must be and then indented as a whole."""

    spans: tuple[Span, ...] = ()
    indent: int = 0
    mark: str = ""
    """What stands before it, and under which it hangs."""


def headline(view: View) -> str:
    """Say in one line how many there are, how many are assessed and implemented, and as of when."""
    chosen, total = len(view.standings), len(view.tracker.recommendations)
    number = (
        count(total, "recommendation") if chosen == total else f"{chosen} of {count(total, 'recommendation')}"
    )
    counted, record = view.progress, f"; newest record {day(view.newest)}" if view.newest else ""
    implemented = counted.by_status[Status.IMPLEMENTED]
    late = sum(each.overdue for each in view.standings)
    overdue = f", {late} overdue" if late else ""
    return (
        f"{number}, {counted.assessed} assessed, {implemented} implemented{overdue}, as of {day(view.as_of)}"
        f"{record}"
    )


def deed(update: Update) -> str:
    """Say in one sentence what an update records."""
    if update.note:
        return first_sentence(update.note)
    if update.status:
        searched = f"; searched {'; '.join(update.searched)}" if update.searched else ""
        return f"Judged {update.status}{searched}."
    return "Searched, and found nothing." if update.searched and not update.evidence else "New evidence."


def last_deed(standing: Standing) -> str:
    """Say in one sentence what is newest of a recommendation, or nothing."""
    if standing.newest_note:
        return first_sentence(standing.newest_note)
    return deed(standing.records[-1]) if standing.records else ""


def finding_lines(findings: "Iterable[Finding]", *, file: str) -> Iterator[str]:
    """Yield a line for each finding, as compilers write them, and a last line that counts them."""
    errors = warnings = 0
    for each in findings:
        errors += each.severity == "error"
        warnings += each.severity == "warning"
        where = f"{file}:{each.line}" if each.line else file
        yield safe_line(f"{where}: {each.severity}: {each.message} [{each.code}]")
    yield f"{count(errors, 'error')}, {count(warnings, 'warning')}"


def flat(line: Line) -> str:
    """Return a line as plain text."""
    return (" " * line.indent + line.mark + "".join(span.text for span in line.spans)).rstrip()


def status_span(status: Status) -> Span:
    """Return a status with its symbol."""
    return Span(f"{SYMBOLS[status]} {status}", status)
