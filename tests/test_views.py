import shlex
from pathlib import Path

import pytest

from conftest import Run
from pathtrack import load
from pathtrack.record import checks
from pathtrack.record.dates import partial
from pathtrack.record.finding import Finding
from pathtrack.record.model import Tracker
from pathtrack.record.status import Status
from pathtrack.record.view import view
from pathtrack.show import pages, words
from samples import HOSTILE, TODAY, cases, day, recommendation, seen, source, tracked, update

COMMANDS = cases("commands.txt")
PARTS = cases("parts.txt")
SECRET = f"a{HOSTILE}\nb"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("command", "printed"), COMMANDS, ids=[command for command, _ in COMMANDS])
def test_commands_print_plain_rows_into_a_pipe(command: str, printed: str, run: Run) -> None:
    outcome = run(*shlex.split(command))
    assert outcome.out.rstrip("\n") == printed.rstrip("\n")
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.usefixtures("parts")
@pytest.mark.parametrize(("command", "printed"), PARTS, ids=[command for command, _ in PARTS])
def test_commands_tell_of_actors_parts_answers_and_target_dates(command: str, printed: str, run: Run) -> None:
    outcome = run(*shlex.split(command))
    assert outcome.out.rstrip("\n") == printed.rstrip("\n")
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize(
    ("on", "kept", "line"),
    [
        (
            "2026-01-31",
            6,
            (
                "6 recommendations, 4 assessed, 1 implemented, 1 overdue, as of 31 Jan 2026; "
                "newest record 20 Nov 2025"
            ),
        ),
        (
            "2026-01-31",
            1,
            "1 of 6 recommendations, 1 assessed, 0 implemented, as of 31 Jan 2026; newest record 1 Jul 2025",
        ),
        ("2024-01-01", 6, "6 recommendations, 0 assessed, 0 implemented, as of 1 Jan 2024"),
        ("2024-01-01", 0, "0 of 6 recommendations, 0 assessed, 0 implemented, as of 1 Jan 2024"),
    ],
)
def test_the_headline_says_how_many_of_how_many(tracker: Tracker, on: str, kept: int, line: str) -> None:
    view = seen(tracker, day(on))
    ids = [each.recommendation.id for each in view.standings[:kept]]
    assert words.headline(view.keep(lambda each: each.recommendation.id in ids)) == line


@pytest.mark.parametrize(
    ("ids", "line"),
    [
        ({"F1"}, "1 of 7 recommendations, 1 assessed, 0 implemented; and 3 parts, 1 implemented"),
        ({"W1.1"}, "0 of 7 recommendations, 0 assessed, 0 implemented; and 1 part, 0 implemented"),
        ({"F1", "F1.a"}, "1 of 7 recommendations, 1 assessed, 0 implemented; and 1 part, 1 implemented"),
        ({"O1"}, "1 of 7 recommendations, 0 assessed, 0 implemented"),
    ],
)
def test_the_headline_counts_parts_apart(ids: set[str], line: str, parts: Path) -> None:
    found = view(load(parts), on=TODAY, parts=True)
    if ids == {"F1"}:
        found = view(load(parts), on=TODAY)
    told = words.headline(found.keep(lambda each: each.recommendation.id in ids))
    assert told.partition(", as of")[0] == line


@pytest.mark.parametrize("status", Status)
def test_each_status_has_a_symbol_of_its_own_beside_its_word(status: Status) -> None:
    assert words.status_span(status).text == f"{words.SYMBOLS[status]} {status}"
    assert len(set(words.SYMBOLS.values())) == len(Status)


@pytest.mark.parametrize(
    ("fields", "deed"),
    [
        ({"note": "One. Two.", "status": "partial"}, "One."),
        ({"status": "partial"}, "Judged partial."),
        ({"status": "not-started", "searched": ["a"]}, "Judged not-started; searched a."),
        ({"searched": ["a"]}, "Searched, and found nothing."),
        ({"evidence": [source()]}, "New evidence."),
        ({"evidence": [source()], "searched": ["a"]}, "New evidence."),
        ({"response": "noted"}, "Answered: noted."),
        ({"response": "noted", "note": "One. Two."}, "Answered noted: One."),
        ({"response": "noted", "actors": ["eBay"]}, "eBay: Answered: noted."),
        (
            {"status": "partial", "response": "noted", "actors": ["A", "B"]},
            "A, B, answered noted: Judged partial.",
        ),
        ({"due": partial("2026-05")}, "The target date was moved to May 2026."),
        ({"due": partial("2026-05"), "note": "Late."}, "Target date May 2026: Late."),
        ({"due": partial("2026-05"), "response": "noted"}, "Target date May 2026: Answered: noted."),
    ],
)
def test_an_update_is_told_in_one_sentence(fields: dict[str, object], deed: str) -> None:
    assert words.deed(update("2025-01-24", **fields)) == deed


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


def test_findings_are_written_as_compilers_do() -> None:
    found = [
        Finding(7, (), "unknown-id", "no\x1b such\nthing"),
        Finding(0, (), "thin-partial", "wants more"),
    ]
    assert [*words.finding_lines(found, file="a\u202e.toml")] == [
        "a\\u202e.toml:7: error: no\\x1b such\\nthing [unknown-id]",
        "a\\u202e.toml: warning: wants more [thin-partial]",
        "1 error, 1 warning",
    ]


def test_no_findings_are_counted_too() -> None:
    assert [*words.finding_lines(checks.check(tracked(), on=TODAY), file="a.toml")] == [
        "0 errors, 0 warnings"
    ]


def test_a_tab_in_a_title_makes_no_column(run: Run) -> None:
    Path("t.toml").write_text(
        '[report]\ntitle="R"\n[[recommendation]]\nid="D1"\narea="a"\ntitle="x\\ty\\u001b[2J"\n'
        '[[update]]\ndate=2025-01-01\nby="A\\tB"\nrecommendations=["D1"]\nnote="n\\tm"\n',
        encoding="utf-8",
    )
    for command, tabs in (("list", 6), ("timeline", 6), ("progress", 11), ("changes --since 2020-01-01", 0)):
        outcome = run(*command.split(), "-f", "t.toml")
        assert {line.count("\t") for line in outcome.out.splitlines()} == {tabs}
        assert "\x1b" not in outcome.out
    assert run("list", "-f", "t.toml").out.rstrip("\n").endswith("\tx\\ty\\x1b[2J")
