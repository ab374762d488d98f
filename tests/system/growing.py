"""Inputs that grow in one dimension, and the commands that read them: for steps counted, and for seconds.

`test_growth.py` counts the steps of small ones, `bench/growth.py` measures large ones.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from pathtrack.file.document import Document
from pathtrack.record.corrections import update_id

Family = Callable[[int], str]
"""Makes an input of so many of something."""

_REPORT = '[report]\ntitle = "T"\n'
_BY = 'date = 2025-01-01\nby = "Ana"\n'


def _asked(key: str = "R0", more: str = "", area: str = "a") -> str:
    return f'[[recommendation]]\nid = "{key}"\narea = "{area}"\ntitle = "Title {key}"\n{more}\n'


def _update(more: str, ids: str = '"R0"', by: str = _BY) -> str:
    return f"[[update]]\n{by}recommendations = [{ids}]\n{more}\n"


def _each(make: Callable[[int], str], size: int, *, before: str = _REPORT + _asked()) -> str:
    return before + "".join(map(make, range(size)))


def _note(unit: str, size: int) -> str:
    return _REPORT + _asked() + _update(f"note = '''a{unit * size}b'''")


def _broken(unit: str, size: int) -> str:
    return _REPORT + _asked() + unit * size + "\n"


def _words(stem: str, size: int) -> str:
    return "[" + ", ".join(f'"{stem}{n}"' for n in range(size)) + "]"


def _id(text: str) -> str:
    return update_id(Document.read((_REPORT + text).encode(), name="").tracker.updates[-1])


def _corrected(size: int) -> str:
    """Return an update and corrections, each of the one before it."""
    texts = [_update("note = 'x'")]
    for number in range(size):
        texts.append(_update(f"corrects = '{_id(texts[-1])}'\nreason = 'r'\nnote = 'n {number}'"))
    return _REPORT + _asked() + "".join(texts)


def _corrected_often(size: int) -> str:
    first = _update("note = 'x'")
    more = (_update(f"corrects = '{_id(first)}'\nreason = 'r'\nnote = 'n {n}'") for n in range(size))
    return _REPORT + _asked() + first + "".join(more)


_JUDGED = 'status = "in-progress"\n'

TRACKERS: dict[str, Family] = {
    "recommendations": partial(_each, lambda n: _asked(f"R{n}"), before=_REPORT),
    "recommendations of an area each": partial(
        _each, lambda n: _asked(f"R{n}", area=f"a{n}"), before=_REPORT
    ),
    "areas that are not given": lambda size: (
        f"{_REPORT}areas = {_words('area ', size)}\n"
        + "".join(_asked(f"R{n}", area=f"other {n}") for n in range(size))
    ),
    "duplicate ids": partial(_each, lambda _: _asked(), before=_REPORT),
    "equal titles": partial(_each, lambda n: _asked(f"R{n}").replace(f"Title R{n}", "Title"), before=_REPORT),
    "parts": partial(_each, lambda n: _asked(f"R0.{n}", 'part_of = "R0"')),
    "parts of nothing": partial(_each, lambda n: _asked(f"P{n}", f'part_of = "Q{n}"')),
    "actors who are asked": lambda size: _REPORT + _asked(more=f"actors = {_words('Actor ', size)}"),
    "tags": lambda size: _REPORT + _asked(more=f"tags = {_words('tag ', size)}"),
    "former ids": lambda size: _REPORT + _asked(more=f"formerly = {_words('F', size)}"),
    "imported columns": lambda size: (
        _REPORT + _asked(more="[recommendation.source]\n" + "".join(f"k{n} = 'v'\n" for n in range(size)))
    ),
    "updates of one": partial(_each, lambda n: _update(f"{_JUDGED}note = 'Note {n}.'")),
    "equal updates": partial(_each, lambda _: _update(_JUDGED)),
    "statuses that change": partial(
        _each, lambda n: _update(f'status = "{("partial", "stalled")[n % 2]}"\nnote = "n {n}"')
    ),
    "sources": partial(
        _each, lambda n: _update(f'{_JUDGED}[[update.evidence]]\nurl = "https://e.example/{n}"')
    ),
    "sources of one address": partial(
        _each, lambda n: _update(f'note = "{n}"\n[[update.evidence]]\nurl = "https://e.example"')
    ),
    "sources of one title": partial(
        _each, lambda n: _update(f'[[update.evidence]]\ntitle = "A"\npublisher = "P{n}"')
    ),
    "sources that may be one": partial(
        _each,
        lambda n: _update('[[update.evidence]]\ntitle = "A"' + f'\nurl = "https://{n}.example"' * (n % 2)),
    ),
    "sources of one update": lambda size: (
        _REPORT
        + _asked()
        + _update(
            _JUDGED + "".join(f'[[update.evidence]]\nurl = "https://e.example/{n}"\n' for n in range(size))
        )
    ),
    "updates about all": lambda size: (
        _REPORT + "".join(_asked(f"R{n}") for n in range(size)) + _update(_JUDGED, _words("R", size)[1:-1])
    ),
    "updates about unknown ids": partial(_each, lambda n: _update(_JUDGED, f'"X{n}"')),
    "assessors": partial(_each, lambda n: _update(_JUDGED, by=f'date = 2025-01-01\nby = "Person {n}"\n')),
    "actors who moved": partial(_each, lambda n: _update(f'{_JUDGED}actors = ["Actor {n}"]')),
    "actors and updates": lambda size: (
        _REPORT
        + _asked(more=f"actors = {_words('Actor ', size)}")
        + "".join(
            _update(f'status = "{("partial", "stalled")[n % 2]}"\nnote = "n {n}"' + more)
            for n in range(size)
            for more in ("", f'\nactors = ["Actor {n}"]')
        )
    ),
    "answers": partial(_each, lambda n: _update(f'response = "noted"\nactors = ["Actor {n}"]')),
    "target dates": partial(_each, lambda n: _update(f'due = "{2026 + n % 70}"\nnote = "n {n}"')),
    "places searched": lambda size: _REPORT + _asked() + _update(f"searched = {_words('place ', size)}"),
    "corrections of nothing": partial(
        _each, lambda n: _update(f'corrects = "{n:012x}"\nreason = "r"\n{_JUDGED}')
    ),
    "corrections of corrections": _corrected,
    "corrections of one": _corrected_often,
    "years": partial(_each, lambda n: _update(_JUDGED, by=f'date = {1000 + n % 1000}-01-01\nby = "Ana"\n')),
    "comments": lambda size: _REPORT + "# a comment\n" * size + _asked() + _update(_JUDGED),
    "a note with blanks": partial(_note, " "),
    "a note with lines": partial(_note, "line\n"),
    "a note with empty lines": partial(_note, "\n"),
    "a note with items": partial(_note, "\n- item"),
    "a note with numbers": partial(_note, "\n1. item"),
    "a note with addresses": partial(_note, " https://a.example/b_c"),
    "a note with full stops": partial(_note, ". A"),
    "a note with initials": partial(_note, " A."),
    "a note with brackets": partial(_note, "["),
    "a note with stars": partial(_note, "*_"),
    "a note with ampersands": partial(_note, "&#x41;"),
    "a note with angles": partial(_note, "<a>"),
    "a note with backslashes": partial(_note, "\\"),
    "a note with at signs": partial(_note, " a@b.example"),
    "a note with quotation marks": partial(_note, " “a” 「b」"),
    "a note of one word": partial(_note, "a"),
    "a note in Korean": partial(_note, "한국. "),
}
"""Trackers that can be read."""

BROKEN: dict[str, Family] = {
    "brackets": partial(_broken, "[ "),
    "closing brackets": partial(_broken, "]"),
    "equals signs": partial(_broken, "= "),
    "curly quotes": partial(_broken, "“"),
    "an unquoted text": partial(_broken, "a b "),
    "quotation marks": partial(_broken, '"'),
    "apostrophes": partial(_broken, "'"),
    "dots": partial(_broken, "a."),
    "arrays": lambda size: _broken("x = " + "[" * size, 1),
    "blanks": lambda size: _broken(" " * size + "x y", 1),
    "commas": lambda size: _broken("x = [" + "," * size + "]", 1),
    "conflict markers": partial(_broken, "<<<<<<< ours\n=======\n>>>>>>> theirs\n"),
    "headers of one table": partial(_broken, "[report]\n"),
    "headers like ours": partial(_broken, "[update]\n"),
    "unknown keys": lambda size: _REPORT + _asked(more="".join(f"key{n} = 1\n" for n in range(size))),
    "wrong types": partial(_each, lambda n: _update(f"status = {n}")),
    "wrong words": partial(_each, lambda n: _update(f'status = "status {n}"')),
    "carriage returns": partial(_broken, "\r"),
    "backslashes": lambda size: _broken('x = "' + "\\" * size, 1),
}
"""Files that are refused."""

TABLES: dict[str, Family] = {
    "rows": partial(_each, lambda n: f"A{n},Title {n},done\n", before="id,title,status\n"),
    "equal rows": partial(_each, lambda _: "A,Title,done\n", before="id,title,status\n"),
    "rows without ids": partial(_each, lambda n: f"Title {n},area {n}\n", before="title,area\n"),
    "rows about one": partial(
        _each, lambda n: f"A,Title,2025-01-01,note {n}\n", before="id,title,date,note\n"
    ),
    "columns": lambda size: (
        "id,title," + ",".join(f"c{n}" for n in range(size)) + "\nA1,Title" + ",x" * size + "\n"
    ),
    "equal columns": lambda size: "id,title" + ",c" * size + "\nA1,Title" + ",x" * size + "\n",
    "short rows": lambda size: (
        "id,title,"
        + ",".join(f"c{n}" for n in range(size))
        + "\n"
        + "".join(f"A{n},T{n}\n" for n in range(size))
    ),
    "status words": partial(_each, lambda n: f"A{n},Title {n},word {n}\n", before="id,title,status\n"),
    "dates": partial(_each, lambda n: f"A{n},Title {n},{n % 28 + 1}/1/2025\n", before="id,title,date\n"),
    "links": lambda size: "id,title,link\nA1,Title,'" + "https://a.example/x " * size + "'\n",
    "rows above the header": lambda size: "words\n" * size + "id,title\nA1,Title\n",
    "quotation marks in a cell": lambda size: "id,title\nA1," + '"a' * size + "\n",
    "a long cell": lambda size: "id,title,note\nA1,Title," + "a b. " * size + "\n",
    "separators": lambda size: "id,title\nA1,Title" + ",;\t|" * size + "\n",
}
"""CSV files."""

_READING: tuple[str, ...] = (
    "list --json",
    "list --color always",
    "list --parts",
    "list --search zzz",
    "list --stale 1d",
    "list --whose-move --json",
    "show R0",
    "show R0 --json",
    "progress",
    "timeline",
    "timeline --json",
    "changes --since 2020",
    "compare",
    "check",
    "check --stale 1d",
    "export o.md",
    "export o.html",
    "export o.json",
    "export site/",
)
_WRITING = (
    "update R0 --note n --by Ana --dry-run", "edit R0", "rename R0 R9", "undo --dry-run",
    "withdraw R0 --reason r --by Ana --dry-run", "git merge-driver base ours theirs name",
)  # fmt: skip
COMMANDS: tuple[str, ...] = (*_READING, *_WRITING)
"""Commands on a tracker, in a folder made by `lay`."""


IMPORTS: tuple[str, ...] = ("import table.csv -f new.toml --dry-run", "import table.csv --by Ana")
"""Commands on a table, in a folder made by `lay_table`."""


def lay(folder: Path, text: str) -> None:
    """Write a tracker, and what a merge of it needs, into a folder."""
    for name in ("recommendations.toml", "base", "ours", "theirs"):
        folder.joinpath(name).write_bytes(text.encode())
    with folder.joinpath("theirs").open("a", encoding="utf-8") as file:
        file.write("\n" + _update("note = 'theirs'"))
    with folder.joinpath("ours").open("a", encoding="utf-8") as file:
        file.write("\n" + _update("note = 'ours'"))


def lay_table(folder: Path, text: str) -> None:
    """Write a table, and a small tracker, into a folder."""
    folder.joinpath("table.csv").write_bytes(text.encode())
    folder.joinpath("recommendations.toml").write_text(_REPORT + _asked(), encoding="utf-8")
