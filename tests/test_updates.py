"""Our own table of updates, edited and imported back."""

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest

from conftest import Run
from pathtrack import load, sheet
from pathtrack.export import Rows
from pathtrack.file import toml
from pathtrack.intake.outcome import Plan
from pathtrack.intake.plan import plan as planned
from pathtrack.record.corrections import update_id
from pathtrack.record.dates import partial
from pathtrack.record.model import Tracker, Update
from pathtrack.record.status import Status
from samples import DATA, day, recommendation, source, tracked, update, value_of
from statements import for_each
from test_own import AS_CORRECTED, AS_TYPED, NOW, RECORD, RIGHT, cell, edited, exported, rules

WHY = "The press release was wrong."
UPDATES = exported(RECORD, Rows.UPDATES)
IDS = [update_id(each) for each in RECORD.updates]


def back(
    tracker: Tracker, text: bytes, date: dt.date | None = None, reason: str | None = None, by: str = "Ben"
) -> Plan:
    """Return what our table of updates adds to a tracker."""
    found, how = rules(text, by=by, date=date)
    return planned(found, replace(how, reason=reason) if reason else how, tracker)


def row(**cells: str) -> bytes:
    """Return a row of our table of updates."""
    text = io.StringIO()
    csv.DictWriter(text, sheet.UPDATE).writerow(cells)
    return text.getvalue().encode()


def without(text: bytes, *columns: str) -> bytes:
    """Return a table without some columns."""
    rows = [*csv.DictReader(io.StringIO(text.decode(), newline=""))]
    kept = [each for each in rows[0] if each not in columns]
    written = io.StringIO()
    writer = csv.DictWriter(written, kept, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def of(identifier: str, **cells: str) -> Callable[[dict[str, str]], None]:
    """Return the change of cells of one update."""

    def change(row: dict[str, str]) -> None:
        if row["id"] == identifier:
            row.update(cells)

    return change


def said(made: Plan) -> str:
    return "\n".join(each.reason for each in (*made.refused, *made.remarks, *made.unread))


# ---- a row that is changed ----


def test_a_changed_row_corrects_its_update_in_the_open() -> None:
    text = edited(UPDATES, cell("A; B", status="implemented", evidence_url="https://b.example"))
    made = back(RECORD, text, reason=WHY)
    (added,) = made.updates
    assert added == replace(
        RECORD.updates[-1],
        by="Ben",  # who changes what is judged judges
        recorded=NOW,
        status=Status.IMPLEMENTED,
        evidence=(source("https://b.example"),),
        corrects=IDS[-1],
        reason=WHY,
    )
    assert (len(made.imported), len(made.unchanged)) == (1, 2)
    assert [each.reason for each in made.remarks] == [
        f"status 'partial' → 'implemented' (corrects {IDS[-1]})",
        f"evidence_url none → 'https://b.example' (corrects {IDS[-1]})",
    ]
    grown = replace(RECORD, updates=(*RECORD.updates, added))
    for by in ("Ben", "Kim"):
        again = back(grown, text, reason=WHY, by=by)
        assert (again.updates, again.refused, again.remarks) == ((), (), ())
    assert back(grown, UPDATES).refused == ()


@for_each(
    "cells, wanted",
    [
        ({"date": "2025-02-02"}, {"date": day("2025-02-02"), "typed_by": "Ben"}),
        ({"note": "Later."}, {"note": "Later.", "typed_by": "Ben"}),
        ({"by": "Lee"}, {"by": "Lee", "typed_by": "Ben"}),
        ({"status": "stalled"}, {"status": Status.STALLED, "by": "Ben"}),
        ({"recommendations": "B"}, {"recommendations": ("B",), "by": "Ben"}),
        ({"searched": ""}, {"searched": (), "typed_by": "Ben"}),
        ({"due": "2027"}, {"due": partial("2027"), "typed_by": "Ben"}),
    ],
)
def test_a_changed_cell_is_a_correction_with_a_reason_and_refused_without(
    cells: dict[str, str], wanted: dict[str, object]
) -> None:
    text = edited(UPDATES, of(IDS[2], **cells))
    made = back(RECORD, text)
    assert made.updates == ()
    assert "say why in its cell 'reason' or with --reason TEXT to correct it" in said(made)
    assert next(iter(cells)) in said(made)
    old = {each.name: getattr(RECORD.updates[2], each.name) for each in fields(Update)}
    told = {"recorded": NOW, "corrects": IDS[2], "reason": "A slip."}
    expected = value_of(Update, {**old, **told, **wanted})
    assert back(RECORD, edited(text, of(IDS[2], reason="A slip."))).updates == (expected,)


@for_each(
    "cells, reason",
    [
        ({"date": ""}, "an update needs its 'date'"),
        ({"by": ""}, "an update needs its 'by'"),
        ({"recommendations": ""}, "recommendations"),
        ({"status": "not-assessed"}, "'not-assessed' is not a judgement"),
        ({"corrects": "zzzz"}, "corrects none → 'zzzz': what an update corrects cannot be changed"),
        ({"id": "zzzz", "note": "New."}, "no update has the id 'zzzz'; put it back, or empty it"),
        ({"evidence_url": "javascript:alert(1)"}, "'javascript:alert(1)' is not a safe web address"),
        ({"evidence_url": "https://a.example\nhttps://b.example", "evidence_title": "A"}, "number of lines"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_named(cells: dict[str, str], reason: str) -> None:
    made = back(RECORD, edited(UPDATES, of(IDS[2], **cells)), reason=WHY)
    assert (made.updates, [each.line for each in made.refused]) == ((), [6])
    assert reason in said(made)


@pytest.mark.parametrize(
    ("cells", "remark"),
    [
        ({"recorded": "2025-01-01 12:00+00:00"}, "recorded none → '2025-01-01 12:00+00:00': left alone"),
        ({"reason": "Why not."}, "no other cell was changed: left alone"),
        ({"id": ""}, f"the same as update {IDS[2]}, though its id is empty: left alone"),
        ({"id": "1.23E+11"}, f"the same as update {IDS[2]}, though its id is '1.23E+11': left alone"),
    ],
)
def test_what_is_left_alone_is_named(cells: dict[str, str], remark: str) -> None:
    made = back(RECORD, edited(UPDATES, of(IDS[2], **cells)))
    assert (made.updates, made.refused) == ((), ())
    assert remark in said(made)


def test_the_id_of_another_update_is_refused() -> None:
    made = back(RECORD, edited(UPDATES, of(IDS[1], id=IDS[0])), reason=WHY)
    assert made.updates == ()
    assert f"it says what update {IDS[1]} says" in said(made) or "another row has the id" in said(made)


def test_a_copied_row_with_its_id_is_not_taken_for_the_update() -> None:
    copied = row(id=IDS[0], date="2026-01-01", by="Kim", recommendations="A", note="Copied and changed.")
    made = back(RECORD, UPDATES + copied, reason=WHY)
    assert made.updates == ()
    assert f"another row has the id {IDS[0]}, too" in said(made)


def test_a_changed_row_of_an_update_that_was_corrected_since_is_refused() -> None:
    text = edited(exported(AS_TYPED, Rows.UPDATES), cell("A", note="Done!"))
    made = back(AS_CORRECTED, text, reason=WHY)
    assert made.updates == ()
    (refused,) = made.refused
    assert refused.reason.startswith(
        f"since this export, the update was corrected by {update_id(RIGHT)}; export"
    )


def test_a_corrected_row_keeps_what_was_not_changed() -> None:
    tracker = load(DATA / "parts.toml")
    text = edited(exported(tracker, Rows.UPDATES), cell("F1", note="Another."))
    about = [each for each in tracker.updates if each.recommendations == ("F1",)]
    assert [*back(tracker, text, reason=WHY).updates] == [
        replace(each, note="Another.", typed_by="Ben", recorded=NOW, corrects=update_id(each), reason=WHY)
        for each in about
    ]


def test_sources_stay_what_they_are_where_one_is_added() -> None:
    quote = "One line,\nand another."
    held = tracked(recommendation("A"), update("2025-01-01", "A", evidence=[source(title="T", quote=quote)]))
    cells = {"evidence_url": "https://example.org/a\nhttps://b.example", "evidence_title": "T\n(none)"}
    text = edited(exported(held, Rows.UPDATES), cell("A", **cells, evidence_quote=f"{quote!r}"))
    assert "number of lines" in said(back(held, text, reason=WHY))
    cells["evidence_quote"] = "One line, and another.\n(none)"
    (added,) = back(held, edited(text, cell("A", **cells)), reason=WHY).updates
    assert added.evidence == (source(title="T", quote=quote), source("https://b.example"))


# ---- a row that is new ----


def test_a_new_row_of_updates_has_all_its_sources() -> None:
    text = UPDATES + row(
        by="Kim",
        recommendations="b",
        evidence_title="One\nTwo",
        evidence_url="https://b.example\n(none)",
        evidence_date="2025-02-03\n(none)",
        evidence_kind="news\n(none)",
    )
    made = back(RECORD, text, day("2025-12-01"))
    (added,) = made.updates
    assert (added.date, added.by, added.recommendations) == (day("2025-12-01"), "Kim", ("B",))
    assert added.evidence == (
        source("https://b.example", title="One", date=day("2025-02-03"), kind="news"),
        source(None, title="Two"),
    )
    assert said(made) == "a new update about B"


def test_a_new_row_counts_once_in_whatever_words() -> None:
    rows = row(date="2025-02-03", by="Kim", recommendations="b", status="not-assessed", note="Looked.")
    rows += row(date="2025-02-04", by="Kim", recommendations="A", status="Partial")
    made = back(RECORD, UPDATES + rows * 2)
    assert [(each.status, each.note) for each in made.updates] == [(None, "Looked."), (Status.PARTIAL, None)]
    assert len(made.unchanged) == len(RECORD.updates) + 2


def test_a_new_row_is_by_whom_it_says_or_else_by_who_imports_it() -> None:
    told = {"date": "2025-01-01", "recommendations": "A", "note": "x"}
    made = back(RECORD, UPDATES + row(**told, by="Lee") + row(**told) + row(**told, by="Kim"))
    assert [each.by for each in made.updates] == ["Lee", "Ben", "Kim"]
    grown = replace(RECORD, updates=(*RECORD.updates, *made.updates))
    again = back(grown, UPDATES + row(**told, by="Lee") + row(**told) + row(**told, by="Kim"))
    assert (again.updates, again.refused) == ((), ())


def test_a_new_row_may_correct_an_update_that_counts() -> None:
    told = {"date": "2025-01-01", "by": "Kim", "recommendations": "A", "note": "Better."}
    new = row(**told, corrects=IDS[0][:6], reason="A slip.")
    (added,) = back(RECORD, UPDATES + new).updates
    assert (added.corrects, added.reason, added.typed_by) == (IDS[0], "A slip.", "Ben")
    grown = replace(RECORD, updates=(*RECORD.updates, added))
    assert back(grown, UPDATES + new).updates == ()
    again = UPDATES + row(**{**told, "note": "x"}, corrects=IDS[0])
    assert "was corrected already" in said(back(grown, again))
    assert f"it would correct update {IDS[0]}; say why" in said(back(RECORD, again))


NOTED = {"date": "2025-01-01", "by": "Kim", "recommendations": "A", "note": "x"}


@for_each(
    "cells, reason",
    [
        ({**NOTED, "recommendations": "C"}, "the tracker has no recommendation C"),
        ({**NOTED, "date": ""}, "an update needs a date; give --date DATE"),
        ({**NOTED, "date": "soon"}, "'soon' is not a date"),
        ({**NOTED, "status": "what"}, "'what' is not a status word"),
        ({**NOTED, "note": ""}, "an update needs at least one of"),
        ({**NOTED, "recommendations": ""}, "recommendations"),
        ({**NOTED, "evidence_title": "T", "evidence_kind": "gossip"}, "kind"),
        ({**NOTED, "response": "perhaps"}, "'perhaps' is not an answer that is known"),
        ({**NOTED, "confidence": "high"}, "'confidence' needs a 'status'"),
        ({**NOTED, "status": "partial", "confidence": "sure"}, "'sure' is not a confidence"),
        ({**NOTED, "due": "03/04/2025"}, "could mean two dates"),
        ({**NOTED, "evidence_quote": "words"}, "evidence needs a 'url' or a 'title'"),
        ({**NOTED, "corrects": "zzzz"}, "corrects: no update has the id 'zzzz'"),
        ({**NOTED, "reason": "A slip."}, "a reason is that of a correction"),
        ({**NOTED, "id": "new"}, "no update has the id 'new'"),
    ],
)
def test_a_row_that_is_no_update_is_reported(cells: dict[str, str], reason: str) -> None:
    made = back(RECORD, UPDATES + row(**cells))
    assert made.updates == ()
    assert [reason in each.reason for each in (*made.refused, *made.unread)] == [True]
    assert [each.word for each in made.refused] == ["what" if "what" in cells.values() else ""]


def test_several_updates_of_a_day_keep_their_order_in_a_merge(run: Run) -> None:
    told = {"date": "2025-01-01", "by": "Kim", "recommendations": "A"}
    rows = row(**told, status="partial", note="Morning.") + row(**told, status="implemented", note="Evening.")
    made = back(RECORD, UPDATES + rows + row(**{**told, "recommendations": "B; a"}, note="Night."))
    assert [each.recorded for each in made.updates] == [NOW + dt.timedelta(seconds=each) for each in range(3)]
    text = exported(tracked(recommendation("A")), Rows.UPDATES) + rows
    Path("updates.csv").write_bytes(text)
    Path("recommendations.toml").write_text(toml.block(recommendation("A")) + '[report]\ntitle = "R"\n')
    assert run("import", "updates.csv").code == 0
    assert "edited-twice" not in run("check").out


# ---- what a spreadsheet makes of ids ----

NUMBERED = tracked(
    *(recommendation(each, title=f"T {each}") for each in ("1.1", "1.10", "3-4")),
    *(update("2025-01-01", each, note=f"Of {each}.") for each in ("1.1", "1.10", "3-4")),
)


def test_an_update_is_known_by_its_own_id_whatever_became_of_that_of_its_recommendation() -> None:
    text = exported(NUMBERED, Rows.UPDATES)
    spoilt = text.replace(b",1.10,", b",1.1,").replace(b",3-4,", b",4-Mar,")
    assert spoilt != text
    made = back(NUMBERED, spoilt)
    assert (made.updates, made.refused) == ((), ())
    assert said(made) == "1.1 is 1.10, as a spreadsheet shows it\n4-Mar is 3-4, as a spreadsheet shows it"
    made = back(NUMBERED, edited(spoilt, of(update_id(NUMBERED.updates[1]), note="More.")), reason=WHY)
    assert [(each.recommendations, each.note) for each in made.updates] == [(("1.10",), "More.")]


@pytest.mark.parametrize("seen", ["1.1", "4-Mar"])
def test_a_new_row_whose_id_may_be_anothers_is_refused(seen: str) -> None:
    new = row(date="2025-02-01", by="Ana", recommendations=seen, note="New.")
    made = back(NUMBERED, exported(NUMBERED, Rows.UPDATES) + new)
    assert made.updates == ()
    assert "a spreadsheet may have made it of " in said(made)
    spoilt = exported(NUMBERED, Rows.UPDATES).replace(b",1.10,", b",1.1,")
    assert back(NUMBERED, edited(spoilt, lambda row: row.update(id=""))).updates == ()


# ---- columns that are gone ----


@for_each("gone", [each for each in sheet.UPDATE if not each.startswith("evidence_")])
def test_a_table_without_a_column_adds_nothing_and_is_known_as_ours(gone: str) -> None:
    tracker = load(DATA / "parts.toml")
    text = without(exported(tracker, Rows.UPDATES), gone)
    assert sheet.shape(text.decode().splitlines()[0].split(",")) is sheet.Shape.UPDATES
    made = back(tracker, text, reason=WHY)
    assert (made.recommendations, made.updates, made.refused, made.remarks) == ((), (), (), ())


def test_without_the_ids_of_updates_nothing_is_added() -> None:
    text = without(edited(UPDATES, of(IDS[1], note="Changed.")), "id")
    made = back(RECORD, text, reason=WHY)
    assert made.updates == ()
    assert "without the column 'id', a new update cannot be told from a changed one" in said(made)


def test_what_a_column_that_is_gone_would_say_stays() -> None:
    tracker = load(DATA / "parts.toml")
    changed = edited(exported(tracker, Rows.UPDATES), cell("F1", note="Another."))
    text = without(changed, "by", "date", "status", "evidence_url", "evidence_quote", "recorded")
    whole, part = (back(tracker, each, reason=WHY).updates for each in (changed, text))
    assert whole == part


def test_a_new_row_of_a_table_without_dates_is_of_no_day(run: Run) -> None:
    Path("recommendations.toml").write_text(toml.block(recommendation("A")) + '[report]\ntitle = "R"\n')
    Path("u.csv").write_text("id,recorded,recommendations,note,corrects\n,,A,New.,\n")
    outcome = run("import", "u.csv")
    assert "an update needs a date; give --date DATE" in outcome.err
    assert run("import", "u.csv", "--date", "2025-01-01").code == 0


def test_the_reason_of_a_correction_is_an_option(here: Path, run: Run) -> None:
    run("export", "u.csv", "--rows", "updates")
    path = Path("u.csv")
    path.write_bytes(edited(path.read_bytes(), lambda row: row.update(note="All the same.")))
    number = len(load(here).updates)
    assert "correct it" in run("import", "u.csv").err
    assert len(load(here).updates) == number
    assert run("import", "u.csv", "--reason", "A slip.").code == 0
    assert {each.reason for each in load(here).updates[number:]} == {"A slip."}
    assert "error" not in run("check").out.replace("0 errors", "")
