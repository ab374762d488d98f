"""Every command works on a tracker that has no recommendations, no areas and no updates yet."""

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer import Context
from typer.core import TyperGroup
from typer.main import get_group
from typer.testing import CliRunner

from conftest import POSIX, Run, run_git
from pathtrack.cli import app
from pathtrack.file import store
from screens import on_a_terminal, without_colour

LINES = {
    "": (0, "Shorter Waits\n0 recommendations, 0 assessed, 0 implemented, as of 31 Jan 2026\n"),
    "list": (0, ""),
    "list --status partial --search nurses --stale 30": (0, ""),
    "list --area staff": (2, "'staff' is not an area; there are none yet"),
    "list --actor Council": (2, "'Council' is not an actor; "),
    "list --by Ana": (2, "'Ana' is not an assessor; "),
    "show H1": (4, "no recommendation 'H1'; "),
    "open H1": (4, "no recommendation 'H1'; "),
    "progress": (0, "total\t0\t0\t0"),
    "compare": (0, ""),
    "compare H1": (4, "no recommendation 'H1'; "),
    "timeline": (0, ""),
    "timeline --since 2025-01-01 --until 2025-12-31": (0, ""),
    "changes --since 2025-01-01": (0, "0 recommendations with updates from 1 Jan 2025 to 31 Jan 2026\n"),
    "check --strict --stale 30": (0, "0 errors, 0 warnings\n"),
    "check --since HEAD": (0, "0 errors, 0 warnings\n"),
    "statuses": (0, "not-assessed\tNobody has judged it yet."),
    "schema": (0, '"title"'),
    "guide": (0, "# pathtrack, for programs"),
    "export site": (0, ""),
    "export": (0, "**0 of 0 recommendations implemented**"),
    "export --format html": (0, '0 <span class="of">of 0</span>'),
    "export --format json": (0, '"recommendations": []'),
    "export --format csv": (0, "id,part_of,area,title,status"),
    "export --format csv --rows updates": (0, "id,date,recorded,by,recommendations,actors,status"),
    "export --since 2025-01-01 --scheme gao": (0, "0 of 0"),
    "ask Council": (2, "no recommendation says who is asked to act; add one with "),
    "init": (3, "the file already exists "),
    "add H1 --area staff --title Train": (0, "added H1 to "),
    "rename H1 S1": (4, "no recommendation 'H1'; there are none yet"),
    "update H1 --note Seen": (4, "no recommendation 'H1'; "),
    "update H1 --note Seen --dry-run": (4, "no recommendation 'H1'; "),
    "archive": (0, "every source with an address has an archived copy\n"),
    "cite http://localhost/x": (3, "'http://localhost/x' is in a private network; "),
    "correct 3f9a --reason Typo --note Seen": (4, "no current update '3f9a'; "),
    "withdraw 3f9a --reason Typo": (4, "no current update '3f9a'; "),
    "edit": (0, "nothing was changed\n"),
    "edit H1": (4, "no recommendation 'H1'; "),
    "undo": (3, "there is no update to undo "),
    "undo --dry-run": (3, "there is no update to undo "),
    "import table.csv": (0, "imported 1 recommendation and 0 updates from 1 row"),
    "git install": (0, "merge.pathtrack.driver: "),
    "git uninstall": (0, "git now merges trackers as ordinary text\n"),
    "git status": (0, "in conflict: nothing\n"),
    "git resolve": (0, "nothing is in conflict\n"),
    "git merge-driver recommendations.toml ours recommendations.toml name": (0, ""),
}
"""Command lines, the code with which they exit, and what stdout holds or the error begins with."""

HEADLINE = "Shorter Waits\n0 recommendations, 0 assessed, 0 implemented, as of 31 Jan 2026\n"
DRAWN = {
    "list": f"{HEADLINE}\nNo recommendations.\n",
    "progress": f"{HEADLINE}\nNo recommendations yet.\n",
    "compare": f"{HEADLINE}\nNobody has judged yet.\n",
    "timeline": f"{HEADLINE}\nNo updates.\n",
    "changes --since 2025-01-01": "0 recommendations with updates from 1 Jan 2025 to 31 Jan 2026\n",
    "statuses": "? not-assessed",
}
"""What a terminal shows instead."""


def commands(group: TyperGroup, *before: str) -> Iterator[tuple[str, bool]]:
    """Yield every command of the application, hidden ones too, and whether it takes --json."""
    context = Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        if isinstance(command, TyperGroup):
            yield from commands(command, *before, name)
        else:
            yield " ".join((*before, name)), any("--json" in each.opts for each in command.params)


TAKES_JSON = dict(commands(get_group(app)))
ONCE = {
    name: next((line for line in LINES if f"{line} ".startswith(f"{name} ")), None) for name in TAKES_JSON
}
JSON = [
    line
    for name, line in ONCE.items()
    if line and TAKES_JSON[name] and not LINES[line][0] and name not in {"init", "edit", "import"}
]
PIPED = [pytest.param(line, marks=POSIX if line == "edit" else ()) for line in LINES]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of a repository in which a blank tracker is committed."""
    folder = tmp_path_factory.mktemp("begun")
    path = folder / "recommendations.toml"
    outcome = CliRunner().invoke(app, ["init", "--blank", "--title", "Shorter Waits", "--file", str(path)])
    assert outcome.exit_code == 0
    (folder / "ours").write_bytes(path.read_bytes())
    (folder / "table.csv").write_text("id,title,area\nH1,Train more nurses,staff\n", encoding="utf-8")
    run_git("init", "--quiet", "--template=", folder=folder)
    run_git("add", path.name, folder=folder)
    author = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org")
    run_git(*author, "commit", "--quiet", "-m", "Begin", folder=folder)
    return folder


@pytest.fixture
def blank(begun: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A blank tracker, committed; the editor changes nothing."""
    shutil.copytree(begun, Path.cwd(), dirs_exist_ok=True)
    monkeypatch.setenv("GIT_EDITOR", "true")
    return Path("recommendations.toml")


def test_every_command_is_tried() -> None:
    assert [name for name, line in ONCE.items() if line is None] == []


@pytest.mark.parametrize("line", PIPED)
def test_a_command_in_a_pipe(line: str, blank: Path, run: Run) -> None:
    code, words = LINES[line]
    outcome = run(*shlex.split(line))
    if code:
        assert outcome.refused(code).startswith(words)
    else:
        assert (outcome.code, "error" in outcome.err) == (0, False)
        assert words in outcome.out
        assert bool(words) is bool(outcome.out)
    assert run("check", "--strict").code == 0
    assert store.load(blank).updates == ()


@pytest.mark.parametrize("line", JSON)
@pytest.mark.usefixtures("blank")
def test_a_command_with_json(line: str, run: Run) -> None:
    outcome = run(*shlex.split(line), "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert f'"schema": "pathtrack.{line.split(maxsplit=1)[0]}/1"' in outcome.out
    json.loads(outcome.out)


@POSIX
@pytest.mark.parametrize("line", ["", "show H1", *DRAWN])
@pytest.mark.usefixtures("blank")
def test_a_command_on_a_terminal(line: str) -> None:
    code, words = LINES[line]
    screen = re.sub(" +\n", "\n", without_colour(on_a_terminal(*shlex.split(line), width=80)))
    if code:
        assert screen.startswith(f"error: {words}")
        assert screen.count("\n") == 1
    else:
        assert DRAWN.get(line, words) in screen
        assert "error:" not in screen
        assert "Traceback" not in screen
