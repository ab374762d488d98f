"""A filled form coming back: each row that somebody filled becomes an update by the actor who was asked."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pathtrack.errors import UsageError
from pathtrack.intake import replies
from pathtrack.intake.answers import Answers
from pathtrack.intake.filled import Filled
from pathtrack.intake.plan import Plan
from pathtrack.intake.reader.grid import Row
from pathtrack.intake.rows import Remark
from pathtrack.record import objections, same
from pathtrack.record.model import Tracker, Update, key
from pathtrack.record.standings import Standing, standings
from pathtrack.sheet import form
from pathtrack.sheet.form import FILLED, Column
from pathtrack.text import did_you_mean, quoted


class When(NamedTuple):
    """The day of the answers, and when they are typed in."""

    date: dt.date
    recorded: dt.datetime


def plan(forms: Sequence[Filled], tracker: Tracker, when: When, known: Answers) -> Plan:
    """Return what filled forms add to a tracker, and what there is to say of each row."""
    _require_ours(forms, tracker)
    run = _Run(tracker, when, known)
    run.take(forms)
    return Plan(
        recommendations=(),
        updates=tuple(run.updates),
        imported=tuple(run.imported),
        unchanged=tuple(run.unchanged),
        empty=tuple(row.line for each in forms for row in each.rows if not each.is_filled(row)),
        refused=tuple(run.refused),
        remarks=tuple(run.remarks),
        unread=tuple(run.unread),
    )


def _require_ours(forms: Sequence[Filled], tracker: Tracker) -> None:
    """Raise UsageError for a form of another tracker, or of somebody whom this one asks nothing."""
    for given in (each.form for each in forms):
        if given.report and same.word(given.report) != same.word(tracker.report.title):
            what = f"the form is about {quoted(given.report)}, not {quoted(tracker.report.title)}"
            raise UsageError(what, todo="name its tracker with --file")
        if same.word(given.actor) not in map(same.word, tracker.actors):
            what = f"the form asks {quoted(given.actor)}, of whom the tracker asks nothing"
            raise UsageError(what, todo=did_you_mean(given.actor, tracker.actors))


@dataclass
class _Run:
    """What forms add to a tracker, in the making."""

    tracker: Tracker
    when: When
    known: Answers
    updates: list[Update] = field(default_factory=list)
    imported: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    unread: list[Remark] = field(default_factory=list)

    def take(self, forms: Iterable[Filled]) -> None:
        """Add what forms say, row by row; rows that answer for one recommendation must not differ."""
        now = standings(self.tracker, on=self.when.date)
        standing = {key(each.recommendation.id): each for each in now}
        about: dict[str, list[_Reply]] = {}
        for each in (_Reply(filled, row) for filled in forms for row in filled.rows if filled.is_filled(row)):
            try:
                about.setdefault(each.about(self.tracker, standing), []).append(each)
            except ValueError as error:
                self.refused.append(Remark(each.row.line, str(error)))
        for name, rows in about.items():
            if len({each.given for each in rows}) > 1:
                said = f"{' and '.join(each.place for each in rows)} answer for {rows[0].name} differently"
                self.refused += [Remark(each.row.line, said) for each in rows]
            else:
                self._answer(rows[0], standing[name])
                self.unchanged += [each.row.line for each in rows[1:]]

    def _answer(self, reply: "_Reply", standing: Standing) -> None:
        line, actor = reply.row.line, reply.actor(self.tracker)
        told = replies.Cells(reply.filled, reply.row, standing.recommendation.id)
        given = replies.given(told, standing, actor, self.known)
        self.unread += [Remark(line, each) for each in told.refused]
        fixed = {"date": self.when.date, "recorded": self.when.recorded, "by": actor, "actors": [actor]}
        named = {"recommendations": [standing.recommendation.id]}

        def made() -> Update | None:
            return objections.build(Update, {**given, **fixed, **named}) if any(given.values()) else None

        said = made()
        if given["due"] == standing.due:  # a date that is on record already is not moved
            given["due"] = None
        update = made()
        if not (said and update) or self._is_recorded(said, standing, reply.filled.form.date):
            self.unchanged.append(line)
            return
        told.compare(form.shown(standing, actor))
        self.updates.append(update)
        self.imported.append(line)
        self.remarks += [Remark(line, each) for each in (*told.aside, *told.changes)]

    def _is_recorded(self, update: Update, standing: Standing, asked: str) -> bool:
        """Return whether the actor has said this since the form was made."""
        since = min(asked or "", update.date.isoformat())
        said = (each for each in standing.records if each.date.isoformat() >= since)
        return any(_says(each) == _says(update) for each in said)


class _Reply(NamedTuple):
    """A row that somebody filled."""

    filled: Filled
    row: Row

    @property
    def name(self) -> str:
        """The number in its first cell."""
        return self.filled.cell(self.row, Column.ID).strip()

    @property
    def place(self) -> str:
        """Where that number is."""
        return self.filled.named(self.row, Column.ID)

    @property
    def given(self) -> tuple[str, ...]:
        """What it says."""
        return tuple(same.word(self.filled.cell(self.row, column)) for column in FILLED)

    def actor(self, tracker: Tracker) -> str:
        """Return who answers, as the tracker spells the name."""
        name = self.filled.form.actor
        return next(each for each in tracker.actors if same.word(each) == same.word(name))

    def about(self, tracker: Tracker, now: Mapping[str, Standing]) -> str:
        """Return the key of what it is about: by the number that fits what it asks, seen or hidden."""
        asked, hidden = same.word(self.filled.cell(self.row, Column.ASKED)), self.filled.mark(self.row)
        found = [tracker.names[key(each)] for each in (self.name, hidden) if key(each) in tracker.names]
        actor = self.actor(tracker)
        fits = [each for each in found if same.word(form.shown(now[each], actor)[Column.ASKED]) == asked]
        if fits or (found and key(self.name) == key(hidden)):
            return (fits or found)[0]
        if not found:
            raise ValueError(f"{self.place}: the tracker has no recommendation {quoted(self.name or hidden)}")
        place = self.filled.named(self.row, Column.ASKED)
        raise ValueError(f"{self.place}: {quoted(self.name)} is not the number of what {place} asks")


def _says(update: Update) -> tuple[object, ...]:
    named = tuple(map(same.word, (update.by, *update.actors)))
    return named, update.recommendations, update.response, update.due, update.note, update.evidence
