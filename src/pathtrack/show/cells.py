"""The cells of the rows of a terminal's tables."""

from pathtrack.record.corrections import update_id
from pathtrack.record.model import Update
from pathtrack.record.standings import Standing
from pathtrack.record.view import Change
from pathtrack.show import words
from pathtrack.show.grid import Cell
from pathtrack.show.words import Span
from pathtrack.text import day, safe_line

SHORT = 7
"""How many digits of an update's id a table shows: commands take any beginning."""


def listed(standing: Standing, *, wide: bool, found: str = "") -> list[Cell]:
    """Return the row of a recommendation; a wide one has a cell for what happened last.

    `found` is where a text was found that is not in the row anyway.
    """
    recommendation = standing.recommendation
    identifier = Span(safe_line(recommendation.id), "bold")
    title, last = Span(safe_line(recommendation.title)), Span(safe_line(words.last_summary(standing)))
    facts = (*_facts(standing), *([Span(safe_line(found), "dim")] if found else ()))
    columns: list[Cell] = (
        [(title, *facts), (last,)] if wide else [(title, *facts, last._replace(style="dim"))]
    )
    numbers = Span(day(standing.last_update)), Span(str(standing.source_count))
    whose = (Span(safe_line(f"of {standing.actor}"), "dim"),) if standing.shown is not standing else ()
    since = (Span(f"since {day(standing.shown.since)}", "dim"),) if standing.shown.since else ()
    status: Cell = (words.status_span(standing.shown.status), *since, *whose)
    return [(identifier,), status, *columns, *((each,) for each in numbers)]


def _facts(standing: Standing) -> tuple[Span, ...]:
    """Return what a row says below its title: parts, answers, and a missed or moved target date."""
    late = words.due(standing) if standing.overdue or standing.moved else ""
    late = f"overdue, {late}" if standing.overdue else late
    part = (f"part of {standing.whole}" if standing.whole else "", "dim")
    facts = (part, (words.parts(standing), ""), (_answers(standing), ""), (late, "bold"))
    return tuple(Span(safe_line(text), style) for text, style in facts if text)


def moved(change: Change) -> list[Cell]:
    """Return the row of a recommendation that changed."""
    recommendation = change.after.recommendation
    title = Span(safe_line(recommendation.title))
    summaries = (Span(safe_line(_told(each)), "dim") for each in change.updates)
    after = words.status_span(change.after.status)
    moves = (words.status_span(change.before.status) if change.is_new_status else Span("still", "dim"), after)
    identifier, sources = Span(safe_line(recommendation.id), "bold"), Span(f"+{change.new_sources}")
    return [(identifier,), *((each,) for each in moves), (title, *summaries), (sources,)]


def _told(update: Update) -> str:
    return f"{words.summary(update)}{' (as corrected)' if update.corrects else ''}"


def recorded(update: Update) -> list[Cell]:
    """Return the row of an update."""
    about = Span(safe_line(", ".join(update.recommendations)), "bold")
    status = words.status_span(update.status) if update.status else Span("")
    what: Cell = (Span(safe_line(words.summary(update))),)
    if update.corrects:
        what += (Span(f"corrects {update.corrects[:SHORT]}", "dim"),)
    date = (Span(day(update.date)), Span(update_id(update)[:SHORT], "dim"))
    return [date, (about,), (status,), what, (Span(str(len(update.evidence))),)]


def _answers(standing: Standing) -> str:
    """Return what was answered: one word if all agree, otherwise each answer."""
    asked = standing.actors if any(each.response for each in standing.updates) else ()  # seldom any
    given = [each for each in asked if each.response]
    if len({each.response for each in given}) == 1 and (len(given) == len(asked)):
        return f"answered {given[0].response}"
    if not given:
        return f"answered {standing.response}" if standing.response else ""
    return ", ".join(f"{each.name} answered {each.response}" for each in given)
