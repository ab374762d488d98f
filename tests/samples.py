"""Values to test with: short makers, hostile texts, and strategies for hypothesis."""

import datetime as dt
import re
from codecs import BOM_UTF8
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from hypothesis import strategies as st
from pydantic import TypeAdapter

from pathtrack.record.model import Evidence, Recommendation, Report, Tracker, Update
from pathtrack.record.status import Kind, Status
from pathtrack.record.view import View, view

TODAY = dt.date(2026, 1, 31)
DATA = Path(__file__).parent / "data"
SMALL = (DATA / "tracker.toml").read_bytes()

BARE = b'[report]\ntitle = "R"'
"""A report and nothing else, without a last newline."""
_ASKED = b'\n[[recommendation]]\nid = "a"\narea = "b"\ntitle = "c"\n'
FORMS = {
    "LF": SMALL,
    "CRLF": SMALL.replace(b"\n", b"\r\n"),
    "BOM": BOM_UTF8 + SMALL,
    "BOM and CRLF": BOM_UTF8 + SMALL.replace(b"\n", b"\r\n"),
    "mixed newlines": SMALL.replace(b"\n\n", b"\r\n\n"),
    "no last newline": SMALL.rstrip(b"\n"),
    "no last newline, CRLF": SMALL.rstrip(b"\n").replace(b"\n", b"\r\n"),
    "empty lines at the end": SMALL + b"\n\n \t\n",
    "a comment at the end": SMALL + b"# [[update]]",
    "a comment of Korean at the end": SMALL + "# 끝 🏁".encode(),
    "a report and nothing else": BARE,
    "a table at the end": BARE + _ASKED.replace(b" ", b"") + b"[recommendation.source]\n",
    "updates between recommendations": BARE
    + b'\n[[update]]\ndate=2025-01-01\nby="a"\nrecommendations=["a"]\nnote="n"'
    + _ASKED,
}
"""One tracker's file in the forms that a file can have, and some others."""

HOSTILE = (
    "\x00\x07\x08\x0b\x0c\x1b\x1f\x7f\x80\x85\x9b\x9f\u2028\u2029\u061c\u200e\u200f\u202a\u202e\u2066\u2069"
)
"""One of each sort of character that is never shown raw."""


_T = TypeVar("_T")


def value_of(kind: type[_T], given: Mapping[str, object]) -> _T:
    """Return a value of fields that the type checker does not know."""
    return TypeAdapter(kind).validate_python(given)


def day(text: str) -> dt.date:
    """Return a date from its ISO form."""
    return dt.date.fromisoformat(text)


def recommendation(identifier: str = "D1", **fields: object) -> Recommendation:
    """Return a recommendation that is complete but for what matters to a test."""
    return value_of(Recommendation, {"id": identifier, "area": "defense", "title": "A title", **fields})


def update(date: str = "2025-01-24", *about: str, **fields: object) -> Update:
    """Return an update; it carries a note if nothing else is given."""
    given = {"date": day(date), "by": "Ana", "recommendations": about or ("D1",), **fields}
    return value_of(
        Update, given if fields.keys() - {"by", "recorded", "actors"} else {**given, "note": "A note."}
    )


def source(url: str | None = "https://example.org/a", **fields: object) -> Evidence:
    """Return a piece of evidence."""
    return value_of(Evidence, {"url": url, **fields})


def tracked(*parts: Recommendation | Update, **report: object) -> Tracker:
    """Return a tracker of the given parts."""
    return Tracker(
        report=value_of(Report, {"title": "A report", **report}),
        recommendations=tuple(each for each in parts if isinstance(each, Recommendation)),
        updates=tuple(each for each in parts if isinstance(each, Update)),
    )


def cases(name: str) -> list[tuple[str, str]]:
    """Return the titles and texts of a file of cases, `<U+XXXX>` replaced by its character."""
    text = (DATA / name).read_text(encoding="utf-8")
    _, *found = re.split("^=== ", text, flags=re.MULTILINE)
    raw = (re.sub(r"<U\+([0-9A-F]{4})>", lambda code: chr(int(code[1], 16)), case) for case in found)
    return [(title, body.removesuffix("\n")) for title, _, body in (case.partition("\n") for case in raw)]


def seen(tracker: Tracker, on: dt.date = TODAY) -> View:
    """Return all standings of a tracker on a day."""
    return view(tracker, on=on)


TRICKY = (
    '"""',
    "'''",
    "\\",
    "\\n",
    "#",
    "[[update]]",
    'x"',
    " ",
    "\t",
    "\ufeff",
    "\x00\x1b\x7f",
    "\u0085\u2028\u202e",
    "한국어 🚀",
    "{a = 1}",
)
_CHARACTERS = st.characters(exclude_categories=["Cs"])
_WORDS = st.lists(st.sampled_from(TRICKY) | st.text(_CHARACTERS, max_size=5), min_size=1, max_size=4)

lines = _WORDS.map("".join).map(lambda text: text.replace("\r", "").replace("\n", "")).filter(bool)
"""Any text that the model takes for a line."""

prose = st.lists(_WORDS.map("".join), min_size=1, max_size=4).map("\n".join).filter(bool)
"""Any text that the model takes for a note."""

moments = st.datetimes(
    min_value=dt.datetime(1000, 1, 2),  # noqa: DTZ001 hypothesis adds the zone
    max_value=dt.datetime(9999, 12, 30),  # noqa: DTZ001 likewise
    timezones=st.integers(-1439, 1439).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes))),
)


def _optional(strategy: st.SearchStrategy[_T]) -> st.SearchStrategy[_T | None]:
    return st.none() | strategy


_evidence = st.builds(
    Evidence,
    title=lines,
    publisher=_optional(lines),
    url=_optional(lines),
    date=_optional(st.dates()),
    kind=_optional(st.sampled_from(Kind)),
    archive=_optional(lines),
) | st.builds(Evidence, url=lines)

updates = (
    st.fixed_dictionaries(
        {
            "date": st.dates(),
            "recorded": _optional(moments),
            "by": lines,
            "recommendations": st.lists(lines, min_size=1, max_size=3),
            "status": _optional(st.sampled_from(Status)),
            "note": _optional(prose),
            "searched": st.lists(lines, max_size=2),
            "evidence": st.lists(_evidence, max_size=2),
        }
    )
    .filter(lambda given: any(given[name] for name in ("status", "note", "searched", "evidence")))
    .map(lambda given: value_of(Update, given))
)
"""Any update that the model takes."""
