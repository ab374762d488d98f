"""What is different on Windows and macOS, as far as Linux can stand in for them."""

import codecs
import errno
import io
import json
import os
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from pydantic_core import PydanticSerializationError

from conftest import POSIX, Run
from pathtrack import cli
from pathtrack.cli import drafts
from pathtrack.errors import FileError
from pathtrack.export.site import Site
from pathtrack.file import disk, store
from pathtrack.file.document import Document
from pathtrack.git import editors
from pathtrack.intake.reader import unpacking
from pathtrack.text import for_shell
from pathtrack.web.journal import Journal
from samples import seen
from statements import for_each
from workbooks import xlsx

pytestmark = POSIX
DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
}


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")


def program(path: Path, script: str) -> Path:
    """Make a program of a shell script."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path.absolute()


def is_open(path: Path) -> bool:
    """Return whether this process has a file open, where the system tells."""
    return any(each.exists() and each.samefile(path) for each in Path("/proc/self/fd").glob("*"))


def held(monkeypatch: pytest.MonkeyPatch, times: int) -> list[float]:
    """Have another program hold a file open for some attempts; return how long each waited."""
    moved, sleep, waited = Path.replace, time.sleep, list[float]()
    here = threading.current_thread()

    def replace(self: Path, to: Path) -> Path:
        assert not is_open(self)  # Windows would not move it
        if len(waited) < times:
            raise PermissionError(errno.EACCES, "Access is denied")
        return moved(self, to)

    monkeypatch.setattr(Path, "replace", replace)

    def wait(seconds: float) -> None:
        # A server of another test may still be answering slowly, in a thread of its own.
        (waited.append if threading.current_thread() is here else sleep)(seconds)

    monkeypatch.setattr("time.sleep", wait)
    return waited


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize("times", [3, 10**6])
def test_a_file_that_is_open_elsewhere_is_waited_for_and_then_refused(
    times: int, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, waited = here.read_bytes(), held(monkeypatch, times)
    if times == 3:
        store.replace(here, b"new")
        assert here.read_bytes() == b"new"
    else:
        with pytest.raises(
            FileError, match=r"another program has the file open .*; close it there, as in Excel"
        ):
            store.replace(here, b"new")
        assert here.read_bytes() == before
        assert 0.5 < sum(waited) < 3
    assert [each.name for each in here.parent.iterdir()] == [here.name]


@pytest.mark.usefixtures("here", "windows")
def test_a_table_that_cannot_be_read_may_be_open_elsewhere(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    Path("a.csv").write_bytes(b"id,title\n")
    monkeypatch.setattr(Path, "open", refuse)
    assert "and close it in other programs" in run("import", "a.csv").refused(3)


@pytest.mark.usefixtures("windows")
@for_each(
    "word, shown",
    [
        (r"C:\Users\Ana\river.toml", r"C:\Users\Ana\river.toml"),
        (r"C:\Program Files\river.toml", r'"C:\Program Files\river.toml"'),
        ("강.toml", "강.toml"),
        ("--sheet", "--sheet"),
        ("@a", '"@a"'),
        ("a&b,c;(d)", '"a&b,c;(d)"'),
        ("it's", '"it\'s"'),
        ("https://a.example/?b=1&c", '"https://a.example/?b=1&c"'),
        ("$5 and `x`", "'$5 and `x`'"),
        ("50%", "'50%'"),
        ("“it’s”", "'“it’’s”'"),
        ("", '""'),
        ("a\nb", "PATH"),
    ],
)
def test_what_is_to_be_pasted_is_quoted_for_powershell_and_cmd(word: str, shown: str) -> None:
    assert for_shell(word) == shown


@pytest.mark.usefixtures("windows")
def test_an_editor_is_found_however_its_setting_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    path = program(Path("Program Files/notepad++.exe"), 'printf "%s\\n" "$@" > arguments')
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}{os.pathsep}{path.parent}")
    for setting in (f'"{path}" -x', f"'{path}' -x", f"{path}", "notepad++ -x"):
        monkeypatch.setenv("VISUAL", setting)
        monkeypatch.setattr("pathtrack.git.door.text", lambda *_, **__: os.environ["VISUAL"])
        assert editors.chosen() == setting
        assert editors.edit(Path("a draft.toml"))
        given = Path("arguments").read_text().splitlines()
        assert given == [*(["-x"] if "-x" in setting else []), "a draft.toml"]
    assert drafts._hint(f"'{path}' -x")  # noqa: SLF001 it does not wait, however it is quoted


@pytest.mark.usefixtures("windows")
def test_an_editor_that_is_only_in_git_is_notepad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathtrack.git.door.text", lambda *_, **__: "vi")
    monkeypatch.setenv("PATH", f"tools{os.pathsep}.")
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("notepad.exe", "tools/notepad.exe"):  # of the folder, which may be somebody else's
        program(Path(name), ": > pwned")
    assert editors.chosen() == "notepad"
    assert not editors.edit(Path("draft.toml"))
    assert not Path("pwned").exists()


@pytest.mark.parametrize("form", [codecs.BOM_UTF8 + b"%b", b"%b"], ids=["mark", "no mark"])
@pytest.mark.parametrize("is_edited", [True, False])
def test_a_draft_may_be_saved_with_newlines_of_windows_and_a_mark(
    form: bytes, here: Path, monkeypatch: pytest.MonkeyPatch, run: Run, *, is_edited: bool
) -> None:
    def edit(path: Path) -> bool:
        data = path.read_bytes().replace(b"Dredge", b"Dig" if is_edited else b"Dredge")
        path.write_bytes(form % data.replace(b"\n", b"\r\n"))
        return True

    before = here.read_bytes()
    monkeypatch.setattr(editors, "edit", edit)
    assert run("edit", "W1").code == 0
    assert here.read_bytes() == (before.replace(b"Dredge", b"Dig", 1) if is_edited else before)


@pytest.mark.usefixtures("here")
def test_a_note_from_powershell_may_begin_with_a_mark(here: Path, run: Run) -> None:
    assert run("update", "W1", "--note", "-", input=codecs.BOM_UTF8 + "부두\r\n".encode()).code == 0
    assert store.load(here).updates[-1].note == "부두"


def printed(monkeypatch: pytest.MonkeyPatch, page: str, *arguments: str) -> bytes:
    """Return what a command prints on a stream of some code page."""
    monkeypatch.setattr(sys, "argv", ["pathtrack", *arguments])
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(stream := io.BytesIO(), page))
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert not ended.value.code
    return stream.getvalue()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("page", ["cp437", "cp949", "cp1252", "ascii", "utf-8"])
def test_a_code_page_that_lacks_a_character_shows_its_escape(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for command in (["list", "--color", "always"], ["progress"], ["statuses"]):
        assert b"\r" not in printed(monkeypatch, page, *command)
    shown = printed(monkeypatch, page, "show", "w-2.b")
    for text in ("부두", "\u2714 implemented"):
        assert text.encode(page, "backslashreplace") in shown
    found = json.loads(printed(monkeypatch, page, "show", "w-2.b", "--json").decode())
    assert "부두의" in found["recommendations"][0]["title"]


class Closed(io.TextIOWrapper):
    """A pipe whose reader has gone, until that was noticed."""

    noticed = False

    def flush(self) -> None:
        if not self.noticed:
            self.noticed = True
            raise OSError(errno.EINVAL, "Invalid argument")


@pytest.mark.usefixtures("here", "windows")
def test_a_pipe_that_was_closed_ends_the_program_without_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", Closed(io.BytesIO(), "utf-8"))
    assert cli.app(["list"], standalone_mode=False) == 0
    assert capsys.readouterr().err == ""


def test_on_a_mac_a_file_leaves_the_cache_of_the_drive(monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl  # noqa: PLC0415 Windows has none

    asked = list[int]()
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda _, what: asked.append(what))
    Path("f.toml").write_bytes(b"old")
    with disk.replacing(Path("f.toml"), b"new") as commit:
        commit()
    assert asked == [51]
    assert Path("f.toml").read_bytes() == b"new"


def test_a_workbook_is_read_where_the_system_sets_no_limits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = xlsx(["id", "title"])
    monkeypatch.setitem(sys.modules, "resource", None)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    monkeypatch.setattr(sys, "stdout", shown := io.StringIO())
    unpacking.main()
    assert "title" in shown.getvalue()


def nobody() -> Path:
    raise RuntimeError("Could not determine home directory.")


def test_without_a_home_drafts_are_temporary_and_nothing_else_is_kept(
    here: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """As where a service or a container runs as a user that the system does not know."""
    monkeypatch.setattr(Path, "home", nobody)
    monkeypatch.setattr(editors, "edit", changing)
    assert run("edit", "W1").code == 0
    assert b"Dig the northern" in here.read_bytes()
    journal = Journal("links", here)
    journal.add(address="https://a.example/")
    assert journal.entries == [{"address": "https://a.example/"}]


def changing(path: Path) -> bool:
    path.write_bytes(path.read_bytes().replace(b"Dredge", b"Dig"))
    return True


def test_names_of_a_folder_are_taken_by_every_system() -> None:
    ids = ["AUX", "nul.x", "D1", "d1.", "d1", "com1"]
    blocks = (f'[[recommendation]]\nid = "{each}"\ntitle = "T"\narea = "con"\n' for each in ids)
    text = "\n".join(['[report]\ntitle = "R"\n', *blocks])
    names = [*Site(seen(Document.read(text.encode(), name="f").tracker)).files]
    assert sum(name.startswith("r/") for name in names) == len(ids)
    assert len({each.lower() for each in names}) == len(names)
    for part in (part for each in names for part in each.split("/")):
        assert not {*'<>:"\\|?*'} & {*part}
        assert not part.endswith((".", " "))
        assert part.split(".")[0].lower() not in DEVICES


@pytest.mark.usefixtures("here")
def test_an_interrupt_that_pydantic_caught_is_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> bytes:
        raise PydanticSerializationError("Error serializing to JSON: KeyboardInterrupt: ")

    monkeypatch.setattr("pathtrack.export.imprint._UPDATES", SimpleNamespace(dump_json=interrupted))
    assert run("export", "--format", "html").code == 130
