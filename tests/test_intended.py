from pathlib import Path

import pytest

from conftest import Run
from pathtrack.cli import intended
from pathtrack.cli.app import MODULES
from pathtrack.cli.intended import MEANT
from statements import for_each

COMMANDS = {command for commands in MODULES.values() for command in commands}


@for_each("word", MEANT)
def test_what_people_try_first_is_no_command_and_leads_to_one(word: str) -> None:
    assert word not in COMMANDS
    assert {each.split()[0] for each in MEANT[word]} <= COMMANDS


@pytest.mark.usefixtures("here")
@for_each(
    "arguments, as_",
    [
        (["W1"], ["show", "W1"]),
        (["w1", "E1", "--json"], ["show", "W1", "E1", "--json"]),
        (["2049"], ["show", "2049"]),
        (["E1,W1"], ["show", "E1", "W1"]),
        (["help"], ["--help"]),
        (["help", "update"], ["update", "--help"]),
        (["help", "git", "install"], ["git", "install", "--help"]),
        (["version"], ["--version"]),
        (["-v"], ["--version"]),
        (["-V"], ["--version"]),
    ],
)
def test_what_people_try_first_is_done(arguments: list[str], as_: list[str], run: Run) -> None:
    assert run(*arguments) == run(*as_)
    assert run(*arguments).code == 0


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("stats", "no such command 'stats'; did you mean 'pathtrack progress'?"),
        ("New", "no such command 'New'; did you mean 'pathtrack init' or 'pathtrack add ID'?"),
        (
            "recommendations.toml",
            "no such command 'recommendations.toml'; did you mean 'pathtrack list --file recommendations.tom",
        ),
        (
            "energy",
            "no such command 'energy'; see 'pathtrack --help', or 'pathtrack show energy' if that is an id",
        ),
    ],
)
def test_another_word_names_the_command(word: str, message: str, run: Run) -> None:
    assert run(word).refused(2).startswith(message)


def test_a_file_alone_is_not_taken_for_an_id(run: Run) -> None:
    Path("plan2.toml").touch()
    assert run("plan2.toml").refused(2).endswith("did you mean 'pathtrack list --file plan2.toml'?")


def test_an_unknown_id_alone_is_refused_as_one(run: Run) -> None:
    assert run("X9").code == 4
    assert intended.as_meant(["list", "9"]) == ["list", "9"]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("word", "todo"),
    [
        ("csv", "give a path such as status.csv"),
        ("Excel", "give a path such as status.xlsx"),
        ("word", "give a path such as status.docx"),
        ("markdown", "give a path such as status.md"),
        ("csl", "add it as --format csl"),
        ("pdf", "export .html, open it in a browser"),
    ],
)
def test_a_format_is_not_a_folder(word: str, todo: str, run: Run) -> None:
    assert f"; {todo}" in run("export", word).refused(2)


@pytest.mark.parametrize(("option", "meant"), intended.OPTIONS.items())
def test_an_option_of_other_programs_leads_to_ours(option: str, meant: str, run: Run) -> None:
    assert run("update", "W1", option, "x").refused(2) == f"no such option: {option}; did you mean {meant}?"
    assert meant not in run("progress", "--message", "x").refused(2)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "command",
    ["list", "update W1 --note Seen", "correct W1 --reason It", "withdraw W1 --reason It", "import t.csv"],
)
@pytest.mark.parametrize("name", ["", " "])
def test_an_empty_name_is_nobody(command: str, name: str, run: Run) -> None:
    assert run(*command.split(), "--by", name).refused(2).startswith("--by names nobody")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("option", "words"),
    [("--status", "'' is not a status"), ("--date", "'' is not a date"), ("--file", "--file names no file")],
)
def test_an_empty_value_is_refused(option: str, words: str, run: Run) -> None:
    assert run("update", "W1", "--note", "Seen", option, "").refused(2).startswith(words)


@pytest.mark.usefixtures("here")
def test_a_list_of_sources_is_no_json(run: Run) -> None:
    assert run("archive", "--list", "-", "--json").refused(2).startswith("--list writes CSV")
