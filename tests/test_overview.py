from pathlib import Path

from conftest import Run
from pathtrack.record.model import Tracker
from pathtrack.show import pages, terminal, words
from samples import HOSTILE, recommendation, seen, tracked
from screens import drawn, without_colour

OVERVIEW = """\
A Harbor That Works: Six Steps
6 recommendations, 4 assessed, 1 implemented, 1 overdue, as of 31 Jan 2026; newest record 20 Nov 2025

   2  ? not-assessed
   1  ◕ partial
   1  ✔ implemented
   1  ! stalled
   1  ↺ reversed

Newest
  20 Nov 2025  W1  A storm filled the channel up again!
   1 Jul 2025  E1  The grid company says that it waits for the port.
   6 Jun 2025  Open.Data-7  Searched, and found nothing.

Next
  pathtrack list
  pathtrack show W1
  pathtrack update W1 --status STATUS --evidence URL
"""


def test_alone_it_shows_the_tracker_at_a_glance(here: Path, run: Run) -> None:
    before = here.read_bytes()
    assert run() == (0, OVERVIEW, "")
    assert here.read_bytes() == before


def test_an_empty_tracker_wants_recommendations_next(run: Run) -> None:
    run("init", "--blank", "--title", "T")
    outcome = run()
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.endswith("  pathtrack import FILE.csv\n  pathtrack edit\n")


def test_a_broken_tracker_is_refused(here: Path, run: Run) -> None:
    here.write_bytes(b"[report]\n")
    assert "title" in run().refused(3)


def test_an_empty_column_of_an_import_is_not_shown() -> None:
    view = seen(tracked(recommendation(source={"Theme": " ", "Rec. no.": "7"})))
    printed = [words.flat(line) for line in pages.shown(view)]
    assert [line for line in printed if ":" in line] == ["  Rec. no.: 7"]


def test_a_terminal_shows_the_same(tracker: Tracker) -> None:
    screen = without_colour(drawn(terminal.overview(seen(tracker)), width=110, color=True))
    assert [line.rstrip() for line in screen.splitlines()] == OVERVIEW.splitlines()
    assert not {*HOSTILE} - {"\n"} & {*screen}
