"""What a correction changed, and how that is said."""

from dataclasses import fields, replace

from pathtrack.record.corrections import Corrected
from pathtrack.record.dates import partial
from pathtrack.record.model import Update
from pathtrack.show.corrections import changes, correction
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
        ({"status": "partial"}, ["status in-progress → partial"]),
        ({"status": None}, ["status in-progress → none"]),
        ({"date": day("2005-01-04")}, ["date 3 Mar → 4 Jan 2005"]),
        ({"date": day("2004-01-04")}, ["date 3 Mar 2005 → 4 Jan 2004"]),
        ({"date": partial("2005-02")}, ["date 3 Mar 2005 → Feb 2005"]),
        ({"due": partial("2006")}, ["target date none → 2006"]),
        ({"recommendations": ["D2", "D3"]}, ["about D1 → D2, D3"]),
        ({"actors": ["Seoul"]}, ["actors none → Seoul"]),
        ({"by": "Bo"}, ["judged by Ana → Bo"]),
        ({"note": None}, ["note “One two three four five tpyo eight.” → none"]),
        (
            {"note": "One two three four five typo eight."},
            ["note “… two three four five tpyo eight.” → “… two three four five typo eight.”"],
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
    assert told == "note “… 6 7 8 9 ten 11 12 13 14 …” → “… 6 7 8 9 TEN 11 12 13 14 …”"
    (told,) = changed(OLD, note=long)
    assert len(told) < 300


def test_sources_are_compared_one_by_one() -> None:
    one, two, three = (source(f"https://{name}.example") for name in "abc")
    old = replace(OLD, evidence=(one, two))
    moved = replace(two, url="https://moved.example", kind=None, title="Act")
    assert changed(old, evidence=(one, moved, three)) == [
        "source title none → Act",
        "source address https://b.example → https://moved.example",
        "source added: https://c.example",
    ]
    assert changed(old, evidence=(two,)) == ["source removed: https://a.example"]


def test_a_withdrawal_changes_nothing_and_says_why() -> None:
    gone = update("2025-01-24", corrects="0" * 12, reason="It is another.", by="Bo")
    assert correction(Corrected(OLD, gone)) == "withdrawn by Bo: It is another."
