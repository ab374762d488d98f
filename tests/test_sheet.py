import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pathtrack import sheet
from pathtrack.sheet import Shape
from pathtrack.text import safe
from samples import HOSTILE, day, recommendation, seen, source, tracked, update

FORMULAS = ["=1+1", "+1", "-1", "@x", "\t=1", "\n=1", "＝1", "＋1", "－1", "＠x"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_is_no_formula_and_comes_back(text: str) -> None:
    assert sheet.cell(text).startswith("'")
    assert sheet.bare(sheet.cell(text)) == safe(text)


@given(st.text())
@example(HOSTILE)
def test_any_other_text_comes_back_as_it_is_shown(text: str) -> None:
    if not text.startswith("'"):
        assert sheet.bare(sheet.cell(text)) == safe(text)


@pytest.mark.parametrize(("value", "text"), [(None, ""), (0, "0"), (day("2025-01-24"), "2025-01-24")])
def test_a_value_is_a_cell(value: object, text: str) -> None:
    assert sheet.cell(value) == text


def test_a_row_of_a_recommendation_says_when_and_by_whom_it_stands_so() -> None:
    (standing,) = seen(tracked(recommendation("D1"), update("2025-01-24", "D1")), day("2025-06-01")).standings
    row = dict(zip(sheet.RECOMMENDATION, sheet.recommendation(standing, by="Ana"), strict=True))
    assert (row["id"], row["updates"], row["as_of"], row["by"]) == ("D1", 1, day("2025-06-01"), "Ana")


def test_a_row_of_an_update_has_a_line_for_each_source() -> None:
    row = sheet.update(update("2025-01-24", "D1", "D2", evidence=[source(), source(None, title="A law")]))
    assert tuple(row) == sheet.UPDATE
    assert (row["recommendations"], row["note"], row["evidence_kind"]) == ("D1; D2", "", "")
    assert row["evidence_title"] == "(none)\nA law"
    assert row["evidence_url"] == "https://example.org/a\n(none)"


@pytest.mark.parametrize(
    ("columns", "shape"),
    [
        ([*sheet.RECOMMENDATION, "Mine"], Shape.RECOMMENDATIONS),
        (sheet.UPDATE, Shape.UPDATES),
        (["id", "status", "title"], None),
    ],
)
def test_our_exports_are_known_by_their_columns(columns: list[str], shape: Shape | None) -> None:
    assert sheet.shape(columns) is shape
