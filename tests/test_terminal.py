from pathlib import Path

import pytest
from rich.console import RenderableType

from pathtrack import load
from pathtrack.record.corrections import update_id
from pathtrack.record.finding import Finding
from pathtrack.record.model import Tracker
from pathtrack.record.order import Order
from pathtrack.record.status import DEFINITIONS, Status
from pathtrack.record.view import view
from pathtrack.show import counts, terminal
from pathtrack.show.words import SYMBOLS
from pathtrack.text import day as shown_day
from samples import HOSTILE, TODAY, day, recommendation, seen, source, tracked, update
from screens import drawn, rows, squeezed, without_colour
from statements import for_each

WIDTHS = [80, 100, 120, 200]
NARROW = ("id", "status", "recommendation", "last update", "sources")
WIDE = ("id", "status", "recommendation", "what happened last", "last update", "sources")


def columns(width: int) -> tuple[str, ...]:
    return WIDE if width >= counts.WIDE else NARROW


@pytest.mark.parametrize("width", WIDTHS)
def test_the_list_shows_every_recommendation_whole(tracker: Tracker, width: int) -> None:
    screen = drawn(terminal.listing(seen(tracker)), width=width)
    cells = rows(screen, *columns(width))
    assert [each[0] for each in cells] == ["W1", "w-2.b", "E1", "E_10", "2049", "Open.Data-7"]
    for shown in cells:
        (standing,) = (each for each in seen(tracker).standings if each.recommendation.id == shown[0])
        since = f" since {shown_day(standing.since)}" if standing.since else ""
        assert shown[1] == f"{SYMBOLS[standing.status]} {standing.status}{since}"
        assert squeezed(shown[2]).startswith(squeezed(standing.recommendation.title))
        assert shown[-1] == str(standing.source_count)


def test_the_list_says_what_happened_last_in_a_column_or_below_the_title(tracker: Tracker) -> None:
    view = seen(tracker)
    narrow = rows(drawn(terminal.listing(view), width=80), *NARROW)[0]
    wide = rows(drawn(terminal.listing(view), width=200), *WIDE)[0]
    assert narrow == [
        "W1",
        "↺ reversed since 20 Nov 2025",
        "Dredge the northern channel overdue, due 30 Jun 2025 A storm filled the channel up again!",
        "20 Nov 2025",
        "4",
    ]
    assert wide[2:4] == [
        "Dredge the northern channel overdue, due 30 Jun 2025",
        "A storm filled the channel up again!",
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_list_is_grouped_by_area_under_a_headline(tracker: Tracker, width: int) -> None:
    lines = drawn(terminal.listing(seen(tracker)), width=width).splitlines()
    assert lines[0].rstrip() == "A Harbor That Works: Six Steps"
    assert "6 recommendations, 4 assessed, 1 implemented" in " ".join(lines[1:3])
    groups = [line.rstrip() for line in lines if line.rstrip().endswith(" (2)")]
    assert groups == ["water (2)", "energy (2)", "open data (2)"]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut(tracker: Tracker, width: int) -> None:
    title = "한국어 제목이 아주 길어서 " * 9 + "https://example.org/" + "long" * 30
    made = tracked(recommendation("A" * 20, title=title), update("2025-01-01", "A" * 20, status="partial"))
    cells = rows(drawn(terminal.listing(seen(made)), width=width), *columns(width))
    assert squeezed(cells[0][2]).startswith(squeezed(title))
    assert "…" not in drawn(terminal.listing(seen(tracker)), width=width)


def test_an_empty_list_is_a_headline(tracker: Tracker) -> None:
    screen = drawn(terminal.listing(seen(tracker).keep(lambda _: False)), width=80)
    assert "0 of 6 recommendations" in screen


@pytest.mark.parametrize("width", WIDTHS)
def test_the_matrix_counts_area_by_status(tracker: Tracker, width: int) -> None:
    screen = drawn(terminal.progress(seen(tracker)), width=width)
    counts = {
        area: next(line.split()[len(area.split()) :] for line in screen.splitlines() if line.startswith(area))
        for area in ("water", "energy", "open data")
    }
    #                                         ?    ◌    ◔    ◕    ✔    !    ✘    ↺   all
    assert counts["water"][:9] == ["-", "-", "-", "-", "1", "-", "-", "1", "2"]
    assert counts["energy"][:9] == ["-", "-", "-", "1", "-", "1", "-", "-", "2"]
    assert counts["open data"][:9] == ["2", "-", "-", "-", "-", "-", "-", "-", "2"]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_matrix_has_a_legend_with_denominators(tracker: Tracker, width: int) -> None:
    screen = drawn(terminal.progress(seen(tracker)), width=width)
    for status, number in seen(tracker).progress.by_status.items():
        assert (f"{SYMBOLS[status]} {status}  {number} of 6" in screen) is (number > 0)
        assert f"{SYMBOLS[status]} {status}" in screen
    assert "0 of 6: ◌ not-started, ◔ in-progress, ✘ not-implemented" in screen
    assert "5 of 6 with evidence" in screen


def test_the_bar_is_as_long_as_there_are_recommendations(tracker: Tracker) -> None:
    screen = drawn(terminal.progress(seen(tracker)), width=120)
    bars = {line.split()[-1] for line in screen.splitlines() if line[:5] in {"water", "energ", "open "}}
    assert bars == {"✔↺", "◕!", "??"}


def test_a_long_bar_is_scaled_and_shows_each_status() -> None:
    parts = [recommendation(f"D{number}") for number in range(500)]
    made = tracked(*parts, update("2025-01-01", "D7", status="reversed"))
    lines = drawn(terminal.progress(seen(made)), width=80).splitlines()
    (row,) = (line for line in lines if line.startswith("defense"))
    assert "499" in row
    assert "500" in row
    assert row.rstrip().endswith("?" + SYMBOLS[Status.REVERSED])


@pytest.mark.parametrize("width", WIDTHS)
def test_the_timeline_shows_every_update_in_order(tracker: Tracker, width: int) -> None:
    view = seen(tracker)
    screen = drawn(terminal.timeline(view, view.updates), width=width)
    cells = rows(
        screen.replace("       date", "date       "),
        "date",
        "about",
        "status",
        "what happened",
        "sources",
    )
    # The second line of each row begins with the id of its update.
    pairs = [
        [f"{a} {b}".strip() for a, b in zip(*two, strict=True)]
        for two in zip(cells[::2], cells[1::2], strict=True)
    ]
    shown = [(each[0], each[1], each[4]) for each in pairs]
    ids = [update_id(each)[:7] for each in view.updates]
    assert shown[0] == (f"1 Mar 2024 {ids[0]}", "W1", "0")
    assert shown[1] == (f"15 Jun 2024 {ids[1]}", "W1, E1", "2")
    assert shown[-1] == (f"20 Nov 2025 {ids[-1]}", "W1", "1")
    assert len(shown) == 12
    assert squeezed("The grid company says that it waits for the port.") in squeezed(pairs[-2][3])


@pytest.mark.parametrize("width", WIDTHS)
def test_the_ribbon_has_a_lane_for_each_recommendation_and_an_axis(tracker: Tracker, width: int) -> None:
    view = seen(tracker)
    lines = drawn(terminal.timeline(view, view.updates), width=width).splitlines()
    lanes = [line.split(maxsplit=1)[0] for line in lines if line.count("|") and "evidence" not in line]
    assert lanes == ["E1", "E_10", "W1", "w-2.b", "Open.Data-7"]
    assert any(line.split()[:2] == ["Jan", "2024"] for line in lines)
    assert {"▞", "█", "▓", "▚", "evidence", "since", *Status} - {"not-assessed", "not-implemented"} <= {
        word for line in lines for word in line.split()
    }


def test_a_timeline_of_nothing_has_no_ribbon(tracker: Tracker) -> None:
    screen = drawn(terminal.timeline(seen(tracker), ()), width=80)
    assert "evidence" not in screen
    assert "6 recommendations" in screen


def test_a_timeline_may_last_a_day() -> None:
    made = tracked(recommendation(), update("2025-01-01", status="partial", evidence=[source()]))
    view = seen(made, day("2025-01-01"))
    assert "partial" in drawn(terminal.timeline(view, view.updates), width=80)


def test_a_timeline_of_centuries_keeps_its_years_apart() -> None:
    made = tracked(recommendation(), update("1700-01-01", status="partial"), update("2025-01-01"))
    view = seen(made)
    screen = drawn(terminal.timeline(view, view.updates), width=80)
    (years,) = (line.split() for line in screen.splitlines() if line.split()[:1] == ["1700"])
    assert len(years) > 5
    assert all(each.isdigit() and len(each) == 4 for each in years)


@pytest.mark.parametrize("width", WIDTHS)
def test_changes_say_from_where_to_where_and_on_how_much(tracker: Tracker, width: int) -> None:
    since = day("2025-05-01")
    found = seen(tracker).changes(since=since)
    screen = drawn(terminal.changes(found), width=width)
    assert "3 recommendations with updates from 1 May 2025 to 31 Jan 2026; 2 changed status" in screen
    cells = rows(screen, "id", "from", "to", "recommendation", "sources")
    assert [each[:3] for each in cells] == [
        ["E1", "◔ in-progress", "! stalled"],
        ["W1", "◕ partial", "↺ reversed"],
        ["Open.Data-7", "still", "? not-assessed"],
    ]
    assert [each[4] for each in cells] == ["+0", "+1", "+1"]
    assert "A storm filled the channel up again!" in cells[1][3]


def test_no_changes_are_said_in_one_line() -> None:
    screen = drawn(terminal.changes(seen(tracked()).changes(since=day("2025-01-01"))), width=80)
    assert screen == "0 recommendations with updates from 1 Jan 2025 to 31 Jan 2026\n"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_statuses_are_explained_with_the_words_of_others_and_what_they_lose(width: int) -> None:
    bodies = ("GAO", "CSC 2.0", "OGP") if width >= counts.WIDE else ()
    screen = drawn(terminal.statuses(), width=width)
    table, _, losses = screen.partition("GAO's words are")
    assert "no word for not-assessed" in losses
    cells = rows(_without_gaps(table), "status", "meaning", "wants", *bodies)
    assert [each[0].split()[-1] for each in cells] == [*Status]
    for shown, (status, definition) in zip(cells, DEFINITIONS.items(), strict=True):
        theirs = zip(("GAO", "CSC 2.0", "OGP"), definition[2:], strict=True)
        below = "; ".join(f"{body}: {word or 'none'}" for body, word in theirs)
        meaning = definition.meaning + ("" if bodies else below)
        wanted = (f"{SYMBOLS[status]} {status}", meaning, *definition[1:])[: len(shown)]
        assert [*map(squeezed, shown)] == [*map(squeezed, wanted)]


def _without_gaps(screen: str) -> str:
    return "\n".join(line for line in screen.splitlines() if line.strip())


@pytest.mark.parametrize("width", [40, 80, 120])
def test_pages_are_wrapped_and_lose_nothing(tracker: Tracker, width: int) -> None:
    view = seen(tracker).keep(lambda each: each.recommendation.id in {"W1", "w-2.b"})
    screen = drawn(terminal.pages(view), width=width)
    for words in (
        "Dredge the northern channel",
        "부두의 물을 깨끗하게 유지한다 (keep the water at the berths clean)",
        "기름 유출이 한 건도 없었다. The cleaning boat runs every day.",
        "https://archive.example/gazette/2024",
        "asked of Port Authority, Grid Company, 해양수산부",
        "Searched: harbor.example; the tender portal",
    ):
        assert squeezed(words) in squeezed(screen)


def test_findings_have_a_line_each_and_a_count() -> None:
    found = [
        Finding((), "unknown-id", "no such", line=7),
        Finding((), "thin", "more"),
    ]
    assert drawn(terminal.findings(found, file="f.toml"), width=80).splitlines() == [
        "f.toml:7: error: no such [unknown-id]",
        "f.toml: warning: more [thin]",
        "1 error, 1 warning",
    ]


def everything() -> list[RenderableType]:
    """Return every renderable, drawn of a tracker that is hostile everywhere."""
    text = f"[bold red]x[/] :smile: a{HOSTILE}b"
    made = tracked(
        recommendation(area=text, title=text, ref=text, summary=text, done_when=text, actors=[text]),
        update(status="partial", by=text, note=text, searched=[text], evidence=[source(text, title=text)]),
        title=text,
    )
    view = seen(made)
    return [
        terminal.listing(view),
        terminal.progress(view),
        terminal.timeline(view, view.updates),
        terminal.changes(view.changes(since=day("2020-01-01"))),
        terminal.pages(view),
        terminal.findings([Finding((), "unknown-id", text, line=1)], file=text),
    ]


@for_each("width", WIDTHS)
@for_each("number", range(6))
def test_no_hostile_text_acts_on_a_terminal(number: int, width: int) -> None:
    screen = drawn(everything()[number], width=width, color=True)
    assert "\x1b[" in screen
    plain = without_colour(screen).replace("\n", "")
    assert not set(plain) & set(HOSTILE)
    assert squeezed("[bold red]x[/] :smile: a\\x00\\x07") in squeezed(plain)


def test_links_lead_to_safe_addresses_only() -> None:
    made = tracked(
        recommendation(),
        update(evidence=[source("https://good.example", title="G"), source("javascript:x", title="B")]),
    )
    screen = drawn(terminal.pages(seen(made)), width=80, color=True)
    assert "]8;id=" in screen
    assert "https://good.example\x1b\\" in screen
    assert "javascript:x\x1b\\" not in screen
    assert "javascript:x" in screen


def test_a_part_stands_under_its_whole_in_any_order_and_says_so(parts: Path) -> None:
    found = view(load(parts), on=TODAY, parts=True).sorted(Order.TITLE)
    screen = drawn(terminal.listing(found), width=120)
    areas = {name: [each.recommendation.id for each in members] for name, members in found.by_area.items()}
    assert areas == {
        "floods": ["F1.b", "F3", "F2", "F1.c", "F1.a", "F1"],
        "water": ["W1.2", "W1.1", "W1", "W2"],
        "data": ["O2", "O1"],
    }
    cells = {each[0]: each[2] for each in rows(screen, *WIDE)}
    assert cells["F1.c"] == "Send alarms to every telephone part of F1"
    assert cells["F1"].endswith(
        "1 of 3 parts in force Ministry of Rivers answered accepted, Coast Agency answered accepted-in-part "
        "due Dec 2026, promised 2024, moved twice"
    )


def test_the_timeline_has_a_lane_for_parts_and_for_what_was_renamed(parts: Path) -> None:
    found = seen(load(parts))
    screen = drawn(terminal.timeline(found, found.updates), width=100)
    lanes = [line.split()[0] for line in screen.split("2023", maxsplit=1)[0].splitlines()[4:] if line.strip()]
    assert lanes == ["F1", "F1.a", "F1.b", "F2", "F3", "W1", "W1.1", "W2"]


def test_a_timeline_of_what_no_tracker_knows_has_no_lanes() -> None:
    found = seen(tracked(recommendation(), update("2025-01-01", "x9")))
    assert "x9" in drawn(terminal.timeline(found, found.updates), width=80)


def test_answers_are_counted_in_words_that_no_silence_is_taken_for(parts: Path) -> None:
    screen = drawn(terminal.answers(seen(load(parts))), width=80)
    assert [line.split("  ")[0] for line in screen.splitlines()[4:8]] == [
        "answer",
        "noted",
        "they differ",
        "no answer on record",
    ]


def test_where_nobody_is_asked_it_is_not_said_that_nothing_is_left_to_do() -> None:
    nobody = seen(tracked(recommendation(actors=[])))
    assert "No recommendation says who is asked." in drawn(terminal.moves(nobody), width=80)
    done = seen(tracked(recommendation(actors=["Seoul"]), update("2025-01-01", status=Status.IMPLEMENTED)))
    assert "Nobody has anything left to do." in drawn(terminal.moves(done), width=80)
