import csv
import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pathtrack import sheet
from pathtrack.sheet import Shape
from pathtrack.text import safe
from samples import HOSTILE, day, recommendation, seen, source, tracked, update
from statements import for_each

SIGNS = tuple("=+-@＝＋－＠")
FORMULAS = ["=1+1", "+1", "-1", "@x", "\t=1", "\n=1", "＝1", "＋1", "－1", "＠x"]
FORMULAS += ["\u00a0=1", "\u200b=1", "\ufeff=1", " \u2060 @x", "\u3000-1"]


@for_each("text", FORMULAS)
def test_a_cell_is_no_formula_and_comes_back(text: str) -> None:
    assert sheet.cell(text).startswith("'")
    assert sheet.bare(sheet.cell(text)) == safe(text)


@pytest.mark.parametrize("separator", [";", "\t", ",", "|"])
@given(st.lists(st.sampled_from(["x", ";", "\t", "\n", "=", "+1", "-", "@", "＝", " ", '"', "'", ",", "|"])))
@example([*"x;=y"])
@example([*'x;"=y'])
@example([*"x\n =y"])
@example([*"x|=y"])
def test_no_cell_is_a_formula_whatever_separates_cells(separator: str, parts: list[str]) -> None:
    text = io.StringIO()
    csv.writer(text).writerow(["x", sheet.cell("".join(parts)), "y"])
    text.seek(0)
    for row in csv.reader(text, delimiter=separator):
        shown = [cell.lstrip(" " if separator == "," else ' "') for cell in row]
        assert not any(each.startswith(SIGNS) and not re.fullmatch(r"[-+] +x.*", each) for each in shown)


@pytest.mark.parametrize("item", ["- by sea (or air)", "+ by land: 3 of 4", "  - by rail; then by road"])
def test_a_list_stays_as_it_is(item: str) -> None:
    assert sheet.cell(f"By:\n{item}\n{item}") == f"By:\n{item}\n{item}"


@for_each("item", ["- SUM(A1)", "- a|'/C b'!A0", "- 1+41", "-1", "- cmd!A0", "=- a", "+ a b(1)", "@ a"])
def test_an_item_that_calls_something_is_marked(item: str) -> None:
    assert sheet.cell(f"By:\n{item};x") == f"By:\n'{item};x"
    assert sheet.bare(sheet.cell(f"By:\n{item}")) == f"By:\n{item}"


@given(st.text())
@example(HOSTILE)
@example("a;'=1")
def test_any_other_text_comes_back_as_it_is_shown(text: str) -> None:
    if "'" not in text:
        assert sheet.bare(sheet.cell(text)) == safe(text)
    assert sheet.bare(sheet.cell(text)) == sheet.bare(safe(text))


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
    assert (row["recommendations"], row["note"], row["evidence_kind"]) == ("D1; D2", None, "")
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
