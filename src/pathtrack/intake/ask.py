"""A filled form coming back: each row that somebody filled becomes an update by the actor who was asked."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pathtrack.errors import UsageError
from pathtrack.intake import replies, said, strays
from pathtrack.intake.answers import Answers
from pathtrack.intake.asked import Questions, Reply
from pathtrack.intake.columns import DateOrder
from pathtrack.intake.filled import Filled, Returned
from pathtrack.intake.plan import Plan
from pathtrack.intake.rows import Remark
from pathtrack.record import objections, same
from pathtrack.record.model import Tracker, Update, key
from pathtrack.record.standings import Standing, standings
from pathtrack.sheet import form
from pathtrack.text import did_you_mean, quoted


class How(NamedTuple):
    """How answers are taken: of which day, when typed in, what their words mean, and the order of dates."""

    date: dt.date
    recorded: dt.datetime
    known: Answers
    order: DateOrder | None = None


def plan(back: Returned, tracker: Tracker, how: How) -> Plan:
    """Return what filled forms add to a tracker, and what there is to say of each row, and of other cells."""
    _require_ours(back.forms, tracker)
    run = _Run(tracker, how)
    run.take(back.forms)
    return Plan(
        recommendations=(),
        updates=tuple(run.updates),
        imported=tuple(run.imported),
        unchanged=tuple(run.unchanged),
        empty=tuple(run.empty),
        refused=tuple(run.refused),
        remarks=tuple(run.remarks),
        unread=(*run.unread, *strays.found(back, tracker.report)),
    )


def _require_ours(forms: Sequence[Filled], tracker: Tracker) -> None:
    """Raise UsageError for a form of another tracker, or of somebody whom this one asks nothing."""
    for given in (each.form for each in forms):
        if given.report and same.word(given.report) != same.word(tracker.report.title):
            what = f"the form is about {quoted(given.report)}, not {quoted(tracker.report.title)}"
            raise UsageError(what, todo="name its tracker with --file")
        if same.word(given.actor) not in map(same.word, tracker.asked):
            what = f"the form asks {quoted(given.actor)}, but the tracker asks nothing of that name"
            raise UsageError(what, todo=did_you_mean(given.actor, tracker.asked))


@dataclass
class _Run:
    """What forms add to a tracker, in the making."""

    tracker: Tracker
    how: How
    updates: list[Update] = field(default_factory=list)
    imported: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    unread: list[Remark] = field(default_factory=list)

    def take(self, forms: Iterable[Filled]) -> None:
        """Add what forms say, row by row; rows that answer for one recommendation must not differ."""
        now = standings(self.tracker, on=self.how.date)
        standing = {key(each.recommendation.id): each for each in now}
        about: dict[str, list[Reply]] = {}
        questions = Questions(self.tracker)
        for each in (Reply(one, row) for one in forms for row in one.rows):
            try:
                about.setdefault(each.about(questions), []).append(each)
            except ValueError as error:
                self._leave(each, error)
        for name, rows in about.items():
            filled = [each for each in rows if each.is_filled]
            if len({each.given for each in filled}) > 1:
                said = (
                    f"{' and '.join(each.place for each in filled)} answer for {filled[0].name} differently"
                )
                self.refused += [Remark(each.row.line, f"{said}: {each.shown}") for each in filled]
            elif filled:
                self._answer(filled[0], standing[name])
                self.unchanged += [each.row.line for each in filled[1:]]
            for each in rows:
                if not each.is_filled:
                    self._look_at(each, standing[name])

    def _leave(self, reply: Reply, error: ValueError) -> None:
        """Keep why a row is not taken: one of the form if it is filled, and any other with all its cells."""
        line, is_ours = reply.row.line, bool(reply.filled.mark(reply.row))
        if reply.is_filled:
            shown = reply.shown if is_ours else reply.whole
            self.refused.append(Remark(line, f"{error}; not taken: {shown}"))
        elif is_ours:
            self.empty.append(line)
        elif reply.whole:
            self.unread.append(Remark(line, f"not taken, since its row asks nothing: {reply.whole}"))

    def _look_at(self, reply: Reply, standing: Standing) -> None:
        """Keep what somebody wrote into the locked cells of a row, and into no other."""
        told = replies.Cells(reply.filled, reply.row, standing.recommendation.id)
        told.compare(form.shown(standing, reply.actor(self.tracker)))
        self.empty.append(reply.row.line)
        self.unread += [Remark(reply.row.line, each) for each in told.refused]

    def _answer(self, reply: Reply, standing: Standing) -> None:
        line, actor = reply.row.line, reply.actor(self.tracker)
        told = replies.Cells(reply.filled, reply.row, standing.recommendation.id)
        since = min(reply.filled.form.date or "", self.how.date.isoformat())
        before = said.since(standing, actor, since)
        given = replies.given(told, standing, actor, before, self.how.known, self.how.order)
        is_news = any(given.values())
        replies.contact(told, is_alone=not (is_news or told.known or told.refused))
        told.compare(form.shown(standing, actor))
        replies.links_aside(told)
        try:
            self.updates += [self._update(given, standing, actor)] if is_news else []
        except UsageError as error:
            self.refused.append(Remark(line, f"{reply.place}: {error}; not taken: {reply.shown}"))
            return
        (self.imported if is_news else self.unchanged).append(line)
        known = [f"recorded already: {', '.join(told.known)}"] if is_news and told.known else []
        self.unread += [Remark(line, each) for each in told.refused]
        self.remarks += [Remark(line, each) for each in (*told.aside, *told.changes, *known)]

    def _update(self, given: Mapping[str, object], standing: Standing, actor: str) -> Update:
        fixed = {"date": self.how.date, "recorded": self.how.recorded, "by": actor, "actors": [actor]}
        named = {"recommendations": [standing.recommendation.id]}
        return objections.build(Update, {**given, **fixed, **named})
