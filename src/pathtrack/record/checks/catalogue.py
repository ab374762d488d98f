"""Findings about the report and its recommendations."""

from collections.abc import Iterable, Iterator

from pathtrack.record import same
from pathtrack.record.finding import HINTS, Finding
from pathtrack.record.model import Recommendation, Tracker, key
from pathtrack.text import did_you_mean, quoted

_MANY = 50
"""How many areas are compared with each other."""


def ids(tracker: Tracker) -> Iterator[Finding]:
    """Yield ids that are taken, and parts of nothing."""
    seen: dict[str, Recommendation] = {}
    for index, each in enumerate(tracker.recommendations):
        for name in (each.id, *each.formerly):
            # Not by equality: its own former id is no second owner, but a copy of it is one.
            if (first := seen.setdefault(key(name), each)) is not each:
                message = f"{name} is already the id of {quoted(first.title)}"
                yield Finding(("recommendation", index, "id"), "duplicate-id", message)
        if each.part_of and not tracker.whole_of(each):
            known = tracker.names.get(key(each.part_of))
            problem = "is itself a part" if known else "is not a recommendation"
            message = f"{each.id}: {quoted(each.part_of)}, of which it is a part, {problem}"
            yield Finding(("recommendation", index, "part_of"), "unknown-whole", message)


def areas(tracker: Tracker) -> Iterator[Finding]:
    """Yield areas that the report does not have, and words spelled in two ways."""
    given = dict.fromkeys(tracker.report.areas)
    wrong = 0
    for index, each in enumerate(tracker.recommendations):
        area = tracker.area_of(each)
        if given and area and area not in given:
            wrong += 1
            hint = f"; {did_you_mean(area, given)}" if wrong <= HINTS else ""
            way_out = "; correct it, or add it to 'areas' of [report]" if wrong == 1 else ""
            message = f"{each.id}: {quoted(area)} is not one of the report's areas{hint}{way_out}"
            yield Finding(("recommendation", index, "area"), "unknown-area", message)
    areas = ((index, each.area) for index, each in enumerate(tracker.recommendations) if each.area)
    yield from _spellings(areas, "area", given)
    actors = ((index, name) for index, each in enumerate(tracker.recommendations) for name in each.actors)
    yield from _spellings(actors, "actors")


def similar_areas(tracker: Tracker) -> Iterator[Finding]:
    """Yield areas that differ in a letter from one with more recommendations, unless the report has both."""
    if tracker.report.areas:
        return
    places: dict[str, list[int]] = {}
    for index, each in enumerate(tracker.recommendations):
        if each.area:
            places.setdefault(tracker.area_of(each), []).append(index)
    # Each is compared with each: more than a report can have would take long.
    usual = sorted(places, key=lambda area: -len(places[area]))[:_MANY]
    for number, area in enumerate(usual):
        if other := next((each for each in usual[:number] if same.nearly(area, each)), None):
            message = f"{quoted(area)} and {quoted(other)} differ only in a letter"
            yield Finding(("recommendation", places[area][0], "area"), "similar-areas", message)


def _spellings(words: Iterable[tuple[int, str]], field: str, given: Iterable[str] = ()) -> Iterator[Finding]:
    """Yield words that are the same as an earlier one or one of the report, but spelled differently."""
    first = same.spellings(given)
    reported: set[str] = set()
    for index, each in words:
        usual = first.setdefault(same.word(each), each)
        if each != usual and each not in reported:
            reported.add(each)
            message = f"{quoted(each)} and {quoted(usual)} are the same word, written in two ways"
            yield Finding(("recommendation", index, field), "two-spellings", message)
