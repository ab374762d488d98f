"""A row of a form speaks only about what asks whoever fills it in."""

from dataclasses import replace

import pytest

from forms import ASKED, FIRST, RIVERS, TRACKER, Grid, grid, plan, sheet, told
from pathtrack.errors import UsageError
from pathtrack.sheet import form
from pathtrack.sheet.form import Column

HIDDEN = 12


def moved(name: str) -> Grid:
    """Return a form in which F1's row says, openly and hidden, that it is about another."""
    rows = grid({"F1": {Column.ANSWER: "Rejected"}})
    row = rows[FIRST - 1]
    row[0], row[HIDDEN] = name, row[HIDDEN].replace("F1", name)
    return rows


@pytest.mark.parametrize("name", ["W2", "R7", "F1.c", "O1", "w1.1"])
def test_what_asks_somebody_else_is_not_answered(name: str) -> None:
    made = plan(sheet(moved(name)))
    assert made.updates == ()
    (reason,) = told(made)
    assert reason.startswith("A6: '")
    assert f"asks nothing of '{RIVERS}'; not taken: G6 'Rejected'" in reason


def test_a_part_that_names_nobody_asks_whom_its_whole_asks() -> None:
    (made,) = plan(sheet(moved("F1.b"))).updates
    assert (made.by, made.recommendations) == (RIVERS, ("F1.b",))


def test_whoever_is_named_by_updates_alone_is_asked_nothing() -> None:
    nobody = tuple(replace(each, actors=()) for each in TRACKER.recommendations)
    tracker = replace(TRACKER, recommendations=nobody)
    with pytest.raises(UsageError, match="asks nothing of that name"):
        plan(sheet(grid({"F1": {Column.ANSWER: "Rejected"}})), tracker=tracker)


def test_what_a_form_hides_of_whom_it_asks_must_be_what_it_says() -> None:
    rows = grid({"W2": {Column.ANSWER: "Rejected"}})
    rows[FIRST - 2][HIDDEN] = form.Form(ASKED.report, "Coast Agency", ASKED.date).text
    with pytest.raises(UsageError) as refused:
        plan(sheet(rows))
    what = f"A3 says that '{RIVERS}' was asked, not 'Coast Agency'; fill in the form that was sent"
    assert str(refused.value).endswith(what)
