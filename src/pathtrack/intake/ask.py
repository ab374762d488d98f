"""A filled form coming back: each row that somebody filled becomes an update by the actor who was asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pathtrack.errors import UsageError
from pathtrack.intake import strays
from pathtrack.intake.filled import Filled, Reply, Returned
from pathtrack.intake.outcome import Plan, Remark, together
from pathtrack.intake.replies import Answer, How
from pathtrack.record import same
from pathtrack.record.model import Tracker, key
from pathtrack.record.standings import Standing, standings
from pathtrack.sheet import form
from pathtrack.sheet.form import Column
from pathtrack.text import did_you_mean, quoted


def plan(back: Returned, tracker: Tracker, how: How) -> Plan:
    """Return what filled forms add to a tracker, and what there is to say of each row, and of other cells."""
    _require_ours(back.forms, tracker)
    others = Plan(unread=tuple(strays.found(back, tracker.report)))
    return together([*_taken(back.forms, tracker, how), others])


def _require_ours(forms: Sequence[Filled], tracker: Tracker) -> None:
    """Raise UsageError for a form of another tracker, or of somebody whom this one asks nothing."""
    for given in (each.form for each in forms):
        if given.report and same.word(given.report) != same.word(tracker.report.title):
            what = f"the form is about {quoted(given.report)}, not {quoted(tracker.report.title)}"
            raise UsageError(what, todo="name its tracker with --file")
        if same.word(given.actor) not in map(same.word, tracker.asked):
            what = f"the form asks {quoted(given.actor)}, but the tracker asks nothing of that name"
            raise UsageError(what, todo=did_you_mean(given.actor, tracker.asked))


def _taken(forms: Sequence[Filled], tracker: Tracker, how: How) -> Iterator[Plan]:
    """Yield what forms add, row by row; rows that answer for one recommendation must not differ."""
    now = {key(each.recommendation.id): each for each in standings(tracker, on=how.date)}
    actors = {same.word(each): each for each in reversed(tracker.asked)}
    questions, about = _Questions(tracker), dict[str, list[Reply]]()
    for reply in (reply for each in forms for reply in each.replies):
        try:
            about.setdefault(questions.about(reply), []).append(reply)
        except ValueError as error:
            yield _left(reply, error)
    for name, replies in about.items():
        read = [_answer(each, now[name], actors, how) for each in replies]
        filled = [each for each in read if each.reply.is_filled]
        if len({each.reply.words for each in filled}) > 1:
            yield Plan(refused=tuple(_differing([each.reply for each in filled])))
        elif filled:
            yield filled[0].answered()
            yield Plan(unchanged=tuple(each.reply.row.line for each in filled[1:]))
        yield from (each.looked_at() for each in read if not each.reply.is_filled)


def _answer(reply: Reply, standing: Standing, actors: Mapping[str, str], how: How) -> Answer:
    """Return the cells of a row, whose actor is named as the tracker has it."""
    return Answer(reply, standing, actors[same.word(reply.filled.form.actor)], how)


def _differing(replies: Sequence[Reply]) -> Iterator[Remark]:
    places = " and ".join(each.place for each in replies)
    for each in replies:
        said = f"{places} answer for {replies[0].name} differently: {each.shown}"
        yield Remark(each.row.line, said)


def _left(reply: Reply, error: ValueError) -> Plan:
    """Return why a row is not taken: one of the form if it is filled, and any other with all its cells."""
    line = reply.row.line
    if reply.is_filled:
        shown = reply.shown if reply.mark else reply.whole
        return Plan(refused=(Remark(line, f"{error}; not taken: {shown}"),))
    if reply.mark:
        return Plan(empty=(line,))
    told = f"not taken, since its row asks nothing: {reply.whole}"
    return Plan(unread=(Remark(line, told),) if reply.whole else ())


@dataclass(frozen=True)
class _Questions:
    """What a tracker asks, by the keys of its recommendations."""

    tracker: Tracker

    def about(self, reply: Reply) -> str:
        """Return the key of what a row is about; ValueError unless that asks whoever answers."""
        found, actor = self._found(reply), reply.filled.form.actor
        if same.word(actor) not in self._actors[found]:
            what = f"{quoted(reply.name or found)} asks nothing of {quoted(actor)}"
            raise ValueError(f"{reply.place}: {what}")
        return found

    def _found(self, reply: Reply) -> str:
        """Return the key of what a row is about: by the number that fits what it asks, seen or hidden."""
        asked, names = same.word(reply.cell(Column.ASKED)), self.tracker.names
        found = [names[key(each)] for each in (reply.name, reply.mark) if key(each) in names]
        fits = [each for each in found if self._texts[each] == asked]
        if fits or (found and key(reply.name) == key(reply.mark)):
            return (fits or found)[0]
        if found:
            place = reply.named(Column.ASKED)
            raise ValueError(f"{reply.place}: {quoted(reply.name)} is not the number of what {place} asks")
        # Without a number that we know, what is asked may still be asked only once.
        if len(alike := self._alike.get(asked, [])) == 1:
            return alike[0]
        if not (name := reply.name or reply.mark):
            raise ValueError(f"{reply.place}: no recommendation's number")
        raise ValueError(f"{reply.place}: the tracker has no recommendation {quoted(name)}")

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        """What makes the texts of what is asked the same."""
        listed = reversed(self.tracker.recommendations)
        return {key(each.id): same.word(form.asked(each)) for each in listed}

    @cached_property
    def _actors(self) -> Mapping[str, frozenset[str]]:
        """What makes the names of those who are asked the same."""
        listed = reversed(self.tracker.recommendations)
        return {key(each.id): frozenset(map(same.word, self.tracker.asked_of(each))) for each in listed}

    @cached_property
    def _alike(self) -> Mapping[str, list[str]]:
        """The keys of what is asked in the same words."""
        found: dict[str, list[str]] = {}
        for name, text in self._texts.items():
            found.setdefault(text, []).append(name)
        return found
