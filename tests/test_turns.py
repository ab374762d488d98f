"""Judgements that contradict the one before: found by `check`, and said right after an update."""

from pathlib import Path

import pytest

from conftest import Run, run_git
from pathtrack.file import store
from pathtrack.record import checks, same
from pathtrack.record.model import Recommendation, Update
from pathtrack.record.status import Status
from pathtrack.text import day
from samples import TODAY, recommendation, tracked, update
from statements import for_each

LAW = [{"url": "https://a.example", "kind": "law"}]
TURNS = {"begun-before", "unexplained-return", "assessors-disagree", "similar-areas"}


def judged(date: str, status: str, by: str = "Ana", *about: str, **fields: object) -> Update:
    return update(date, *about, status=status, by=by, **fields)


def found(*parts: Recommendation | Update, **report: object) -> list[str]:
    """Return the codes of what contradicts itself, with the subject."""
    if not any(isinstance(each, Recommendation) for each in parts):
        parts = (recommendation("D1"), recommendation("D2"), *parts)
    all_ = checks.check(tracked(*parts, **report), on=TODAY)
    return [f"{each.code} {each.message.partition(':')[0]}" for each in all_ if each.code in TURNS]


@for_each("before", [each for each in Status if each is not Status.NOT_ASSESSED])
def test_what_has_begun_is_no_longer_not_started(before: Status) -> None:
    begun = before in {"in-progress", "partial", "implemented", "stalled", "reversed"}
    wanted = ["begun-before D1"] if begun else []
    assert found(judged("2025-01-01", before), judged("2025-02-01", "not-started", note="n")) == wanted
    assert found(judged("2025-02-01", "not-started"), judged("2025-01-01", before)) == wanted


@for_each("after", [each for each in Status if each is not Status.NOT_STARTED])
def test_what_was_implemented_goes_back_with_a_reason(after: Status) -> None:
    before = judged("2025-01-01", "implemented")
    wanted = [] if after in {"implemented", "reversed"} else ["unexplained-return D1"]
    assert found(before, judged("2025-02-01", after)) == wanted
    assert found(before, judged("2025-02-01", after, note="n")) == []
    assert found(before, judged("2025-02-01", after), update("2025-03-01", note="n")) == []


def test_two_people_who_judge_one_day_differently_are_named_until_somebody_judges_again() -> None:
    ana, ben = judged("2025-01-01", "stalled", "Ana"), judged("2025-01-01", "in-progress", "Ben")
    assert found(ana, ben) == ["assessors-disagree D1"]
    assert found(ana, judged("2025-01-01", "stalled", "Ben")) == []
    assert found(ana, judged("2025-01-01", "in-progress", " ana")) == []
    assert found(ana, judged("2025-01-02", "in-progress", "Ben")) == []
    assert found(ana, ben, judged("2025-01-02", "stalled", "Ben")) == []
    assert found(ana, ben, judged("2025-01-02", "stalled", "Ben", "D2")) == ["assessors-disagree D1"]


def test_an_update_about_several_or_an_actor_is_taken_for_what_it_is() -> None:
    both = judged("2025-02-01", "not-started", "Ana", "d1", "D2", note="n")
    assert found(judged("2025-01-01", "in-progress", "Ana", "D2"), both) == ["begun-before D2"]
    one = judged("2025-02-01", "not-started", actors=["Japan"], note="n")
    assert found(judged("2025-01-01", "in-progress"), one) == []
    assert (
        found(
            judged("2025-01-01", "in-progress", "Ana", "X9"), judged("2025-02-01", "not-started", "Ana", "X9")
        )
        == []
    )


@for_each(
    "one, other, near",
    [
        *(("Health", each, True) for each in ("Helth", "Haelth", "Healths", "health!")),
        *(("Health", each, False) for each in ("health", "Wealthy", "Hlth", "Defense")),
        ("foreign policy", "foreign-policy", True),
        ("Pillar A", "Pillar B", False),
        ("Pillar I", "Pillar II", False),
        ("Goal 10", "Goal 11", False),
        ("law", "laws", False),
    ],
)
def test_words_that_differ_in_a_letter_are_nearly_the_same(one: str, other: str, *, near: bool) -> None:
    assert same.nearly(one, other) == same.nearly(other, one) == near


def test_areas_that_differ_in_a_letter_are_noticed_unless_the_report_has_both() -> None:
    areas = [
        recommendation(f"D{number}", area=area) for number, area in enumerate(["Helth", "Health", "Health"])
    ]
    assert found(*areas) == ["similar-areas 'Helth' and 'Health' differ only in a letter"]
    assert found(*areas, areas=["Health", "Helth"]) == []


@pytest.mark.usefixtures("here")
def test_a_turn_is_said_after_the_update_that_makes_it(run: Run) -> None:
    given = ["update", "w-2.b", "--status", "not-started", "--searched", "a.example"]
    outcome = run(*given)
    assert outcome.code == 0
    advice = "what has begun is stalled, reversed or not-implemented"
    message = f"w-2.b: not-started on 31 Jan 2026, although implemented on 30 Sep 2024; {advice}"
    assert f"warning: {message}\n" in outcome.err
    assert "although" not in run("update", "w-2.b", "--note", "n").err


@pytest.mark.usefixtures("here")
def test_a_turn_of_what_was_typed_before_is_said_once_its_cause_is_there(run: Run) -> None:
    assert run("update", "2049", "--status", "not-started", "--note", "n", "--date", "2025-05-01").code == 0
    late = run("update", "2049", "--status", "stalled", "--note", "n", "--date", "2024-05-01")
    assert "warning: 2049: not-started on 1 May 2025, although stalled on 1 May 2024;" in late.err


def test_an_area_with_a_slip_is_said_after_the_recommendation_that_has_it(run: Run) -> None:
    assert run("init", "--blank", "--title", "T").code == 0
    assert run("add", "A1", "--area", "Health", "--title", "T").err.startswith("next: ")
    assert run("add", "A2", "--area", "Helth", "--title", "T").err.startswith(
        "warning: 'Helth' and 'Health' differ only in a letter\n"
    )
    assert (
        "'health' and 'Health' are the same word" in run("add", "A3", "--area", "health", "--title", "T").err
    )
    assert run("add", "A4", "--area", "Health", "--title", "T").err.startswith("next: ")


# ---- whose update it is ----


@pytest.mark.usefixtures("here")
def test_a_login_name_is_noticed_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "root")
    monkeypatch.delenv("PATHTRACK_AUTHOR")
    given = ["update", "W1", "--note"]
    assert "warning: it is recorded as judged by 'root', your login name; set yours" in run(*given, "a").err
    assert "login" not in run(*given, "b").err
    monkeypatch.setenv("LOGNAME", "ana")
    assert "login" not in run(*given, "c", "--by", "Ana").err
    run_git("config", "--global", "user.name", "Ana Kim")
    assert "login" not in run(*given, "d").err


@pytest.fixture
def pushed(here: Path, tmp_path: Path, run: Run) -> Path:
    """The small tracker in a repository, with everything pushed, and Ana Lee's update at its end."""
    assert run("update", "W1", "--note", "pushed", "--by", "Ana Lee").code == 0
    run_git("init", "--quiet", "--bare", str(tmp_path / "bare"))
    run_git("init", "--quiet", "-b", "main")
    run_git("config", "--global", "user.name", "Ben")
    run_git("config", "--global", "user.email", "ben@example.org")
    run_git("add", here.name)
    run_git("commit", "--quiet", "-m", "All")
    run_git("remote", "add", "origin", str(tmp_path / "bare"))
    run_git("push", "--quiet", "-u", "origin", "main")
    return here


def test_undoing_what_somebody_else_has_pushed_is_asked_about(pushed: Path, run: Run) -> None:
    before = pushed.read_bytes()
    recorded = store.load(pushed).updates[-1].recorded
    assert recorded
    when = f"was recorded on {day(recorded.date())}, and was pushed to others"
    message = f"the newest update is by Ana Lee, {when}; add --yes if that is meant"
    assert run("undo").refused(2) == message
    assert pushed.read_bytes() == before
    assert run("undo", "--dry-run").code == 0
    assert run("undo", "--yes").code == 0
    assert len(store.load(pushed).updates) == 13


def test_undoing_ones_own_or_what_is_still_here_is_not(
    pushed: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("update", "W1", "--note", "n", "--by", "Cho").code == 0
    run_git("commit", "--quiet", "-am", "More")
    assert run("undo").code == 0
    assert run("correct", "W1", "--note", "Corrected.", "--reason", "r").code == 0
    run_git("commit", "--quiet", "-am", "A correction of Ana's note that we typed")
    run_git("push", "--quiet")
    assert run("undo").code == 0
    monkeypatch.setenv("PATHTRACK_AUTHOR", "ANA  LEE")
    assert run("undo").code == 0
    assert len(store.load(pushed).updates) == 13
