"""Nothing that somebody wrote into a form's file is lost without a word."""

from forms import ASKED, FIRST, TRACKER, Grid, grid, plan, sheet, told
from pathtrack.intake import filled
from pathtrack.intake.outcome import Plan
from pathtrack.intake.reader.grid import Hidden
from pathtrack.sheet import guide
from pathtrack.sheet.form import Column
from statements import for_each

BELOW = FIRST + 5
STATUS, WAS = "F1, 'Where it stands, as we see it'", "'partial since 1 Feb 2025'"


def written(rows: Grid, line: int, place: int, text: str) -> Grid:
    while len(rows) < line:
        rows.append([])
    row = rows[line - 1]
    row += [""] * (place + 1 - len(row))
    row[place] = text
    return rows


@for_each(
    "line, place, reason",
    [
        (FIRST, 13, "N6 'A remark.' is not taken: it stands beside the form"),
        (2, 4, "E2 'A remark.' is not taken: it stands above the form"),
        (1, 0, "A1 'A remark.' is not taken: it stands above the form"),
        (BELOW + 1, 13, "N12 'A remark.' is not taken: it stands beside the form"),
        (BELOW, 0, "not taken, since its row asks nothing: A11 'A remark.'"),
        (BELOW + 3, 1, "not taken, since its row asks nothing: B14 'A remark.'"),
        (BELOW, 7, "A11: no recommendation's number; not taken: H11 'A remark.'"),
        (FIRST, 12, "M6 'A remark.' is not taken: it stands beside the form"),
        (
            FIRST,
            2,
            f"{STATUS} (C6) is not taken: 'A remark.' stands where we have {WAS}; this column is ours",
        ),
        (FIRST, 11, "F1: ask 'A remark.', which is not recorded; nothing else is filled in"),
    ],
)
def test_a_remark_outside_the_columns_to_fill_in_is_named(line: int, place: int, reason: str) -> None:
    made = plan(sheet(written(grid({}), line, place, "A remark.")))
    assert told(made) == [reason]
    assert made.updates == ()


def test_a_header_of_a_column_that_somebody_added_is_named_with_its_cells() -> None:
    rows = written(written(grid({}), FIRST - 1, 13, "Remarks"), FIRST, 13, "Late.")
    assert "N6 'Late.' is not taken: 'Remarks' is not a column of the form" in told(plan(sheet(rows)))


def explained() -> list[list[str]]:
    return [
        [str(cell) for cell in line]
        for heading, lines in guide.explanations(TRACKER.report, ASKED.actor)
        for line in [[heading], *lines]
    ]


def test_other_sheets_are_named_but_for_what_we_wrote_there() -> None:
    notes = sheet([[], ["", "See the annex."]], "Notes")
    more = [*explained(), ["", "We disagree with this."]]
    made = plan(sheet(grid({})), notes, sheet(more, guide.NAME))
    assert told(made) == [
        "sheet 'Notes', B2 'See the annex.' is not taken: it is not the form",
        f"sheet 'Read me', B{len(more)} 'We disagree with this.' is not taken: it is not the form",
    ]


def test_very_many_cells_are_counted() -> None:
    made = plan(sheet(grid({})), sheet([["x"]] * 1000, "Data"))
    assert len(told(made)) == 51
    assert told(made)[-1] == "and 950 more cells of sheet 'Data', down to row 1000"


def test_an_untouched_form_says_nothing() -> None:
    assert plan(sheet(grid({})), sheet(explained(), guide.NAME)) == Plan(
        (), (), (), (), tuple(range(FIRST, BELOW)), (), (), ()
    )


def test_a_link_where_none_belongs_is_named() -> None:
    rows = grid({"F1": {Column.ANSWER: "Noted", Column.DONE: "Begun.", Column.EVIDENCE: "Minutes"}})
    links = {f"{place}6": f"https://{place}.example/x" for place in "GHI"} | {
        "L6": "mailto:kim@rivers.example"
    }
    made = plan(sheet(rows, links=links))
    assert told(made)[0] == "F1, 'Your answer' (G6) is not taken: it leads to 'https://G.example/x'"
    assert [(each.title, each.url) for each in made.updates[0].evidence] == [
        ("Minutes", "https://I.example/x"),
        (None, "https://H.example/x"),
    ]


def test_what_is_hidden_in_a_form_is_said_and_taken_but_for_a_hidden_copy() -> None:
    said = {"F1": {Column.DONE: "One."}, "F2": {Column.DONE: "Two."}}
    form_ = sheet(grid(said))._replace(hidden=Hidden(((5, 5),), ((7, 7), (12, 12)), is_filtered=True))
    copy = sheet(grid({"F1": {Column.DONE: "Older."}}), "Copy")._replace(hidden=Hidden(is_whole=True))
    assert filled.read([copy, form_]).notes == (
        "sheet 'Copy' is hidden, and not taken",
        "row 6 is hidden by a filter, and read like the others",
        "column H is hidden, and read like the others",
    )
    assert [each.note for each in plan(copy, form_).updates] == ["One.", "Two."]
    assert [each.note for each in plan(copy).updates] == ["Older."]
    notes = sheet([["x"]], "Old")._replace(hidden=Hidden(is_whole=True))
    assert "hidden sheet 'Old', A1 'x' is not taken: it is not the form" in told(plan(notes, form_))


def test_comments_at_cells_are_named() -> None:
    form_ = sheet(grid({}))._replace(comments={(6, 7): "Please\ncall me.", (8, 6): ""})
    assert told(plan(form_)) == [
        "the comment at H6 'Please call me.' is not read",
        "the comment at G8 is not read",
    ]


def test_cells_of_several_forms_are_named_with_their_sheets() -> None:
    first, second = ({"F1": {Column.ANSWER: "Noted"}}, {"F2": {Column.ANSWER: "Noted"}})
    made = plan(sheet(grid(first), "A"), sheet(grid(second), "B"))
    assert told(made) == [
        "F1, 'Your answer' (A!G6): accepted → noted",
        "F2, 'Your answer' (B!G8): noted, as before",
    ]


def test_a_row_that_says_more_than_a_note_holds_is_refused_alone() -> None:
    said = {"F1": {Column.DONE: "x" * 100_001}, "F2": {Column.DONE: "Two."}}
    made = plan(sheet(grid(said)))
    assert [each.note for each in made.updates] == ["Two."]
    assert told(made)[0].startswith("A6: ")
    assert "; not taken: H6 'xxx" in told(made)[0]
