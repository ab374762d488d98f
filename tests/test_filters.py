"""Which standings a search finds; the other filters are held to a reading by hand in test_view."""

import pytest

from pathtrack.record.filters import Filters
from samples import recommendation, seen, source, tracked, update

MADE = tracked(
    recommendation("D1", title="Train together", ref="Chapter two", summary="Every year. In Seoul"),
    update(note="A bill\nwas read.", evidence=[source(title="The act", publisher="Ministry of Peace")]),
    update(note="Money was voted."),
)


@pytest.mark.parametrize("text", ["train TOGETHER", "bill was", "ministry of peace", "seoul"])
def test_words_of_one_text_are_found(text: str) -> None:
    assert seen(MADE).keep(Filters(texts=[text]).admit).standings


@pytest.mark.parametrize(
    "text", ["together chapter", "read. money", "read. the act", "D1 train", "act ministry"]
)
def test_words_of_two_texts_are_not(text: str) -> None:
    assert not seen(MADE).keep(Filters(texts=[text]).admit).standings
