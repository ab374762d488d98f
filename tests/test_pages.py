from pathlib import Path

from conftest import Run
from pathtrack.record.model import Tracker
from pathtrack.show import pages, terminal, words
from samples import HOSTILE, recommendation, seen, source, tracked, update
from screens import drawn, without_colour

SECRET = f"a{HOSTILE}\nb"
OVERVIEW = """\
A Harbor That Works: Six Steps
6 recommendations, 4 assessed, 1 implemented, 1 overdue, as of 31 Jan 2026; newest update dated 20 Nov 2025

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


def test_an_address_that_is_not_safe_is_shown_as_text_and_not_linked() -> None:
    made = tracked(
        recommendation(),
        update(
            evidence=[
                source("https://good.example/1", title="Good"),
                source("javascript:alert(1)", title="Bad"),
                source("https://a@bad.example", archive="https://good.example/2"),
                source("https://good.example/3", archive="data:text/html,x"),
            ]
        ),
    )
    spans = [span for line in pages.shown(seen(made)) for span in line.spans]
    assert {span.link for span in spans if span.link} == {
        f"https://good.example/{number}" for number in (1, 2, 3)
    }
    assert "javascript:alert(1)" in "\n".join(span.text for span in spans)
    assert "data:text/html,x" in "\n".join(span.text for span in spans)


def test_an_address_with_a_title_is_linked_and_still_shown() -> None:
    made = tracked(recommendation(), update(evidence=[source("https://good.example/1", title="Good")]))
    linked = [span.text for line in pages.shown(seen(made)) for span in line.spans if span.link]
    assert linked == ["Good", "https://good.example/1"]


def test_no_hostile_character_reaches_a_page() -> None:
    text = SECRET.replace("\n", "")
    made = tracked(
        recommendation(
            area=text,
            title=text,
            ref=text,
            summary=SECRET,
            done_when=SECRET,
            actors=[text],
            source={SECRET: SECRET},
        ),
        update(
            by=text,
            note=SECRET,
            searched=[text],
            evidence=[source(text, title=text, publisher=text, archive=text)],
        ),
    )
    page = "\n".join(map(words.flat, pages.shown(seen(made))))
    assert not set(page) & set(HOSTILE)
    for character in HOSTILE:
        code = ord(character)
        shown = f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
        assert page.count(shown) >= 13, shown


def test_the_pages_of_two_recommendations_are_apart(tracker: Tracker) -> None:
    view = seen(tracker).keep(lambda each: each.recommendation.area == "open data")
    lines = [*map(words.flat, pages.shown(view))]
    assert lines[lines.index("Open.Data-7  Let others check the tide tables") - 1] == ""
