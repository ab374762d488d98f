import os
import re
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer import Context
from typer.main import get_group

import pathtrack
from conftest import POSIX, Run
from pathtrack import cli
from pathtrack.cli.app import MODULES
from pathtrack.file import store
from pathtrack.record.finding import Severity
from pathtrack.record.status import Status
from samples import DATA, SMALL, cases, day, seen
from screens import on_a_terminal, rows, squeezed, without_colour
from statements import for_each
from test_blank import commands as all_commands

COMMANDS = [
    *("list", "show", "open", "progress", "compare", "statuses", "check", "timeline", "changes", "export"),
    *("schema", "update", "init", "add", "edit", "undo", "import"),
]
GIT = ["git install", "git uninstall", "git status", "git resolve"]
READING = [["list"], ["show", "W1"], ["progress"], ["timeline"], ["changes", "--since", "today"], ["check"]]
NOTE = "note: no recommendations.toml here; this is the shipped tracker, 'pathtrack init' copies it here\n"


# ---- help and usage ----


@pytest.mark.parametrize("arguments", [["-h"], ["--help"], []], ids=["-h", "--help", "nothing"])
def test_help_names_every_command(arguments: list[str], run: Run) -> None:
    outcome = run(*arguments)
    assert (outcome.code, outcome.err) == (0, "")
    for command in COMMANDS:
        assert re.search(rf"^  {command}\s+\w", outcome.out, re.MULTILINE)


@for_each("command", ["git", *(name for name, _ in all_commands(get_group(cli.app)))])
def test_the_help_of_every_command_fits_a_terminal_and_has_an_example(command: str, run: Run) -> None:
    outcome = run(*command.split(), "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"Usage: pathtrack {command} ")  # in no box, and not indented
    assert max(map(cell_len, outcome.out.splitlines())) <= 80
    # Of `git` itself, each command has one.
    assert (f"Example: pathtrack {command}" in outcome.out) is (command != "git")


@for_each("command", [each for each in COMMANDS if each not in {"statuses", "schema"}])
def test_each_command_takes_a_file_after_its_name(command: str, run: Run) -> None:
    assert "--file" in run(command, "--help").out


@for_each("command", [*COMMANDS, *GIT])
def test_each_command_takes_a_colour(command: str, run: Run) -> None:
    assert "--color" in run(*command.split(), "--help").out


def test_the_version_is_that_of_the_package(run: Run) -> None:
    assert run("--version") == (0, f"pathtrack {pathtrack.__version__}\n", "")


@for_each(
    "arguments, words",
    [
        (["lst"], "no such command 'lst'; did you mean 'pathtrack list'?"),
        (["frobnicate"], "no such command 'frobnicate'; see"),
        (["show"], "missing argument 'ID'; see"),
        (["update"], "an update is about at least one recommendation; name one"),
        (["list", "--sttus", "partial"], "no such option: --sttus"),
        (
            ["list", "--area"],
            "option '--area' requires an argument; give one as in '--area AREA', or see",
        ),
        (
            ["import", "t.csv", "--save-profile"],
            "option '--save-profile' requires an argument; give one as in '--save-profile NAME', or see",
        ),
        (["list", "--json=yes"], "option '--json' does not take a value; see"),
        (
            ["list", "extra"],
            "'extra' is not a tracker's file; filter a list with --area, --status, --actor or --search, or",
        ),
        (
            ["add", "A2", "--area", "a", "--title", "Train", "more", "nurses"],
            "got unexpected extra argument(s) (more nurses); put words that belong together in quotes,",
        ),
        (["status"], "no such command 'status'; did you mean 'pathtrack list'?"),
        (["rm", "W1"], "no such command 'rm'; did you mean 'pathtrack undo' or 'pathtrack withdraw UPDATE'"),
        (["frob"], "no such command 'frob'; see 'pathtrack --help'"),
        (["--frobnicate"], "no such option: --frobnicate"),
        (["changes"], "one date is needed; give --since DATE or --recorded-since DATE"),
        (["changes", "--since", "today", "--recorded-since", "today"], "one date is needed; give --since"),
        (["export", "a.odt"], "no format is known for 'a.odt'; end the path with .md"),
        (["export", "--format", "html,json"], "several formats need a folder; give a path such as site/"),
        (["export", "--format", "odt"], "'odt' is not a format; expected one of markdown, html, json, csv"),
        (["export", "--rows", "update"], "'update' is not a kind of row; did you mean updates?"),
    ],
)
@pytest.mark.usefixtures("here")
def test_wrong_usage_is_said_in_one_line(arguments: list[str], words: str, run: Run) -> None:
    assert run(*arguments).refused(2).startswith(words)


# ---- which file ----


def test_a_parents_tracker_is_used(here: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    (inner := here.parent / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert run("list").out.startswith("E1\t")
    assert run("update", "W1", "--note", "From below.").code == 0
    assert len(store.load(here).updates) == 14


def test_the_environment_names_a_tracker(here: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    other = here.rename("other.toml")
    monkeypatch.setenv("PATHTRACK_FILE", str(other))
    assert run("list").out.startswith("E1\t")
    assert run("update", "W1", "--note", "n").code == 0
    assert run("list", "--file", "missing.toml").refused(3).startswith("no such file (missing.toml)")


@pytest.mark.parametrize("arguments", READING[:1] + READING[2:-1], ids=" ".join)
def test_the_shipped_tracker_is_read_where_there_is_none(arguments: list[str], run: Run) -> None:
    outcome = run(*arguments)
    assert outcome.err == NOTE
    assert outcome.code == 0
    assert not list(Path.cwd().iterdir())


def test_writing_without_a_tracker_names_init(run: Run) -> None:
    message = run("update", "D1", "--note", "n").refused(3)
    assert (
        message
        == "no recommendations.toml here or above; make one with 'pathtrack init', or name one with --file"
    )
    assert not list(Path.cwd().iterdir())


@POSIX
@pytest.mark.parametrize("arguments", [["list"], ["update", "W1", "--note", "n"]], ids=" ".join)
def test_a_working_folder_that_is_gone_is_one_line(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    (gone := tmp_path / "gone").mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    run(*arguments).refused(3)


# ---- broken files ----

BROKEN = cases("broken.txt")


@for_each("case", [text for _, text in BROKEN])
def test_a_broken_file_is_refused_by_file_and_line(case: str, run: Run) -> None:
    text, _, message = case.rpartition("--->\n")
    Path("f.toml").write_bytes(text.encode())
    begin, _, end = message.partition("...")
    shown = run("list", "-f", "f.toml").refused(3)
    assert shown.startswith(begin)
    assert shown.endswith(end)


@for_each("arguments", [*READING, ["update", "W1", "--note", "n"], ["export"]])
@for_each(
    "data, words",
    [
        (SMALL.replace(b"date = 2024-03-01", b"date = 2024-13-01"), ":72)"),
        (SMALL + b"<<<<<<< ours\n", "conflict markers"),
        (b"", "the file is empty"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_every_command_refuses_a_broken_file(
    arguments: list[str], data: bytes, words: str, here: Path, run: Run
) -> None:
    here.write_bytes(data)
    assert words in run(*arguments).refused(3)
    assert here.read_bytes() == data


@pytest.mark.parametrize(
    "name",
    ["missing.toml", "folder.toml", pytest.param("loop.toml", marks=POSIX), "x" * 300, "a\x1b[31m.toml"],
)
@pytest.mark.parametrize("arguments", [["list"], ["update", "W1", "--note", "n"], ["check"]], ids=" ".join)
def test_a_file_that_cannot_be_read_is_refused(arguments: list[str], name: str, run: Run) -> None:
    Path("folder.toml").mkdir()
    if name == "loop.toml":
        Path(name).symlink_to(name)
    run(*arguments, "--file", name).refused(3)


def test_the_cause_can_be_seen_on_demand(here: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    here.write_text("broken", encoding="utf-8")
    monkeypatch.setenv("PATHTRACK_DEBUG", "1")
    with pytest.raises(pathtrack.PathtrackError) as caught:
        run("list")
    assert caught.value.__cause__ is not None


# ---- looking ----


@pytest.mark.usefixtures("here")
@for_each(
    "identifier, todo",
    [
        ("W9", "did you mean W1"),
        ("2048", "did you mean 2049?"),
        ("open.data7", "did you mean Open.Data-7?"),
        ("???", "expected one of E1, E_10, W1, w-2.b, 2049, Open.Data-7"),
        ("\x1b[31m", "expected one of"),
    ],
)
@for_each("command", [["show"], ["update", "--note", "n"]])
def test_an_unknown_id_is_refused_and_the_nearest_is_named(
    identifier: str, todo: str, command: list[str], run: Run
) -> None:
    message = run(*command, "W1", identifier).refused(4)
    assert message.startswith("no recommendation '")
    assert todo in message


def test_an_unknown_id_of_the_real_record_is_refused(record: Path, run: Run) -> None:
    message = run("update", "D9", "--note", "n").refused(4)
    assert message == "no recommendation 'D9'; did you mean D1 or D2 or D3?"
    assert record.read_bytes() == (DATA / "record.toml").read_bytes()


@pytest.mark.usefixtures("record")
@for_each(
    "arguments, message",
    [
        (["list", "--area", "defence"], "'defence' is not an area; did you mean defense?"),
        (["list", "--status", "stalle"], "'stalle' is not a status; did you mean stalled?"),
        (
            ["update", "D2", "--status", "in-progres"],
            "'in-progres' is not a status; did you mean in-progress?",
        ),
        (["update", "D2", "--status", "don"], f"'don' is not a status; expected one of {', '.join(Status)}"),
        (
            ["timeline", "--area", "politcal"],
            "'politcal' is not an area; did you mean political or technological?",
        ),
    ],
)
def test_a_wrong_word_is_refused_and_the_nearest_is_named(
    arguments: list[str], message: str, run: Run
) -> None:
    assert run(*arguments).refused(2) == message


@pytest.mark.usefixtures("record")
def test_the_real_record_is_listed_whole(run: Run) -> None:
    shown = [line.split("\t") for line in run("list").out.splitlines()]
    assert [each[0] for each in shown] == "P1 P2 P3 P4 P5 P6 P7 D1 D2 D3 T1 T2 T3 C1 C2".split()  # noqa: SIM905 reads better
    assert {len(each) for each in shown} == {7}


@pytest.mark.parametrize(
    ("text", "arguments", "code", "last"),
    [
        (SMALL, [], 0, "0 errors, 5 warnings"),
        (SMALL, ["--strict"], 1, "0 errors, 5 warnings"),
        (SMALL.replace(b'id = "E_10"', b'id = "e1"'), [], 1, "4 errors, 4 warnings"),
        (b'[report]\ntitle = "R"\n', ["--strict"], 0, "0 errors, 0 warnings"),
    ],
)
def test_check_fails_on_errors_and_strictly_on_warnings(
    text: bytes, arguments: list[str], code: int, last: str, run: Run
) -> None:
    Path("f.toml").write_bytes(text)
    outcome = run("check", *arguments, "-f", "f.toml")
    assert (outcome.code, outcome.err) == (code, "")
    assert outcome.out.splitlines()[-1] == last
    assert run("check", *arguments, "-f", "f.toml", "--json").code == code


# ---- reports never replace a tracker ----


@pytest.mark.parametrize("name", ["recommendations.toml", "tracker.md", "tracker.data"])
@pytest.mark.parametrize("given", ["option", "environment"])
def test_export_never_writes_over_the_tracker(
    name: str, given: str, here: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    tracker = here.rename(name)
    if given == "environment":
        monkeypatch.setenv("PATHTRACK_FILE", name)
    option = ["--file", name] if given == "option" else []
    run("export", name, "--format", "markdown", *option).refused(2)
    assert tracker.read_bytes() == SMALL


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("path", "code"), [("missing/status.md", 3), pytest.param("pipe.md", 2, marks=POSIX)]
)
def test_export_refuses_a_path_for_no_report(path: str, code: int, run: Run) -> None:
    if sys.platform != "win32" and path == "pipe.md":
        os.mkfifo(path)
    run("export", path).refused(code)
    assert not Path(path).is_file()


# ---- colour and terminals ----


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("arguments", [*READING, ["statuses"]], ids=" ".join)
def test_no_colour_goes_into_a_pipe(arguments: list[str], run: Run) -> None:
    plain = run(*arguments)
    assert "\x1b" not in plain.out
    assert run(*arguments, "--color", "never") == plain
    assert run(*arguments, "--color", "auto") == plain


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "arguments", [*READING[:4], ["changes", "--since", "2024-01-01"], ["statuses"]], ids=" ".join
)
def test_colour_is_drawn_where_it_is_asked_for(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    always = run(*arguments, "--color", "always").out
    assert "\x1b[" in always
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert same_links(run(*arguments).out) == same_links(always)
    assert "\x1b" not in run(*arguments, "--color", "never").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert same_links(run(*arguments, "--color", "always").out) == same_links(always)


def same_links(screen: str) -> str:
    """Return the screen without the random numbers that links carry."""
    return re.sub(r"\x1b]8;id=\d+;", "\x1b]8;;", screen)


@pytest.mark.usefixtures("here")
def test_colour_takes_nothing_away_and_adds_no_word(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    screen = without_colour(run("list", "--color", "always").out)
    for status in ("↺ reversed", "✔ implemented", "! stalled", "◕ partial", "? not-assessed"):
        assert status in screen


@POSIX
@pytest.mark.parametrize(
    ("width", "name"),
    [(80, "record.toml"), (120, "record.toml"), (200, "record.toml"), (80, "tracker.toml")],
)
def test_a_terminal_shows_every_title_and_status_whole(width: int, name: str) -> None:
    path = DATA / name
    drawn = on_a_terminal("list", "--file", str(path), width=width)
    screen = without_colour(drawn)
    assert not re.search(r"\x1b\[(\d+;)*[349]\d", drawn)  # bold and dim are no colours
    assert max(map(len, screen.splitlines())) <= width
    happened = ["what happened last"] if width >= 120 else []
    shown = rows(screen, "id", "status", "recommendation", *happened, "last update", "sources")
    view = seen(pathtrack.load(path), day("2026-01-31"))
    by_area = [each for members in view.by_area.values() for each in members]
    assert [each[0] for each in shown] == [each.recommendation.id for each in by_area]
    for cells, standing in zip(shown, by_area, strict=True):
        assert re.fullmatch(rf"\S {standing.status}( since .* \d{{4}})?", cells[1])
        assert squeezed(cells[2]).startswith(squeezed(standing.recommendation.title))


@POSIX
def test_a_terminal_is_drawn_on_in_colour() -> None:
    screen = on_a_terminal("list", "--file", str(DATA / "tracker.toml"), width=100, NO_COLOR="")
    assert "\x1b[" in screen
    assert "↺ reversed" in without_colour(screen)


@POSIX
def test_a_terminal_shows_a_refusal_in_one_line() -> None:
    screen = on_a_terminal("show", "W9", "--file", str(DATA / "tracker.toml"), width=80)
    assert screen.splitlines() == ["error: no recommendation 'W9'; did you mean W1?"]


# ---- the entry point ----


def test_the_entry_point_exits_with_the_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["pathtrack", "show", "W9", "--file", str(DATA / "tracker.toml")])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 4
    assert capsys.readouterr() == ("", "error: no recommendation 'W9'; did you mean W1?\n")


def test_a_program_may_call_the_command_line_and_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(DATA / "tracker.toml")
    assert cli.app(["show", "W9", "--file", path], standalone_mode=False) == 4
    assert cli.app(["list", "--frobnicate"], standalone_mode=False) == 2
    assert capsys.readouterr().err.count("\n") == 2


@pytest.mark.usefixtures("here")
def test_a_login_without_a_name_is_explained(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.delenv("PATHTRACK_AUTHOR")
    monkeypatch.setattr("getpass.getuser", nameless)
    message = run("update", "W1", "--note", "n").refused(2)
    assert message == "no author given; give --by, or set $PATHTRACK_AUTHOR"


def test_findings_come_with_their_lines(here: Path, run: Run) -> None:
    here.write_bytes(SMALL.replace(b'"https://charts.example/W1"', b'"javascript:alert(1)"'))
    number = SMALL[: SMALL.index(b"https://charts.example/W1")].count(b"\n") + 1
    outcome = run("check")
    assert outcome.code == 1
    assert f"{here.name}:{number}: error: 'javascript:alert(1)'" in outcome.out
    assert Severity.ERROR in outcome.out


def test_the_help_says_of_each_command_what_that_says_itself() -> None:
    group = get_group(cli.app)
    context = Context(group)
    for commands in MODULES.values():
        for name, shown in commands.items():
            command = group.get_command(context, name)
            assert command
            assert command.get_short_help_str(100) == shown
