"""An update with part of it changed, and what that was."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields

from pathtrack import git
from pathtrack.cli import recording, typed
from pathtrack.errors import UsageError
from pathtrack.record import objections, same
from pathtrack.record.corrections import Ledger, update_id
from pathtrack.record.model import Evidence, Tracker, Update
from pathtrack.show.words import summary
from pathtrack.text import count, day, did_you_mean, is_address, quoted

_LISTS = ("actors", "searched", "evidence")
_OPTIONAL = (*_LISTS, "status", "confidence", "response", "due", "note")


def replacing(
    tracker: Tracker, old: Update, given: Mapping[str, object], without: Iterable[str], *, reason: str
) -> Update:
    """Return the replacement of an update: it, but for what is given; UsageError if that changes nothing."""
    author = git.author()
    new: dict[str, object] = {each.name: getattr(old, each.name) for each in fields(old)}
    new |= {name: value for name, value in given.items() if value is not None}
    new |= {name: () if name in _LISTS else None for name in map(_clearable, without)}
    # Every correction differs in these, so they do not show whether anything is corrected.
    fixed = {
        "recorded": old.recorded,
        "corrects": old.corrects,
        "reason": old.reason,
        "typed_by": old.typed_by,
    }
    if objections.build(Update, {**new, **fixed}) == old:
        raise UsageError("nothing would be corrected", todo="give what is right, such as --note TEXT")
    return objections.build(
        Update,
        {
            **new,
            "recorded": recording.moment(tracker),
            "corrects": update_id(old),
            "reason": reason,
            "typed_by": None if same.word(author) == same.word(str(new["by"])) else author,
        },
    )


def _clearable(name: str) -> str:
    if name.lower() not in _OPTIONAL:
        raise UsageError(f"{quoted(name)} cannot be removed", todo=did_you_mean(name, _OPTIONAL))
    return name.lower()


def sources(
    old: Update,
    number: int | None,
    addresses: list[str] | None,
    more: Mapping[str, Sequence[str] | None],
) -> tuple[object, ...]:
    """Return the sources of an update with one of them changed, added or removed."""
    given = {name: values for name, values in {"evidence": addresses, **more}.items() if values}
    if not given:
        return old.evidence
    if many := next((name for name, values in given.items() if len(values) > 1), None):
        raise UsageError(f"--{many} is given twice", todo="correct one source at a time, with --source N")
    place = _place(old, number)
    texts = {name: values[0] for name, values in given.items()}
    changed = _changed(old.evidence[place] if place < len(old.evidence) else None, texts)
    return (*old.evidence[:place], *changed, *old.evidence[place + 1 :])


def _place(old: Update, number: int | None) -> int:
    have = len(old.evidence)
    if number is None and have > 1:
        raise UsageError(f"the update has {have} sources", todo=f"say which with --source 1 to {have}")
    if number and number > have + 1:
        raise UsageError(f"the update has {count(have, 'source')}", todo=f"--source {have + 1} adds one")
    return number - 1 if number else 0


def _changed(old: Evidence | None, texts: dict[str, str]) -> list[dict[str, object]]:
    """Return a source with other keys; nothing where it is removed."""
    address = texts.pop("evidence", None)
    if address == "":
        return []
    if old is None:
        if address is None:
            raise UsageError("a new source has no address or title", todo="give one with --evidence")
        return [typed.source(address, texts)]
    kept: dict[str, object] = {each.name: getattr(old, each.name) for each in fields(old)}
    if address is not None:
        texts["url" if is_address(address) else "title"] = address
    return [kept | typed.keys_of_source({name: text or None for name, text in texts.items()})]


def differences(tracker: Tracker) -> Iterator[str]:
    """Yield what an update said and what it says now, a line for each key that changed."""
    new = tracker.updates[-1]
    old = next(each.record for each in Ledger(tracker.updates).corrected if each.correction == new)
    about = f"the update of {day(old.date)} about {', '.join(old.recommendations)} by {old.by}"
    if not new.says_something:
        yield f"withdrew {about}: {summary(old)}"
        return
    yield f"corrected {about}:"
    for name in ("date", "by", "recommendations", *_OPTIONAL):
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield f"  {name}: {_shown(was)} → {_shown(now)}"


def _shown(value: object) -> str:
    if isinstance(value, Evidence):
        return value.url or value.title or ""
    if isinstance(value, tuple):
        return ", ".join(map(_shown, value)) or "none"
    return "none" if value is None else str(value)
