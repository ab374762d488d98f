import os
import re
import stat
import subprocess
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

import pathtrack
from conftest import Run
from pathtrack.file import store
from pathtrack.file.document import Document
from pathtrack.record.corrections import update_id
from samples import BARE, DATA, FORMS, HOSTILE, SMALL, value_of

# ---- recording ----


def test_an_update_is_confirmed_and_written(here: Path, run: Run) -> None:
    move = "E1 stalled → in-progress, but not-implemented from 30 Jun 2026 on, W1 reversed → in-progress"
    confirmation = f"{move}; 1 source; recorded for 15 Jan 2026"
    outcome = run(
        *("update", "e1", "W1", "--status", "In-Progress", "--date", "2026-01-15", "--by", "Ana Lee"),
        *("--note", "Talks began.", "--searched", "a.example", "--searched", "b.example"),
        *("--evidence", "https://news.example/1", "--title", "Talks", "--publisher", "News"),
        *("--published", "yesterday", "--kind", "NEWS", "--archive", "https://archive.example/1"),
    )
    assert outcome == (0, f"{confirmation} by Ana Lee in {here.name}\n", "next: pathtrack show E1\n")
    added = here.read_bytes().removeprefix(SMALL).decode()
    assert re.sub(r"recorded = \S+Z", "recorded = NOW", added) == (
        "\n[[update]]\n"
        "date = 2026-01-15\n"
        "recorded = NOW\n"
        'by = "Ana Lee"\n'
        'recommendations = ["E1", "W1"]\n'
        'status = "in-progress"\n'
        'note = "Talks began."\n'
        'searched = ["a.example", "b.example"]\n'
        "\n"
        "[[update.evidence]]\n"
        'title = "Talks"\n'
        'publisher = "News"\n'
        'url = "https://news.example/1"\n'
        "date = 2026-01-30\n"
        'kind = "news"\n'
        'archive = "https://archive.example/1"\n'
    )


@pytest.mark.parametrize(
    ("arguments", "confirmation"),
    [
        (["W1", "--note", "n"], "W1 stays reversed; recorded for 31 Jan 2026"),
        (["w1", "W1", "--note", "n"], "W1 stays reversed; recorded"),
        (["2049", "--status", "stalled", "--note", "n"], "2049 not-assessed → stalled; recorded"),
        (
            ["E_10", "--status", "implemented", "--note", "n", "--date", "2025-01-01"],
            "E_10 stays partial, judged on 10 Mar 2025; recorded for 1 Jan 2025",
        ),
        (
            ["W1", "--status", "partial", "--note", "n", "--date", "2026-03-01"],
            "W1 stays reversed, and is partial from 1 Mar 2026 on; recorded for 1 Mar 2026",
        ),
        (
            ["W1", "--status", "partial", "--note", "n", "--date", "2026-02"],
            "W1 stays reversed, and is partial from 28 Feb 2026 on; recorded for Feb 2026",
        ),
        (
            ["W1", "--note", "n", "--date", "2026-03-01"],
            "W1 stays reversed; recorded for 1 Mar 2026",
        ),
        (["W1", "--evidence", "A", "--evidence", "B"], "W1 stays reversed; 2 sources; recorded"),
        (
            ["W1", "--response", "noted", "--due", "2027-06", "--note", "n"],
            "W1 stays reversed; the addressee answered noted; target date Jun 2027; recorded",
        ),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_confirmation_says_what_became_of_the_status(
    arguments: list[str], confirmation: str, run: Run
) -> None:
    outcome = run("update", *arguments)
    assert outcome.code == 0
    assert outcome.out.startswith(confirmation)


@pytest.mark.parametrize(
    ("arguments", "warning"),
    [
        (["--status", "not-started"], "not-started wants the places searched, or a note"),
        (["--status", "in-progress", "--note", "n"], "in-progress wants evidence"),
        (["--status", "partial", "--note", "n"], "partial wants evidence, too"),
        (
            ["--status", "partial", "--evidence", "https://a.example"],
            "partial wants a note on what is missing, too",
        ),
        (["--status", "partial"], "partial wants evidence, and a note on what is missing"),
        (
            ["--status", "implemented", "--evidence", "https://a.example", "--kind", "news"],
            "implemented wants evidence of kind law, agreement, statement, budget or operation",
        ),
        (["--status", "stalled"], "stalled wants evidence or a note"),
        (["--status", "not-implemented"], "not-implemented wants evidence or a note"),
        (["--status", "reversed", "--note", "n"], "reversed wants evidence"),
    ],
)
def test_what_a_status_wants_is_a_warning_and_no_refusal(
    arguments: list[str], warning: str, here: Path, run: Run
) -> None:
    outcome = run("update", "2049", *arguments)
    assert outcome.code == 0
    assert outcome.err == f"warning: {warning}; add it with another update\nnext: pathtrack show 2049\n"
    assert len(store.load(here).updates) == 14


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "arguments",
    [
        ["--status", "implemented", "--evidence", "https://a.example", "--kind", "law"],
        ["--status", "not-started", "--searched", "a.example"],
        ["--status", "not-assessed"],
        ["--note", "n"],
    ],
)
def test_what_is_not_wanting_brings_no_warning(arguments: list[str], run: Run) -> None:
    outcome = run("update", "2049", *arguments)
    assert (outcome.code, outcome.err) == (0, "next: pathtrack show 2049\n")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (
            [],
            2,
            "an update needs at least one of 'status', 'response', 'due', 'note', 'evidence'",
        ),
        (["--note", ""], 2, "'note' must not be empty"),
        (["--searched", ""], 2, "must not be empty"),
        (["--note", "n" * 100_001], 2, "'note' is longer than 100000 characters"),
        (["--by", "a\nb", "--note", "n"], 2, "'by' must be on one line"),
        (["--evidence", "A\nB"], 2, "must be on one line"),
        (["--evidence", "ftp://a.example"], 2, "'ftp://a.example' is not a safe web address"),
        (["--evidence", "javascript:alert(1)"], 2, "is not a safe web address"),
        (["--evidence", "https://user@a.example"], 2, "is not a safe web address"),
        (
            ["--evidence", "https://a.example/\u202e"],
            2,
            "'https://a.example/\\u202e' is not a safe web address",
        ),
        (
            ["--evidence", "https://a.example", "--archive", "a.example"],
            2,
            "'a.example' is not a safe web address",
        ),
        (["--title", "A"], 2, "0 --evidence but 1 --title"),
        (
            ["--evidence", "https://a.example", "--title", "A", "--title", "B"],
            2,
            "1 --evidence but 2 --title",
        ),
        (["--evidence", "A book", "--title", "A"], 2, "'A book' is not an address"),
        (["--evidence", "https://a.example", "--kind", "budgt"], 2, "did you mean budget?"),
        (["--evidence", "https://a.example", "--published", "soon"], 2, "'soon' is not a date"),
        (["--note", "n", "--date", "2025-02-29"], 2, "'2025-02-29' is not a day in the calendar"),
    ],
)
@pytest.mark.parametrize("dry_run", [[], ["--dry-run"]], ids=["write", "dry run"])
def test_a_refused_update_writes_nothing(
    arguments: list[str], code: int, words: str, dry_run: list[str], here: Path, run: Run
) -> None:
    assert words in run("update", "W1", *arguments, *dry_run).refused(code)
    assert here.read_bytes() == SMALL
    assert list(here.parent.iterdir()) == [here] or not dry_run


@pytest.mark.parametrize(
    "arguments",
    [
        ["--note", "One line."],
        ["--note", "Two\nlines, 두 줄\n"],
        ["--status", "partial", "--note", '"""\\', "--evidence", "https://a.example", "--title", "한국"],
        ["--note", HOSTILE],
        ["--searched", "a\tb"],
    ],
    ids=["note", "lines", "evidence", "hostile", "tab"],
)
def test_a_dry_run_prints_what_would_be_added_and_writes_nothing(
    arguments: list[str], here: Path, run: Run
) -> None:
    outcome = run("update", "W1", "e1", *arguments, "--dry-run")
    assert (outcome.code, outcome.err.count("\n")) == (0, 1)
    assert outcome.err.startswith("would be: W1 ")
    assert here.read_bytes() == SMALL
    assert list(here.parent.iterdir()) == [here]
    assert not set(outcome.out) & set(HOSTILE)
    (read,) = tomllib.loads(outcome.out)["update"]
    assert run("update", "W1", "e1", *arguments).code == 0
    written = store.load(here).updates[-1]
    assert value_of(pathtrack.Update, {**read, "recorded": written.recorded}) == written
    if arguments[-1] != HOSTILE:
        added = here.read_text(encoding="utf-8").removeprefix(SMALL.decode() + "\n")
        same = [re.sub(r"recorded = \S+", "", text) for text in (outcome.out, added)]
        assert same[0] == same[1]


@pytest.mark.usefixtures("here")
def test_a_day_that_is_yet_to_come_is_noticed(run: Run) -> None:
    outcome = run("update", "W1", "--note", "n", "--date", "2205-01-24")
    assert outcome.err.startswith("warning: 24 Jan 2205 is in the future; it takes effect on 24 Jan 2205\n")


def test_what_is_yet_to_come_changes_nothing_else(here: Path, run: Run) -> None:
    run("update", "W1", "--status", "partial", "--date", "2026-03-01")
    assert run("update", "W1", "--note", "n", "--date", "2026-03-02").out.startswith("W1 stays reversed; ")
    note = update_id(store.load(here).updates[-1])
    out = run("correct", note, "--date", "2026-01-30", "--status", "stalled", "--reason", "So.").out
    assert "W1 reversed → stalled, but partial from 1 Mar 2026 on; " in out
    last = update_id(store.load(here).updates[-1])
    out = run("correct", last, "--date", "2026-02", "--reason", "So.").out
    assert (
        "W1 stalled → reversed, and is stalled from 28 Feb 2026 on, but partial from 1 Mar 2026 on; " in out
    )
    out = run("update", "W1", "--actor", "Port", "--status", "partial").out
    assert out.startswith("W1 partial for Port (the whole stays reversed); ")


def test_a_whole_that_was_judged_before_its_part_may_be_judged_again(here: Path, run: Run) -> None:
    assert run("add", "W1.a", "--part-of", "W1", "--title", "Half").code == 0
    part = ["update", "W1.a", "--status", "partial", "--note", "n"]
    told = (
        "the whole stays reversed, judged on 20 Nov 2025; if that has changed: pathtrack update W1 --status"
    )
    assert told in run(*part).err
    assert told in run(*part, "--dry-run").err
    assert "the whole" not in run("update", "W1.a", "--note", "n").err
    assert "the whole" not in run("update", "W1.a", "W1", "--status", "partial", "--note", "n").err
    here.write_bytes(here.read_bytes() + b'[[recommendation]]\nid = "W9"\narea = "water"\ntitle = "New"\n')
    assert run("add", "W9.a", "--part-of", "W9", "--title", "Half").code == 0
    assert "the whole" not in run("update", "W9.a", *part[2:]).err


@pytest.mark.usefixtures("here")
def test_ids_are_listed_with_commas_and_hyphens(run: Run) -> None:
    assert run("show", "W1, e1").out == run("show", "W1", "E1").out
    assert run("show", ",").refused(4).startswith("no recommendation ','")
    assert run("show", "E1-E3").refused(4).startswith("no recommendation 'E1-E3'")


@pytest.mark.usefixtures("here")
def test_a_month_that_is_not_over_is_noticed(run: Run) -> None:
    outcome = run("update", "W1", "--note", "n", "--date", "2026")
    assert outcome.err.startswith("warning: 2026 counts as its last day; it takes effect on 31 Dec 2026\n")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["partial"], "no recommendation 'partial'; a status is given as --status partial"),
        (["note"], "no recommendation 'note'; an option begins with two hyphens: --note"),
        (["—status", "partial"], "no recommendation '—status'; an option begins with two hyphens, which"),
    ],
)
def test_what_is_no_id_is_known_for_what_it_was_meant(words: list[str], message: str, run: Run) -> None:
    assert run("update", "W1", *words, "--note", "n").refused(4).startswith(message)


def test_areas_in_one_word_are_noticed(run: Run) -> None:
    outcome = run("init", "--blank", "--title", "T", "--area", "health,schools")
    assert outcome.err.startswith(
        "note: the name of an area contains a comma; for several areas, repeat --area\n"
    )


@pytest.mark.usefixtures("here")
def test_the_same_update_twice_is_noticed(run: Run) -> None:
    same = ["update", "W1", "--status", "stalled", "--note", "No budget.", "--by", "Ana"]
    assert "repeats" not in run(*same).err
    assert "repeats" not in run(*same[:-1], "Ben").err
    assert "repeats" not in run(*same).err
    assert "warning: this repeats an earlier update; 'pathtrack undo' removes it" in run(*same).err


def test_a_note_is_read_from_stdin(here: Path, run: Run) -> None:
    assert run("update", "W1", "--note", "-", input="First.\n\nSecond, 둘째.\n\n").code == 0
    assert store.load(here).updates[-1].note == "First.\n\nSecond, 둘째."


@pytest.mark.parametrize("given", ["", " \n", b"\xff"], ids=["nothing", "space", "no text"])
def test_a_note_that_is_none_is_refused(given: str | bytes, here: Path, run: Run) -> None:
    run("update", "W1", "--note", "-", input=given).refused(2)
    assert here.read_bytes() == SMALL


@pytest.mark.parametrize(
    ("option", "environment", "git_name", "by"),
    [
        ("Option", "Environment", "Git", "Option"),
        (None, "Environment", "Git", "Environment"),
        (None, "", "Git", "Git"),
        (None, None, "Git", "Git"),
        (None, None, None, "login"),
    ],
)
def test_the_author_is_the_nearest_one_that_is_named(
    *,
    option: str | None,
    environment: str | None,
    git_name: str | None,
    by: str,
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    run: Run,
) -> None:
    monkeypatch.setenv("LOGNAME", "login")
    monkeypatch.delenv("PATHTRACK_AUTHOR")
    if environment is not None:
        monkeypatch.setenv("PATHTRACK_AUTHOR", environment)
    if git_name:
        subprocess.run(["git", "config", "--global", "user.name", git_name], check=True)
    assert run("update", "W1", "--note", "n", *(["--by", option] if option else [])).code == 0
    assert store.load(here).updates[-1].by == by


def test_a_read_only_file_is_refused(here: Path, run: Run) -> None:
    here.chmod(0o444)
    assert run("update", "W1", "--note", "n").refused(3).startswith("the file is read-only")
    here.chmod(0o644)
    assert here.read_bytes() == SMALL


def test_a_busy_file_is_waited_for_and_given_up(
    here: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.05)
    with FileLock(store.lock_path(here)):
        outcome = run("update", "W1", "--note", "n")
    waits, error = outcome.err.splitlines()
    assert waits == "another program is writing the file; waiting"
    assert error.startswith("error: another program is writing the file (")
    assert (outcome.code, outcome.out) == (3, "")


# ---- a new tracker ----

ADD = 'next: pathtrack add ID --area AREA --title "What is asked"{0} or pathtrack edit{0}\n'


def test_init_copies_the_shipped_tracker(run: Run) -> None:
    outcome = run("init")
    assert (outcome.code, outcome.err) == (0, "next: pathtrack list or pathtrack edit\n")
    wholes = [each for each in store.load(store.shipped()).recommendations if not each.part_of]
    schema = "pathtrack.schema.json for editors beside it"
    assert outcome.out == f"created recommendations.toml with {len(wholes)} recommendations, and {schema}\n"
    assert Path(store.FILE_NAME).read_bytes() == store.shipped().read_bytes()


def test_init_puts_the_schema_that_editors_want_beside_the_tracker(run: Run) -> None:
    schema = Path("pathtrack.schema.json")
    run("init")
    assert Path(store.FILE_NAME).read_text(encoding="utf-8").startswith(f"#:schema ./{schema}\n")
    assert schema.read_text(encoding="utf-8") == run("schema").out
    schema.write_text("ours", encoding="utf-8")
    assert run("init", "--file", "other.toml").code == 0
    assert schema.read_text(encoding="utf-8") == "ours"


def test_init_makes_a_blank_tracker(run: Run) -> None:
    outcome = run(
        *("init", "--blank", "--title", 'Our "report"', "--publisher", "Us", "--url", "https://us.example"),
        *("--area", "health", "--area", "교육", "--file", "new.toml"),
    )
    created = "created new.toml with 0 recommendations, and pathtrack.schema.json for editors beside it\n"
    assert outcome == (0, created, ADD.format(" --file new.toml"))
    made = store.load(Path("new.toml")).report
    assert (made.title, made.publisher, made.url) == ('Our "report"', "Us", "https://us.example")
    assert made.areas == ("health", "교육")


@pytest.mark.parametrize("blank", [[], ["--blank", "--title", "T"]], ids=["shipped", "blank"])
def test_init_can_show_what_it_would_write(blank: list[str], run: Run) -> None:
    outcome = run("init", *blank, "--dry-run")
    would = "would create recommendations.toml, and pathtrack.schema.json for editors beside it\n"
    assert (outcome.code, outcome.err) == (0, would)
    assert not list(Path.cwd().iterdir())
    run("init", *blank)
    assert Document.read(outcome.out.encode(), name="f").tracker == store.load(Path(store.FILE_NAME))


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--title", "T"], 2, "add --blank"),
        (["--area", "a"], 2, "add --blank"),
        (["--blank"], 2, "title"),
        (["--blank", "--title", ""], 2, "must not be empty"),
        (["--blank", "--title", "a\nb"], 2, "one line"),
        (["--blank", "--title", "T", "--area", ""], 2, "must not be empty"),
        (["--file", "missing/a.toml"], 3, "no such folder"),
    ],
)
def test_init_refuses_what_makes_no_tracker(arguments: list[str], code: int, words: str, run: Run) -> None:
    assert words in run("init", *arguments).refused(code)
    assert not list(Path.cwd().iterdir())


@pytest.mark.parametrize("area", ["\x07", "\x1b[31m", "a\x00"])
def test_init_makes_a_tracker_that_loads_whatever_the_area(area: str, run: Run) -> None:
    outcome = run("init", "--blank", "--title", "T", "--area", area)
    assert (outcome.code, outcome.err) == (0, ADD.format(""))
    assert store.load(Path(store.FILE_NAME)).report.areas == (area,)


def test_init_never_writes_over_a_file(here: Path, run: Run) -> None:
    assert run("init").refused(3).startswith("the file already exists (")
    assert here.read_bytes() == SMALL


def test_init_writes_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setenv("PATHTRACK_FILE", "elsewhere.toml")
    assert run("init").code == 0
    assert Path("elsewhere.toml").is_file()


@pytest.mark.parametrize("exclude", [b"", b"# caf\xe9\n"], ids=["plain", "Latin-1"])
def test_init_keeps_the_lock_out_of_git(exclude: bytes, run: Run) -> None:
    subprocess.run(["git", "init", "--quiet"], check=True)
    Path(".git/info/exclude").write_bytes(exclude)
    assert run("init").code == 0
    status = subprocess.run(
        ["git", "status", "--porcelain"], capture_output=True, text=True, check=True
    ).stdout
    assert status == "?? pathtrack.schema.json\n?? recommendations.toml\n"


@pytest.mark.usefixtures("here")
def test_an_address_without_its_beginning_is_noticed(run: Run) -> None:
    outcome = run("update", "W1", "--evidence", "example.org", "--evidence", "A letter of 3 May.")
    assert outcome.code == 0
    assert outcome.err.startswith("warning: 'example.org' was taken as a title; an address begins")
    assert "letter" not in outcome.err
    assert "'https://a.example/b c' is not a safe web address" in run(
        "update", "W1", "--evidence", "https://a.example/b c"
    ).refused(2)


@pytest.mark.parametrize("url", ["example.org", "javascript:alert(1)"])
def test_init_refuses_an_address_that_no_reader_can_follow(url: str, run: Run) -> None:
    assert "is not a safe web address" in run("init", "--blank", "--title", "T", "--url", url).refused(2)


# ---- the file after an update ----


@pytest.mark.parametrize("form", FORMS)
def test_the_command_keeps_every_old_byte(form: str, run: Run) -> None:
    path = Path("recommendations.toml")
    identifier = "W1" if len(FORMS[form]) > 1000 else "a"
    asked = b'\n[[recommendation]]\nid="a"\narea="b"\ntitle="c"'
    data = FORMS[form] + (asked if FORMS[form] == BARE else b"")
    path.write_bytes(data)
    outcome = run("update", identifier, "--note", "Two\nlines, 두 줄.", "--searched", "a.example")
    assert outcome.code == 0, outcome.err
    assert path.read_bytes().startswith(data)
    assert (added := store.load(path).updates[-1]).note == "Two\nlines, 두 줄."
    assert (added.recommendations, added.searched) == ((identifier,), ("a.example",))
    assert len(store.load(path).updates) == len(Document.read(data, name=form).tracker.updates) + 1


def test_the_command_adds_to_the_real_record(record: Path, run: Run) -> None:
    before = store.load(record)
    outcome = run(
        "update", "d2", "D1", "--status", "partial", "--note", "n", "--evidence", "https://a.example"
    )
    assert outcome.code == 0
    assert record.read_bytes().startswith((DATA / "record.toml").read_bytes())
    after = store.load(record)
    assert replace(after, updates=after.updates[:-1]) == before
    assert after.updates[-1].recommendations == ("D2", "D1")


@pytest.mark.skipif(os.name != "posix", reason="symbolic links need a right on Windows")
def test_a_symlink_stays_a_symlink(tmp_path: Path, here: Path, run: Run) -> None:
    real = tmp_path / "real.toml"
    here.rename(real)
    here.symlink_to(real)
    assert run("update", "W1", "--note", "n", "--file", here).code == 0
    assert here.is_symlink()
    assert not real.is_symlink()
    assert real.read_bytes().startswith(SMALL)
    assert len(store.load(real).updates) == 14


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_the_mode_is_kept(mode: int, here: Path, run: Run) -> None:
    here.chmod(mode)
    assert run("update", "W1", "--note", "n").code == 0
    assert stat.S_IMODE(here.stat().st_mode) == mode


def test_nothing_but_the_tracker_and_its_lock_is_left(here: Path, run: Run) -> None:
    run("update", "W1", "--note", "n")
    run("update", "no-such-id", "--note", "n")
    assert {each.name for each in here.parent.iterdir()} <= {here.name, f".{here.name}.lock"}


@pytest.mark.usefixtures("here")
def test_a_first_target_date_needs_no_reason_and_a_moved_one_does(run: Run) -> None:
    first = run(
        "update", "2049", "--due", "2027", "--response", "noted", "--evidence", "https://example.org/a"
    )
    assert "target date" not in first.err
    assert "a moved target date wants a note" in run("update", "2049", "--due", "2028").err


@pytest.mark.parametrize("moment", ["before", "after"])
def test_an_interrupt_says_whether_the_update_is_in_the_file(
    moment: str, here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = store.change

    def interrupted(
        path: Path,
        make: Callable[[Document], Document],
        *,
        waiting: Callable[[], None],
    ) -> store.Written:
        if moment == "after":
            change(path, make, waiting=waiting)
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "change", interrupted)
    outcome = run("update", "E1", "--note", "New.")
    outcomes = {"after": f"it is in {here.name}", "before": "nothing was changed"}
    assert (outcome.code, outcome.err) == (130, f"interrupted; {outcomes[moment]}\n")
    assert (b"New." in here.read_bytes()) is (moment == "after")


def test_an_actor_in_two_spellings_is_one(here: Path, run: Run) -> None:
    assert run("update", "W1", "--actor", "Café", "--actor", "CAFE\u0301", "--status", "stalled").code == 0
    assert store.load(here).updates[-1].actors == ("Café",)
