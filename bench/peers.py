"""Other programs that keep records in text: the same made-up records in their files, and their commands.

What has dated entries gets two for each record, what was asked and its update, as its `update` adds one.
"""

import os
import shutil
import subprocess
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from trackers import area, day, note, source, title

WANTED = area(3)
NOTE = "The budget line was published."


class Command(NamedTuple):
    """A command line, what it reads, and where it is run."""

    words: tuple[str | Path, ...]
    folder: Path
    typed: str = ""
    environment: tuple[tuple[str, str], ...] = ()
    terminal: bool = False


class Peer(NamedTuple):
    """A program, what fills a folder with records and returns `list` and `update`, and the most to try."""

    name: str
    program: str
    fill: Callable[[str, Path, int], tuple[Command, Command]]
    most: int = 10_000


def found(folder: Path | None) -> Iterator[tuple[Peer, str]]:
    """Yield the peers that are installed, in virtual environments below a folder or on the path."""
    places = sorted(folder.glob("*/bin")) + sorted(folder.glob("*/node_modules/.bin")) if folder else []
    path = os.pathsep.join([*map(str, places), os.environ["PATH"]])
    for peer in PEERS:
        if program := shutil.which(peer.program, path=path):
            yield peer, program


def _taskwarrior(program: str, folder: Path, size: int) -> tuple[Command, Command]:
    config, data = folder / "taskrc", folder / "data"
    data.mkdir()
    config.write_text(f"data.location={data}\nconfirmation=off\n")
    with (data / "pending.data").open("w") as file:
        file.writelines(
            f'[annotation_1577836900:"{note(each)}" annotation_1577836901:"{source(each)}" '
            f'description:"{title(each)}" entry:"1577836800" modified:"1577836901" project:"{area(each)}" '
            f'status:"pending" tags:"ministry{each % 23}" uuid:"{uuid.UUID(int=each + 1)}"]\n'
            for each in range(size)
        )
    start = (program, f"rc:{config}")
    return (
        Command((*start, f"project:{WANTED}", "list"), folder),
        Command((*start, "4", "annotate", NOTE), folder),
    )


def _todo_txt(program: str, folder: Path, size: int) -> tuple[Command, Command]:
    config = folder / "config"
    config.write_text(
        f'export TODO_DIR="{folder}"\nexport TODO_FILE="$TODO_DIR/todo.txt"\n'
        'export DONE_FILE="$TODO_DIR/done.txt"\nexport REPORT_FILE="$TODO_DIR/report.txt"\n'
    )
    with (folder / "todo.txt").open("w") as file:
        file.writelines(
            f"{day(each)} {title(each)} @{area(each)} {note(each)} {source(each)}\n" for each in range(size)
        )
    start = (program, "-p", "-d", config)
    return Command((*start, "ls", f"@{WANTED}"), folder), Command((*start, "append", "4", NOTE), folder)


def _hledger(program: str, folder: Path, size: int) -> tuple[Command, Command]:
    journal = folder / "hledger.journal"
    with journal.open("w") as file:
        file.writelines(
            f"{day(each)} {text}\n    {area(each)}  1\n    done\n\n"
            for each in range(size)
            for text in (title(each), f"{note(each)}  ; {source(each)}")
        )
    start = (program, "-f", journal)
    add = (*start, "add", "2026-01-30", NOTE, WANTED, "1", "done")
    return Command((*start, "register", WANTED), folder), Command(add, folder, typed="\n" * 6 + ".\ny\n.\n")


def _todoman(program: str, folder: Path, size: int) -> tuple[Command, Command]:
    config, todos = folder / "config.py", folder / "todos"
    todos.mkdir()
    config.write_text(
        f'path = "{folder}/t*"\ndefault_list = "todos"\ndate_format = "%Y-%m-%d"\n'
        f'time_format = "%H:%M"\ncache_path = "{folder}/cache"\n'
    )
    for each in range(size):
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:bench", "BEGIN:VTODO", f"UID:{each}"]
        lines += ["DTSTAMP:20250101T000000Z", f"SUMMARY:{title(each)}", f"CATEGORIES:{area(each)}"]
        lines += [f"DESCRIPTION:{note(each)} {source(each)}", "END:VTODO", "END:VCALENDAR", ""]
        (todos / f"{each}.ics").write_text("\r\n".join(lines), newline="")
    start = (program, "-c", config)
    return (
        Command((*start, "list", "--category", WANTED), folder),
        Command((*start, "edit", "4", "--location", NOTE), folder),
    )


def _jrnl(program: str, folder: Path, size: int) -> tuple[Command, Command]:
    config, journal = folder / "jrnl.yaml", folder / "journal.txt"
    config.write_text(
        f"version: v4.6\njournals:\n  default:\n    journal: {journal}\ncolors:\n  body: none\n  date: none\n"
        "  tags: none\n  title: none\ndefault_hour: 9\ndefault_minute: 0\neditor: ''\nencrypt: false\n"
        "highlight: true\nindent_character: '|'\nlinewrap: 79\ntagsymbols: '@'\ntemplate: false\n"
        "timeformat: '%F %R'\n"
    )
    with journal.open("w") as file:
        file.writelines(
            f"[{day(each)} 09:00] {text}\n\n"
            for each in range(size)
            for text in (f"{title(each)}. @{area(each)}", f"{note(each)}\n{source(each)}")
        )
    start = (program, "--config-file", config)
    return (
        Command((*start, f"@{WANTED}", "--short"), folder),
        Command((*start, f"2026-01-30: {NOTE}"), folder),
    )


def _bean_query(program: str, folder: Path, size: int) -> tuple[Command, Command]:
    """Read a file that does not change, through its cache; let another grow, which `bean-check` reads."""
    still, grows = folder / "still.beancount", folder / "grows.beancount"
    for journal in (still, grows):
        with journal.open("w") as file:
            file.write("2000-01-01 open Assets:Done\n")
            file.writelines(f"2000-01-01 open {_account(each)}\n" for each in range(8))
            file.writelines(
                f'{day(each)} * "{title(each)}"\n  {_account(each)}  1 USD\n  Assets:Done\n\n'
                f'{day(each)} note {_account(each)} "{note(each)} {source(each)}"\n\n'
                for each in range(size)
            )
    query = f"SELECT date, narration WHERE account = '{_account(3)}'"
    line, check = f'2026-01-30 note {_account(3)} "{NOTE}"', Path(program).with_name("bean-check")
    grow = ("sh", "-c", f"echo '{line}' >>{grows} && {check} {grows}")
    return Command((program, still, query), folder), Command(grow, folder)


def _account(number: int) -> str:
    return f"Assets:{area(number).title()}"


def _backlog(program: str, folder: Path, size: int) -> tuple[Command, Command]:
    tasks = folder / "backlog" / "tasks"
    tasks.mkdir(parents=True)
    (tasks.parent / "config.yml").write_text(
        'project_name: "bench"\ndefault_status: "To Do"\nstatuses: ["To Do", "In Progress", "Done"]\n'
        "labels: []\ndate_format: yyyy-mm-dd\nremote_operations: false\nauto_commit: false\n"
        'filesystem_only: true\ncheck_active_branches: false\ntask_prefix: "task"\n'
    )
    for each in range(size):
        (tasks / f"task-{each + 1} - Chapter-{each}.md").write_text(
            f"---\nid: TASK-{each + 1}\ntitle: '{title(each)}'\nstatus: To Do\nassignee: []\n"
            f"created_date: '{day(each)} 09:00'\nlabels:\n  - {area(each)}\ndependencies: []\n---\n\n"
            f"## Description\n\n{note(each)} {source(each)}\n"
        )
    start = (program, "task")
    return (
        Command((*start, "list", "-l", WANTED, "--plain"), folder),
        Command((*start, "edit", "4", "--append-notes", NOTE, "--plain"), folder),
    )


def _doorstop(program: str, folder: Path, size: int) -> tuple[Command, Command]:
    """Show all records, as there is no filter."""
    items = folder / "items"
    items.mkdir()
    (items / ".doorstop.yml").write_text(
        "settings:\n  digits: 6\n  itemformat: yaml\n  prefix: R\n  sep: ''\n"
    )
    for each in range(size):
        (items / f"R{each + 1:06}.yml").write_text(
            f"active: true\nderived: false\nheader: |\n  {title(each)}\nlevel: 1.{each + 1}\nlinks: []\n"
            f"normative: true\nref: ''\nreviewed: null\n"
            f"text: |\n  {area(each)} {note(each)} {source(each)}\n"
        )
    subprocess.run(["git", "init", "-q", folder], check=True)
    return Command((program, "export", "R"), folder), Command((program, "review", "R000004"), folder)


PEERS = (
    Peer("taskwarrior", "task", _taskwarrior, 100_000),
    Peer("todo.txt-cli", "todo-txt", _todo_txt, 100_000),
    Peer("hledger", "hledger", _hledger, 100_000),
    Peer("jrnl", "jrnl", _jrnl),
    Peer("bean-query", "bean-query", _bean_query),
    Peer("todoman", "todo", _todoman),
    Peer("Backlog.md", "backlog", _backlog),
    Peer("doorstop", "doorstop", _doorstop),
)
