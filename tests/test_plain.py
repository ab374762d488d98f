import shlex
from pathlib import Path

import pytest

from conftest import Run
from samples import cases
from statements import for_each

COMMANDS = cases("commands.txt")
PARTS = cases("parts.txt")


@pytest.mark.usefixtures("here")
@for_each("command, printed", COMMANDS)
def test_commands_print_plain_rows_into_a_pipe(command: str, printed: str, run: Run) -> None:
    outcome = run(*shlex.split(command))
    assert outcome.out.rstrip("\n") == printed.rstrip("\n")
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.usefixtures("parts")
@for_each("command, printed", PARTS)
def test_commands_print_actors_parts_answers_and_target_dates(command: str, printed: str, run: Run) -> None:
    outcome = run(*shlex.split(command))
    assert outcome.out.rstrip("\n") == printed.rstrip("\n")
    assert (outcome.code, outcome.err) == (0, "")


def test_a_tab_in_a_title_makes_no_column(run: Run) -> None:
    Path("t.toml").write_text(
        '[report]\ntitle="R"\n[[recommendation]]\nid="D1"\narea="a"\ntitle="x\\ty\\u001b[2J"\n'
        '[[update]]\ndate=2025-01-01\nby="A\\tB"\nrecommendations=["D1"]\nnote="n\\tm"\n',
        encoding="utf-8",
    )
    for command, tabs in (("list", 6), ("timeline", 6), ("progress", 11), ("changes --since 2020-01-01", 0)):
        outcome = run(*command.split(), "-f", "t.toml")
        assert {line.count("\t") for line in outcome.out.splitlines()} == {tabs}
        assert "\x1b" not in outcome.out
    assert run("list", "-f", "t.toml").out.rstrip("\n").endswith("\tx\\ty\\x1b[2J")


@pytest.mark.usefixtures("here")
@for_each(
    "command",
    [
        "list",
        "list --search a",
        "timeline",
        "progress",
        "progress --by-year",
        "progress --by-response",
        "compare",
    ],
)
def test_a_header_names_each_column(command: str, run: Run) -> None:
    with_header = run(*command.split(), "--header").out.splitlines()
    assert with_header[1:] == run(*command.split()).out.splitlines()
    assert len({line.count("\t") for line in with_header}) == 1
    assert run(*command.split(), "--header", "--json") == run(*command.split(), "--json")
