"""A made tracker with everything that a folder shows, and the files of such a folder."""

import datetime as dt

from pathtrack.export import Format
from pathtrack.export.site import Site
from pathtrack.record.corrections import update_id
from pathtrack.record.model import Tracker
from samples import recommendation, seen, source, tracked, update

ON = dt.date(2026, 1, 31)
REPORT = {
    "title": "One River",
    "publisher": "River Institute",
    "url": "https://river.example/report",
    "published": dt.date(2023, 5, 1),
    "site": "https://river.example/tracker",
    "contact": "mailto:desk@river.example",
    "licence": "CC-BY-SA-4.0",
    "method": "We read the gazette.\n\n- every month\n- in both languages",
}
_WRONG = update("2025-02-01", "D1", status="partial", note="Half of it is done.")
_DOUBLE = update("2025-02-02", "D1", note="Typed twice.")


def made(**report: object) -> Tracker:
    """Return a tracker with parts, actors, a date that moved, quotations and corrections."""
    return tracked(
        recommendation("D1", actors=["Ministry", "Agency"], due=dt.date(2025, 6, 30), tags=["first"]),
        recommendation("D1.a", part_of="D1", title="한 부분"),
        recommendation("p-stalled", area="space & 우주", title="Named like a pattern"),
        recommendation("d2", area="space & 우주", actors=["agency"]),
        update("2024-01-10", "D1", "d2", status="in-progress", note="It began. And more.\n\n- a\n- b"),
        _WRONG,
        _DOUBLE,
        update(
            "2025-03-01", "D1", due=dt.date(2026, 6, 30), note="Later.", evidence=[source(title="A plan")]
        ),
        update(
            "2025-03-01",
            "D1.a",
            status="implemented",
            evidence=[
                source("https://law.example/1?a=1&b=2", kind="law", lang="ko", title="법", quote="한다.")
            ],
        ),
        update(
            "2025-04-01", "p-stalled", status="stalled", actors=["Agency"], evidence=[source(None, title="T")]
        ),
        update(
            "2025-02-01",
            "D1",
            status="in-progress",
            note="A third of it is done.",
            corrects=update_id(_WRONG),
            reason="Miscounted",
            recorded=dt.datetime(2025, 5, 1, 12, tzinfo=dt.UTC),
        ),
        update("2025-06-01", "D1", corrects=update_id(_DOUBLE), reason="Twice"),
        update("2025-07-01", "nobody", note="About nothing known.", evidence=[source("ftp://x.example/")]),
        **{**REPORT, **report},
    )


def folder(tracker: Tracker, *formats: Format, on: dt.date = ON, review: int | None = None) -> dict[str, str]:
    """Return the text of each file."""
    files = Site(seen(tracker, on), formats, review=review).files
    return {name: make().decode(errors="replace") for name, make in files.items()}
