"""Where people stumbled: what they try next is named."""

import pytest

from conftest import Run
from pathtrack.record.status import Status, parse_word


def test_whose_move_it_is_can_be_asked_once_somebody_is_named(run: Run) -> None:
    assert run("init", "--blank", "--title", "T").code == 0
    assert run("list", "--whose-move").err.endswith("says who is asked; add one with 'pathtrack add'\n")
    assert run("add", "A1", "--area", "a", "--title", "T").code == 0
    todo = "add actors = ['NAME'] in 'pathtrack edit A1'"
    assert run("list", "--whose-move") == (0, "", f"note: no recommendation says who is asked; {todo}\n")
    assert run("add", "A2", "--area", "a", "--title", "T", "--actor", "City").code == 0
    header = "actor\tid\tarea\tstatus\tdue\ttitle\n"
    row = "City\tA2\ta\tnot-assessed\t\tT\n"
    assert run("list", "--whose-move", "--header") == (0, header + row, "")


@pytest.mark.usefixtures("here")
def test_an_area_that_the_report_lacks_can_be_added(run: Run) -> None:
    message = run("add", "A1", "--area", "rail", "--title", "T").refused(2)
    assert message.endswith("or add it to 'areas' of [report] with 'pathtrack edit'")
    message = run("add", "A1", "--area", "water,energy", "--title", "T").refused(2)
    assert message == "a recommendation has one area; give one of water, energy"


@pytest.mark.usefixtures("here")
def test_an_only_source_that_is_replaced_is_noticed(run: Run) -> None:
    assert run("update", "W1", "--evidence", "https://a.example/1", "--note", "n").code == 0
    given = ["correct", "W1", "--reason", "r", "--evidence", "https://a.example/2"]
    out = run(*given, "--dry-run").err
    assert "warning: this replaces the only source; give --source new to keep both\n" in out
    assert "only source" not in run(*given, "--source", "new", "--dry-run").err


@pytest.mark.usefixtures("here")
def test_an_actor_of_nearly_the_same_name_is_noticed(run: Run) -> None:
    given = ["update", "W1", "--note", "n", "--actor"]
    assert "'Port' is a new actor; did you mean Port Authority? 'pathtrack undo' " in run(*given, "Port").err
    assert "'Parlament' is a new actor; did you mean Parliament?" in run(*given, "Parlament").err
    assert "new actor" not in run(*given, "port authority").err
    assert "new actor" not in run(*given, "Quay").err
    assert run("edit", "W1", "--actor", "Port Authority").code == 0
    told = "warning: 'Museum' is not among those asked; expected one of Port Authority; 'pathtrack undo' "
    assert told in run(*given, "Museum").err
    assert "among those" not in run(*given, "Museum").err  # known by now
    assert "among those" not in run(*given, "port authority").err


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("given", ["Ana", "lee"])
def test_the_beginning_of_a_name_is_noticed(given: str, run: Run) -> None:
    err = run("update", "W1", "--note", "n", "--by", given).err
    assert err.startswith(f"warning: '{given}' has not judged before; did you mean Ana Lee?\n")
    assert "judged before" not in run("update", "W1", "--note", "n", "--by", given).err
    assert "judged before" not in run("update", "W1", "--note", "n", "--by", "Bo Lee").err


@pytest.mark.usefixtures("here")
def test_a_dry_run_says_in_words_what_would_be(run: Run) -> None:
    outcome = run("update", "W1", "--status", "partial", "--note", "n", "--dry-run")
    assert outcome.err == (
        "would be: W1 reversed → partial; recorded for 31 Jan 2026 by Test Author in recommendations.toml\n"
        "warning: partial wants evidence, too; add it with another update\n"
    )


@pytest.mark.parametrize("word", ["in progress", "In_Progress", " in-progress "])
def test_a_status_of_two_words_is_written_in_any_way(word: str) -> None:
    assert parse_word(word, Status, "status") is Status.IN_PROGRESS


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Done", "implemented"),
        ("blocked", "stalled"),
        ("On track", "in-progress"),
        ("behind schedule", "stalled"),
        ("part", "partial"),
        ("Withdrawn", "not-implemented"),
        ("N/A", "not-assessed"),
        ("open", "not-started or in-progress"),
        ("closed", "implemented or not-implemented"),
    ],
)
def test_what_people_call_a_status_names_ours(word: str, meant: str, run: Run) -> None:
    message = run("update", "D1", "--status", word).refused(2)
    assert message.startswith(f"'{word}' is not a status; did you mean {meant}?")
