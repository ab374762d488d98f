"""Which standings a search finds, and where; the other filters are held to a reading by hand in test_view."""

import pytest

from conftest import Run
from pathtrack.record.filters import Filters, Found
from pathtrack.record.standings import Standing
from pathtrack.record.view import view
from samples import TODAY, recommendation, seen, source, tracked, update
from statements import for_each

MADE = tracked(
    recommendation("D1", title="Train together", ref="Chapter two", summary="Every year. In Seoul"),
    update(note="A bill\nwas read.", evidence=[source(title="The act", publisher="Ministry of Peace")]),
    update(note="Money was voted."),
)


def standing() -> Standing:
    asked = recommendation("D1", summary="Draw the plans of the harbor.", actors=["Harbor Office"])
    note = "The plan is drawn. " + "It is long. " * 20 + "Its\nharbor is small."
    record = update("2025-01-24", note=note, evidence=[source("https://harbor.example/a", title="A plan")])
    return view(tracked(asked, record), on=TODAY).standings[0]


@for_each(
    "text, found",
    [
        ("d1", [Found("id", "D1")]),
        ("DRAW", [Found("summary", "Draw the plans of the harbor."), "note of 24 Jan 2025"]),
        ("office", [Found("addressee", "Harbor Office")]),
        (
            "its harbor",
            [Found("note of 24 Jan 2025", "…ng. It is long. It is long. It is long. Its harbor is small.")],
        ),
        ("a plan", [Found("source of 24 Jan 2025", "A plan")]),
        ("harbor.example", [Found("source of 24 Jan 2025", "https://harbor.example/a")]),
        ("nothing of it", []),
    ],
)
def test_a_text_is_found_with_what_is_around_it(text: str, found: list[Found | str]) -> None:
    places = list(Filters(texts=[text]).found(standing()))
    shown = zip(places, found, strict=True)
    assert [place.where if isinstance(each, str) else place for place, each in shown] == found


@pytest.mark.usefixtures("here")
def test_a_list_shows_where_it_was_found(run: Run) -> None:
    row = run("list", "--search", "14 metres", "--header").out.splitlines()
    assert row[0].split("\t")[-1] == "found"
    assert row[1].split("\t")[-1] == "test for done: The charts show 14 metres along the whole channel."
    drawn = run("list", "--search", "14 metres", "--color", "always").out
    assert "test for done:" in drawn
    row = run("list", "--search", "bring shore power").out.splitlines()
    assert row[0].endswith("title: Bring shore power to every berth")
    assert "\tfound" not in run("list", "--header").out


@pytest.mark.parametrize("text", ["train TOGETHER", "bill was", "ministry of peace", "seoul"])
def test_words_of_one_text_are_found(text: str) -> None:
    assert seen(MADE).keep(Filters(texts=[text]).admit).standings


@pytest.mark.parametrize(
    "text", ["together chapter", "read. money", "read. the act", "D1 train", "act ministry"]
)
def test_words_of_two_texts_are_not(text: str) -> None:
    assert not seen(MADE).keep(Filters(texts=[text]).admit).standings


def test_of_several_notes_the_newest_is_shown_as_found() -> None:
    notes = [update(f"2025-0{month}-01", note=f"Nine trusts, {month}.") for month in (1, 2)]
    (standing,) = view(tracked(recommendation(), *notes), on=TODAY).standings
    found = [each.excerpt for each in Filters(texts=["nine trusts"]).found(standing)]
    assert found == ["Nine trusts, 2.", "Nine trusts, 1."]
