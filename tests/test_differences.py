"""What a correction changed, and how that is said."""

import datetime as dt
from dataclasses import fields, replace

from pathtrack.record.corrections import Corrected
from pathtrack.record.dates import partial
from pathtrack.record.model import Update
from pathtrack.record.status import Status
from pathtrack.show.corrections import changes, details, in_detail, line
from samples import day, source, update, value_of
from statements import for_each

OLD = update("2005-03-03", status="in-progress", note="One two three four five tpyo eight.")
ASIDE = {"recorded", "corrects", "reason", "typed_by"}


def changed(old: Update, **given: object) -> list[str]:
    new = value_of(Update, {**{each.name: getattr(old, each.name) for each in fields(old)}, **given})
    return changes(Corrected(old, new))


@for_each(
    "given, wanted",
    [
        ({"status": "partial"}, ["status from in-progress to partial"]),
        ({"status": None}, ["status removed: in-progress"]),
        ({"date": day("2005-01-04")}, ["date from 3 Mar to 4 Jan 2005"]),
        ({"date": day("2004-01-04")}, ["date from 3 Mar 2005 to 4 Jan 2004"]),
        ({"date": partial("2005-02")}, ["date from 3 Mar 2005 to Feb 2005"]),
        ({"due": partial("2006")}, ["target date added: 2006"]),
        ({"recommendations": ["D2", "D3"]}, ["about D2, D3 instead of D1"]),
        ({"actors": ["Seoul"]}, ["actors added: Seoul"]),
        ({"by": "Bo"}, ["judged by Bo instead of Ana"]),
        ({"note": None}, ["note removed: One two three four five tpyo eight."]),
        (
            {"note": "One two three four five typo eight."},
            ["the note says “… two three four five typo eight.”, not “… two three four five tpyo eight.”"],
        ),
        ({"note": OLD.note and OLD.note.replace(" ", "\n")}, ["the spacing of the note"]),
        ({"evidence": [source(title="Act")]}, ["source added: Act"]),
        ({"recorded": None, "reason": None}, []),
    ],
)
def test_what_changed_is_said_shortly(given: dict[str, object], wanted: list[str]) -> None:
    assert changed(OLD, **given) == wanted


def test_of_a_long_text_only_what_differs_is_shown() -> None:
    long = " ".join(map(str, range(1000)))
    old, new = (replace(OLD, note=long.replace(" 10 ", f" {word} ")) for word in ("ten", "TEN"))
    (told,) = changed(old, note=new.note)
    assert told == "the note says “… 6 7 8 9 TEN 11 12 13 14 …”, not “… 6 7 8 9 ten 11 12 13 14 …”"
    (told,) = changed(OLD, note=long)
    assert len(told) < 300


def test_sources_are_compared_one_by_one() -> None:
    one, two, three = (source(f"https://{name}.example") for name in "abc")
    old = replace(OLD, evidence=(one, two))
    moved = replace(two, url="https://moved.example", kind=None, title="Act")
    assert changed(old, evidence=(one, moved, three)) == [
        "source title added: Act",
        "source address from https://b.example to https://moved.example",
        "source added: https://c.example",
    ]
    assert changed(old, evidence=(two,)) == ["source removed: https://a.example"]


def test_a_withdrawal_changes_nothing_and_says_why() -> None:
    gone = update("2025-01-24", corrects="0" * 12, reason="It is another.", by="Bo")
    assert line(Corrected(OLD, gone)) == "Bo withdrew the update of 3 Mar 2005 about D1: It is another."
    assert details(Corrected(OLD, gone)) == []


@for_each(
    "given, wanted, rest",
    [
        ({"status": "partial"}, "the status of D1, as of 3 Mar 2005, from in-progress to partial", ""),
        (
            {"status": "partial", "by": "Bo"},
            "the status of D1, as of 3 Mar 2005, from in-progress to partial",
            "In detail: judged by Bo instead of Ana.",
        ),
        ({}, "the wording of the update of 3 Mar 2005 about D1", ""),
        (
            {"status": None, "due": day("2005-05-01"), "evidence": [source("https://b.example")]},
            "the status, the target date and the sources of the update of 3 Mar 2005 about D1",
            "In detail: status removed: in-progress; target date added: 1 May 2005; source added: https://b.example.",
        ),
    ],
)
def test_a_correction_is_a_sentence(given: dict[str, object], wanted: str, rest: str) -> None:
    recorded = dt.datetime(2026, 5, 3, 9, tzinfo=dt.UTC)
    kept = {each.name: getattr(OLD, each.name) for each in fields(OLD)}
    new = value_of(Update, {**kept, "recorded": recorded, "reason": "A slip.", "corrects": "0" * 12, **given})
    found = Corrected(OLD, new)
    assert line(found) == f"On 3 May 2026 {new.by} corrected {wanted}: A slip."
    assert in_detail(found) == rest


def test_a_corrected_status_of_one_actor_says_whose_it_was() -> None:
    old = replace(OLD, actors=("Seoul",))
    new = replace(old, status=Status.PARTIAL, corrects="0" * 12, reason="A slip.")
    assert " the status of D1 for Seoul, as of 3 Mar 2005, from " in line(Corrected(old, new))
