"""What the words that people type name in a tracker: recommendations, areas, actors, people, updates."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pathtrack.errors import UnknownRecommendationError, UnknownUpdateError, UsageError
from pathtrack.record import corrections, same
from pathtrack.record.model import Recommendation, Tracker, Update, key
from pathtrack.record.status import Status
from pathtrack.record.view import View, with_parts
from pathtrack.text import a, did_you_mean, for_shell, quoted, safe_line

ALL = "all"
"""Names every recommendation, where none is called that."""
_SHORTEST = 4
"""The smallest number of digits of an update's id that is accepted."""
_DIGITS = re.compile(r"[0-9a-f]+", re.IGNORECASE)
_OPTIONS = ("actor", "area", "by", "date", "due", "evidence", "file", "note", "reason", "status", "title")
"""Names of options, which people write without their hyphens."""
_DASHES = "-\u2013"
_RANGE = re.compile(r"(.*\d)\s*[-\u2013]\s*(.*\d)")
_NUMBERED = re.compile(r"(.*?)(\d{1,9})", re.DOTALL)


def choose(words: Iterable[str] | None, known: Iterable[str], noun: str) -> tuple[str, ...]:
    """Return each word as the known ones spell it: whole, by its beginning, or several with commas."""
    names = [*same.spellings(known).values()]
    return tuple(dict.fromkeys(name for given in words or () for name in _chosen(given, names, noun)))


def begun(word: str, known: Iterable[str]) -> list[str]:
    """Return the known names that are a word, or begin with it; else those with a word that does."""
    word, names = same.word(word), {same.word(each): each for each in known}
    if word in names:
        return [names[word]]
    starts = re.compile(rf"\b{re.escape(word)}")
    first = [each for name, each in names.items() if word and name.startswith(word)]
    return first or [each for name, each in names.items() if word and starts.search(name)]


def how_to_ask(tracker: Tracker, name: str) -> str:
    """Return how to say who is asked, where no recommendation does."""
    first = next((each.id for each in tracker.recommendations), None)
    line = f"actors = [{quoted(name)}]"
    return f"add {line} in 'pathtrack edit {first}'" if first else "add one with 'pathtrack add'"


def assessor(tracker: Tracker, name: str | None) -> str | None:
    """Return an assessor as the tracker spells the name; None if none is named."""
    return choose([name], tracker.assessors, "assessor")[0] if name else None


def pick(whole: View, words: Sequence[str]) -> View:
    """Return a view of only the recommendations that words name, in their order.

    Where nothing is written, the name of an area stands for what is in it, and `all` for all.
    """
    tracker = whole.tracker
    known = {each.recommendation.id: each for each in reversed([*with_parts(whole.standings)])}
    ids = [name for word in words for name in _group(tracker, word) or spelled(tracker, [word])]
    return replace(whole, standings=tuple(known[each] for each in dict.fromkeys(ids) if each in known))


def spelled(tracker: Tracker, words: Iterable[str]) -> list[str]:
    """Return the ids that words such as D2, D1,D3 or D1-D3 name, each once, as the tracker spells them."""
    spelling: dict[str, str] = {}
    for each in tracker.recommendations:
        spelling.setdefault(key(each.id), each.id)
    named = [name for word in words for name in _ids(tracker, word)]
    for name in named:
        if key(name) not in tracker.names:
            todo = meant(tracker, name, spelling.values())
            raise UnknownRecommendationError(f"no recommendation {quoted(name)}", todo=todo)
    return list(dict.fromkeys(spelling[tracker.names[key(name)]] for name in named))


def one(tracker: Tracker, word: str) -> str:
    """Return the only id that a word names."""
    first, *others = spelled(tracker, [word])
    if others:
        raise UsageError(f"{quoted(word)} is more than one recommendation", todo="name one of them")
    return first


def within(tracker: Tracker, areas: Sequence[str]) -> list[str]:
    """Return the ids of what is in areas, or of `all`; parts belong to their wholes."""
    is_all = ALL in map(str.lower, areas) and ALL not in map(same.word, tracker.areas)
    chosen = tracker.areas if is_all else choose(areas, tracker.areas, "area")
    return [each.id for each in _wholes(tracker) if tracker.area_of(each) in chosen]


def correctable(tracker: Tracker, which: str) -> Update:
    """Return the counting update whose id begins with `which`, or the newest about the recommendation."""
    ledger = corrections.Ledger(tracker.updates)
    if (name := tracker.names.get(key(which))) is not None:
        # By date, as in `show`: the one typed last may be the correction of an old one.
        about = corrections.by_date([each for each in ledger.counting if name in tracker.keys_of(each)])
        if not about:
            raise UnknownUpdateError(f"no update about {which}", todo="see 'pathtrack timeline'")
        return about[-1]
    if len(which) < _SHORTEST or not _DIGITS.fullmatch(which):
        ids = meant(tracker, which, [each.id for each in tracker.recommendations])
        todo = f"{ids.rstrip('?')}, or an id of 'pathtrack timeline'{'?' if ids.endswith('?') else ''}"
        raise UnknownUpdateError(f"no recommendation or update {quoted(which)}", todo=todo)
    return _by_id(which.lower(), ledger)


def _chosen(given: str, known: Sequence[str], noun: str) -> list[str]:
    """Return the names that a word means; UsageError where it fits none, or several."""
    found = begun(given, known)
    if len(found) == 1:
        return found
    parts = [*filter(None, map(str.strip, given.split(",")))]
    if len(parts) > 1:
        return [name for part in parts for name in _chosen(part, known, noun)]
    if found:
        todo = f"did you mean {' or '.join(map(safe_line, found))}?"
        raise UsageError(f"{quoted(given)} fits more than one {noun}", todo=todo)
    raise UsageError(f"{quoted(given)} is not {a(noun)}", todo=did_you_mean(given, known))


def _wholes(tracker: Tracker) -> list[Recommendation]:
    return [each for each in tracker.recommendations if not tracker.whole_of(each)]


def _group(tracker: Tracker, word: str) -> list[str]:
    """Return the ids of an area, or of all recommendations; nothing for any other word."""
    if key(word) in tracker.names:
        return []
    areas = [each for each in tracker.areas if same.word(each) == same.word(word)]
    return within(tracker, areas or [ALL]) if areas or word.lower() == ALL else []


def _ids(tracker: Tracker, word: str) -> Iterator[str]:
    """Yield the ids that a word names: several with commas, D1-D3 for D1 and all up to D3."""
    for part in [*filter(None, map(str.strip, word.split(",")))] or [word]:
        ends = None if key(part) in tracker.names else _ends(tracker, part)
        yield from _between(tracker, part, *ends) if ends else [part]


def _ends(tracker: Tracker, word: str) -> tuple[str, str] | None:
    """Return the keys of the first and the last of a range such as D1-D3 or D1-3; None if it is none.

    Ids may have hyphens themselves, so each hyphen can be the one between the two.
    """
    for at in (place for place, sign in enumerate(word) if sign in _DASHES):
        first, last = key(word[:at].strip()), key(word[at + 1 :].strip())
        short = re.sub(r"\d+$", "", first) + last
        for end in (last, short):
            if first in tracker.names and end in tracker.names:
                return tracker.names[first], tracker.names[end]
    return None


def _between(tracker: Tracker, word: str, first: str, last: str) -> list[str]:
    """Return the ids of a range, in the order of the file; refuse one that its numbers contradict.

    Where D10 stands between D1 and D2, nobody knows whether D1-D2 has three or two.
    """
    known = [key(each.id) for each in tracker.recommendations]
    wholes = {key(each.id) for each in _wholes(tracker)}
    start, end = known.index(first), known.index(last)
    ids = [each.id for each in tracker.recommendations]
    if start > end:
        todo = f"did you mean {ids[end]}-{ids[start]}?"
        raise UsageError(f"{quoted(word)} ends before it begins", todo=todo)
    found = [each for each in known[start : end + 1] if each in wholes or not {first, last} <= wholes]
    counted = _numbered(known, first, last)
    if counted and set(counted) != set(found):
        one, other = (",".join(ids[known.index(each)] for each in names) for names in (found, counted))
        raise UsageError(f"{quoted(word)} can be read in two ways", todo=f"give {one} or {other}")
    return found


def _numbered(known: Iterable[str], first: str, last: str) -> list[str]:
    """Return the keys that count from one to another, such as d1, d2 and d3; none where they do not count."""
    start, end = _NUMBERED.fullmatch(first), _NUMBERED.fullmatch(last)
    if not (start and end and start[1] == end[1]):
        return []
    numbers = range(int(start[2]), int(end[2]) + 1)
    found = ((each, _NUMBERED.fullmatch(each)) for each in known)
    return [each for each, parts in found if parts and parts[1] == start[1] and int(parts[2]) in numbers]


def _by_id(which: str, ledger: corrections.Ledger) -> Update:
    found = {corrections.update_id(each): each for each in ledger.counting}
    begun = [each for each in found if each.startswith(which)]
    if not begun:
        replaced = {corrections.update_id(each.update): each.correction for each in ledger.corrected}
        newer = next((new for old, new in replaced.items() if old.startswith(which)), None)
        todo = "see 'pathtrack timeline', or give the id of a recommendation for the newest about it"
        if newer:
            todo = f"it was corrected by {corrections.update_id(newer)}"
        raise UnknownUpdateError(f"no current update {quoted(which)}", todo=todo)
    if len(begun) > 1:
        raise UsageError(
            f"{quoted(which)} is the beginning of several ids", todo=f"give one of {', '.join(begun)}"
        )
    return found[begun[0]]


def meant(tracker: Tracker, word: str, ids: Iterable[str]) -> str:
    """Return what a word was probably meant for that stands where an id belongs."""
    if word.startswith(("–", "—")):
        return "an option begins with two hyphens, which word processors turn into a dash"
    if word.lower() in set(Status):
        return f"a status is given as --status {word}"
    if word.lower() in _OPTIONS:
        return f"an option begins with two hyphens: --{word.lower()}"
    if word.lower() == ALL not in map(same.word, tracker.areas):
        return "'pathtrack update' takes all of them as --area all, and 'pathtrack show all' shows them"
    nearest, areas = did_you_mean(word, ids), begun(word, tracker.areas)
    is_near = nearest.startswith("did")
    if len(areas) == 1 and (same.word(areas[0]) == same.word(word) or not is_near):
        about, named = ",".join(within(tracker, areas)), for_shell(areas[0], otherwise="AREA")
        return f"name {about}; 'pathtrack update' takes all of them as --area {named}"
    if (ends := _RANGE.fullmatch(word)) and (key(ends[1]) in tracker.names or not is_near):
        lacking = [each for each in ends.groups() if key(each) not in tracker.names]
        return f"a range is from one id to another, and there is no {' and no '.join(lacking)}"
    return nearest
