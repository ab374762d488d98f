import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pathtrack.show.grid import Column, Grid, fitted, wrapped
from pathtrack.show.words import Span
from screens import drawn, rows, squeezed

WORDS = st.text(st.sampled_from("ab c-한글＝é ́  "), max_size=80)


@given(WORDS, st.integers(2, 30))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = list(wrapped(text, width))
    assert squeezed("".join(line for line, _ in lines)) == squeezed(text)
    assert all(cell_len(line) == size <= width for line, size in lines)


def test_lines_break_between_words_where_they_can() -> None:
    assert [line for line, _ in wrapped("one two three", 8)] == ["one two", "three"]
    assert [line for line, _ in wrapped("a 한국어한국어 b", 6)] == ["a", "한국어", "한국어", "b"]


@pytest.mark.parametrize("width", [30, 50, 200])
def test_a_grid_puts_every_cell_under_its_header(width: int) -> None:
    cells = [[(Span("D1"),), (Span("한국어 제목 " * 9), Span("and more", "dim")), (Span("7"),)]]
    columns = [fitted("id", cells, 0, most=9), Column("title"), Column("sources", 0, right=True)]
    screen = drawn(Grid(columns, cells), width=width)
    assert all(cell_len(line) <= width for line in screen.splitlines())
    ((identifier, title, sources),) = rows(screen, "id", "title", "sources")
    assert (identifier, squeezed(title), sources) == ("D1", "한국어제목" * 9 + "andmore", "7")
