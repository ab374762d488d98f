import pytest

from pathtrack.errors import UsageError
from pathtrack.intake import columns
from pathtrack.intake.columns import Preset
from pathtrack.intake.heads import Role
from statements import for_each


@for_each(
    "header, role, column",
    [
        ("Rec. No.,Recommendation", Role.ID, "Rec. No."),
        ("#,Recommendation", Role.ID, "#"),
        ("Recommendation,Status", Role.TITLE, "Recommendation"),
        ("Recommendation,Title", Role.TITLE, "Title"),
        ("Recommendation,Title", Role.SUMMARY, "Recommendation"),
        ("TITLE,PILLAR", Role.AREA, "PILLAR"),
        ("title,lead_department", Role.ACTOR, "lead_department"),
        ("title,Implementation Status", Role.STATUS, "Implementation Status"),
        ("title,Status,status", Role.STATUS, "status"),
        ("title,Progress update", Role.NOTE, "Progress update"),
        ("title,Last-updated", Role.DATE, "Last-updated"),
        ("title,URL", Role.LINK, "URL"),
        ("title,Deadline", Role.DUE, "Deadline"),
        ("title,Publication  Number", Role.REF, "Publication  Number"),
    ],
)
def test_columns_are_guessed_from_their_names(header: str, role: Role, column: str) -> None:
    assert columns.choose(header.split(","), {})[role] == column


def test_no_column_is_guessed_twice() -> None:
    assert columns.choose(["Recommendation"], {}) == {Role.TITLE: "Recommendation"}


def test_the_title_of_the_report_may_be_the_area_too() -> None:
    chosen = columns.choose(["Title", "Report"], {Role.AREA: "Report"})
    assert chosen == {Role.TITLE: "Title", Role.AREA: "Report", Role.REPORT: "Report"}


def test_what_the_user_says_counts_and_no_column_is_used_twice() -> None:
    chosen = columns.choose(
        ["Title", "Status", "Comments"], columns.pairs(["NOTE=title", "title=Comments", "status="])
    )
    assert chosen == {Role.NOTE: "Title", Role.TITLE: "Comments"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["note"], "'note' is not WHAT=COLUMN; give one such as note=Comments, or note= for no column"),
        (["nte=Comments"], "'nte' is not a known column role; did you mean date or note or title?"),
        (["note=Coments"], "the table has no column 'Coments'; did you mean Comments?"),
    ],
)
def test_a_wrong_choice_of_a_column_is_refused(given: list[str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        columns.choose(["Title", "Comments"], columns.pairs(given))
    assert str(caught.value) == message


def test_a_table_without_titles_is_refused_with_its_columns() -> None:
    with pytest.raises(UsageError) as caught:
        columns.choose(["What", "Who"], {})
    todo = "name one with --column title=COLUMN; the columns are 'What', 'Who'"
    assert str(caught.value) == f"no column with titles or ids was found; {todo}"


def test_of_many_columns_the_first_are_named() -> None:
    with pytest.raises(UsageError, match=r"'x19' and 5 more$"):
        columns.choose([f"x{number}" for number in range(25)], {})


def test_gaos_export_must_have_its_columns() -> None:
    with pytest.raises(UsageError, match="the table has no column 'Agency'"):
        columns.choose(["Recommendation", "Status"], {}, Preset.GAO)
