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


def corrected(run: Run, identifier: str) -> list[dict[str, object]]:
    shown = json.loads(run("show", identifier, "--json").out)
    found: list[dict[str, object]] = shown["recommendations"][0]["corrected"]
    return found


def test_a_wrong_status_is_what_it_should_have_been_from_its_own_day_on(path: Path, run: Run) -> None:
    first = update_id(updates(path)[0])
    before = path.read_bytes()
    outcome = run("correct", first[:6], "--status", "partial", "--reason", "Half of it is in force.")
    assert outcome.out == (
        "corrected the update of 4 Jan 2005 about D6 by Test Author:\n"
        "  status from implemented to partial\n"
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
    told = " Test Author corrected the note of the update of 4 Feb 2005 about D6: A slip.\n"
    assert told in run("changes", "--since", "2005-02-01").out


def test_a_status_is_not_given_to_a_newer_update_that_has_none(path: Path, run: Run) -> None:
    """Somebody's answer would become a judgement, and the judgement that was meant would stay."""
    judged, before = update_id(updates(path)[0]), path.read_bytes()
    message = run("correct", "d6", "--status", "partial", "--reason", "Half.").refused(2)
    command = f"pathtrack correct {judged} --status partial --reason …"
    assert message == (
        "the newest update about D6, of 4 Feb 2005 by Test Author, gives no status; "
        f"the status is of 4 Jan 2005 by Test Author: correct it with '{command}'"
    )
    assert path.read_bytes() == before
    newest = update_id(updates(path)[-1])
    assert run("correct", newest, "--status", "partial", "--reason", "It was judged then.").code == 0
    assert run("correct", "D6", "--status", "stalled", "--reason", "It has a status now.").code == 0
    run("update", "D7", "--note", "n")
    assert run("correct", "D7", "--status", "stalled", "--reason", "Nobody has judged it.").code == 0


def test_the_newest_update_goes_by_its_date_not_by_when_it_was_typed(path: Path, run: Run) -> None:
    run("correct", update_id(updates(path)[0]), "--note", "Done.", "--reason", "Too long.")
    outcome = run("correct", "D6", "--note", "A typo.", "--reason", "A slip.")
    assert outcome.out.startswith("corrected the update of 4 Feb 2005 about D6")
    assert "the note says “Done.”, not “Done. So it is.”" in run("show", "D6").out


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_report_on_a_period_lists_what_was_corrected_in_it(form: str, path: Path, run: Run) -> None:
    period = ("--format", form, "--since", "yesterday")
    assert "Nothing was recorded." in run("export", *period).out
    run("withdraw", update_id(updates(path)[1]), "--reason", "It was about another law.")
    out = run("export", *period).out
    assert "Nothing was recorded." not in out
    assert " Test Author withdrew the update of 4 Feb 2005 about D6: It was about another law." in out


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
    assert (gone["by"], gone["typed_by"]) == ("Test Author", "Another Hand")
    run("correct", "D6", "--by", "another hand", "--reason", "I had judged.")
    assert (updates(path)[-1].by, updates(path)[-1].typed_by) == ("another hand", None)


@pytest.mark.parametrize(
    ("options", "sources"),
    [
        (("--evidence", "https://example.org/moved"), [("https://example.org/moved", None, "law")]),
        (("--title", "The act", "--kind", ""), [("https://example.org/act", "The act", None)]),
        (("--source", "1", "--evidence", ""), []),
        (
            ("--source", "new", "--evidence", "Minutes"),
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


def test_a_judgement_is_of_whoever_makes_it(path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The corrector judges: nobody's name stands under a status, or under its subject, that is another's."""
    monkeypatch.setenv("PATHTRACK_AUTHOR", "Another Hand")
    first = update_id(updates(path)[0])
    for options in (
        ("--status", "partial"),
        ("--confidence", "low"),
        ("--actor", "X"),
        ("--recommendation", "D7"),
    ):
        outcome = run("correct", first, *options, "--reason", "So.")
        assert "  judged by Another Hand instead of Test Author\n" in outcome.out
        assert (updates(path)[-1].by, updates(path)[-1].typed_by) == ("Another Hand", None)
        if options[0] == "--status":
            assert run("list", "--by", "Test Author").out.split("\t")[2] == "not-assessed"
            assert run("list", "--by", "Another Hand").out.split("\t")[2] == "partial"
            assert run("compare", "D6").out == "D6\tAnother Hand\tpartial\t2005-01-04\n"
        run("undo")
    run("correct", first, "--status", "partial", "--by", "Test Author", "--reason", "A slip of the typist.")
    assert (updates(path)[-1].by, updates(path)[-1].typed_by) == ("Test Author", "Another Hand")
    run("undo")
    run("correct", first, "--without", "status", "--reason", "Only the note is right.")
    assert (updates(path)[-1].by, updates(path)[-1].typed_by) == ("Test Author", "Another Hand")


def test_a_source_has_the_number_that_show_prints(path: Path, run: Run) -> None:
    run("update", "D6", "D7", "--date", "2005-01-20", "--evidence", "A", "--evidence", "B")
    run("update", "D6", "--date", "2005-01-10", "--evidence", "C")
    both = update_id(updates(path)[-2])
    shown = [each.strip() for each in run("show", "D6").out.splitlines()]
    assert {"3. A", "4. B"} < {*shown}
    for number, title in ((3, "A"), (4, "B")):
        out = run("correct", both, "--source", str(number), "--evidence", f"{title}!", "--reason", "So.").out
        assert f"  source title from {title} to {title}!\n" in out
        run("undo")
    message = run("correct", both, "--source", "2", "--title", "x", "--reason", "So.").refused(2)
    assert message == "the update has no source 2; give --source 3 to 4, or --source new to add one"
    out = run("correct", "D7", "--source", "2", "--evidence", "D", "--reason", "So.").out
    assert "  source title from B to D\n" in out


def test_a_recommendation_may_be_given_with_a_comma(path: Path, run: Run) -> None:
    run("correct", "D6", "--recommendation", "d6, D7", "--reason", "Both.")
    assert updates(path)[-1].recommendations == ("D6", "D7")
    assert run("show", "D6-D7").out == run("show", "D6", "D7").out


def test_what_replaces_another_says_so(path: Path, run: Run) -> None:
    run("correct", "D6", "--note", "A typo.", "--reason", "A slip.")
    old, new = update_id(updates(path)[1]), update_id(updates(path)[2])
    assert f"[{new}, corrects {old}]" in run("show", "D6").out
    assert f"\tA typo. (corrects {old})\t{new}\n" in run("timeline").out
    assert "4 Feb 2005, as corrected: A typo." in run("changes", "--since", "2005").out
    assert "4 Feb 2005, as corrected: A typo." in run("export").out
    page = run("export", "--format", "html").out
    assert f"<code>{new}</code>, corrects <code>{old}</code>" in page
    anchor = f"corrected:{old}:{new}"
    assert f'href="#{anchor}"' in page
    assert f'<li id="{anchor}">On ' in page
    assert 'corrected the note of the update of 4 Feb 2005 about <a href="#D6">D6</a>: A slip.' in page
    assert "In detail: the note says “A typo.”, not “A tpyo.”." in page
    (gone,) = json.loads(run("show", "D6", "--json").out)["recommendations"][0]["corrected"]
    assert (gone["record"]["note"], gone["replacement"]["note"]) == ("A tpyo.", "A typo.")
    assert gone["replacement"]["corrects"] == old
    run("withdraw", "D6", "--reason", "It is of no use.")
    assert (
        json.loads(run("show", "D6", "--json").out)["recommendations"][0]["corrected"][1]["replacement"]
        is None
    )


def test_a_moved_address_is_one_source_and_no_news(path: Path, run: Run) -> None:
    first = update_id(updates(path)[0])
    run("correct", first, "--evidence", "https://example.org/moved", "--reason", "The page moved.")
    assert run("list").out.splitlines()[0].split("\t")[5] == "1"
    sources = [each for each in run("export").out.splitlines() if each.startswith("[^")]
    assert sources == ["[^1]: law, <https://example.org/moved>"]
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


def test_a_dry_run_prints_what_it_would_add_and_beside_it_old_and_new(path: Path, run: Run) -> None:
    before = path.read_bytes()
    about = "the update of 4 Feb 2005 about D6 by Test Author:"
    for command, told in (
        (
            ("correct", "D6", "--note", "A typo."),
            f"would correct {about}\n  the note says “A typo.”, not “A tpyo.”\n",
        ),
        (("withdraw", "D6"), f"would withdraw {about} A tpyo.\n"),
    ):
        shown = run(*command, "--reason", "A slip.", "--dry-run")
        assert shown.out.startswith("[[update]]\n")
        assert 'reason = "A slip."\n' in shown.out
        assert shown.err.startswith(f"{told}would be: D6 ")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["correct", "0000", "--note", "x"], 4, "no current update '0000'; see 'pathtrack timeline'"),
        (
            ["correct", "abc", "--note", "x"],
            4,
            "no recommendation or update 'abc'; expected one of D6, D7, or",
        ),
        (["correct", "d9", "--note", "x"], 4, "no recommendation or update 'd9'; did you mean D6 or D7, or"),
        (["withdraw", "hallo"], 4, "no recommendation or update 'hallo'; "),
        (["withdraw", "D7"], 4, "no update about D7; see 'pathtrack timeline'"),
        (["correct", "D6"], 2, "nothing would be corrected; give what is right, such as --note TEXT"),
        (["correct", "D6", "--note", "A tpyo."], 2, "nothing would be corrected"),
        (["correct", "D6", "--recommendation", "D8"], 4, "no recommendation 'D8'"),
        (["correct", "D6", "--without", "date"], 2, "'date' cannot be removed; "),
        (["correct", "D6", "--without", "note"], 2, "an update needs at least one of"),
        (
            ["correct", "D6", "--note", "x", "--without", "Note"],
            2,
            "'note' is both given and removed; do one of them",
        ),
        (
            ["correct", "D6", "--evidence", "x", "--without", "evidence"],
            2,
            "'evidence' is both given and removed; ",
        ),
        (["correct", "D6", "--source", "0", "--evidence", "x"], 2, "'0' is not a source number; "),
        (
            ["correct", "D6", "--title", "x"],
            2,
            "a new source has no address or title; ",
        ),
        (
            ["correct", "D6", "--source", "3", "--evidence", "x"],
            2,
            "the update has no source 3; add one with --source new",
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
    assert message == "the update has 2 sources; give --source 2 to 3, or --source new to add one"
    assert run("correct", "D6", "--source", "3", "--title", "c", "--reason", "So.").code == 0
    assert [each.title for each in updates(path)[-1].evidence] == ["a", "c"]


def test_what_was_corrected_already_names_its_correction(path: Path, run: Run) -> None:
    first = update_id(updates(path)[0])
    run("correct", first, "--status", "partial", "--reason", "So.")
    message = run("correct", first, "--status", "stalled", "--reason", "So.").refused(4)
    assert message.endswith(f"it was corrected by {update_id(updates(path)[-1])}")


def test_a_reason_is_asked_for(path: Path, run: Run) -> None:
    assert "missing option '--reason'" in run("withdraw", "D6").refused(2)
    assert len(updates(path)) == 2
