from pathlib import Path

import pytest

from pathtrack import load
from pathtrack.record import checks
from pathtrack.record.dates import partial
from pathtrack.record.finding import Finding
from pathtrack.record.model import Tracker, Update
from pathtrack.record.status import Status
from pathtrack.record.view import view
from pathtrack.show import words
from samples import TODAY, day, recommendation, seen, source, tracked, update
from statements import for_each


@pytest.mark.parametrize(
    ("on", "kept", "line"),
    [
        (
            "2026-01-31",
            6,
            (
                "6 recommendations, 4 assessed, 1 implemented, 1 overdue, as of 31 Jan 2026; "
                "newest update dated 20 Nov 2025"
            ),
        ),
        (
            "2026-01-31",
            1,
            (
                "1 of 6 recommendations, 1 assessed, 0 implemented, as of 31 Jan 2026;"
                " newest update dated 1 Jul 2025"
            ),
        ),
        ("2024-01-01", 6, "6 recommendations, 0 assessed, 0 implemented, as of 1 Jan 2024"),
        ("2024-01-01", 0, "0 of 6 recommendations, 0 assessed, 0 implemented, as of 1 Jan 2024"),
    ],
)
def test_the_headline_says_how_many_of_how_many(tracker: Tracker, on: str, kept: int, line: str) -> None:
    found = seen(tracker, day(on))
    ids = [each.recommendation.id for each in found.standings[:kept]]
    assert words.headline(found.keep(lambda each: each.recommendation.id in ids)) == line


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
    printed = words.headline(found.keep(lambda each: each.recommendation.id in ids))
    assert printed.partition(", as of")[0] == line


@for_each("status", Status)
def test_each_status_has_a_symbol_of_its_own_beside_its_word(status: Status) -> None:
    assert words.status_span(status).text == f"{words.SYMBOLS[status]} {status}"
    assert len(set(words.SYMBOLS.values())) == len(Status)


@for_each(
    "fields, summary",
    [
        ({"note": "One. Two.", "status": "partial"}, "One."),
        ({"status": "partial"}, "Judged partial."),
        ({"status": "not-started", "searched": ["a"]}, "Judged not-started; searched a."),
        ({"searched": ["a"]}, "Searched, and found nothing."),
        ({"evidence": [source()]}, "New evidence."),
        ({"evidence": [source()], "searched": ["a"]}, "New evidence."),
        ({"response": "noted"}, "Answered: noted."),
        ({"response": "noted", "note": "One. Two."}, "Answered: noted. One."),
        ({"response": "noted", "actors": ["eBay"]}, "eBay answered: noted."),
        (
            {"status": "partial", "response": "noted", "actors": ["A", "B"]},
            "A, B answered: noted. Judged partial.",
        ),
        ({"due": partial("2026-05")}, "The target date was set to May 2026."),
        ({"due": partial("2026-05"), "note": "Late."}, "Target date set to May 2026: Late."),
        ({"due": partial("2026-05"), "response": "noted"}, "Target date set to May 2026: Answered: noted."),
    ],
)
def test_an_update_is_summarised_in_one_sentence(fields: dict[str, object], summary: str) -> None:
    assert words.summary(update("2025-01-24", **fields)) == summary


def test_findings_are_written_as_compilers_do() -> None:
    found = [
        Finding((), "unknown-id", "no\x1b such\nthing", line=7),
        Finding((), "thin-partial", "wants more"),
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


def test_a_status_of_an_actor_stands_beside_that_actor() -> None:
    one = update("2025-01-24", status="partial", actors=["Tokyo"], note="Begun.")
    assert words.for_whom(one) == ", for Tokyo"
    assert words.said_beside(one) == "Begun."
    own = update(actors=["Tokyo"], note="Tokyo has begun.")
    assert words.summary(own) == "Tokyo has begun."
    assert words.for_whom(update(status="partial")) == ""
    answer = update(actors=["Tokyo"], response="noted")
    assert words.said_beside(answer) == "Tokyo answered: noted."


@pytest.mark.parametrize(
    ("actors", "told"),
    [
        ([[]], "last judged 1 Jan 2025"),
        ([["Seoul"], []], "last judged 2 Jan 2025"),
        ([[], ["Seoul"]], "last judged 2 Jan 2025 only for Seoul"),
        ([["Seoul"], ["seoul", "Tokyo"]], "judged only for Seoul, Tokyo"),
        ([], ""),
    ],
)
def test_what_was_judged_for_some_is_not_called_judged(actors: list[list[str]], told: str) -> None:
    dated = enumerate(actors, 1)
    records = (update(f"2025-01-0{day}", status="partial", actors=names) for day, names in dated)
    (standing,) = seen(tracked(recommendation(), *records)).standings
    assert words.last_judged(standing) == told


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ([], []),
        ([update("2025-01-01", status="partial")], []),
        ([update("2025-01-01", status="partial"), update("2025-02-01")], ["last update 1 Feb 2025"]),
        (
            [update("2025-01-01", status="partial"), update("2025-02-01", status="partial")],
            ["last judged 1 Feb 2025"],
        ),
        (
            [update("2025-01-01", status="partial", actors=["Seoul"])],
            ["judged only for Seoul", "last update 1 Jan 2025"],
        ),
    ],
)
def test_a_day_is_said_once(records: list[Update], told: list[str]) -> None:
    (standing,) = seen(tracked(recommendation(), *records)).standings
    assert words.dates(standing) == told


@for_each("title, left", [("A b.", "A b"), ("A b", "A b"), ("and so on...", "and so on..."), (".", ".")])
def test_only_a_full_stop_is_left_out_before_what_is_said(title: str, left: str) -> None:
    assert words.without_stop(title) == left
