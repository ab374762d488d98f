"""Completion as a user has it: installed and typed in a real bash, zsh and fish, each on a terminal."""

import fcntl
import json
import os
import pty
import re
import select
import shlex
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE = 15.0
"""How long to wait for a shell, in seconds; a busy machine takes one now and then."""
PROMPT = "ready> "
SETTINGS = {
    "bash": (".bashrc", f"PS1='{PROMPT}'"),
    "zsh": (".zshrc", f"PS1='{PROMPT}'"),
    "fish": (".config/fish/config.fish", f"function fish_prompt; printf '{PROMPT}'; end"),
}
NO_MANUALS = ".local/share/fish/generated_completions"
"""Where this folder is, fish does not begin by reading all manuals."""

PROGRAM = """#!/bin/sh
case "$_PATHTRACK_COMPLETE$1" in
complete_*) exec {python} -m pathtrack "$@" 2>>"$HOME/errors" ;;
--install-completion) exec {python} -m pathtrack "$@" ;;
*) printf 'ran'; printf '[%s]' "$@"; echo ;;
esac
"""
"""Completes as pathtrack does and keeps what that says on stderr; any other command only tells its words."""


class Shell:
    """A shell on a terminal."""

    def __init__(self, home: Path, terminal: int) -> None:
        """Store the home, which is named after the shell, and our end of the terminal."""
        self.name, self._errors, self._terminal = home.name, home / "errors", terminal
        self._screen, self._read = "", 0

    def shows(self, keys: str, text: str) -> None:
        """Type keys, and wait until a text comes."""
        os.write(self._terminal, keys.encode())
        self.wait(text)

    def runs(self, keys: str) -> list[str]:
        """Type keys and Return, and return the words of the command that the shell runs then."""
        os.write(self._terminal, f"{keys}\r".encode())
        words = self._wait(r"ran((?:\[[^]]*\])+)\r?\n")[1]
        self.wait(PROMPT)
        return re.findall(r"\[([^]]*)\]", words)

    def wait(self, text: str) -> None:
        """Wait for a text behind what was waited for before; nothing may have been said on stderr."""
        self._wait(re.escape(text))
        assert "rror" not in self._screen
        assert not self._errors.exists() or self._errors.read_text(encoding="utf-8") == ""

    def _wait(self, pattern: str) -> re.Match[str]:
        end = time.monotonic() + PATIENCE
        while not (found := re.compile(pattern).search(self._screen, self._read)):
            if not select.select([self._terminal], [], [], max(0, end - time.monotonic()))[0]:
                pytest.fail(f"no {pattern!r} on the screen:\n{self._screen}")
            self._screen += os.read(self._terminal, 65536).decode(errors="replace")
        self._read = found.end()
        return found


@contextmanager
def started(home: Path) -> Iterator[Shell]:
    """Start the shell after which the home is named, in the present folder."""
    program = shutil.which(home.name)
    assert program, f"{home.name} is missing: run .ci/install-system"
    environment = {"HOME": str(home), "PATH": f"{home}/bin:/usr/bin:/bin", "TERM": "xterm", "LANG": "C.UTF-8"}
    environment |= {name: value for name, value in os.environ.items() if name == "PYTHONPATH"}
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))
    command = ["setsid", "--ctty", program, "-i"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shell = Shell(home, ours)
        try:
            shell.wait(PROMPT)
            yield shell
        finally:
            process.kill()
            os.close(ours)


@pytest.fixture(scope="module", params=SETTINGS)
def home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home named after its shell, where `pathtrack --install-completion` was typed."""
    name = str(request.param)
    home = tmp_path_factory.mktemp("homes") / name
    settings, text = SETTINGS[name]
    for folder in ("bin", Path(settings).parent, NO_MANUALS):
        (home / folder).mkdir(parents=True, exist_ok=True)
    (home / settings).write_text(f"{text}\n", encoding="utf-8")
    program = home / "bin" / "pathtrack"
    program.write_text(PROGRAM.format(python=shlex.quote(sys.executable)), encoding="utf-8")
    program.chmod(0o755)
    with started(home) as shell:
        shell.shows("pathtrack --install-completion\r", f"{name} completion installed in {home}")
    return home


@pytest.fixture
def shell(home: Path) -> Iterator[Shell]:
    """A new shell that has loaded the completion."""
    (home / "errors").unlink(missing_ok=True)
    with started(home) as shell:
        if shell.name == "zsh":  # whose first TAB only loads typer's script
            shell.runs("pathtrack list\t")
        yield shell


def keep(*titles: str, area: str = "water") -> None:
    """Make a tracker of recommendations with these titles."""
    text = '[report]\ntitle = "R"\n'
    for number, title in enumerate(titles, 1):
        text += (
            f'[[recommendation]]\nid = "W{number}"\narea = {json.dumps(area)}\ntitle = {json.dumps(title)}\n'
        )
    Path("recommendations.toml").write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("here")
def test_words_are_completed(shell: Shell) -> None:
    assert shell.runs("pathtrack show W\t") == ["show", "W1"]
    assert shell.runs("pathtrack list --status impl\t") == ["list", "--status", "implemented"]
    assert shell.runs("pathtrack update W1 --k\t") == ["update", "W1", "--kind"]


@pytest.mark.usefixtures("here")
def test_ids_are_listed_with_their_titles(shell: Shell) -> None:
    shell.shows("pathtrack show \t\t", "E_10" if shell.name == "bash" else "Dredge the northern channel")


@pytest.mark.usefixtures("here")
def test_a_name_of_two_words_stays_one(shell: Shell) -> None:
    assert shell.runs("pathtrack list --area o\t") == ["list", "--area", "open data"]


def test_a_broken_tracker_is_met_with_silence(shell: Shell) -> None:
    Path("recommendations.toml").write_text("not toml", encoding="utf-8")
    assert shell.runs("pathtrack show W\t") == ["show", "W"]


def test_a_title_is_never_run(shell: Shell) -> None:
    keep("$(touch it)", "\\$(touch it)", "'; touch it; '")
    shell.runs("pathtrack show W\t")
    assert not Path("it").exists()


def test_a_title_is_no_markup(shell: Shell) -> None:
    keep("Dredge [/b] the channel")
    assert shell.runs("pathtrack show W\t") == ["show", "W1"]


def test_an_area_is_never_run(shell: Shell) -> None:
    keep("Dredge", area="\\$(touch it)" if shell.name == "zsh" else "$(touch it)")
    shell.runs("pathtrack list --area \t")
    assert not Path("it").exists()
