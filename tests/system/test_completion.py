"""What a shell offers, asked as bash, zsh and fish ask."""

import subprocess
import sys
from pathlib import Path

import pytest

from pathtrack.file import toml
from pathtrack.record.model import Report


def offers(shell: str, line: str) -> str:
    """Return what the program answers to a shell that completes the last word of a line."""
    words = line.split(" ")
    asked = {
        "bash": {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"_TYPER_COMPLETE_ARGS": line},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }[shell]
    import os  # noqa: PLC0415

    done = subprocess.run(
        [sys.executable, "-m", "pathtrack"],
        env={**os.environ, "_PATHTRACK_COMPLETE": f"complete_{shell}", **asked},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_is_offered_ids(shell: str) -> None:
    shown = offers(shell, "pathtrack show W")
    assert "W1" in shown
    assert "E1" not in shown
    assert ("Dredge the northern channel" in shown) is (shell != "bash")


@pytest.mark.usefixtures("here")
def test_areas_statuses_assessors_and_kinds_are_offered() -> None:
    assert offers("bash", "pathtrack list --area ").split("\n")[:3] == ["water", "energy", "open\\ data"]
    shown = offers("bash", "pathtrack list --status not-").split()
    assert shown == ["not-assessed", "not-started", "not-implemented"]
    assert offers("bash", "pathtrack list --by An") == "Ana\\ Lee\n"
    assert offers("bash", "pathtrack list --actor Port") == "Port\\ Authority\n"
    assert offers("bash", "pathtrack update W1 --kind o").split() == ["operation", "opinion"]


@pytest.mark.parametrize("text", ["", "not toml", "[report]\ntitle = 1\n"])
def test_a_broken_tracker_is_met_with_silence(text: str) -> None:
    Path("recommendations.toml").write_text(text, encoding="utf-8")
    assert offers("bash", "pathtrack show ").strip() == ""
    assert offers("bash", "pathtrack show --file nowhere.toml ").strip() == ""


@pytest.mark.usefixtures("here")
def test_a_hostile_title_is_escaped(here: Path) -> None:
    here.write_bytes(here.read_bytes().replace(b"Dredge", b"Dre\\u001b[31mdge"))
    assert "\x1b" not in offers("fish", "pathtrack show W")


@pytest.mark.parametrize(
    "area", ["$(touch it)", "`touch it`", "it's", 'a"b', "a\\b", "!!", "a\x1b[31m", "\u202e"]
)
def test_a_word_that_a_shell_could_run_is_not_offered(area: str, here: Path) -> None:
    here.write_bytes(toml.blank(Report(title="T", areas=("water", area))).encode())
    assert offers("bash", "pathtrack list --area ") == "water\n"


def test_a_meaning_is_neither_run_nor_read_as_markup(here: Path) -> None:
    here.write_bytes(here.read_bytes().replace(b"Dredge the", b"Dredge [/b] '$(it)' the"))
    assert "Dredge (/b) \u2019" in offers("fish", "pathtrack show W")
