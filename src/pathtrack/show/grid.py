"""Drawings made to the width of a terminal, tables of ten thousand rows among them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, wraps
from itertools import zip_longest
from typing import TYPE_CHECKING, Concatenate, NamedTuple, ParamSpec

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment

from pathtrack.show.words import Span

if TYPE_CHECKING:
    from rich.style import Style

GAP = 2
"""Blanks between two columns."""
NARROWEST = 8
"""The least width of a column that shares."""

Cell = tuple[Span, ...]
"""Words, each beginning a line of its own."""
Piece = tuple[str, str, int]
"""What a cell has in one line: text, style and width."""
_NOTHING: Piece = ("", "", 0)


_P = ParamSpec("_P")


class _Later:
    """A drawing that is made when the console says how wide it is."""

    def __init__(self, draw: Callable[[int], RenderableType]) -> None:
        self._draw = draw

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> RenderResult:
        yield self._draw(options.max_width)


def at_width(
    draw: Callable[Concatenate[int, _P], RenderableType],
) -> Callable[_P, RenderableType]:
    """Return a drawing without its first argument, the width, which the console supplies."""

    @wraps(draw)
    def later(*args: _P.args, **kwargs: _P.kwargs) -> RenderableType:
        return _Later(lambda width: draw(width, *args, **kwargs))

    return later


class Column(NamedTuple):
    """A column; one without a width shares what the others leave."""

    header: str
    width: int | None = None
    right: bool = False


def fitted(header: str, rows: Iterable[Sequence[Cell]], index: int, *, most: int) -> Column:
    """Return a column as wide as its header and the cells of that index, but no wider than `most`."""
    words = (_size(span.text) for row in rows for span in row[index])
    return Column(header, min(max(words, default=0), most))


class Grid:
    """A table that is drawn row by row; it is fast because cells are only measured to wrap them."""

    def __init__(self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
        """Store the columns, and the cells of each row in their order."""
        self._columns = columns
        self._rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Yield the headers and the rows; lines are as wide as they need to be."""
        widths = self._widths(options.max_width)
        # rich would read the words of a style for every cell.
        style_of = cache(lambda name: console.get_style(name, default=""))
        header = [(Span(each.header, "bold"),) for each in self._columns]
        for row in (header, *self._rows):
            cells = [_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
            for pieces in zip_longest(*cells, fillvalue=_NOTHING):
                yield from self._line(pieces, widths, style_of)
                yield Segment.line()

    def _line(
        self, pieces: Sequence[Piece], widths: Sequence[int], style_of: "Callable[[str], Style]"
    ) -> Iterator[Segment]:
        """Yield a line of a row; blanks wait until a text follows them, so that no line ends with any."""
        blanks = 0
        for column, width, (text, style, size) in zip(self._columns, widths, pieces, strict=True):
            left = width - size if column.right else 0
            if text:
                yield Segment(" " * (blanks + left))
                yield Segment(text, style_of(style))
                blanks = width - size - left + GAP
            else:
                blanks += width + GAP

    def _widths(self, room: int) -> list[int]:
        fixed = [max(each.width, len(each.header)) if each.width is not None else 0 for each in self._columns]
        left = room - sum(fixed) - GAP * (len(fixed) - 1)
        share = max(left // max(fixed.count(0), 1), NARROWEST)
        return [each or share for each in fixed]


def _wrapped(cell: Cell, width: int) -> list[Piece]:
    """Return the lines of a cell."""
    return [
        (line, span.style, size) for span in cell if span.text for line, size in wrapped(span.text, width)
    ]


def wrapped(text: str, width: int) -> Iterator[tuple[str, int]]:
    """Yield a text in lines with their widths, broken between words, or within words wider than a line."""
    size = _size(text)
    if size <= width:
        yield text, size
        return
    line, used = "", -1
    for word in text.split():
        size = _size(word)
        if used >= 0 and used + 1 + size <= width:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if used >= 0:
            yield line, used
        *full, line = chop_cells(word, width) if size > width else [word]
        yield from ((each, _size(each)) for each in full)
        used = _size(line)
    yield line, used


def _size(text: str) -> int:
    return len(text) if text.isascii() else cell_len(text)
