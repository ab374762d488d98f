"""Random trackers as plain tables, and their ids and text, made without pathtrack."""

import datetime as dt
import hashlib
import json
import random
from collections.abc import Iterator

Table = dict[str, object]
DAYS = [dt.date(2025, 1, number) for number in range(1, 10)]
STATUSES = [
    "not-assessed",
    "not-started",
    "in-progress",
    "partial",
    "implemented",
    "stalled",
    "not-implemented",
    "reversed",
]
RESPONSES = ["accepted", "accepted-in-part", "noted", "rejected", "under-consideration"]
SOURCES: list[tuple[str, Table]] = [
    ("a", {"url": "https://a.example/x", "title": "Act"}),
    ("a", {"url": "http://www.a.example/x/#top"}),
    ("a", {"url": "https://A.example/x?utm_source=y", "kind": "law"}),
    ("b", {"url": "https://b.example", "title": "Report"}),
    ("c", {"title": "Letter", "publisher": "Ministry"}),
]
"""Citations, each with the name of its source."""


def tracker(chance: random.Random) -> Table:
    """Return a random tracker."""
    asked: list[Table] = [
        {"id": "D1", "area": "a", "title": "One", "actors": ["Seoul", "Tokyo"], "due": "2025-01"},
        {"id": "D1.a", "part_of": "d1", "title": "A part", "ongoing": True},
        {"id": "D2", "area": "b", "title": "Two", "formerly": ["R1"]},
    ]
    made: Table = {"report": {"title": "T"}, "recommendation": asked[: chance.choice([1, 2, 3])]}
    made["update"] = updates(chance, chance.randrange(10), [])
    return made


def updates(chance: random.Random, number: int, before: list[Table]) -> list[Table]:
    """Return random updates, some of which correct one of `before` or of one another."""
    found: list[Table] = []
    # Nothing is corrected before it was typed in.
    for day in sorted(chance.choices(DAYS, k=number)):
        made: Table = {
            "date": chance.choice([*DAYS, "2025-01", "2024"]),
            "recorded": dt.datetime.combine(day, dt.time(1), zone(chance)),
            "by": chance.choice(["Ana", "ANA ", "Bo"]),
            "recommendations": chance.sample(["D1", "d1", "D1.A", "D2", "r1", "x"], chance.randint(1, 2)),
        }
        earlier = [*before, *found]
        is_correction = earlier and chance.random() < 0.3
        if not (is_correction and chance.random() < 0.3):
            made |= content(chance)
        if is_correction:
            made |= {"corrects": identifier(chance.choice(earlier)), "reason": f"r{chance.random()}"}
        found.append(made)
    return found


def zone(chance: random.Random) -> dt.timezone:
    """Return a typist's offset."""
    return dt.timezone(dt.timedelta(hours=chance.choice([-5, 0, 9])))


def content(chance: random.Random) -> Table:
    """Return what an update says; no two say the same."""
    said: Table = {
        "actors": [chance.choice(["Seoul", "SEOUL", "Tokyo", "Paris"])],
        "status": chance.choice(STATUSES),
        "confidence": "low",
        "response": chance.choice(RESPONSES),
        "due": chance.choice([*DAYS, "2025-01", "2026"]),
        "note": "A note.",
        "evidence": [dict(chance.choice(SOURCES)[1]) for _ in range(chance.randint(1, 2))],
    }
    kept = {
        name: value for name, value in said.items() if chance.random() < (0.6 if name == "status" else 0.3)
    }
    if "status" not in kept:
        kept.pop("confidence", None)
    return kept | {"searched": [f"place {chance.random()}"]}


def identifier(update: Table) -> str:
    """Return the id of an update, from its content alone."""
    plain = {name: plainly(value) for name, value in update.items() if value not in (None, [], "")}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def plainly(value: object) -> object:
    """Return a value as JSON knows it, times in UTC."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, dt.date) else value


def written(tables: Table) -> bytes:
    """Return a tracker as TOML."""
    lines = ["[report]", *pairs(tables["report"])]
    for kind in ("recommendation", "update"):
        for each in rows(tables[kind]):
            lines += [f"[[{kind}]]", *pairs({k: v for k, v in each.items() if k != "evidence"})]
            for source in rows(each.get("evidence", [])):
                lines += ["[[update.evidence]]", *pairs(source)]
    return "\n".join([*lines, ""]).encode()


def pairs(table: object) -> Iterator[str]:
    """Yield the keys and values of a table as lines of TOML."""
    assert isinstance(table, dict)
    for name, value in table.items():
        yield f"{name} = {value.isoformat() if isinstance(value, dt.date) else json.dumps(value)}"


def rows(value: object) -> list[Table]:
    """Return an array of tables, whose type is not known to the type checker."""
    assert isinstance(value, list)
    return value
