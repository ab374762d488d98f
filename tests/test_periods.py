"""A quarter has one reading, wherever a date is typed; a fiscal year has several."""

from pathlib import Path

import pytest

from conftest import Run
from pathtrack.errors import UsageError
from pathtrack.file import store
from pathtrack.intake import dates
from pathtrack.record import written
from samples import TODAY
from statements import for_each

READ = {
    "2027-03": "Q1 2027|2027 T1|first quarter of 2027",
    "2027-09": "Q3 2027|2027 Q3|2027-Q3|Q3/2027|2027Q3|3Q 2027|3Q2027|third quarter of 2027|by Q3 2027",
    "2027-06": "H1 2027|2027 H1|1H 2027|first half of 2027|1. Halbjahr 2027|S1 2027|end of June 2027",
    "2027-12": "Q4 2027|H2 2027|2027년 하반기|4. Quartal 2027|4e trimestre 2027",
    "2027": "end of 2027|End 2027|by the end of 2027|bis Ende 2027|d'ici fin 2027|by 2027",
}
ASKED = "3Q27|Q3 27|Q5 2027|H3 2027|mid-2027|spring 2027|early 2027|end of 30 June 2027|Q3"
FISCAL = "FY27 Q3|Q3 FY2027|FY 2027|Q3 2026/27|2026/27|2026/2027|fiscal year 2027|Q1 of financial year 2027"


@for_each("text, date", [(text, date) for date, texts in READ.items() for text in texts.split("|")])
def test_quarters_half_years_and_ends_are_read_alike_everywhere(text: str, date: str) -> None:
    assert dates.is_date(text)
    assert str(dates.read(text)) == date
    assert str(written.parse(text, today=TODAY)) == date


@for_each("text", ASKED.split("|"))
def test_what_may_be_several_months_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date such as|two-digit year"):
        dates.read(text)
    with pytest.raises(UsageError, match="is not a da"):
        written.parse(text, today=TODAY)


@pytest.mark.parametrize("text", FISCAL.split("|"))
def test_a_fiscal_year_is_never_a_calendar_year(text: str) -> None:
    with pytest.raises(ValueError, match="is of a fiscal year, which begins in another month for each body"):
        dates.read(text)
    with pytest.raises(UsageError, match="is of a fiscal year"):
        written.parse(text, today=TODAY)


def test_a_quarter_is_due_in_its_last_month_in_tables_and_options(here: Path, run: Run) -> None:
    Path("t.csv").write_text("Title,Deadline\nOne,Q3 2027\nTwo,FY27 Q3\n", encoding="utf-8")
    outcome = run("import", "t.csv", "--file", "new.toml")
    assert "line 3: a cell was left out: 'FY27 Q3' is of a fiscal year" in outcome.err
    made = store.load(Path("new.toml"))
    assert [str(each.due) for each in made.recommendations] == ["2027-09", "None"]
    assert made.recommendations[1].source["Deadline"] == "FY27 Q3"
    assert (
        run("update", store.load(here).recommendations[0].id, "--due", "H1 2027", "--note", "New.").code == 0
    )
    assert str(store.load(here).updates[-1].due) == "2027-06"
