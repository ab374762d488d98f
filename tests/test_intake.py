import codecs
import csv
import datetime as dt
import io
import shlex
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pathtrack.errors import FileError, PathtrackError, UsageError
from pathtrack.file import toml
from pathtrack.file.document import Document
from pathtrack.intake import cells, columns, table
from pathtrack.intake import report as telling
from pathtrack.intake.cells import Vocabulary
from pathtrack.intake.columns import DateOrder, Preset, Role
from pathtrack.intake.identifiers import Identifiers
from pathtrack.intake.plan import plan
from pathtrack.intake.rows import Rules
from pathtrack.intake.settling import Plan
from pathtrack.intake.table import Table
from pathtrack.record import crosswalk
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.model import Tracker
from pathtrack.record.status import Status
from samples import DATA, SMALL, TODAY, TRICKY, day, recommendation, source, tracked, update

NOW = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)
BLANK = tracked()
SMALL_TRACKER = Document.read(SMALL, name="tracker.toml").tracker


def written(*rows: Sequence[str], delimiter: str = ",") -> bytes:
    """Return rows as a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def read(data: bytes) -> Table:
    return table.read(data, columns.is_known, name="t.csv")


def rules(found: Table, preset: Preset | None = None) -> Rules:
    """Return rules that guess the columns."""
    return Rules(
        columns=columns.choose(found.columns, {}, preset),
        words=Vocabulary(crosswalk.known(Scheme.GAO)),
        by="Ana",
        recorded=NOW,
        area="harbor",
        date=day("2025-06-01"),
        preset=preset,
    )


def planned(*rows: Sequence[str], tracker: Tracker = BLANK) -> Plan:
    found = read(written(*rows))
    return plan(found, rules(found), tracker)


def grown(tracker: Tracker, made: Plan) -> Tracker:
    """Return the tracker with what the plan adds, written and read again."""
    report = Document.read(toml.block(tracker.report).encode(), name="f")
    old = report.with_more(recommendations=tracker.recommendations, updates=tracker.updates)
    new = old.with_more(recommendations=made.recommendations, updates=made.updates)
    return Document.read(new.data, name="f").tracker


def fates(made: Plan) -> list[int]:
    """Return the line of each row, once for each thing that became of it."""
    refused = {each.line for each in made.refused}
    return sorted(chain(made.taken, made.unchanged, made.empty, refused))


# ---- reading the table ----

TEXT = "Title,Status\nÉtude – 한국,Open\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.replace("한국", "€").encode("cp1252"), "Windows-1252"),
    ],
    ids=["UTF-8", "byte order mark", "UTF-16 LE", "UTF-16 BE", "cp1252"],
)
def test_the_encoding_is_found_and_said(data: bytes, encoding: str) -> None:
    found = read(data)
    assert found.encoding == encoding
    assert found.columns == ("Title", "Status")
    assert found.rows[0].cells in [("Étude – 한국", "Open"), ("Étude – €", "Open")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"Title\n\x81\x8d\n", "neither UTF-8 nor Windows-1252 text (t.csv); save it as CSV (UTF-8)"),
        (codecs.BOM_UTF16_LE + b"a", "neither UTF-8 nor Windows-1252 text (t.csv); save it as CSV (UTF-8)"),
        (b"PK\x03\x04...", "a spreadsheet, not CSV (t.csv); save it as CSV (UTF-8) first"),
        (b" " * (table.LIMIT + 1), "larger than 64 MB (t.csv); split the table in two"),
    ],
    ids=["binary", "half a character", "spreadsheet", "large"],
)
def test_what_is_no_csv_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(FileError) as caught:
        read(data)
    assert str(caught.value) == message


@pytest.mark.parametrize("data", [b"", b"\n\n", b",,\n , \n", codecs.BOM_UTF8])
def test_an_empty_table_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match="the table is empty"):
        read(data)


@pytest.mark.parametrize(("delimiter", "name"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs")])
def test_the_separator_is_found_and_said(delimiter: str, name: str) -> None:
    rows = [["Title", "Status"], ["One, two; three", "Open"], ["Four, five, six", "Open"]]
    found = read(written(*rows, delimiter=delimiter))
    assert found.separator == name
    assert [list(row.cells) for row in found.rows] == rows[1:]


def test_known_column_names_outweigh_a_row_full_of_commas() -> None:
    found = read(b"Title;Id;Status\nOne, two, three, four, five, six;1;Open\n")
    assert (found.columns, found.separator) == (("Title", "Id", "Status"), "semicolons")


def test_a_table_of_one_column_has_commas() -> None:
    assert [row.cells for row in read(b"Title\nOne\nTwo\n").rows] == [("One",), ("Two",)]


def test_quoted_newlines_stay_and_lines_are_those_of_the_file() -> None:
    found = read(b'Title,Note\r\n"One\r\nand more","a ""b"""\r\n\r\nTwo,\rThree,c\n')
    assert [(row.line, row.cells) for row in found.rows] == [
        (2, ("One\nand more", 'a "b"')),
        (4, ()),
        (5, ("Two",)),
        (6, ("Three", "c")),
    ]


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_a_quotation_mark_that_nothing_closes_is_told(end: str) -> None:
    found = read(f'Title,Note\nOne,a\nTwo,"b\nThree,c\nFour,d{end}'.encode())
    assert found.unclosed == 3
    assert [row.line for row in found.rows] == [2, 3]
    made = plan(found, rules(found), BLANK)
    assert made.taken == [2]
    assert [each.line for each in made.refused] == [3]
    assert "never closed" in made.refused[0].reason


def test_a_cell_may_be_longer_than_the_csv_module_likes() -> None:
    assert len(read(b"Title,Note\nOne," + b"n" * 200_000).rows[0].cells[1]) == 200_000


GAO_ABOVE = b'"Title: Results",,\r\n"Source: GAO, status as of Sep 28, 2025 at 7:05 PM EST" ,,\r\n,,\r\n'


def test_what_stands_above_the_header_is_kept_apart() -> None:
    found = read(GAO_ABOVE + b"Agency,Recommendation,Status\nA,B,Open\n")
    assert found.columns == ("Agency", "Recommendation", "Status")
    assert [row.line for row in found.above] == [1, 2]
    assert [row.line for row in found.rows] == [5]
    assert cells.date_above(cell for row in found.above for cell in row.cells) == day("2025-09-28")


@pytest.mark.parametrize(
    "above", ["", "status as of today", "status as of Foo 12, 2025", "status as of Feb 30, 2025"]
)
def test_a_day_that_is_not_stated_is_none(above: str) -> None:
    assert cells.date_above([above]) is None


def test_a_first_row_of_unknown_names_is_the_header() -> None:
    found = read(b"What,Who\nStatus,x\n")
    assert found.columns == ("What", "Who")
    assert found.above == ()


def test_columns_are_told_apart_and_named() -> None:
    found = read(b"Title,Note,, Note ,\nOne,a,b,c,\nTwo,,,,d\n")
    assert found.columns == ("Title", "Note", "column 3", "Note (2)")
    assert found.fields(found.rows[0]) == {"Title": "One", "Note": "a", "column 3": "b", "Note (2)": "c"}
    made = plan(found, rules(found), BLANK)
    assert [each.reason for each in made.refused] == ["5 cells, but the header names 4 columns"]


def test_a_byte_order_mark_within_a_name_is_no_part_of_it() -> None:
    found = read("Title,\ufeffPrincipali evidenze,\ufeffNote\nOne,a,b\n".encode())
    assert found.columns == ("Title", "Principali evidenze", "Note")
    assert columns.is_known("\ufeffPrincipali evidenze", ["Principali evidenze"])
    assert planned(["\ufeffTitle"], ["One"]).recommendations[0].source == {"Title": "One"}


@given(st.binary(max_size=200))
@example(codecs.BOM_UTF16_LE + b"\x00\xd8")
@example(b'"')
@example(b"\x00")
def test_any_bytes_are_a_table_or_refused_in_words(data: bytes) -> None:
    try:
        found = read(data)
        made = plan(found, rules(found), BLANK)
    except PathtrackError:
        return
    assert fates(made) == [row.line for row in found.rows]


# ---- which column gives what ----


@pytest.mark.parametrize(
    ("header", "role", "column"),
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


def test_what_the_user_says_counts_and_no_column_is_used_twice() -> None:
    chosen = columns.choose(
        ["Title", "Status", "Comments"], columns.pairs(["NOTE=title", "title=Comments", "status="])
    )
    assert chosen == {Role.NOTE: "Title", Role.TITLE: "Comments"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["note"], "'note' names no column; give one such as note=Comments, or note= for none"),
        (["nte=Comments"], "'nte' is no thing that a column can give; did you mean date or note or title?"),
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
    todo = "name one with --column title=COLUMN; there are 'What', 'Who'"
    assert str(caught.value) == f"no column gives a title or an id; {todo}"


def test_gaos_export_must_have_its_columns() -> None:
    with pytest.raises(UsageError, match="the table has no column 'Agency'"):
        columns.choose(["Recommendation", "Status"], {}, Preset.GAO)


# ---- what cells say ----


@pytest.mark.parametrize(
    ("text", "order", "iso"),
    [
        ("2024-12-31", None, "2024-12-31"),
        ("2024-1-2T09:30:00Z", None, "2024-01-02"),
        ("2024-12-31 00:00:00", None, "2024-12-31"),
        ("31 December 2024", None, "2024-12-31"),
        ("31st Dec. 2024", None, "2024-12-31"),
        ("22-Feb-2024", None, "2024-02-22"),
        ("Sep 28, 2026", None, "2026-09-28"),
        ("September\n28 2026", None, "2026-09-28"),
        ("31/12/2024", "dmy", "2024-12-31"),
        ("31.12.2024", "dmy", "2024-12-31"),
        ("31/12/2024", None, "2024-12-31"),
        ("12/31/2024", None, "2024-12-31"),
        ("15.11.2026", None, "2026-11-15"),
        ("05-05-2026", None, "2026-05-05"),
        ("03/04/2024", "dmy", "2024-04-03"),
        ("03/04/2024", "mdy", "2024-03-04"),
    ],
)
def test_dates_are_read(text: str, order: str | None, iso: str) -> None:
    assert cells.date(text, DateOrder(order) if order else None) == day(iso)


@pytest.mark.parametrize(
    ("text", "order", "words"),
    [
        ("03/04/2024", None, "'03/04/2024' may be one of two dates; give --date-format dmy or mdy"),
        ("31/13/2024", None, "'31/13/2024' is not a date such as"),
        ("30.02.2024", None, "'30.02.2024' is not a date such as"),
        ("31/12/2024", "mdy", "'31/12/2024' is not a date such as"),
        ("2024-02-30", None, "'2024-02-30' is not a date such as 2024-12-31 or 31 December 2024"),
        ("22-Feb-24", None, "'22-Feb-24' has two digits for a year; write all four"),
        ("Feb 22, 24", "mdy", "has two digits for a year"),
        ("03/04/24", "dmy", "has two digits for a year"),
        ("2024", None, "is not a date"),
        ("2024-13-24", None, "is not a date"),
        ("May 2024", None, "is not a date"),
        ("30 Floreal 2024", None, "is not a date"),
        ("\u0662\u0660\u0662\u0664-01-01", None, "is not a date"),
        ("0000-01-01", None, "is not a date"),
    ],
)
def test_other_dates_are_refused(text: str, order: str | None, words: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date|may be one of two|two digits") as caught:
        cells.date(text, DateOrder(order) if order else None)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["12.06.2026", "30.05.2026", "31.05.2026"], ("dmy", "30.05.2026")),
        (["05/30/2026", "n/a", "6/12/2026"], ("mdy", "05/30/2026")),
        (["12.06.2026", " 30-05-2026\n", "12/31/2026x", "soon"], ("dmy", "30-05-2026")),
        (["12.06.2026", "30.05.2026", "05/30/2026"], None),
        (["12.06.2026", "05.05.2026", "2026-05-30", "30 May 2026", "31.13.2026", "30.05.26"], None),
        (["05.05.2026", "30.05.2026"], None),
        ([], None),
    ],
)
def test_dates_show_the_order_of_those_that_may_be_one_of_two(
    texts: list[str], order: tuple[str, str] | None
) -> None:
    assert cells.shown_order(texts) == order


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("https://a.example", [source("https://a.example")]),
        ("Budget 2024 https://a.example", [source("https://a.example", title="Budget 2024")]),
        ("https://a.example; https://b.example", [source("https://a.example"), source("https://b.example")]),
        ("https://a.example,https://b.example", [source("https://a.example"), source("https://b.example")]),
        ("<https://a.example>\nA letter", [source("https://a.example"), source(None, title="A letter")]),
        ("https://a.example https://b.example", [source("https://a.example"), source("https://b.example")]),
        ("https://a.example/x;y?z=1,2", [source("https://a.example/x;y?z=1,2")]),
        ("https://a.example\nhttps://a.example", [source("https://a.example")]),
    ],
)
def test_links_are_sources(text: str, found: list[object]) -> None:
    assert list(cells.links(text)) == found


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "ftp://a.example", "https://user@a.example", "A law (file:///etc/passwd"]
)
def test_an_unsafe_address_refuses_the_row(text: str) -> None:
    made = planned(["Title", "Link"], ["One", "https://a.example"], ["Two", text])
    assert made.taken == [2]
    assert "is no address to send readers to" in made.refused[0].reason


@pytest.mark.parametrize("text", ["", "-", " – ", "n/a", "N/A", "none", "…", "NA"])
def test_some_words_say_nothing(text: str) -> None:
    assert cells.content(text) == ""
    found = read(written(["Id", "Title", "Status", "Note", "Link", "Date"], ["", "One", *[text] * 4]))
    made = plan(found, rules(found), BLANK)
    assert not any(line.startswith("statuses") for line in telling.understood(found, rules(found), name="t"))
    assert (len(made.recommendations), made.updates, made.remarks) == (1, [], [])


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


def test_a_text_that_is_no_title_is_kept_whole_as_the_summary() -> None:
    text = "Publish every contract that is signed. " + "Do it soon, and for all berths. " * 6
    (made,) = planned(["Recommendation"], [text]).recommendations
    assert made.title == "Publish every contract that is signed."
    assert made.summary == text.strip()
    assert made.source == {"Recommendation": text}


@pytest.mark.parametrize(
    ("text", "identifier"), [("D2", "D2"), (" 1.1 (a) ", "1.1-a"), ("Rec. 4", "Rec.-4"), ("N° 7", "N-7")]
)
def test_a_sources_own_id_is_kept_as_far_as_it_can_be(text: str, identifier: str) -> None:
    assert cells.slug(text) == identifier


@pytest.mark.parametrize("text", ["권고", "x" * 41, "(?)"])
def test_what_makes_no_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="makes no id"):
        cells.slug(text)


# ---- ids where the source has none ----


def test_ids_are_the_first_letters_of_the_area_and_a_number() -> None:
    made = planned(
        ["Title", "Area"], ["One", "defense"], ["Two", "open data"], ["Three", "Defense"], ["Four", "교육"]
    )
    assert [(each.id, each.area) for each in made.recommendations] == [
        ("D1", "defense"),
        ("OD1", "open data"),
        ("D2", "defense"),
        ("R1", "교육"),
    ]


def test_ids_are_numbered_where_no_column_gives_an_area() -> None:
    assert [each.id for each in planned(["Title"], ["One"], ["Two"]).recommendations] == ["R1", "R2"]


def test_no_id_is_given_twice() -> None:
    tracker = tracked(recommendation("r1"), recommendation("R3"))
    made = planned(["Id", "Title"], ["", "One"], ["R2", "Two"], ["", "Three"], tracker=tracker)
    assert [each.id for each in made.recommendations] == ["R4", "R2", "R5"]


@pytest.mark.parametrize(
    ("number", "text", "identifier"),
    [
        ("GAO-25-1", "Do it. (Recommendation 4)", "GAO-25-1-4"),
        ("GAO-25-1", "Do it. [Recommendation 12.]", "GAO-25-1-12"),
        ("GAO-25-1", "Do it. (recommendations 5)", "GAO-25-1-5"),
        ("GAO-25-1", "Do it. (Recommendation 9", "GAO-25-1-9"),
        ("GAO-25-1", "Do it. (Recommendation 19-01)", "GAO-25-1-19-01"),
        ("GAO-25-1", "Do it. (Matter for Congressional Consideration 2)", "GAO-25-1-M2"),
        ("GAO-25-1", "Do it (Recommendation 2) at once.", "GAO-25-1-1"),
        ("GAO-25-1", "Do it.", "GAO-25-1-1"),
        ("No. 7 of 2025", "Do it. (Recommendation 4)", "R1"),
        ("G" * 35, "Do it. (Recommendation 4)", "R1"),
    ],
)
def test_a_publication_and_its_number_make_an_id(number: str, text: str, identifier: str) -> None:
    assert Identifiers([]).of_publication(number, text) == identifier


def test_a_stated_number_that_is_taken_gives_the_next_free_one() -> None:
    identifiers = Identifiers(["gao-25-1-1"])
    text = "Do it. (Recommendation 1)"
    assert [identifiers.of_publication("GAO-25-1", text) for _ in range(2)] == ["GAO-25-1-2", "GAO-25-1-3"]


# ---- what a table adds ----

HEAD = ["Id", "Area", "Title", "Agency", "Status", "Note", "Link", "Date", "Due", "Ongoing", "Extra"]
FULL = ["A1", "water", "Dredge", "Port; City", "Stalled", "No money.", "https://a.example", "2025-01-24"]


def test_a_row_makes_a_recommendation_and_an_update() -> None:
    made = planned(HEAD, [*FULL, "31 Dec 2027", "yes", "kept "])
    assert made.recommendations == [
        recommendation(
            "A1",
            area="water",
            title="Dredge",
            actors=["Port", "City"],
            due=day("2027-12-31"),
            ongoing=True,
            source={
                **dict(zip(HEAD, [*FULL, "31 Dec 2027", "yes", "kept "], strict=True)),
                "taken for stalled": "Stalled",
            },
        )
    ]
    assert made.updates == [
        update(
            "2025-01-24",
            "A1",
            recorded=NOW,
            status="stalled",
            note="No money.",
            evidence=[source("https://a.example")],
        )
    ]
    assert (made.taken, made.refused, made.remarks) == ([2], [], [])


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("Id", "?", "'?' makes no id; ids are at most 40 letters, digits, '.', '_', '-'"),
        ("Status", "Stuck", "'Stuck' is no status word"),
        ("Status", "Completed", "'Completed' is no status word"),
        ("Date", "soon", "'soon' is not a date such as"),
        ("Due", "soon", "'soon' is not a date such as"),
        ("Date", "03/04/2025", "may be one of two dates; give --date-format dmy or mdy"),
        ("Ongoing", "perhaps", "'perhaps' is neither yes nor no"),
        ("Link", "javascript:x", "'javascript:x' is no address to send readers to"),
        ("Link", "t" * 2001, "'title' is longer than 2000 characters; shorten it"),
        ("Note", "n" * 100_001, "'note' is longer than 100000 characters; shorten it"),
        ("Agency", "a" * 2001, "is longer than 2000 characters; shorten it"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_and_the_others_are_taken(
    column: str, cell: str, reason: str
) -> None:
    row = [*FULL, "", "", ""]
    row[HEAD.index(column)] = cell
    made = planned(HEAD, row, ["B1", *FULL[1:]])
    assert [each.id for each in made.recommendations] == ["B1"]
    assert made.taken == [3]
    assert [each.line for each in made.refused] == [2]
    assert reason in made.refused[0].reason


def test_all_that_is_wrong_with_a_table_is_told_at_once() -> None:
    found = read(
        b"Id,Title,Area,Status,Date,Due,Ongoing,Link\n"
        b"A,One,,what,soon,later,perhaps,ftp://a.example\n"
        b"B,,,what,2025-01-01,,,\n"
        b"?,Three,air,partial,,,,\n"
        b"W1,,,what,,,,\n"
        b"C,Four,air,,03/04/2025,,,\n"
        b"D,Five,,partial,,,,\n"
        b"W2,Six,water,,,,,\n"
        b"W2,,,what,,,,\n"
    )
    tracker = replace(SMALL_TRACKER, report=replace(SMALL_TRACKER.report, areas=("water", "energy")))
    made = plan(found, replace(rules(found), area=None), tracker)
    reasons = [(each.line, each.reason.split(";")[0].split(" such as")[0]) for each in made.refused]
    assert reasons == [
        (2, "'soon' is not a date"),
        (2, "'what' is no status word"),
        (2, "'ftp://a.example' is no address to send readers to"),
        (2, "'perhaps' is neither yes nor no"),
        (2, "'later' is not a date"),
        (2, "no area, which a new recommendation needs"),
        (3, "'what' is no status word"),
        (3, "no title, and the tracker has no recommendation B"),
        (4, "'?' makes no id"),
        (4, "'air' is none of the report's areas"),
        (5, "'what' is no status word"),
        (6, "'03/04/2025' may be one of two dates"),
        (6, "'air' is none of the report's areas"),
        (7, "no area, which a new recommendation needs"),
        (9, "'what' is no status word"),
    ]
    assert (made.taken, made.not_taken) == ([8], 7)
    assert telling.counted(made) == (
        "1 recommendation and 0 updates from 8 rows: 1 taken, 0 unchanged, 7 not taken, 0 empty"
    )


def test_each_row_has_one_fate() -> None:
    made = planned(
        ["Id", "Title", "Status"],
        ["A", "One", "partial"],
        ["", "", ""],
        ["A", "One", "partial"],
        ["a", "Another", "partial"],
        ["B", "", "partial"],
        ["C", "Three", "what"],
        ["", "", "partial"],
        ["D", "Four", "", "too many"],
    )
    assert (made.taken, made.empty, made.unchanged) == ([2], [3], [])
    assert [(each.line, each.reason.split(";")[0]) for each in made.refused] == [
        (4, "the same as line 2"),
        (5, "the id is that of line 2, which has another title"),
        (6, "no title"),
        (7, "'what' is no status word"),
        (8, "no title, no text and no id"),
        (9, "4 cells, but the header names 3 columns"),
    ]
    assert fates(made) == list(range(2, 10))


def test_a_row_without_an_area_is_refused_where_none_is_given() -> None:
    found = read(b"Title,Area\nOne,\nTwo,water\n")
    made = plan(found, replace(rules(found), area=None), BLANK)
    assert made.taken == [3]
    reason = "no area, which a new recommendation needs; give --default-area AREA or --column area=COLUMN"
    assert made.refused == [(2, reason)]


@pytest.mark.parametrize(
    ("topic", "default", "area"),
    [("Health", "Other", "Health"), ("", "Other", "Other"), ("", None, "Care & Cure")],
)
def test_a_row_of_gao_without_a_topic_has_the_default_or_its_publication_for_an_area(
    topic: str, default: str | None, area: str
) -> None:
    header = ["Publication Name", "Publication Number", "Agency", "Recommendation", "Status", "Topics"]
    found = read(written(header, ["Care &amp; Cure", "GAO-25-1", "NIH", "Do it.", "Open", topic]))
    made = plan(found, replace(rules(found, Preset.GAO), area=default), BLANK)
    assert [each.area for each in made.recommendations] == [area]


def test_rows_about_known_recommendations_need_no_area() -> None:
    found = read(b"Id,Status\nW1,partial\n")
    chosen = replace(rules(found), area=None)
    made = plan(found, chosen, SMALL_TRACKER)
    assert (made.taken, made.refused) == ([2], [])
    assert "area" not in " ".join([*telling.understood(found, chosen, name="t"), *telling.listed(made)])


def test_a_row_without_a_title_must_be_about_a_recommendation_of_the_tracker() -> None:
    made = planned(["Id", "Note"], ["w1", "a"], ["B", "b"], tracker=SMALL_TRACKER)
    assert made.taken == [2]
    assert made.refused == [(3, "no title, and the tracker has no recommendation B")]


def test_an_area_outside_the_reports_areas_is_refused_and_another_case_is_not_another_area() -> None:
    made = planned(
        ["Title", "Area"], ["One", "WATER"], ["Two", "watr"], ["Three", "energy"], tracker=SMALL_TRACKER
    )
    assert [each.area for each in made.recommendations] == ["water", "energy"]
    assert made.refused == [(3, "'watr' is none of the report's areas; did you mean water?")]


def test_without_a_date_there_is_no_update_and_that_is_said() -> None:
    found = read(b"Title,Status,Date\nOne,partial,\nTwo,,\nThree,partial,2025-01-24\n")
    made = plan(found, replace(rules(found), date=None), BLANK)
    assert len(made.recommendations) == 3
    assert [each.recommendations for each in made.updates] == [("R3",)]
    assert [each.line for each in made.remarks] == [2]
    assert "without a date" in made.remarks[0].reason


def test_open_is_no_status() -> None:
    made = planned(["Title", "Status", "Note"], ["One", "Open", "Agreed."], ["Two", "Open", ""])
    assert made.updates == [update("2025-06-01", "R1", recorded=NOW, note="Agreed.")]
    assert made.recommendations[1].source["Status"] == "Open"


# ---- words of earlier imports ----


@pytest.mark.parametrize(
    ("sources", "meanings"),
    [
        ([{"Status": "On hold", "taken for stalled": "On hold"}], {"on hold": "stalled"}),
        ([{"taken for stalled": "On-Hold "}, {"taken for stalled": "on hold"}], {"on hold": "stalled"}),
        ([{"taken for stalled": "On hold"}, {"taken for partial": "On hold"}], {}),
        ([{"taken for stalled": "On hold"}, {"taken for not-assessed": "on hold"}], {}),
        ([{"taken for not-assessed": "On hold"}], {}),
        ([{"Status": "partial; Open", "taken for partial": "Open"}], {}),
        ([{"Status": "Late; Slow", "taken for stalled": "Late; Slow"}], {"late slow": "stalled"}),
        ([{"Status": "On hold", "taken for stalled": ""}, {}], {}),
    ],
)
def test_a_word_that_was_taken_for_one_status_is_remembered(
    sources: list[dict[str, str]], meanings: dict[str, str]
) -> None:
    assert crosswalk.remembered(sources) == meanings


@pytest.mark.parametrize(
    ("word", "status"),
    [("late", "stalled"), ("Done", "implemented"), ("Partial", "partial"), ("n/a", "stalled")],
)
def test_what_is_remembered_gives_way_to_what_is_said(word: str, status: str) -> None:
    said = Vocabulary({**crosswalk.known(), "DONE": Status.IMPLEMENTED})
    remembered = dict.fromkeys(("late", "done", "partial", "n a"), Status.STALLED)
    assert said.recalling(remembered).read(word) == status


def test_a_word_that_one_of_several_rows_gave_is_not_remembered() -> None:
    rows = [["A", "One", "2025-01-01", "partial"], ["A", "One", "2025-06-01", "Open"]]
    (one,) = planned(["Id", "Title", "Date", "Status"], *rows).recommendations
    assert one.source["taken for partial"] == "Open"
    assert crosswalk.remembered([one.source]) == {}


# ---- several rows about one recommendation ----


def test_rows_with_one_text_are_one_recommendation_of_several_actors() -> None:
    made = planned(
        ["Recommendation", "Agency", "Status", "Comments"],
        ["Share the data.", "Port", "Open", "Agreed."],
        ["Pay.", "City", "Open", ""],
        ["Share  the DATA.", "City", "Open", "Asked for time."],
        ["Share the data.", "Bank", "Open", "Agreed."],
    )
    first, second = made.recommendations
    assert (first.id, first.actors, second.actors) == ("R1", ("Port", "City", "Bank"), ("City",))
    assert first.source == {
        "Recommendation": "Share the data.",
        "Agency": "Port; City; Bank",
        "Status": "Open",
        "Comments": "Agreed.\n\nAsked for time.",
        "taken for not-assessed": "Open",
    }
    assert [each.note for each in made.updates] == ["Agreed.\n\nAsked for time."]
    assert made.taken == [2, 4, 5, 3]


def test_rows_that_differ_in_status_give_none_and_that_is_said() -> None:
    made = planned(
        ["Recommendation", "Agency", "Status", "Comments"],
        ["Share.", "Port", "partial", "Begun."],
        ["Share.", "City", "implemented", ""],
        ["Pay.", "Port", "partial", ""],
        ["Pay.", "City", "", ""],
    )
    assert [(each.status, each.note) for each in made.updates] == [(None, "Begun."), (Status.PARTIAL, None)]
    assert [each.line for each in made.remarks] == [2, 3]
    assert "differ in status" in made.remarks[0].reason


def test_rows_of_several_days_are_several_updates() -> None:
    made = planned(
        ["Id", "Title", "Date", "Status"],
        ["A", "One", "2024-01-01", "in-progress"],
        ["A", "One", "2025-01-01", "in-progress"],
        ["A", "", "2026-01-01", "partial"],
    )
    assert len(made.recommendations) == 1
    assert [(str(each.date), each.status) for each in made.updates] == [
        ("2024-01-01", "in-progress"),
        ("2025-01-01", "in-progress"),
        ("2026-01-01", "partial"),
    ]


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([("2025-01-01", "Closed--Implemented ")], {"taken for implemented": "Closed--Implemented "}),
        ([("2025-01-01", "Open")], {"taken for not-assessed": "Open"}),
        ([("", "Stalled")], {"taken for not-assessed": "Stalled"}),
        ([("2025-01-01", "")], {}),
        ([("2026-01-01", "partial"), ("2025-01-01", "stalled")], {"taken for partial": "partial"}),
        ([("2025-01-01", "partial"), ("2026-01-01", "")], {"taken for partial": "partial"}),
        (
            [("2025-01-01", "partial"), ("2025-01-01", "stalled")],
            {"taken for not-assessed": "partial; stalled"},
        ),
        ([("2025-01-01", "Open"), ("2025-01-01", "open")], {"taken for not-assessed": "Open"}),
    ],
)
def test_the_newest_word_is_kept_beside_what_it_was_taken_for(
    rows: list[tuple[str, str]], kept: dict[str, str]
) -> None:
    table = [["A", "One", *each, str(number)] for number, each in enumerate(rows)]
    found = read(written(["Id", "Title", "Date", "Stato", "Other"], *table))
    chosen = replace(rules(found), date=None, columns=columns.choose(found.columns, {Role.STATUS: "Stato"}))
    (one,) = plan(found, chosen, BLANK).recommendations
    assert {name: text for name, text in one.source.items() if name.startswith("taken for")} == kept


def test_what_one_row_leaves_open_another_says() -> None:
    made = planned(
        ["Id", "Title", "Area", "Ref", "Due"],
        ["A", "One", "", "", ""],
        ["A", "", "water", "p. 3", "2027-12-31"],
        ["A", "One", "energy", "p. 4", ""],
    )
    (one,) = made.recommendations
    assert (one.title, one.area, one.ref, one.due) == ("One", "water", "p. 3", day("2027-12-31"))
    assert made.taken == [2, 3, 4]


def test_one_text_in_two_areas_is_two_recommendations() -> None:
    made = planned(["Title", "Area"], ["Train the staff", "ports"], ["Train the staff", "ferries"])
    assert [each.id for each in made.recommendations] == ["P1", "F1"]


# ---- importing again ----

AGAIN = [
    ["Title", "Agency", "Status", "Note"],
    ["One", "Port", "partial", "Half."],
    ["Two", "City", "Open", ""],
]


def test_the_same_rows_add_nothing_whatever_their_order_and_day() -> None:
    tracker = grown(BLANK, planned(*AGAIN))
    found = read(written(AGAIN[0], AGAIN[2], AGAIN[1]))
    made = plan(found, replace(rules(found), date=day("2025-12-24")), tracker)
    assert (made.recommendations, made.updates, made.taken) == ([], [], [])
    assert made.unchanged == [2, 3]


def test_a_row_that_says_something_new_adds_an_update() -> None:
    tracker = grown(BLANK, planned(*AGAIN))
    found = read(written(AGAIN[0], ["One", "Port", "implemented", "All."], AGAIN[2]))
    made = plan(found, replace(rules(found), date=day("2025-12-24")), tracker)
    assert made.recommendations == []
    assert [(each.recommendations, each.status, each.note) for each in made.updates] == [
        (("R1",), "implemented", "All.")
    ]
    assert (made.taken, made.unchanged) == ([2], [3])
    back = plan(read(written(*AGAIN)), replace(rules(found), date=day("2025-12-31")), grown(tracker, made))
    assert [each.note for each in back.updates] == ["Half."]


def test_a_row_without_an_id_is_not_taken_for_one_with_the_same_text() -> None:
    rows = [["Id", "Title", "Note"], ["A", "One", "a"], ["", "One", "b"]]
    tracker = grown(BLANK, planned(*rows))
    assert [each.id for each in tracker.recommendations] == ["A", "R1"]
    assert planned(*rows, tracker=tracker).unchanged == [2, 3]


def test_another_assessor_is_no_reason_to_be_silent() -> None:
    tracker = grown(BLANK, planned(*AGAIN))
    found = read(written(*AGAIN))
    assert len(plan(found, replace(rules(found), by="Ben"), tracker).updates) == 1


def test_an_older_table_is_compared_with_what_was_said_before_its_day() -> None:
    tracker = tracked(recommendation("A", source={"Id": "A"}), update("2025-09-01", "A", note="Later."))
    made = planned(["Id", "Note"], ["a", "Later."], tracker=tracker)
    assert [str(each.date) for each in made.updates] == ["2025-06-01"]


def test_a_row_with_its_own_day_is_said_again_on_another_day() -> None:
    rows = [["Id", "Title", "Date", "Status"], ["A", "One", "2025-01-01", "partial"]]
    tracker = grown(BLANK, planned(*rows))
    assert planned(*rows, tracker=tracker).updates == []
    confirmed = planned(rows[0], ["A", "One", "2025-02-01", "partial"], tracker=tracker)
    assert len(confirmed.updates) == 1


def test_a_recommendation_is_known_by_its_id_and_keeps_its_title() -> None:
    made = planned(
        ["Id", "Title", "Status"],
        ["w1", "Something else", "partial"],
        ["E1", "", "stalled"],
        tracker=SMALL_TRACKER,
    )
    assert made.recommendations == []
    assert [each.recommendations for each in made.updates] == [("W1",), ("E1",)]
    assert made.remarks == [(2, "the title differs from the tracker's, which stays")]


ASKED = {
    "Id": "A",
    "Title": "One",
    "Summary": "All of it.",
    "Area": "water",
    "Ref": "p. 3",
    "Agency": "Port; City",
    "Ongoing": "yes",
    "Done when": "It is in force.",
    "Due": "2027-12-31",
}


@pytest.mark.parametrize(
    ("column", "cell", "role"),
    [
        ("Title", "Another", "title"),
        ("Summary", "Half of it.", "summary"),
        ("Area", "energy", "area"),
        ("Ref", "p. 4", "ref"),
        ("Agency", "Port; Bank", "actor"),
        ("Agency", "Port", "actor"),
        ("Ongoing", "no", "ongoing"),
        ("Done when", "It is law.", "done-when"),
        ("Due", "31 Dec 2028", "due"),
        ("Title", "ONE ", None),
        ("Agency", "City; Port", None),
        ("Due", "31 December 2027", None),
        ("Due", "", None),
    ],
)
def test_what_a_later_table_asks_for_otherwise_is_told(column: str, cell: str, role: str | None) -> None:
    tracker = grown(BLANK, planned([*ASKED], [*ASKED.values()]))
    made = planned([*ASKED], [*{**ASKED, column: cell}.values()], tracker=tracker)
    assert (made.recommendations, made.updates, made.unchanged) == ([], [], [2])
    told = [(2, f"the {role} differs from the tracker's, which stays")] if role else []
    assert made.remarks == told


def test_our_own_words_in_the_tracker_are_no_difference() -> None:
    tracker = grown(BLANK, planned([*ASKED], [*ASKED.values()]))
    (one,) = tracker.recommendations
    ours = replace(one, title="In our words", summary="Ours.", area="sea", actors=("We",), due=None)
    edited = tracked(ours)
    assert planned([*ASKED], [*ASKED.values()], tracker=edited).remarks == []


def test_several_rows_in_another_order_are_no_difference() -> None:
    rows = [["Id", "Title", "Area", "Agency"], ["A", "One", "x", "Port"], ["A", "One", "y", "City"]]
    tracker = grown(BLANK, planned(*rows))
    assert planned(rows[0], rows[2], rows[1], tracker=tracker).remarks == []


def test_differences_of_one_kind_are_one_line() -> None:
    rows = [["Id", "Title", "Area"], *([f"R{n}", "One", "water"] for n in range(1, 5))]
    tracker = grown(BLANK, planned(*rows))
    moved = [[*row[:2], "energy"] for row in rows[1:]]
    made = planned(rows[0], *moved, tracker=tracker)
    assert [*telling.listed(made)] == ["lines 2-5: the area differs from the tracker's, which stays"]


CELLS = st.sampled_from(
    [
        *TRICKY,
        *Status,
        *("Open", "Closed–Implemented", "Title", "2025-01-01", "31/12/2024", "A1", "a1", "R1", "yes"),
        *("https://a.example", "javascript:x", "A book https://b.example", '"', ",", ";", "\n", "\r\n", ""),
    ]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
HEADERS = st.lists(st.sampled_from(["Title", *Role, "Agency", "Other", "", "Title"]), min_size=1, max_size=7)
ROWS = st.lists(st.lists(CELLS, max_size=8), max_size=8)


@given(HEADERS, ROWS, st.sampled_from([",", ";", "\t"]), st.sampled_from([None, TODAY]))
@example(["title"], [["One"], ["One "], ["one"]], ",", TODAY)
@example(["area"], [["One", "1"], ["One"], ["1", "2"]], ",", TODAY)
@example(["title", "note"], [["One", "\u2028\x85\x1c"]], ",", None)
def test_any_table_is_taken_or_listed_and_the_tracker_stays_byte_for_byte(
    header: list[str], rows: list[list[str]], delimiter: str, date: dt.date | None
) -> None:
    found = read(written(["Title", "Id", *header], *rows, delimiter=delimiter))
    chosen = replace(rules(found), date=date, area="water")
    made = plan(found, chosen, SMALL_TRACKER)
    assert fates(made) == [row.line for row in found.rows]
    document = Document.read(SMALL, name="t")
    after = document.with_more(recommendations=made.recommendations, updates=made.updates)
    end = SMALL.index(b"\n# ---- the record ----")
    catalogue, record = after.data.removeprefix(SMALL[:end]).split(SMALL[end:], 1)
    assert after.data.startswith(SMALL[:end])
    assert catalogue + record == after.difference.encode()
    tracker = Document.read(after.data, name="t").tracker
    assert tracker.recommendations[len(SMALL_TRACKER.recommendations) :] == tuple(made.recommendations)
    again = plan(found, chosen, tracker)
    assert (again.recommendations, again.updates) == ([], [])
    assert [*telling.understood(found, chosen, name="t"), *telling.listed(made), telling.counted(made)]


# ---- the two tables ----


def imported(name: str, scheme: Scheme, preset: Preset | None) -> tuple[Table, Rules, Plan]:
    found = read((DATA / "import" / name).read_bytes())
    base = rules(found, preset)
    read_by = replace(base, words=Vocabulary(crosswalk.known(scheme)), order=DateOrder.DMY)
    return found, read_by, plan(found, read_by, BLANK)


def test_gaos_export_is_imported_whole() -> None:
    found, _, made = imported("gao.csv", Scheme.GAO, Preset.GAO)
    assert (len(found.rows), len(made.recommendations), len(made.updates)) == (60, 52, 46)
    assert (len(made.taken), made.refused, made.remarks) == (60, [], [])
    by_id = {each.id: each for each in made.recommendations}
    assert by_id["GAO-25-104001-3"].actors == (
        "Department of Commerce: National Tide Service",
        "Department of Homeland Security: Harbor Patrol",
    )
    assert {"GAO-25-104001-M1", "GAO-19-300-3", "GAO-24-109411-13"} <= by_id.keys()
    escaped = by_id["GAO-24-107777-4"]
    assert "map & its corrections" in escaped.title
    assert "map &amp; its corrections" in escaped.source["Recommendation"]
    assert by_id["GAO-25-105150-1"].area == "Medicare & Rural Clinics: Payment Rules Leave Gaps"


def test_what_is_read_of_gaos_export_is_told() -> None:
    found, read_by, made = imported("gao.csv", Scheme.GAO, Preset.GAO)
    assert list(telling.understood(found, read_by, name="gao.csv")) == [
        "gao.csv: 60 rows, UTF-8, separated by commas",
        "above the header, not read: lines 1-3",
        (
            "columns: title from 'Recommendation', area from 'Publication Name', "
            "ref from 'Publication Number', actor from 'Agency', status from 'Status', "
            "note from 'Comments', report from 'Publication Name'"
        ),
        "kept in source only: 'Date Publication Issued', 'Director Name', 'Director Phone', 'Priority'",
        (
            "statuses: 'Open' is not-assessed, 'Open--Partially Addressed' is partial, "
            "'Closed--Implemented' is implemented, 'Closed--Not Implemented' is not-implemented"
        ),
        "date of the updates, where a row gives none: 2025-06-01",
    ]
    assert telling.counted(made) == (
        "52 recommendations and 46 updates from 60 rows: 60 taken, 0 unchanged, 0 not taken, 0 empty"
    )


STATUS_MISSING = "no column gives a status; if one does, name it with --column status=COLUMN"


@pytest.mark.parametrize(
    ("header", "told"), [("Title,Stato,Settore", [STATUS_MISSING]), ("Title,Status,Settore", [])]
)
def test_what_no_column_gives_is_told(header: str, told: list[str]) -> None:
    found = read(f"{header}\nOne,partial,energy\n".encode())
    lines = telling.understood(found, replace(rules(found), area=None), name="t")
    assert [line for line in lines if line.startswith("no column")] == told


def test_a_table_of_another_body_is_imported_whole() -> None:
    found, _, made = imported("plan.csv", Scheme.OGP, None)
    assert (found.encoding, found.separator) == ("Windows-1252", "semicolons")
    assert (len(made.recommendations), len(made.updates), made.refused) == (18, 18, [])
    assert made.recommendations[2].actors == ("Ministry of Ports", "Environment Agency")
    assert made.updates[0].date == day("2024-12-31")
    assert made.updates[1].evidence == (
        source("https://registry.example/fees"),
        source("https://gazette.example/2024/88", title="Gazette 88"),
    )
    assert made.updates[2].note == "A test version is in use in Brügge–Süd."
    assert [each.status for each in made.updates[:4]] == [
        "implemented",
        "partial",
        "in-progress",
        "not-started",
    ]


def test_reasons_are_told_once_with_their_lines() -> None:
    made = planned(
        ["Title", "Status"],
        *([f"Title {number}", "what" if number < 4 or number == 6 else "partial"] for number in range(8)),
    )
    assert next(telling.listed(made)) == "lines 2-5, 8: not taken: 'what' is no status word"
    assert next(telling.listed(planned(["Title"], ["One", "what"]))).startswith("line 2: not taken:")


def test_unknown_status_words_are_told_once_as_options_to_copy() -> None:
    made = planned(
        ["Id", "Title", "Status", "Date"],
        ["", "One", "Completed", "2025-01-24"],
        ["", "Two", "It's $(done)", "soon"],
        ["", "Three", "COMPLETED", "2025-01-24"],
        ["", "", "No title", "2025-01-24"],
        ["", "Four", f"It is {'very ' * 15} late", "2025-01-24"],
    )
    *refused, told = telling.listed(made)
    assert told == (
        r"map them with --map 'Completed=STATUS' --map 'It'\''s $(done)=STATUS' or --scheme; "
        f"STATUS is one of {', '.join(Status)}"
    )
    assert refused[:2] == [
        "line 2: not taken: 'Completed' is no status word",
        "line 3: not taken: 'soon' is not a date such as 2024-12-31 or 31 December 2024",
    ]
    options = shlex.split(told.removeprefix("map them with ").partition(" or ")[0])
    assert options == ["--map", "Completed=STATUS", "--map", "It's $(done)=STATUS"]


def test_words_that_are_too_long_to_type_are_no_options() -> None:
    *_, told = telling.listed(planned(["Title", "Status"], ["One", "late " * 20]))
    assert told.startswith("map them with --map 'WORD=STATUS' or --scheme; STATUS is one of not-assessed,")


def test_where_no_status_word_is_unknown_none_is_to_be_mapped() -> None:
    made = planned(["Title", "Status", "Date"], ["One", "partial", "soon"], ["", "what", ""])
    assert "map them" not in " ".join(telling.listed(made))
