import pytest

from intake import BLANK, read, rules, understood, written
from pathtrack.intake import cells
from pathtrack.intake.meanings import Vocabulary
from pathtrack.intake.plan import plan
from pathtrack.record.status import Status


@pytest.mark.parametrize("text", ["", "-", " – ", "none", "…"])
def test_some_words_say_nothing(text: str) -> None:
    assert cells.content(text) == ""
    found = read(written(["Id", "Title", "Status", "Note", "Link", "Date"], ["", "One", *[text] * 4]))
    made = plan(found, rules(found), BLANK)
    assert not any(line.startswith("statuses") for line in understood(found, rules(found)))
    assert (len(made.recommendations), made.updates, made.remarks) == (1, (), ())


@pytest.mark.parametrize("text", ["n/a", "N/A", "NA"])
def test_what_does_not_apply_says_nothing_and_is_told(text: str) -> None:
    assert cells.content(text) == ""
    found = read(written(["Id", "Title", "Status", "Note", "Link", "Date"], ["", "One", *[text] * 4]))
    made = plan(found, rules(found), BLANK)
    assert f"statuses: '{text}' is not-assessed" in understood(found, rules(found))
    assert (len(made.recommendations), made.updates, made.remarks) == (1, (), ())


def test_a_word_that_says_nothing_may_be_mapped() -> None:
    assert Vocabulary({"None": Status.NOT_STARTED}).read("none") is Status.NOT_STARTED


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Short\n title", "Short title"),
        ("A title that is kept. " + "And a second sentence that is long. " * 5, "A title that is kept."),
        ("1. Publish " + "contracts " * 20, "1. Publish" + " contracts" * 14 + "…"),
        ("가" * 300, "가" * 159 + "…"),
    ],
)
def test_a_long_text_gives_a_short_title(text: str, title: str) -> None:
    assert cells.headline(text) == title
    assert len(title) <= 160


@pytest.mark.parametrize(
    ("text", "identifier"), [("D2", "D2"), (" 1.1 (a) ", "1.1-a"), ("Rec. 4", "Rec.-4"), ("N° 7", "N-7")]
)
def test_a_sources_own_id_is_kept_as_far_as_it_can_be(text: str, identifier: str) -> None:
    assert cells.slug(text) == identifier


@pytest.mark.parametrize("text", ["권고", "x" * 41])
def test_what_makes_no_id_of_ours_has_none(text: str) -> None:
    assert cells.slug(text) == ""


def test_the_same_name_twice_is_one() -> None:
    assert cells.names("É A; e\u0301  a\nB;;") == ("É A", "B")


def test_what_names_nothing_is_no_id() -> None:
    with pytest.raises(ValueError, match=r"'\(\?\)' cannot be an id"):
        cells.slug("(?)")
