"""The commands correct and withdraw: a mistake put right in the open, from the command line."""

import datetime as dt
import json
from pathlib import Path

import pytest

from conftest import Run
from pathtrack.file import store
from pathtrack.record.corrections import update_id
from pathtrack.record.dates import partial
from pathtrack.record.model import Update

START = """\
[report]
title = "T"
[[recommendation]]
id = "D6"
area = "a"
title = "Six"
[[recommendation]]
id = "D7"
area = "a"
title = "Seven"
"""
FIRST = ("--date", "2005-01-04", "--status", "implemented", "--note", "Done. So it is.")
SOURCE = ("--evidence", "https://example.org/act", "--kind", "law")


@pytest.fixture
def path(run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tracker with an update about D6, and a later note; both are recorded today."""
    monkeypatch.delenv("PATHTRACK_TODAY")
    path = Path("recommendations.toml")
    path.write_text(START, encoding="utf-8")
    assert run("update", "D6", *FIRST, *SOURCE).code == 0
    assert run("update", "D6", "--date", "2005-02-04", "--note", "A tpyo.").code == 0
    return path


def updates(path: Path) -> tuple[Update, ...]:
    return store.load(path).updates


def corrected(run: Run, identifier: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(run("show", identifier, "--json").out)["recommendations"][0][
        "corrected"
    ]
    return found


def test_a_wrong_status_is_what_it_should_have_been_from_its_own_day_on(path: Path, run: Run) -> None:
    first = update_id(updates(path)[0])
    before = path.read_bytes()
    outcome = run("correct", first[:6], "--status", "partial", "--reason", "Half of it is in force.")
    assert outcome.out == (
        "corrected the update of 4 Jan 2005 about D6 by Test Author:\n"
        "  status: implemented → partial\n"
        "D6 implemented → partial; 1 source; recorded for 4 Jan 2005 by Test Author in recommendations.toml\n"
    )
    assert path.read_bytes().startswith(before)
    new = updates(path)[-1]
    assert (new.corrects, new.reason, new.typed_by) == (first, "Half of it is in force.", None)
    assert new.evidence == updates(path)[0].evidence
    assert run("list").out.startswith("D6\ta\tpartial\t2005-01-04\t2005-02-04\t1\t")


def test_an_update_about_another_recommendation_is_moved_to_it(path: Path, run: Run) -> None:
    first = update_id(updates(path)[0])
    outcome = run("correct", first, "--recommendation", "d7", "--reason", "It was about D7.")
    assert "D6 implemented → not-assessed, D7 not-assessed → implemented" in outcome.out
    assert [line.split("\t")[2] for line in run("list").out.splitlines()] == ["not-assessed", "implemented"]
    (gone,) = corrected(run, "D6")
    assert gone["reason"] == "It was about D7."


def test_a_date_typed_too_late_is_put_right(path: Path, run: Run) -> None:
    assert (
        run("correct", update_id(updates(path)[0]), "--date", "2004-12", "--reason", "It was then.").code == 0
    )
    assert updates(path)[-1].date == partial("2004-12")
    assert run("list", "--as-of", "2004-12-31").out.startswith("D6\ta\timplemented\t2004-12\t")


def test_the_newest_update_about_a_recommendation_is_named_by_its_id(path: Path, run: Run) -> None:
    run("correct", "d6", "--note", "A typo.", "--reason", "A slip.")
    assert [each.note for each in updates(path)] == ["Done. So it is.", "A tpyo.", "A typo."]
    assert "Noteworthy" not in run("show", "D6").out
    assert run("changes", "--since", "2005-02-01").out.splitlines()[-1].endswith("by Test Author: A slip.")


def test_the_newest_update_goes_by_its_date_not_by_when_it_was_typed(path: Path, run: Run) -> None:
    run("correct", update_id(updates(path)[0]), "--note", "Done.", "--reason", "Too long.")
    outcome = run("correct", "D6", "--note", "A typo.", "--reason", "A slip.")
    assert outcome.out.startswith("corrected the update of 4 Feb 2005 about D6")
    assert run("show", "D6").out.count("Done.") == 2  # its note, and that of what was corrected


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_report_on_a_period_lists_what_was_corrected_in_it(form: str, path: Path, run: Run) -> None:
    period = ("--format", form, "--since", "yesterday")
    assert "Nothing was recorded." in run("export", *period).out
    run("withdraw", update_id(updates(path)[1]), "--reason", "It was about another law.")
    out = run("export", *period).out
    assert "Nothing was recorded." not in out
    assert "Corrected: D6, the update of 4 Feb 2005, withdrawn on" in out


def test_what_was_typed_in_this_month_was_typed_in_since_this_month(path: Path, run: Run) -> None:
    assert updates(path)[0].recorded
    out = run("changes", "--recorded-since", f"{dt.datetime.now().astimezone():%Y-%m}").out
    assert "D6  Six: " in out


def test_who_judged_stays_and_who_typed_is_told(
    path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATHTRACK_AUTHOR", "Another Hand")
    run("correct", "D6", "--note", "A typo.", "--reason", "A slip.")
    assert (updates(path)[-1].by, updates(path)[-1].typed_by) == ("Test Author", "Another Hand")
    (gone,) = corrected(run, "D6")
    assert gone["by"] == "Another Hand"
    run("correct", "D6", "--by", "another hand", "--reason", "I had judged.")
    assert (updates(path)[-1].by, updates(path)[-1].typed_by) == ("another hand", None)


@pytest.mark.parametrize(
    ("options", "sources"),
    [
        (("--evidence", "https://example.org/moved"), [("https://example.org/moved", None, "law")]),
        (("--title", "The act", "--kind", ""), [("https://example.org/act", "The act", None)]),
        (("--source", "1", "--evidence", ""), []),
        (
            ("--source", "2", "--evidence", "Minutes"),
            [("https://example.org/act", None, "law"), (None, "Minutes", None)],
        ),
    ],
)
def test_a_source_is_changed_removed_or_added(
    path: Path, run: Run, options: tuple[str, ...], sources: list[tuple[str | None, ...]]
) -> None:
    outcome = run("correct", update_id(updates(path)[0]), *options, "--reason", "It moved.")
    assert outcome.code == 0, outcome.err
    assert [(each.url, each.title, each.kind) for each in updates(path)[-1].evidence] == sources


def test_a_moved_address_is_one_source_and_no_news(path: Path, run: Run) -> None:
    first = update_id(updates(path)[0])
    run("correct", first, "--evidence", "https://example.org/moved", "--reason", "The page moved.")
    assert run("list").out.splitlines()[0].split("\t")[5] == "1"
    report = run("export").out
    assert "https://example.org/act>" not in report
    news = json.loads(run("changes", "--recorded-since", "2005-01-01", "--json").out)
    assert [each["evidence"] for each in news["changes"]] == [1]
    assert [each["reason"] for each in news["corrected"]] == ["The page moved."]
    assert json.loads(run("changes", "--since", "2006", "--json").out)["changes"] == []


def test_what_should_not_be_there_is_left_out(path: Path, run: Run) -> None:
    run(
        "correct",
        update_id(updates(path)[0]),
        "--without",
        "status",
        "--without",
        "Evidence",
        "--reason",
        "No.",
    )
    new = updates(path)[-1]
    assert (new.status, new.evidence, new.note) == (None, (), "Done. So it is.")


def test_a_withdrawn_update_counts_nowhere_and_undo_brings_it_back(path: Path, run: Run) -> None:
    before = run("list").out, run("export").out
    outcome = run("withdraw", update_id(updates(path)[0])[:4], "--reason", "It is another country.")
    assert outcome.out.startswith("withdrew the update of 4 Jan 2005 about D6 by Test Author: Done.\n")
    assert run("list").out.startswith("D6\ta\tnot-assessed\t\t2005-02-04\t0\t")
    assert "It is another country." in run("show", "D6").out
    assert run("check").code == 0
    run("undo")
    assert (run("list").out, run("export").out) == before


def test_a_dry_run_prints_what_it_would_add(path: Path, run: Run) -> None:
    before = path.read_bytes()
    for command in (("correct", "D6", "--note", "A typo."), ("withdraw", "D6")):
        shown = run(*command, "--reason", "A slip.", "--dry-run").out
        assert shown.startswith("[[update]]\n")
        assert 'reason = "A slip."\n' in shown
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["correct", "0000", "--note", "x"], 4, "no current update '0000'; see 'pathtrack timeline'"),
        (["correct", "abc", "--note", "x"], 4, "no current update 'abc'; "),
        (["withdraw", "D7"], 4, "no update about D7; see 'pathtrack timeline'"),
        (["correct", "D6"], 2, "nothing would be corrected; give what is right, such as --note TEXT"),
        (["correct", "D6", "--note", "A tpyo."], 2, "nothing would be corrected"),
        (["correct", "D6", "--recommendation", "D8"], 4, "no recommendation 'D8'"),
        (["correct", "D6", "--without", "date"], 2, "'date' cannot be removed; "),
        (["correct", "D6", "--without", "note"], 2, "an update needs at least one of"),
        (
            ["correct", "D6", "--title", "x"],
            2,
            "a new source has no address or title; ",
        ),
        (
            ["correct", "D6", "--source", "3", "--evidence", "x"],
            2,
            "the update has 0 sources; --source 1 adds",
        ),
        (["correct", "D6", "--evidence", "a", "--evidence", "b"], 2, "--evidence is given twice"),
        (
            ["correct", "D6", "--evidence", "ftp://a.example"],
            2,
            "'ftp://a.example' is not a safe",
        ),
    ],
)
def test_a_refused_correction_writes_nothing(
    path: Path, run: Run, arguments: list[str], code: int, message: str
) -> None:
    before = path.read_bytes()
    assert run(*arguments, "--reason", "So.").refused(code).startswith(message)
    assert path.read_bytes() == before


def test_one_of_several_sources_must_be_named(path: Path, run: Run) -> None:
    run("update", "D6", "--evidence", "a", "--evidence", "b")
    message = run("correct", "D6", "--title", "c", "--reason", "So.").refused(2)
    assert message == "the update has 2 sources; say which with --source 1 to 2"
    assert run("correct", "D6", "--source", "2", "--title", "c", "--reason", "So.").code == 0
    assert [each.title for each in updates(path)[-1].evidence] == ["a", "c"]


def test_what_was_corrected_already_names_its_correction(path: Path, run: Run) -> None:
    first = update_id(updates(path)[0])
    run("correct", first, "--status", "partial", "--reason", "So.")
    message = run("correct", first, "--status", "stalled", "--reason", "So.").refused(4)
    assert message.endswith(f"it was corrected by {update_id(updates(path)[-1])}")


def test_a_reason_is_asked_for(path: Path, run: Run) -> None:
    assert "missing option '--reason'" in run("withdraw", "D6").refused(2)
    assert len(updates(path)) == 2
