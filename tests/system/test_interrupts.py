"""Ctrl-C at any moment: exit code 130, nothing that looks like a crash, and nothing half-written."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from test_archiving import PROGRAM, record

from conftest import CONNECT, POSIX
from pathtrack.file import store
from pathtrack.file.document import Document
from pathtrack.file.store import FILE_NAME
from sites import Asked, Reply, serving

MOMENTS = 12
_READY = 'import sys\nprint("ready", file=sys.stderr, flush=True)\n'
# Until Python itself has started, nobody can catch a signal.
START = f"from pathtrack.__main__ import run\n{_READY}run()\n"
LOST = {"Traceback", "KeyboardInterrupt", "Exception"}


def begun(program: str, *words: str | Path) -> subprocess.Popen[str]:
    """Start a command line, and return when Python has started."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, *map(str, words)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "ready\n"
    return process


def interrupted(process: subprocess.Popen[str], *, after: float = 0.0) -> int:
    """Press Ctrl-C, and return the exit code of what says nothing about it that a user would not say."""
    time.sleep(after)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert [word for word in LOST if word in said] == [], said
    assert process.returncode in {0, 130}, said
    return process.returncode


def at_moments(words: Sequence[str]) -> list[float]:
    """Return moments from the beginning of a command to its end, when nobody interrupts it."""
    began = time.monotonic()
    process = begun(START, *words)
    _, said = process.communicate()
    assert process.returncode == 0, said
    return [(time.monotonic() - began) * number / MOMENTS for number in range(1, MOMENTS)]


def large(name: str = FILE_NAME) -> Path:
    text = '[report]\ntitle = "R"\n'
    text += "".join(f'[[recommendation]]\nid = "D{n}"\narea = "x"\ntitle = "T"\n' for n in range(2000))
    text += "".join(
        f'[[update]]\ndate = 2025-01-01\nby = "Ana"\nrecommendations = ["D{n}"]\nnote = "n"\n'
        for n in range(2000)
    )
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def leftovers() -> list[Path]:
    """Return the drafts of files that a writer left behind."""
    return [path for path in Path().rglob(".*") if path.suffix == ".new"]


@pytest.mark.parametrize(
    "words",
    [["list"], ["update", "D1", "--note", "New."], ["edit", "D1", "--title", "New"], ["check"]],
    ids=lambda words: words[0],
)
def test_a_command_is_interrupted_at_any_moment(words: list[str]) -> None:
    before = large().read_bytes()
    codes = set()
    for moment in at_moments(words):
        path = large()
        codes.add(interrupted(begun(START, *words), after=moment))
        after = path.read_bytes()
        assert after == before or store.load(path) != Document.read(before, name="x").tracker
        assert leftovers() == []
    assert 130 in codes


def test_an_import_is_interrupted_at_any_moment() -> None:
    rows = "".join(f"A{number},Title {number},area {number % 7}\n" for number in range(3000))
    Path("t.csv").write_text(f"id,title,area\n{rows}", encoding="utf-8")
    path, codes = Path(FILE_NAME), set()
    for moment in at_moments(["import", "t.csv"]):
        path.unlink(missing_ok=True)
        codes.add(interrupted(begun(START, "import", "t.csv"), after=moment))
        assert not path.exists() or len(store.load(path).recommendations) == 3000
        assert leftovers() == []
    assert 130 in codes


def test_an_export_of_a_folder_is_interrupted_at_any_moment() -> None:
    large()
    words = ["export", "--format", "html,csv"]
    moments, codes = at_moments([*words, "whole"]), set()
    for number, moment in enumerate(moments):
        codes.add(interrupted(begun(START, *words, f"site{number}"), after=moment))
        for path in (each for each in Path(f"site{number}").rglob("*") if each.is_file()):
            assert path.read_bytes() == (Path("whole") / path.relative_to(f"site{number}")).read_bytes()
    assert leftovers() == []
    assert 130 in codes


def test_an_archive_that_is_slow_to_answer_is_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", CONNECT)
    path = Path(FILE_NAME)
    path.write_text(record(), encoding="utf-8")
    before = path.read_bytes()

    def answer(_: Asked) -> Reply:
        time.sleep(30)
        return Reply(200, b"{}")

    with serving(answer) as server:
        where = (server.at("/wayback/available"), server.at(""))
        process = begun(_READY + PROGRAM, Path(__file__).parents[1], *where, "archive")
        while not server.asked:
            time.sleep(0.05)
        pressed = time.monotonic()
        assert interrupted(process) == 130
        assert time.monotonic() - pressed < 10
    assert path.read_bytes() == before


def test_an_editor_that_is_interrupted_leaves_its_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    """The editor is left alone; what it saved by then is kept."""
    path = large()
    before = path.read_bytes()
    Path("editor").write_text(
        "#!/bin/sh\ntrap 'exit 1' INT\necho '# mine' >> \"$1\"\ntouch open\nsleep 60 & wait\n"
    )
    Path("editor").chmod(0o755)
    monkeypatch.setenv("VISUAL", str(Path("editor").absolute()))
    process = begun(START, "edit", "D1")
    while not Path("open").exists():
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in said) == (3, False)
    (draft,) = (Path.home() / ".local" / "state" / "pathtrack" / "drafts").iterdir()
    assert "# mine" in draft.read_text(encoding="utf-8")
    assert path.read_bytes() == before


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
def test_an_interrupt_is_left_to_the_editor(on_interrupt: str, code: int, here: Path) -> None:
    drafts = Path.home() / ".local" / "state" / "pathtrack" / "drafts"
    drafts.mkdir(parents=True)
    editor = Path("editor").absolute()
    editor.write_text(INTERRUPTED)
    editor.chmod(0o755)
    environment = {**os.environ, "VISUAL": f"{editor} '{on_interrupt}'"}
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
        assert said.startswith(
            f"your edits are saved in {draft}, and will be offered by the next edit\nerror: the editor failed"
        )
        assert "Deepen the northern" in draft.read_text()
    else:
        assert b"Deepen the southern" in here.read_bytes()
        assert not list(drafts.iterdir())
