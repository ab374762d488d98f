"""What update asks in a real terminal of 80 columns, with right and wrong answers."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from conftest import POSIX, Outcome, Run
from pathtrack.cli import questions
from pathtrack.file.document import Document
from pathtrack.record.dates import partial
from pathtrack.record.model import Tracker
from pathtrack.record.status import Kind, Status
from pathtrack.web.cite import Citation
from pathtrack.web.declared import Declared

CTRL_C, CTRL_D = "\x03", "\x04"


def dialogue(answers: Sequence[str], *arguments: str, **environment: str) -> tuple[str, int]:
    """Type answers in a terminal, each at the next question; return what stands there, and the exit code."""
    import fcntl  # noqa: PLC0415 POSIX systems have it
    import pty  # noqa: PLC0415 likewise
    import struct  # noqa: PLC0415
    import termios  # noqa: PLC0415

    pid, terminal = pty.fork()
    if not pid:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 80, 0, 0))
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # what runs in the background is told to ignore it
        os.environ.update({"TERM": "dumb", "PYTHONUTF8": "1", **environment})
        os.execv(sys.executable, [sys.executable, "-m", "pathtrack", *arguments])  # noqa: S606 the program under test
    shown, waiting = "", list(answers)
    while select.select([terminal], [], [], 60)[0]:
        try:
            read = os.read(terminal, 65536).decode()
        except OSError:  # its other end is closed
            break
        if not read:
            break
        shown += read
        if shown.endswith((": ", "] ")) and waiting:
            answer = waiting.pop(0)
            # An interrupt between the question and the reading of an answer waits for the next key.
            time.sleep(0.1 if answer == CTRL_C else 0)
            os.write(terminal, answer.encode() if answer in {CTRL_C, CTRL_D} else f"{answer}\n".encode())
    else:
        os.kill(pid, signal.SIGKILL)
    # Only then, since the program may still be ending, and would be told that its terminal is gone.
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(terminal)
    return shown.replace("\r\n", "\n"), code


def last(path: Path) -> Tracker:
    return Document.read(path.read_bytes(), name="x").tracker


@POSIX
def test_a_terminal_asks_until_it_understands(here: Path) -> None:
    answers = [
        *("done", "9", "4", "31/2/2026", "3 Nov 2025", "Boats may land again."),
        *("ftp://x.example/y", "The budget act", "Parliament", "last spring", "Oct 2025", "lawyer", "law"),
        *("", "maybe", "y"),
    ]
    shown, code = dialogue(answers, "update", "W1")
    assert code == 0
    update = last(here).updates[-1]
    assert (update.status, update.date, update.note) == (
        *(Status.IMPLEMENTED, date(2025, 11, 3), "Boats may land again."),
    )
    (evidence,) = update.evidence
    assert (evidence.title, evidence.publisher, evidence.date, evidence.kind) == (
        *("The budget act", "Parliament", partial("2025-10"), Kind.LAW),
    )
    for words in (
        *("'done' is not one of these", "'9' is not one of these", "'31/2/2026' is not a day"),
        *("is not a safe web address", "'last spring' is not a date", "'lawyer' is not a kind"),
        *("'maybe' is neither y nor n", "[[update.evidence]]", "recorded for 3 Nov 2025 by Test Author"),
    ):
        assert words in " ".join(shown.split())
    assert "Traceback" not in shown
    assert all(len(line) <= 80 for line in shown.partition("\nStatus,")[0].splitlines())


@POSIX
@pytest.mark.parametrize(
    "answers", [[CTRL_C], ["2", "", "A note.", CTRL_C], ["2", CTRL_D], ["2", "", "N", "", CTRL_C]]
)
def test_ctrl_c_writes_nothing(answers: list[str], here: Path) -> None:
    before = here.read_bytes()
    shown, code = dialogue(answers, "update", "W1")
    assert code == 130
    assert shown.rstrip().endswith("interrupted; nothing was changed")
    assert here.read_bytes() == before


@POSIX
def test_a_note_may_come_from_an_editor(here: Path) -> None:
    editor = Path("editor.sh")
    editor.write_text('#!/bin/sh\nprintf "One.\\n\\nTwo.\\n" > "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    _, code = dialogue(["", "", "e", "", ""], "update", "W1", GIT_EDITOR=str(editor.absolute()))
    assert code == 0
    assert last(here).updates[-1].note == "One.\n\nTwo."


# ---- in process, where only the answers matter ----


@pytest.fixture
def _somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathtrack.cli.writing.has_somebody", lambda: True)
    monkeypatch.setattr(questions, "find_spec", lambda _: None)


def answered(run: Run, monkeypatch: pytest.MonkeyPatch, answers: list[str], *arguments: str) -> Outcome:
    given: Iterator[str] = iter(answers)
    monkeypatch.setattr("builtins.input", lambda _: next(given))
    outcome = run("update", *arguments)
    assert next(given, None) is None
    return outcome


@pytest.mark.usefixtures("_somebody")
def test_every_answer_can_be_empty(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = here.read_bytes()
    outcome = answered(run, monkeypatch, [""] * 4, "W1")
    assert outcome.out.endswith("nothing was entered, so nothing was recorded\n")
    assert here.read_bytes() == before


@pytest.mark.usefixtures("_somebody")
def test_nothing_found_asks_where_somebody_looked(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = answered(run, monkeypatch, ["not-s", "", "", "the budget, the press ,", "", ""], "W1", "E1")
    assert outcome.code == 0
    update = last(here).updates[-1]
    assert (update.searched, update.recommendations) == (("the budget", "the press"), ("W1", "E1"))
    assert update.date == date(2026, 1, 31)


@pytest.mark.usefixtures("_somebody")
def test_no_means_no(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = here.read_bytes()
    outcome = answered(run, monkeypatch, ["2", "", "", "", "n"], "W1")
    assert outcome.out.endswith("nothing is recorded\n")
    assert here.read_bytes() == before


@pytest.mark.usefixtures("_somebody")
def test_a_dry_run_shows_the_update(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = here.read_bytes()
    outcome = answered(
        run, monkeypatch, ["2", "N", ""], "W1", "--dry-run", "--date", "2025-05-01", "--by", "Ana"
    )
    assert "date = 2025-05-01\n" in outcome.out
    assert 'by = "Ana"\n' in outcome.out
    assert here.read_bytes() == before


@pytest.mark.usefixtures("_somebody")
def test_a_page_is_read_only_if_that_is_wanted(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "find_spec", lambda _: True)
    asked: list[str] = []

    def reader(_: str) -> object:
        def read(address: str) -> Citation:
            asked.append(address)
            return Citation(address, Declared("Talks", "MOFA", date(2024, 5, 1)), "")

        return read

    monkeypatch.setattr("pathtrack.cli.citing.reader", reader)
    one, two = "https://news.example/1", "https://news.example/2"
    refused = ["", "", "N", one, "n", "Mine", "", "", "", two, "", "", "", "", "", ""]
    assert answered(run, monkeypatch, refused, "W1").code == 0
    assert asked == []
    wanted = ["", "", "N", one, "y", "", "", "", "news", two, "Other", "", "", "", "", ""]
    assert answered(run, monkeypatch, wanted, "W1").code == 0
    assert asked == [one, two]
    first, second = last(here).updates[-1].evidence
    assert (first.title, first.publisher, first.date, first.kind) == (
        "Talks",
        "MOFA",
        date(2024, 5, 1),
        Kind.NEWS,
    )
    assert (second.title, second.publisher) == ("Other", "MOFA")


@pytest.mark.usefixtures("_somebody")
def test_an_unknown_id_is_refused_before_any_question(here: Path, run: Run) -> None:
    assert run("update", "Q7").refused(4).startswith("no recommendation 'Q7'")
    assert here.is_file()


@pytest.mark.parametrize(
    "option", [["--note", "N"], ["--status", "partial"], ["--searched", "x"], ["--due", "2027"]]
)
@pytest.mark.usefixtures("_somebody")
def test_nobody_is_asked_who_says_what_happened(option: list[str], here: Path, run: Run) -> None:
    assert run("update", "W1", *option).code == 0
    assert here.is_file()


def test_a_pipe_is_never_asked(here: Path, run: Run) -> None:
    assert run("update", "W1", input="2\n").refused(2).startswith("an update needs at least one of")
    done = subprocess.run(
        [sys.executable, "-m", "pathtrack", "update", "W1"], input=b"2\n", capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert here.is_file()
