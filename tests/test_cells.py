import pytest

from intake import BLANK, read, rules, understood, written
from pathtrack.intake import cells
from pathtrack.intake.columns import DateOrder
from pathtrack.intake.meanings import Vocabulary
from pathtrack.intake.plan import plan
from pathtrack.record.dates import partial
from pathtrack.record.status import Status
from samples import day
from statements import for_each


@for_each(
    "text, order, iso",
    [
        ("2024-12-31", None, "2024-12-31"),
        ("2024-1-2T09:30:00Z", None, "2024-01-02"),
        ("2024-12-31 00:00:00", None, "2024-12-31"),
        ("31 December 2024", None, "2024-12-31"),
        ("31st Dec. 2024", None, "2024-12-31"),
        ("22-Feb-2024", None, "2024-02-22"),
        ("Sep 28, 2026", None, "2026-09-28"),
        ("Sep 28, 2026", "dmy", "2026-09-28"),
        ("28 Sep 2026", "mdy", "2026-09-28"),
        ("2026-09-08", "dmy", "2026-09-08"),
        ("31. 12. 2024", None, "2024-12-31"),
        ("2024/12/31", None, "2024-12-31"),
        ("31/12/2024 00:00:00", None, "2024-12-31"),
        ("September\n28 2026", None, "2026-09-28"),
        ("31/12/2024", "dmy", "2024-12-31"),
        ("31.12.2024", "dmy", "2024-12-31"),
        ("31/12/2024", None, "2024-12-31"),
        ("12/31/2024", None, "2024-12-31"),
        ("15.11.2026", None, "2026-11-15"),
        ("05-05-2026", None, "2026-05-05"),
        ("03/04/2024", "dmy", "2024-04-03"),
        ("03/04/2024", "mdy", "2024-03-04"),
        ("31 décembre 2024", None, "2024-12-31"),
        ("mardi 31 décembre 2024", None, "2024-12-31"),
        ("1 mai 2024", None, "2024-05-01"),
        ("31. Dezember 2024", None, "2024-12-31"),
        ("Dienstag, 31. Dezember 2024", None, "2024-12-31"),
        ("31 de diciembre de 2024", None, "2024-12-31"),
        ("15 juillet 2024", None, "2024-07-15"),
        ("15 juin 2024", None, "2024-06-15"),
        ("2024년 12월 31일", None, "2024-12-31"),
        ("2024. 12. 31.", None, "2024-12-31"),
        ("Tuesday, 31 December 2024", None, "2024-12-31"),
        ("03.04.2024", None, "2024-04-03"),
        ("3. 4. 2024", "mdy", "2024-04-03"),
        ("04.25.2024", None, "2024-04-25"),
        ("03/04/24", "dmy", "2024-04-03"),
        ("Feb 22, 98", "mdy", "1998-02-22"),
    ],
)
def test_dates_are_read(text: str, order: str | None, iso: str) -> None:
    assert cells.date(text, DateOrder(order) if order else None) == day(iso)


@for_each(
    "text, iso",
    [
        *(("2024", "2024"), ("2024-05", "2024-05"), ("May 2024", "2024-05"), ("sept. 2024", "2024-09")),
        *(("May-2024", "2024-05"), ("05/2024", "2024-05"), ("2024. 5.", "2024-05"), ("2024/5", "2024-05")),
        *(
            ("mai 2024", "2024-05"),
            ("août 2024", "2024-08"),
            ("März 2024", "2024-03"),
            ("enero de 2024", "2024-01"),
        ),
        *(("2024년 5월", "2024-05"), ("2024년", "2024")),
    ],
)
def test_a_month_or_a_year_is_a_date(text: str, iso: str) -> None:
    assert cells.date(text) == partial(iso)


@for_each(
    "text, order, words",
    [
        ("03/04/2024", None, "'03/04/2024' could mean two dates; give --date-format dmy or mdy"),
        ("31/13/2024", None, "'31/13/2024' is not a date such as"),
        ("30.02.2024", None, "'30.02.2024' is not a date such as"),
        ("31/12/2024", "mdy", "'31/12/2024' is not a date such as"),
        ("2024-02-30", None, "'2024-02-30' is not a date such as 2024-12-31 or 31 December 2024"),
        ("22-Feb-24", None, "two-digit year; write all four digits, or give --date-format dmy or mdy"),
        ("Feb 22, 24", None, "has a two-digit year"),
        ("03/04/24", None, "has a two-digit year"),
        ("04.25.2024", "dmy", "is not a date"),
        ("2024-13-24", None, "is not a date"),
        ("2024-13", None, "is not a date"),
        ("0000", None, "is not a date"),
        ("Floreal 2024", None, "is not a date"),
        ("30 Floreal 2024", None, "is not a date"),
        ("\u0662\u0660\u0662\u0664-01-01", None, "is not a date"),
        ("0000-01-01", None, "is not a date"),
    ],
)
def test_other_dates_are_refused(text: str, order: str | None, words: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date|could mean two|two-digit") as caught:
        cells.date(text, DateOrder(order) if order else None)
    assert words in str(caught.value)


@for_each(
    "texts, order",
    [
        (["12/06/2026", "12.06.2026", "31.05.2026"], ("dmy", "12.06.2026")),
        (["05/30/2026", "n/a", "6/12/2026"], ("mdy", "05/30/2026")),
        (["12/06/2026", " 30-05-2026\n", "12/31/2026x", "soon"], ("dmy", "30-05-2026")),
        (["12/06/2026", "30.05.2026", "05/30/2026"], None),
        (["12/06/2026", "05/05/2026", "2026-05-30", "30 May 2026", "31.13.2026", "30.05.26"], None),
        (["12.06.2026", "30.05.2026"], None),
        ([], None),
    ],
)
def test_dates_show_the_order_of_those_that_may_be_one_of_two(
    texts: list[str], order: tuple[str, str] | None
) -> None:
    assert cells.shown_order(texts) == order


@pytest.mark.parametrize(
    "above", ["", "status as of today", "status as of Foo 12, 2025", "status as of Feb 30, 2025"]
)
def test_a_day_that_is_not_stated_is_none(above: str) -> None:
    assert cells.date_above([above]) is None


@for_each("text", ["", "-", " – ", "none", "…"])
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
