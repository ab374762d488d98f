import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import rtoml

from conftest import Run
from pathtrack.file import store, toml
from pathtrack.file.document import Document
from pathtrack.git import editors
from pathtrack.record.corrections import update_id
from samples import FORMS, SMALL, day, update

POSIX = pytest.mark.skipif(os.name != "posix", reason="the editors of these tests are shell commands")


# ---- undo ----


def test_undo_says_what_it_removes(here: Path, run: Run) -> None:
    run("update", "W1", "--note", "A slip.", "--evidence", "https://a.example")
    written = here.read_bytes()
    shown = run("undo", "--dry-run")
    assert (shown.code, here.read_bytes()) == (0, written)
    assert shown.out.startswith(f"would remove from {here.name}:\n[[update]]\n")
    assert 'note = "A slip."' in shown.out
    assert run("undo") == (0, shown.out.replace("would remove", "removed"), "next: pathtrack timeline\n")
    assert here.read_bytes() == SMALL


def test_undo_of_a_withdrawal_says_what_comes_back(here: Path, run: Run) -> None:
    run("update", "W1", "--note", "A slip.")
    run("withdraw", "W1", "--reason", "It is one.")
    told = (
        "note: it withdrew the update of 31 Jan 2026 about W1 by Test Author, which counts again without it\n"
    )
    assert run("undo", "--dry-run").err == told
    assert run("undo").err == f"{told}next: pathtrack timeline\n"
    assert "counts again" not in run("undo").err
    assert here.read_bytes() == SMALL


@POSIX
def test_what_changes_a_little_of_a_long_record_reads_it_once(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = (
        toml.block(update("2025-01-24", "W1", note=f"Note {number}. {'n' * 500}")) for number in range(200)
    )
    here.write_bytes(SMALL + "\n".join(("", *more)).encode())
    given, loads = [0], rtoml.loads

    def counted(text: str) -> dict[str, object]:
        given[0] += len(text)
        return loads(text)

    monkeypatch.setattr(rtoml, "loads", counted)
    monkeypatch.setenv("EDITOR", "sed -i s/Dredge/Deepen/")
    for command in (["update", "W1", "--note", "Seen."], ["undo"], ["edit", "W1"], ["rename", "W1", "W9"]):
        given[0] = 0
        assert run(*command).code == 0
        assert given[0] < 1.5 * here.stat().st_size


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
    assert here.read_bytes() == SMALL


def test_undo_leaves_what_an_earlier_update_corrects(here: Path, run: Run) -> None:
    """A merge may have put them in this order."""
    wrong, again = update("2025-03-01", "W1", note="Wrong."), update("2025-03-01", "W1", note="Again.")
    right = update("2025-03-01", "W1", note="Right.", corrects=update_id(wrong), reason="A slip.")
    here.write_bytes(SMALL + "".join(map(toml.block, (right, wrong))).encode())
    message = run("undo").refused(3)
    assert message.startswith(f"{update_id(right)}, which is earlier in the file, corrects the last update (")
    for last in (again, wrong):
        here.write_bytes(SMALL + "".join(map(toml.block, (wrong, right, last))).encode())
        assert run("undo").code == 0


def test_undo_without_a_tracker_names_init(run: Run) -> None:
    assert "pathtrack init" in run("undo").refused(3)


# ---- edit ----


@pytest.fixture
def drafts() -> Path:
    (folder := Path.home() / ".local" / "state" / "pathtrack" / "drafts").mkdir(parents=True)
    return folder


@POSIX
@pytest.mark.parametrize("identifier", [["W1"], ["w1"], []], ids=["id", "case", "catalogue"])
def test_an_edit_changes_the_catalogue_and_nothing_else(
    identifier: list[str], here: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("VISUAL", "sed -i 's/Dredge the northern channel/Deepen the northern channel/'")
    outcome = run("edit", *identifier)
    name = "W1" if identifier else "the catalogue"
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
    monkeypatch.setattr("pathtrack.cli.drafts._AT_ONCE", 0.0)
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
        ("sed -i 's/^title.*/title =/'", "a key without a value"),
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
    assert kept == f"your edits are saved in {draft}, and will be offered by the next edit"
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
    assert outcome.err.startswith(
        f"your edits are saved in {draft}, and will be offered by the next edit\nerror: the editor failed"
    )
    assert here.read_bytes() == SMALL


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
    monkeypatch.setenv("VISUAL", "sed -i s/2049/W1/")
    outcome = run("edit", "2049")
    assert outcome.code == 0
    warned, *_, hint = outcome.err.splitlines()
    assert warned == "warning: W1 is already the id of 'Dredge the northern channel'"
    assert hint == "next: pathtrack check"


def edit_with(monkeypatch: pytest.MonkeyPatch, change: Callable[[str], str]) -> None:
    """Let the editor change the text that it is given so."""

    def edit(draft: Path) -> bool:
        draft.write_text(change(draft.read_text("utf-8")), encoding="utf-8", newline="\n")
        return True

    monkeypatch.setattr(editors, "edit", edit)


def block_of(identifier: str, text: str) -> str:
    """Return the block of a recommendation."""
    (found,) = re.findall(rf'\[\[recommendation\]\]\nid = "{identifier}"\n(?:.+\n|\n(?![\[#]))*', text)
    return str(found)


def moved_to_the_end(text: str) -> str:
    block = block_of("W1", text)
    return text.replace(block, "") + block.replace('"W1"', '"W7"')


@pytest.mark.parametrize(
    ("identifier", "change"),
    [
        (["W1"], lambda text: text.replace('"W1"', '"W7"')),
        (["W1"], lambda text: text.replace('"W1"', '"W7"').replace("Dredge", "Deepen")),
        ([], lambda text: text.replace('"W1"', '"W7"')),
        ([], moved_to_the_end),
    ],
    ids=["alone", "with another title", "in the catalogue", "elsewhere"],
)
def test_an_id_that_updates_need_is_not_edited(
    identifier: list[str],
    change: Callable[[str], str],
    here: Path,
    drafts: Path,
    monkeypatch: pytest.MonkeyPatch,
    run: Run,
) -> None:
    edit_with(monkeypatch, change)
    outcome = run("edit", *identifier)
    (draft,) = drafts.iterdir()
    assert outcome.code == 3
    kept, error = outcome.err.splitlines()
    assert kept == f"your edits are saved in {draft}, and will be offered by the next edit"
    assert error == (
        "error: W7 is in the place of W1, and 5 updates about W1 would be lost; "
        "run 'pathtrack rename W1 W7' instead"
    )
    assert here.read_bytes() == SMALL


@pytest.mark.usefixtures("drafts")
@pytest.mark.parametrize(
    ("old", "new", "more"),
    [("W1", "W7", 'formerly = ["w1"]\n'), ("2049", "2050", "")],
    ids=["kept", "unused"],
)
def test_an_id_is_edited_where_every_update_still_finds_it(
    old: str, new: str, more: str, here: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    before = run("list").out
    edit_with(monkeypatch, lambda text: text.replace(f'id = "{old}"\n', f'id = "{new}"\n{more}'))
    outcome = run("edit")
    assert (outcome.code, outcome.err) == (0, "next: pathtrack check\n")
    assert run("list").out == before.replace(f"{old}\t", f"{new}\t")
    assert here.read_bytes() != SMALL


@pytest.mark.usefixtures("here", "drafts")
def test_taking_a_recommendation_out_says_which_updates_it_leaves(
    monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    edit_with(monkeypatch, lambda text: text.replace(block_of("W1", text), ""))
    outcome = run("edit")
    assert outcome.code == 0, outcome.err
    warnings = outcome.err.splitlines()
    assert warnings[0] == "warning: W1 was taken out, and is still named by 5 updates"
    assert warnings[1].startswith("warning: no recommendation 'W1'")
