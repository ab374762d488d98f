"""One more area for a report, in a file that people wrote."""

import pytest

from pathtrack.errors import FileError
from pathtrack.file.areas import with_area
from pathtrack.file.document import Document

HEAD = '# ours\n[report]\ntitle = "R"\n'
TAIL = '\n[[recommendation]]\nid = "A"\narea = "a"\ntitle = "T"\n'


@pytest.mark.parametrize(
    ("areas", "expected"),
    [
        ('areas = ["a", "b]"] # shown so\n', 'areas = ["a", "b]", "c d"] # shown so\n'),
        ('areas = [\n  "a", # one\n  "b",\n]\n', 'areas = [\n  "a", # one\n  "b",\n "c d"]\n'),
        ('areas = [\n  "a", # one\n  "b" # two\n]\n', 'areas = [\n  "a", # one\n  "b" # two\n, "c d"]\n'),
        ("", ""),
        ('areas = ["a", "C  D"]\n', 'areas = ["a", "C  D"]\n'),
    ],
)
def test_an_area_more_stands_at_the_end_and_nothing_else_changes(areas: str, expected: str) -> None:
    old = Document.read(f"{HEAD}{areas}{TAIL}".encode(), name="t")
    new = with_area(old, "c d")
    assert new.data.decode() == f"{HEAD}{expected}{TAIL}"
    assert new.tracker.recommendations == old.tracker.recommendations


def test_what_cannot_be_added_to_is_refused() -> None:
    old = Document.read(b'report = {title = "R", areas = ["a"]}\n', name="t")
    with pytest.raises(FileError, match="cannot be added to"):
        with_area(old, "b")
