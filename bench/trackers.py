"""Made-up trackers of any size; each record has its own words, dates and sources."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

AREAS = 8
_STATUSES = ("in-progress", "partial", "implemented", "stalled", "not-implemented", "not-started")
_FIRST = dt.date(2020, 1, 1)


def write(path: Path, size: int, *, updates: int = 1) -> Path:
    """Write a tracker of so many recommendations, each with so many updates of one evidence."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(_parts(size, updates))
    return path


def area(number: int) -> str:
    """Return the area of a recommendation: one in eight has the same."""
    return f"area-{number % AREAS}"


def title(number: int) -> str:
    """Return the title of a recommendation."""
    return f"Publish the plan that chapter {number} asks for, with a date and a budget line"


def note(number: int) -> str:
    """Return the note of an update."""
    return f"Office {number % 97} was named to lead step {number}. A budget line is still missing."


def day(number: int, turn: int = 0) -> dt.date:
    """Return the date of an update."""
    return _FIRST + dt.timedelta(days=(number * 7 + turn * 31) % 2_000)


def address(number: int, turn: int = 0) -> str:
    """Return the address of an update's evidence."""
    return f"https://example.org/{turn}/{number}"


def source(number: int, turn: int = 0) -> str:
    """Return the evidence of an update in one line, for those who have no fields for it."""
    return f"Notice {number} of {day(number, turn)}, Gazette, {address(number, turn)}, law"


def _parts(size: int, updates: int) -> Iterator[str]:
    areas = ", ".join(f'"{area(number)}"' for number in range(AREAS))
    yield f'[report]\ntitle = "A made-up report"\npublisher = "Nobody"\nareas = [{areas}]\n'
    yield from map(_recommendation, range(size))
    for turn in range(updates):
        yield from (_update(number, turn) for number in range(size))


def _recommendation(number: int) -> str:
    return f"""
[[recommendation]]
id = "R{number}"
area = "{area(number)}"
title = "{title(number)}"
ref = "Chapter {number}"
actors = ["Ministry {number % 23}"]
"""


def _update(number: int, turn: int) -> str:
    return f"""
[[update]]
date = {day(number, turn)}
by = "Assessor {number % 5}"
recommendations = ["R{number}"]
status = "{_STATUSES[(number + turn) % len(_STATUSES)]}"
note = "{note(number)}"

[[update.evidence]]
title = "Notice {number} of {day(number, turn)}"
publisher = "Gazette"
url = "{address(number, turn)}"
date = {day(number, turn)}
kind = "{"law" if number % 2 else "news"}"
"""
