"""Drafts: none is lost, each is offered again, and none is removed under an editor that is still open."""

import builtins
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from conftest import Run
from pathtrack.cli import drafts, screen
from pathtrack.git import editors
from samples import SMALL
from statements import for_each

Editor = Callable[[str, str], None]


@pytest.fixture
def folder() -> Path:
    return Path.home() / ".local" / "state" / "pathtrack" / "drafts"


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Return a function that sets what the editor replaces; it has been open for some time."""
    change = ["", ""]

    def edit(path: Path) -> bool:
        path.write_bytes(path.read_bytes().replace(change[0].encode(), change[1].encode()))
        return True

    def given(old: str, new: str) -> None:
        change[:] = [old, new]

    monkeypatch.setattr(editors, "edit", edit)
    monkeypatch.setattr(drafts, "_AT_ONCE", 0.0)
    return given


def somebody(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Let somebody answer, and return the questions that are asked."""
    asked: list[str] = []
    given = iter(answers)

    def answer(question: str = "") -> str:
        asked.append(question)
        return next(given)

    monkeypatch.setattr(builtins, "input", answer)
    for module in (drafts, screen):
        monkeypatch.setattr(module, "has_somebody", lambda: True)
    return asked


def slip(run: Run, editor: Editor, identifier: str = "W1") -> None:
    editor("Dredge the", 'Deepen" the')
    assert run("edit", identifier).code == 3


def test_after_a_slip_the_draft_is_offered_again(
    here: Path, editor: Editor, folder: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    slip(run, editor)
    asked = somebody(monkeypatch, "y")
    editor('Deepen" the', "Deepen the")
    outcome = run("edit", "w1")
    assert (outcome.code, len(asked)) == (0, 1), outcome.err
    assert "did not get into the file. Go on with them? [Y/n]" in asked[0]
    assert here.read_bytes() == SMALL.replace(b"Dredge the", b"Deepen the")
    assert list(folder.iterdir()) == []


def test_a_draft_that_is_declined_is_kept(
    here: Path, editor: Editor, folder: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    slip(run, editor)
    somebody(monkeypatch, "n")
    editor("Dredge", "Dig")
    outcome = run("edit", "W1")
    (kept,) = folder.iterdir()
    assert f"they are kept in {kept}" in outcome.err
    assert 'Deepen" the' in kept.read_text(encoding="utf-8")
    assert here.read_bytes() == SMALL.replace(b"Dredge", b"Dig")


@pytest.mark.parametrize("other", ["E1", ""])
def test_a_draft_is_offered_for_what_it_is_about_only(
    other: str, here: Path, editor: Editor, folder: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    slip(run, editor)
    asked = somebody(monkeypatch)
    editor("Bring shore power", "Carry shore power")
    assert run("edit", *filter(None, [other])).code == 0
    assert asked == []
    assert len(list(folder.iterdir())) == 1
    assert b"Carry shore power" in here.read_bytes()


def test_a_draft_of_an_older_state_is_named_and_not_taken(
    here: Path, editor: Editor, folder: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    slip(run, editor)
    here.write_bytes(SMALL.replace(b"northern channel", b"eastern channel"))
    asked = somebody(monkeypatch)
    editor("Dredge", "Dig")
    outcome = run("edit", "W1")
    (kept,) = folder.iterdir()
    assert (outcome.code, asked) == (0, [])
    assert f"note: edits of an older state are in {kept}" in outcome.err
    assert b"Dig the eastern channel" in here.read_bytes()


@pytest.mark.usefixtures("here")
def test_where_nobody_answers_the_draft_is_named_and_the_file_edited(
    editor: Editor, folder: Path, run: Run
) -> None:
    slip(run, editor)
    (kept,) = folder.iterdir()
    editor("Dredge", "Dig")
    outcome = run("edit", "W1")
    assert (outcome.code, kept.exists()) == (0, True)
    assert f"note: earlier edits are in {kept}" in outcome.err


@pytest.mark.usefixtures("here")
def test_a_draft_of_another_edit_at_work_is_left_alone(
    editor: Editor, folder: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    slip(run, editor)
    (kept,) = folder.iterdir()
    asked = somebody(monkeypatch)
    with FileLock(f"{kept}.lock"):
        editor("Dredge", "Dig")
        assert run("edit", "W1").code == 0
    assert (asked, kept.exists()) == ([], True)


def test_an_editor_that_comes_back_at_once_is_waited_for(
    here: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    def save_later(_: str = "") -> str:
        (draft,) = (each for each in folder.iterdir() if each.suffix == ".toml")
        draft.write_bytes(draft.read_bytes().replace(b"Dredge", b"Dig"))
        return ""

    somebody(monkeypatch)
    monkeypatch.setattr(builtins, "input", save_later)
    monkeypatch.setenv("VISUAL", "true")
    monkeypatch.setattr(drafts, "_AT_ONCE", 600.0)
    outcome = run("edit", "W1")
    assert outcome.code == 0
    assert here.read_bytes() == SMALL.replace(b"Dredge", b"Dig")
    assert outcome.err.startswith("note: the editor came back at once; next time, set $VISUAL to")
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("here")
def test_where_nobody_can_be_asked_the_draft_stays_under_the_editor(
    folder: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("VISUAL", "true")
    monkeypatch.setattr(drafts, "_AT_ONCE", 600.0)
    outcome = run("edit", "W1")
    (draft,) = folder.iterdir()
    assert (outcome.code, outcome.out) == (0, "nothing was changed\n")
    assert outcome.err.endswith(f"what is saved in {draft} will be offered by the next edit\n")
    draft.write_bytes(draft.read_bytes().replace(b"Dredge", b"Dig"))
    asked = somebody(monkeypatch, "")
    monkeypatch.setattr(editors, "edit", lambda _: True)
    assert run("edit", "W1").out.startswith("changed W1 in ")
    assert len(asked) == 1


@pytest.mark.usefixtures("here")
def test_an_untouched_draft_is_removed_after_a_day(
    folder: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("VISUAL", "true")
    monkeypatch.setattr(drafts, "_AT_ONCE", 600.0)
    run("edit", "W1")
    (draft,) = folder.iterdir()
    run("edit", "W1")
    assert draft.exists()
    os.utime(draft, (0, time.time() - 2 * drafts._DAY))  # noqa: SLF001 the day that is meant
    monkeypatch.setattr(drafts, "_AT_ONCE", 0.0)
    run("edit", "W1")
    assert not draft.exists()


@pytest.mark.usefixtures("here")
def test_ctrl_c_while_the_editor_is_waited_for_keeps_the_draft(
    folder: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    def interrupt(_: str = "") -> str:
        raise KeyboardInterrupt

    somebody(monkeypatch)
    monkeypatch.setattr(builtins, "input", interrupt)
    monkeypatch.setenv("VISUAL", "true")
    monkeypatch.setattr(drafts, "_AT_ONCE", 600.0)
    outcome = run("edit", "W1")
    assert outcome.code == 130
    assert len(list(folder.iterdir())) == 1


@for_each(
    "editor_, hint",
    [
        ("code", "'code --wait'"),
        ("code -n", "'code --wait'"),
        ("/usr/bin/code --wait", ""),
        ("open -t", "'open -W -n'"),
        ("open -W -n -t", ""),
        ("'/c/Program Files/Notepad++/notepad++.exe'", "notepad++.exe -multiInst -nosession'"),
        ("gvim -f", "'gvim --nofork'"),
        ("vim", ""),
        ("it's broken", ""),
        ("", ""),
    ],
)
def test_an_editor_known_not_to_wait_gets_its_own_hint(editor_: str, hint: str) -> None:
    found = drafts._hint(editor_)  # noqa: SLF001 what it says is seen above
    assert bool(found) is bool(hint)
    assert found.endswith(hint)


@pytest.mark.usefixtures("here")
def test_without_a_home_the_draft_is_a_temporary_file(
    editor: Editor, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(Path("recommendations.toml").absolute()))
    editor("Dredge", "Dig")
    assert run("edit", "W1").code == 0
    assert b"Dig the northern" in Path("recommendations.toml").read_bytes()


@pytest.mark.usefixtures("editor")
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_whoever_ends_an_edit_is_told_where_the_draft_is(
    name: str, here: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    def edit(path: Path) -> bool:
        path.write_bytes(path.read_bytes().replace(b"Dredge", b"Deepen"))
        os.kill(os.getpid(), getattr(signal, name))
        return True

    monkeypatch.setattr(editors, "edit", edit)
    before = signal.signal(getattr(signal, name), signal.SIG_DFL)  # under nohup, one would be ignored
    outcome = run("edit", "W1")
    (draft,) = folder.glob("*.toml")
    saved = f"your edits are saved in {draft}, and will be offered by the next edit\n"
    assert (outcome.code, outcome.err) == (130, f"{saved}interrupted; nothing was changed\n")
    assert signal.signal(getattr(signal, name), before) is signal.SIG_DFL
    assert here.read_bytes() == SMALL


@pytest.mark.usefixtures("here", "editor")
@pytest.mark.parametrize("left", ["nothing", "a folder"])
def test_what_an_editor_left_in_the_place_of_the_draft_is_named(
    left: str, folder: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    def edit(path: Path) -> bool:
        path.replace(path.with_suffix(".away"))
        if left == "a folder":
            path.mkdir()
        return True

    monkeypatch.setattr(editors, "edit", edit)
    said = run("edit", "W1").err
    (away,) = folder.glob("*.away")
    assert (
        f"error: the editor left {left} where the draft was ({away.with_suffix('.toml')}); look at {away};"
        in said
    )
