"""Sentences, symbols and styled lines that every form shows alike."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from pathtrack.record import archives
from pathtrack.record.model import Evidence, Update
from pathtrack.record.progress import Progress
from pathtrack.record.standings import Standing
from pathtrack.record.status import Confidence, Status
from pathtrack.record.view import View
from pathtrack.text import count, day, first_sentence, safe_line

if TYPE_CHECKING:
    from pathtrack.record.finding import Finding

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
"""One narrow character for each status, so that colour is never needed; none is wide in Korean fonts."""


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
    """What comes before it, as the mark of a list item."""


def headline(view: View) -> str:
    """Return in one line how many there are, how many are assessed and implemented, and as of when."""
    counted = view.progress
    implemented = counted.by_status[Status.IMPLEMENTED]
    late = sum(each.overdue for each in view.standings if not view.tracker.whole_of(each.recommendation))
    overdue = f", {late} overdue" if late else ""
    overdue += f"; and {told}" if (told := all_parts(view)) else ""
    return (
        f"{view.scope}{';' if view.filters.words else ','} {counted.assessed} assessed,"
        f" {implemented} implemented{overdue}, {as_of(view)}"
    )


def as_of(view: View) -> str:
    """Return of which day a view is, and when its newest update is of."""
    return f"as of {day(view.as_of)}{f'; newest update dated {day(view.newest)}' if view.newest else ''}"


def figures(counted: Progress) -> dict[str, int]:
    """Return the three numbers that a report begins with."""
    implemented = counted.by_status[Status.IMPLEMENTED]
    return {"implemented": implemented, "assessed": counted.assessed, "with evidence": counted.with_evidence}


def found(view: View, standing: Standing, *, shown: bool = False) -> str:
    """Return where a search found something; with `shown` apart from the id and title, seen anyway."""
    places = list(view.filters.found(standing))
    other = [each for each in places if each.where not in {"id", "title"}]
    return next((f"{each.where}: {each.excerpt}" for each in other or ([] if shown else places)), "")


def of_all(label: str, names: Iterable[str]) -> str:
    """Return the name of a row that adds up others: another one if one of them has it."""
    return f"{label} areas" if label in {each.lower() for each in names} else label


def all_parts(view: View) -> str:
    """Return how many parts there are as well, and how many of them are implemented; nothing without any."""
    rows = [each for each in view.standings if view.tracker.whole_of(each.recommendation)]
    found = rows or [part for each in view.standings for part in each.parts]
    done = sum(each.status is Status.IMPLEMENTED for each in found)
    return f"{count(len(found), 'part')}, {done} implemented" if found else ""


def summary(update: Update) -> str:
    """Return in one sentence what an update records, and of whom."""
    if update.actors and update.response and not (update.note or update.status or update.due):
        return f"{', '.join(update.actors)} answered: {update.response}."
    return beginning(update) + statement(update)


def said_beside(update: Update) -> str:
    """Return in one sentence what an update records, beside its status and whom that is about."""
    return beginning(update, is_named=False) + statement(update) if update.status else summary(update)


def without_stop(title: str) -> str:
    """Return a title without a full stop at its end, to stand before what is said of it."""
    return title if title.endswith("..") else title.removesuffix(".") or title


def for_whom(update: Update) -> str:
    """Return whom a status is about, to stand behind it; nothing where it is that of the whole."""
    return f", for {', '.join(update.actors)}" if update.actors else ""


def beginning(update: Update, *, is_named: bool = True) -> str:
    """Return what comes before the note of an update: whom it is about, their answer, the target date."""
    is_more, names = bool(update.note or update.status), ", ".join(update.actors if is_named else ())
    is_answer = bool(update.response and is_more)
    if names and not is_answer and (update.note or "").startswith(f"{names} "):
        names = ""  # as its note says
    answer = f"{names} answered: {update.response}".strip() if is_answer else names
    target = f"target date set to {day(update.due)}" if update.due and (is_more or update.response) else ""
    facts = ", ".join(filter(None, (answer, target)))
    return (
        f"{facts if names else facts[:1].upper() + facts[1:]}{'. ' if is_answer else ': '}" if facts else ""
    )


def statement(update: Update) -> str:
    """Return in one sentence what an update records, whoever and whatever else it is about."""
    if update.note:
        return first_sentence(update.note)
    if update.status:
        return f"Judged {'; searched '.join(filter(None, [update.status, '; '.join(update.searched)]))}."
    if update.response:
        return f"Answered: {update.response}."
    if update.due:
        return f"The target date was set to {day(update.due)}."
    if update.searched and not update.evidence:
        return "Searched, and found nothing."
    return archives.summary(update.evidence)


def last_summary(standing: Standing) -> str:
    """Return in one sentence what happened last, which is not a source added later."""
    judged = next((each for each in reversed(standing.updates) if each.note or each.status), None)
    newest = judged or (standing.updates[-1] if standing.updates else None)
    return summary(newest) if newest else ""


def asked(standing: Standing) -> list[str]:
    """Return where the report asks for it, and of whom."""
    found = standing.recommendation
    of = f"asked of {', '.join(found.actors)}" if found.actors else ""
    return list(filter(None, [found.ref, "a standing duty" if found.ongoing else "", of]))


def facts(standing: Standing) -> list[str]:
    """Return where the report asks for it, of whom, by when, and its tags."""
    found, tags = asked(standing), standing.recommendation.tags
    found += [f"{due(standing)}{', overdue' if standing.overdue else ''}"] if standing.due else []
    return [*found, f"tags: {', '.join(tags)}"] if tags else found


def since(date: dt.date | None) -> str:
    """Return since when, to stand behind a status; nothing where nobody judged."""
    return f" since {day(date)}" if date else ""


def due(standing: Standing) -> str:
    """Return the target date and how it moved: due Dec 2026, promised Jun 2025, moved twice."""
    return f"due {day(standing.due)}{slip(standing)}" if standing.due else ""


def slip(standing: Standing) -> str:
    """Return how a target date moved, to stand behind it; nothing where it did not."""
    return f", promised {day(standing.first_due)}, moved {times(standing.moved)}" if standing.moved else ""


def times(number: int) -> str:
    """Return how often: once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def parts(standing: Standing) -> str:
    """Return how many parts are in force: 2 of 3 parts in force; nothing without parts."""
    done = sum(each.status is Status.IMPLEMENTED for each in standing.parts)
    return f"{done} of {count(len(standing.parts), 'part')} in force" if standing.parts else ""


def last_judged(standing: Standing) -> str:
    """Return when somebody last judged it, or whom alone; nothing where nobody did."""
    judged = next((each for each in reversed(standing.updates) if each.status), None)
    if judged and not standing.history:
        return f"judged only for {', '.join(each.name for each in standing.actors if each.since)}"
    only = f" only{for_whom(judged).removeprefix(',')}" if judged and judged.actors else ""
    return f"last judged {day(judged.date)}{only}" if judged else ""


def dates(standing: Standing) -> list[str]:
    """Return when somebody last judged it and last recorded something, each day once."""
    judged, update = standing.last_judged, standing.last_update
    found = [last_judged(standing)] if judged and judged != standing.since else []
    is_told = standing.since and update == judged
    return [*found, f"last update {day(update)}"] if update and not is_told else found


def sure(confidence: Confidence | None) -> str:
    """Return how sure somebody is of a status, to stand behind it; nothing where nobody says."""
    return f" ({confidence} confidence)" if confidence else ""


def where_read(evidence: Evidence) -> str:
    """Return where a source was read, if not at its publisher's."""
    return f"read at {evidence.via}" if evidence.via else ""


def details(evidence: Evidence) -> list[str]:
    """Return what is known of a source besides its title and addresses."""
    found = (evidence.locator, evidence.publisher, day(evidence.date), evidence.kind, evidence.lang)
    return list(filter(None, (*found, where_read(evidence))))


def finding_lines(findings: "Iterable[Finding]", *, file: str) -> Iterator[str]:
    """Yield a line for each finding, as compilers write it, and a last line that counts them."""
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


def sentence(text: str) -> str:
    """Return a text as a sentence: with a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?', '…')) else '.'}"


def status_span(status: Status) -> Span:
    """Return a status with its symbol."""
    return Span(f"{SYMBOLS[status]} {status}", status)
