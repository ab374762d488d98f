import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from conftest import Run
from pathtrack.file import store
from pathtrack.file.document import Document
from samples import FORMS, HOSTILE, SMALL, day

POSIX = pytest.mark.skipif(os.name != "posix", reason="the editors of these tests are shell commands")


# ---- add ----


def test_a_recommendation_is_added_after_the_last_one(here: Path, run: Run) -> None:
    outcome = run(
        *("add", "W3", "--area", "water", "--title", "Measure the tides", "--ref", "Chapter 2"),
        *("--summary", 'Every "day".', "--actor", "Port Authority", "--actor", "해양수산부", "--ongoing"),
        *("--done-when", "A year of data is out.", "--due", "2027-06-30"),
    )
    assert outcome == (
        0,
        f"added W3 to {here.name}\n",
        "next: pathtrack update W3 --status STATUS --evidence URL\n",
    )
    added = (
        b"\n[[recommendation]]\n"
        b'id = "W3"\n'
        b'area = "water"\n'
        b'title = "Measure the tides"\n'
        b'ref = "Chapter 2"\n'
        b'summary = "Every \\"day\\"."\n'
        + 'actors = ["Port Authority", "해양수산부"]\n'.encode()
        + b"ongoing = true\n"
        b'done_when = "A year of data is out."\n'
        b"due = 2027-06-30\n"
    )
    before, _, after = here.read_bytes().partition(added)
    assert before + after == SMALL
    assert before.endswith(b"ref = 'Annex \"B\"'\n")


@pytest.mark.parametrize("form", [each for each in FORMS if each != "updates between recommendations"])
def test_a_recommendation_is_added_to_a_file_of_any_form(form: str, run: Run) -> None:
    path = Path("f.toml")
    path.write_bytes(FORMS[form])
    area = "water" if len(FORMS[form]) > 1000 else "b"
    outcome = run("add", "New", "--area", area, "--title", "T", "--file", path)
    assert outcome.code == 0, outcome.err
    made, before = store.load(path), Document.read(FORMS[form], name=form).tracker
    assert made.recommendations[:-1] == before.recommendations
    assert made.updates == before.updates
    assert (made.recommendations[-1].id, made.recommendations[-1].area) == ("New", area)
    assert len(path.read_bytes().replace(b"\r\n", b"\n")) > len(FORMS[form].replace(b"\r\n", b"\n"))


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("typed", ["water", "WATER"])
def test_an_added_area_is_one_of_the_reports(typed: str, here: Path, run: Run) -> None:
    assert run("add", "W3", "--area", typed, "--title", "T").code == 0
    assert store.load(here).recommendations[-1].area == "water"
    assert run("check").code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["w1", "--area", "water", "--title", "T"], "W1 is already the id of 'Dredge the northern channel'"),
        (
            ["W3", "--area", "watr", "--title", "T"],
            "'watr' is not an area of the report; did you mean water?",
        ),
        (["W 3", "--area", "water", "--title", "T"], "'id' must be at most 40 letters"),
        (["W3", "--area", "water", "--title", ""], "'title' must not be empty"),
        (["W3", "--area", "water", "--title", "a\nb"], "'title' must be on one line"),
        (["W3", "--title", "T"], "missing option '--area'"),
        (["W3", "--area", "water"], "missing option '--title'"),
        (["--area", "water", "--title", "T"], "missing argument"),
        (["W3", "--area", "water", "--title", "T", "--due", "soon"], "'soon' is not a date"),
    ],
)
@pytest.mark.parametrize("dry_run", [[], ["--dry-run"]], ids=["write", "dry run"])
def test_what_is_no_recommendation_is_refused(
    arguments: list[str], words: str, dry_run: list[str], here: Path, run: Run
) -> None:
    assert run("add", *arguments, *dry_run).refused(2).startswith(words)
    assert here.read_bytes() == SMALL


def test_an_addition_can_be_shown_first(here: Path, run: Run) -> None:
    command = ("add", "W3", "--area", "water", "--title", f"T{HOSTILE}")
    shown = run(*command, "--dry-run")
    assert (shown.code, shown.err) == (0, "")
    assert here.read_bytes() == SMALL
    assert not set(shown.out) & set(HOSTILE)
    run(*command)
    assert shown.out.encode() in here.read_bytes()


def test_a_file_with_inline_recommendations_is_left_to_a_person(run: Run) -> None:
    text = 'recommendation = [{id="a", area="b", title="c"}]\n[report]\ntitle = "R"\n'
    Path("f.toml").write_text(text, encoding="utf-8")
    run("add", "W3", "--area", "b", "--title", "T", "-f", "f.toml").refused(3)
    assert Path("f.toml").read_text(encoding="utf-8") == text


# ---- undo ----


def test_undo_says_what_it_removes(here: Path, run: Run) -> None:
    run("update", "W1", "--note", "A slip.", "--evidence", "https://a.example")
    written = here.read_bytes()
    shown = run("undo", "--dry-run")
    assert (shown.code, here.read_bytes()) == (0, written)
    assert shown.out.startswith(f"would remove from {here.name}:\n[[update]]\n")
    assert 'note = "A slip."' in shown.out
    assert run("undo") == (0, shown.out.replace("would remove", "removed"), "next: pathtrack timeline\n")
    assert here.read_bytes().rstrip() == SMALL.rstrip()


def test_undo_of_what_git_ignores_is_no_slip(here: Path, run: Run) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    Path(".gitignore").write_text(f"{here.name}\n")
    run("update", "W1", "--note", "A slip.")
    assert "git has it" not in run("undo").err


@pytest.mark.usefixtures("here")
def test_undo_of_what_is_committed_is_noticed(run: Run) -> None:
    run("update", "W1", "--note", "A slip.")
    as_ana = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org")
    for words in (["init", "-q"], ["add", "."], [*as_ana, "commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", *words], check=True)
    run("update", "W1", "--note", "Another.")
    assert "git has it" not in run("undo").err
    warning = "warning: it is already in git; 'pathtrack check --since HEAD' names what was removed"
    assert warning in run("undo").err.splitlines()


@pytest.mark.parametrize(
    "note",
    ["[[update]]", "a\n[[update]]\nb", "a\n# b\n", '"""'],
    ids=["header", "headers", "comment", "quotes"],
)
def test_undo_is_not_misled_by_a_note(note: str, here: Path, run: Run) -> None:
    run("update", "W1", "--note", note)
    assert run("undo").code == 0
    assert store.load(here).updates == Document.read(SMALL, name="f").tracker.updates


@pytest.mark.parametrize("header", ["[[update]]", "[[ update ]]", "  [[update]] # here"])
def test_undo_keeps_the_comments_before_an_update_written_by_hand(header: str, here: Path, run: Run) -> None:
    by_hand = f'\n# a comment\n{header}\ndate = 2025-01-01\nby = "x"\nrecommendations = ["W1"]\nnote = "n"\n'
    here.write_bytes(SMALL + by_hand.encode())
    assert run("undo").code == 0
    assert here.read_bytes() == SMALL + b"\n# a comment\n"


@pytest.mark.parametrize(
    "data",
    [
        b'[report]\ntitle = "R"\n',
        FORMS["updates between recommendations"],
        b'update = [{date=2025-01-01, by="a", recommendations=["a"], note="n"}]\n[report]\ntitle = "R"\n',
        SMALL + b"\n# the end of the file\n",
    ],
    ids=["no update", "not at the end", "inline", "comment"],
)
def test_undo_removes_only_what_ends_the_file(data: bytes, run: Run) -> None:
    Path("f.toml").write_bytes(data)
    message = run("undo", "-f", "f.toml").refused(3)
    assert message.startswith(("the file does not end with an update", "there is no update to undo"))
    assert Path("f.toml").read_bytes() == data


@pytest.mark.parametrize("header", ['[["update"]]', "[['update']]", '[[ "update" ]] # here'])
def test_undo_removes_an_update_with_a_quoted_header(header: str, here: Path, run: Run) -> None:
    run("update", "W1", "--note", "A slip.")
    here.write_bytes(header.encode().join(here.read_bytes().rsplit(b"[[update]]", 1)))
    assert run("undo").code == 0
    assert here.read_bytes().rstrip() == SMALL.rstrip()


def test_undo_without_a_tracker_names_init(run: Run) -> None:
    assert "pathtrack init" in run("undo").refused(3)


# ---- edit ----


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (folder := tmp_path / "drafts").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@POSIX
@pytest.mark.parametrize("identifier", [["W1"], ["w1"], []], ids=["id", "case", "catalogue"])
def test_an_edit_changes_the_catalogue_and_nothing_else(
    identifier: list[str], here: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("VISUAL", "sed -i 's/Dredge the northern channel/Deepen the northern channel/'")
    outcome = run("edit", *identifier)
    name = identifier[0] if identifier else "the catalogue"
    assert outcome == (0, f"changed {name} in {here.name}\n", "next: pathtrack check\n")
    assert here.read_bytes() == SMALL.replace(b"Dredge the", b"Deepen the")
    assert not list(drafts.iterdir())


@POSIX
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_an_edit_keeps_the_newlines(
    newline: bytes, here: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    data = SMALL.replace(b"\n", newline)
    here.write_bytes(data)
    monkeypatch.setenv("VISUAL", "sed -i s/2025-06-30/2026-06-30/")
    assert run("edit", "W1").code == 0
    assert here.read_bytes() == data.replace(b"due = 2025-06-30", b"due = 2026-06-30")
    assert store.load(here).recommendations[2].due == day("2026-06-30")
    assert not list(drafts.iterdir())


@POSIX
@pytest.mark.parametrize("editor", ["true", "truncate -s 0", "printf '\\n\\n' >"])
def test_an_edit_of_nothing_changes_nothing(
    editor: str, here: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    assert run("edit", "E1") == (0, "nothing was changed\n", "")
    assert here.read_bytes() == SMALL
    assert not list(drafts.iterdir())


@POSIX
def test_an_edit_keeps_the_mark_at_the_beginning(
    here: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    here.write_bytes(b"\xef\xbb\xbf" + SMALL)
    monkeypatch.setenv("VISUAL", "true")
    assert run("edit").out == "nothing was changed\n"
    monkeypatch.setenv("VISUAL", "sed -i s/Dredge/Deepen/")
    assert run("edit").code == 0
    assert here.read_bytes() == b"\xef\xbb\xbf" + SMALL.replace(b"Dredge", b"Deepen")


@POSIX
def test_a_catalogue_among_the_updates_is_not_opened(
    here: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    here.write_text(
        '[report]\ntitle = "T"\n[[recommendation]]\nid = "A1"\narea = "a"\ntitle = "One"\n'
        '[[update]]\ndate = 2025-01-01\nby = "k"\nrecommendations = ["A1"]\nnote = "n"\n'
        '[recommendation.source]\nAgency = "of A1"\n'
        '[[recommendation]]\nid = "A2"\narea = "a"\ntitle = "Two"\n'
    )
    before = here.read_bytes()
    monkeypatch.setenv("VISUAL", "sed -i s/Two/Three/")
    assert run("edit").refused(3).startswith("parts of the catalogue are scattered among the updates")
    assert here.read_bytes() == before
    assert not list(drafts.iterdir())


@POSIX
@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("sed -i 's/^title.*/title =/'", "not valid TOML"),
        (
            "sed -i 's/^title/titel/'",
            "unknown key",
        ),
        ("printf '\\351' >>", "not UTF-8 text"),
        (
            """sed -i '$ a [[update]]\\ndate=2025-01-01\\nby="a"\\nrecommendations=["W1"]\\nnote="n"'""",
            "an update was changed",
        ),
    ],
    ids=["syntax", "key", "Latin-1", "update"],
)
def test_a_bad_edit_is_refused_and_its_text_kept(
    editor: str, words: str, here: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    outcome = run("edit", "W1")
    (draft,) = drafts.iterdir()
    kept, error = outcome.err.splitlines()
    assert outcome.code == 3
    assert kept == f"your edits are saved in {draft}"
    assert words in error
    if number := re.search(r"your text:(\d+)", error):
        assert draft.read_text().splitlines()[int(number[1]) - 1].startswith(("title =", "titel ="))
    assert bool(number) is ("TOML" in words or "key" in words)
    assert here.read_bytes() == SMALL


@POSIX
def test_an_edit_gives_way_to_what_was_saved_meanwhile(
    here: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("VISUAL", f"echo '# saved' >> {here}; sed -i s/Dredge/Deepen/")
    outcome = run("edit", "W1")
    assert outcome.code == 3
    assert "the file was changed in the meantime" in outcome.err
    assert here.read_bytes() == SMALL + b"# saved\n"
    assert len(list(drafts.iterdir())) == 1


@POSIX
def test_what_an_editor_saved_before_it_failed_is_kept(
    here: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("VISUAL", "false; sed -i s/Dredge/Deepen/ $1; kill -9 $$ #")
    outcome = run("edit", "W1")
    (draft,) = drafts.iterdir()
    assert (outcome.code, "Deepen" in draft.read_text()) == (3, True)
    assert outcome.err.startswith(f"your edits are saved in {draft}\nerror: the editor failed")
    assert here.read_bytes() == SMALL


INTERRUPTED = """#!/bin/sh
trap "$1" INT
sed -i s/Dredge/Deepen/ "$2"
touch ready
while [ ! -e go ]; do sleep 0.05; done
sed -i s/northern/southern/ "$2"
"""
"""An editor that saves, waits for a signal, and saves again if it is there still."""


@POSIX
@pytest.mark.parametrize(("on_interrupt", "code"), [("", 0), ("exit 1", 3), ("-", 3)])
def test_an_interrupt_is_left_to_the_editor(on_interrupt: str, code: int, here: Path, drafts: Path) -> None:
    editor = Path("editor").absolute()
    editor.write_text(INTERRUPTED)
    editor.chmod(0o755)
    environment = {**os.environ, "VISUAL": f"{editor} '{on_interrupt}'", "TMPDIR": str(drafts)}
    command = [sys.executable, "-m", "pathtrack", "edit", "W1"]
    with subprocess.Popen(
        command, env=environment, start_new_session=True, stderr=subprocess.PIPE, text=True
    ) as edit:
        while not Path("ready").exists():
            time.sleep(0.05)
        os.killpg(edit.pid, signal.SIGINT)
        time.sleep(0.3)
        Path("go").touch()
        _, said = edit.communicate(timeout=20)
    assert edit.returncode == code, said
    if code:
        (draft,) = drafts.iterdir()
        assert said.startswith(f"your edits are saved in {draft}\nerror: the editor failed")
        assert "Deepen the northern" in draft.read_text()
    else:
        assert b"Deepen the southern" in here.read_bytes()
        assert not list(drafts.iterdir())


@POSIX
@pytest.mark.parametrize("editor", ["false", "no-such-editor-at-all"])
def test_an_editor_that_fails_changes_nothing(
    editor: str, here: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    assert "the editor failed" in run("edit").refused(3)
    assert here.read_bytes() == SMALL
    assert not list(drafts.iterdir())


@pytest.mark.usefixtures("here")
def test_an_unknown_id_is_not_edited(run: Run) -> None:
    assert run("edit", "W9").refused(4) == "no recommendation 'W9'; did you mean W1?"


@POSIX
def test_a_catalogue_written_inline_is_not_opened(
    drafts: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("VISUAL", "false")
    Path("f.toml").write_text(
        'report = {title = "R"}\nrecommendation = [{id = "A", area = "a", title = "t"}]\n'
    )
    assert run("edit", "-f", "f.toml").refused(3).startswith("the catalogue is written inline")
    assert not list(drafts.iterdir())


@POSIX
@pytest.mark.usefixtures("here", "drafts")
def test_an_edit_that_leaves_an_error_says_so(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setenv("VISUAL", "sed -i s/W1/W7/")
    outcome = run("edit", "W1")
    assert outcome.code == 0
    warned, *_, hint = outcome.err.splitlines()
    assert warned == "warning: no recommendation 'W1'; did you mean E1 or W7?"
    assert hint == "next: pathtrack check"
