"""Hold random trackers to a plain reading of docs/file-format.md: `oracle.py [TRACKERS] [SEED]`.

Nothing of pathtrack is used but what is tried: how recommendations stand on a day, as known by a day and by
an assessor; what changed between two days; merges of two versions with their base; and, for every hundredth
tracker, a sequence of commands. The first disagreement is printed with its tracker, and ends the run.
"""

import datetime as dt
import os
import random
import sys
import tempfile
import tomllib
from collections import Counter
from pathlib import Path

from chances import DAYS, SOURCES, Table, identifier, plainly, rows, tracker, updates, written
from typer.testing import CliRunner

from pathtrack.cli import app
from pathtrack.cli.tracker import as_known
from pathtrack.errors import FileError
from pathtrack.file import weave
from pathtrack.file.document import Document
from pathtrack.record.view import view
from pathtrack.show import json as shown

_REFUSED = "refused"


class DisagreementError(Exception):
    """The program says something else than the reading."""


# --- a plain reading


def last(date: object) -> dt.date:
    """Return the last day of a date, a month or a year."""
    if isinstance(date, dt.date):
        return date
    return {"2025-01": dt.date(2025, 1, 31), "2024": dt.date(2024, 12, 31), "2026": dt.date(2026, 12, 31)}[
        str(date)
    ]


def word(text: object) -> str:
    """Return what makes two names the same one, of those that occur here."""
    return str(text).strip().casefold()


def counting(found: list[Table]) -> list[Table]:
    """Return the updates that count, in order: by date, then by the place of what each replaces."""
    places = {identifier(each): place for place, each in enumerate(found)}
    above = {n: places.get(str(each["corrects"])) for n, each in enumerate(found) if "corrects" in each}
    gone = {*above.values()}

    def root(place: int) -> int:
        target = above.get(place)
        return place if target is None else root(target)

    left = [n for n, each in enumerate(found) if n not in gone and says(each)]
    return [found[n] for n in sorted(left, key=lambda n: (last(found[n]["date"]), root(n), n))]


def says(update: Table) -> bool:
    """Return whether an update says more than that another one is withdrawn."""
    return bool(update.keys() & {"status", "response", "due", "note", "evidence", "searched"})


def standing(asked: Table, found: list[Table]) -> Table:
    """Return how a recommendation stands by the updates about it, in order."""
    whole = [each for each in found if "actors" not in each]
    names = {word(each): each for each in rows(asked.get("actors", []))}
    status, since = judged(whole)
    dues = [each["due"] for each in [asked, *found] if "due" in each]
    return {
        "id": asked["id"],
        "status": status,
        "since": since,
        "last_update": plainly(found[-1]["date"]) if found else None,
        "last_judged": plainly(([None, *(each["date"] for each in found if "status" in each)])[-1]),
        "updates": len(found),
        "evidence": len({name for each in found for name in sources(each)}),
        "answers": {
            name: (*judged(about), ([None, *(each["response"] for each in about if "response" in each)])[-1])
            for name in names
            for about in [[each for each in found if "actors" not in each or name in acting(each)]]
        },
        "due": plainly(dues[-1]) if dues else None,
        "first_due": plainly(dues[0]) if dues else None,
    }


def acting(update: Table) -> set[str]:
    """Return the actors whom an update is about."""
    actors = update["actors"]
    assert isinstance(actors, list)
    return {*map(word, actors)}


def sources(update: Table) -> set[str]:
    """Return the names of an update's sources."""
    return {name for name, source in SOURCES for each in rows(update.get("evidence", [])) if each == source}


def judged(found: list[Table]) -> tuple[object, object]:
    """Return the newest status, and the first date of its unbroken run."""
    status, since = "not-assessed", None
    for each in found:
        if each.get("status", status) != status or (since is None and "status" in each):
            status, since = str(each["status"]), plainly(each["date"])
    return status, since


def about(asked: Table, found: list[Table]) -> list[Table]:
    """Return the updates that name a recommendation by its id or a former one."""
    names = {*map(word, names_of(asked))}
    return [each for each in found if names & {*map(word, named(each))}]


def names_of(asked: Table) -> list[object]:
    """Return the ids of a recommendation, now and before."""
    former = asked.get("formerly", [])
    assert isinstance(former, list)
    return [asked["id"], *former]


def named(update: Table) -> list[object]:
    """Return the ids that an update names."""
    ids = update["recommendations"]
    assert isinstance(ids, list)
    return ids


# --- what the program says


def said(listed: Table) -> Table:
    """Return what `list` says of a recommendation, without what is not looked at."""
    kept = ("id", "status", "since", "last_update", "last_judged", "updates", "evidence", "due", "first_due")
    actors = {
        word(each["name"]): (each["status"], each["since"], each["response"])
        for each in rows(listed["actors"])
    }
    return {name: listed[name] for name in kept} | {"answers": actors}


def try_standings(chance: random.Random, tables: Table, document: Document) -> None:
    """Compare how all stand on a day, known by a day, by all or one assessor."""
    on, known, by = chance.choice(DAYS), chance.choice([None, *DAYS]), chance.choice([None, "Ana"])
    typed = [each for each in rows(tables["update"]) if known is None or recorded(each).date() <= known]
    counted = [each for each in counting(typed) if last(each["date"]) <= on and by in (None, judge(each))]
    seen = view(as_known(document.tracker, known), on=on, by=by, parts=True)
    listed = {each["id"]: said(each) for each in rows(shown.listing(seen)["recommendations"])}
    for asked in rows(tables["recommendation"]):
        expected = standing(asked, about(asked, counted))
        compare(expected, {**listed[asked["id"]], "answers": kept(listed[asked["id"]], expected)}, tables)


def kept(listed: Table, expected: Table) -> Table:
    """Return the actors that are asked, of all that are listed."""
    answers, asked = listed["answers"], expected["answers"]
    assert isinstance(answers, dict)
    assert isinstance(asked, dict)
    return {name: answers[name] for name in asked}


def recorded(update: Table) -> dt.datetime:
    """Return when an update was typed in."""
    time = update["recorded"]
    assert isinstance(time, dt.datetime)
    return time


def judge(update: Table) -> str:
    """Return who judges, as the tracker spells the name first."""
    return {"ana": "Ana", "bo": "Bo"}[word(update["by"])]


def try_changes(chance: random.Random, tables: Table, document: Document) -> None:
    """Compare what changed between two days."""
    since, until = sorted(chance.sample(DAYS, 2))
    counted = counting(rows(tables["update"]))
    found = shown.changes(view(document.tracker, on=until, parts=True).changes(since=since))
    said_of = {each["id"]: (each["from"], each["to"], each["updates"]) for each in rows(found["changes"])}
    expected: Table = {}
    for asked in rows(tables["recommendation"]):
        mine = [each for each in about(asked, counted) if last(each["date"]) <= until]
        old = [each for each in mine if last(each["date"]) < since]
        if len(mine) > len(old):
            ends = [judged([each for each in some if "actors" not in each])[0] for some in (old, mine)]
            expected[str(asked["id"])] = (*ends, len(mine) - len(old))
    compare(expected, said_of, tables)


def try_merge(chance: random.Random, tables: Table, document: Document) -> None:
    """Compare the merge of two versions, each of which removed some updates and added others."""
    base = rows(tables["update"])
    new = updates(chance, 3, base)
    sides = [
        [each for each in base if chance.random() < 0.9] + [each for each in new if chance.random() < 0.6]
        for _ in range(2)
    ]
    counted = [Counter(map(identifier, side)) for side in (base, *sides)]
    before, one, other = counted
    wanted = {
        each: min(before[each], one[each], other[each])
        + max(one[each] - before[each], other[each] - before[each], 0)
        for each in before | one | other
    }
    ours, theirs = (Document.read(written(tables | {"update": side}), name="") for side in sides)
    known = {identifier(each): each for each in [*base, *new]}
    asked = {word(name) for each in rows(tables["recommendation"]) for name in names_of(each)}
    wrong = errors(+Counter(wanted), known, asked) - errors(one, known, asked) - errors(other, known, asked)
    text = tried(document, ours, theirs)
    compare(bool(wrong), text == _REFUSED, tables)
    compare(text, tried(document, theirs, ours), tables)
    if not wrong:
        compare(+Counter(wanted), Counter(map(identifier, tomllib.loads(text).get("update", []))), tables)


def errors(held: Counter[str], known: dict[str, Table], asked: set[str]) -> set[str]:
    """Return the ids that are named in vain: of recommendations, and of updates that something replaces."""
    above = {each: str(known[each]["corrects"]) for each in held if "corrects" in known[each]}
    gone = {*above.values()}

    def root(each: str) -> str:
        return root(above[each]) if above.get(each) in held else each

    left = {root(each) for each in held if each not in gone and says(known[each])}
    lost = {
        target for each, target in above.items() if target not in held and (each not in gone or each in left)
    }
    # A withdrawal names what it withdraws: often just because that was named in vain.
    speaking = (known[each] for each in held if each not in gone and says(known[each]))
    return lost | {word(name) for each in speaking for name in named(each)} - asked


def tried(base: Document, ours: Document, theirs: Document) -> str:
    """Return the text of a merge, or that it is refused because each side is valid, but not both together."""
    try:
        return weave.merge(base, ours, theirs).document.text
    except FileError as error:
        if "not both together" in str(error):
            return _REFUSED
        raise


def try_commands(chance: random.Random, tables: Table) -> None:
    """Run commands one after the other, and keep a list of what the file must hold."""
    path = Path("recommendations.toml")
    path.write_bytes(written(tables))
    wanted = [identifier(each) for each in rows(tomllib.loads(path.read_text("utf-8")).get("update", []))]
    for number in range(6):
        command = chance.choice(["update", "withdraw", "correct", "undo"])
        before = path.read_bytes()
        given = {
            "update": ["D1", "--note", f"n{number}", "--by", "Ana"],
            "withdraw": [chance.choice(wanted or ["none"]), "--reason", "r", "--by", "Ana"],
            "correct": [chance.choice(wanted or ["none"]), "--reason", "r", "--note", f"c{number}"],
            "undo": [],
        }[command]
        done = CliRunner().invoke(app, [command, *given])
        after = path.read_bytes()
        found = [identifier(each) for each in tomllib.loads(after.decode()).get("update", [])]
        if done.exit_code:
            compare(before, after, tables)
        elif command == "undo":
            wanted.pop()
        else:
            compare(before, after[: len(before)], tables)
            wanted.append(found[-1])
        compare(wanted, found, tables)


def compare(expected: object, found: object, tables: Table) -> None:
    """Raise DisagreementError if two values differ."""
    if expected != found:
        raise DisagreementError(f"{written(tables).decode()}\nexpected {expected}\nfound    {found}")


def main() -> None:
    """Try as many trackers as are asked for."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seed = sys.argv[2] if len(sys.argv) > 2 else "0"
    os.environ |= {"PATHTRACK_TODAY": "2025-02-01", "PATHTRACK_AUTHOR": "Ana"}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for turn in range(number):
            chance = random.Random(f"{seed} {turn}")  # noqa: S311 no secret
            tables = tracker(chance)
            document = Document.read(written(tables), name="")
            try_standings(chance, tables, document)
            try_changes(chance, tables, document)
            try_merge(chance, tables, document)
            if turn % 100 == 0:
                try_commands(chance, tables)
    print(
        f"{number} trackers (standings, changes, merges), {-(-number // 100)} sequences of commands: 0 differ"
    )


if __name__ == "__main__":
    main()
