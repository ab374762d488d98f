"""Which column of a table gives what, by its cells as much as by its name."""

from intake import read, written
from pathtrack.intake import guesses
from pathtrack.intake.heads import Role
from statements import for_each

LONG = "The whole text of what is asked for, at some length"


def chosen(header: str, *rows: str, **given: str) -> dict[str, str]:
    found = read(written(header.split("|"), *(row.split("|") for row in rows)))
    roles = {Role(role): column for role, column in given.items()}
    return {role.value: column for role, column in guesses.chosen(found, roles, None, None).items()}


@for_each(
    "header, row, role, column",
    [
        # A year or a date is no status, whatever stands above it.
        (
            "titulo|cumplimiento|porcentaje_completado",
            "Doce plazas|2019|96",
            "status",
            "porcentaje_completado",
        ),
        ("Title|Implementation status|% complete", f"One|{LONG * 2}|50", "status", "% complete"),
        ("Promise|Kept", "End the war|Pending", "status", "Kept"),
        ("Title|RAG status", "One|Amber", "status", "RAG status"),
        ("titel|Grade label|Grade", "Eins|Partly met|B", "status", "Grade label"),
        # A number or an object is no note, and neither is an answer in one word.
        ("Title|Progress|What happened", f"One|0|{LONG}", "note", "What happened"),
        ("Title|Status|Assessment", f"One|partial|{LONG}", "note", "Assessment"),
        ("Title|Reply Text", f"One|{LONG}", "note", "Reply Text"),
        # The title is the shorter one.
        ("text|action_summary", f"{LONG}|Ratify it", "title", "action_summary"),
        ("title|promise", f"Jobs|{LONG}", "summary", "promise"),
        ("task|finding summary", f"{LONG}|What was found", "title", "task"),
        # An id in each row is one, whatever it is called.
        ("Recommendation|Text", f"1.2|{LONG}", "id", "Recommendation"),
        ("paragraph|text", f"60.1|{LONG}", "id", "paragraph"),
        ("Recommendation|Text", f"R-1|{LONG}", "title", "Text"),
        ("Recommendation|Text", f"R-1|{LONG}", "id", "Recommendation"),
        # A sign beside a name is a word of its own.
        ("№|Recommendation", "1|One", "id", "№"),
        ("Goal#|Goal", "1|One", "id", "Goal#"),
        ("# Goal|Goal", "1|One", "id", "# Goal"),
        ("N° de mesure|Mesure", "1|One", "id", "N° de mesure"),
        ("권고 번호|권고", "1|하나", "id", "권고 번호"),
        ("권고|기관 상태", "하나|완료", "status", "기관 상태"),
        ("Measure title|Measure", f"One|{LONG}", "title", "Measure title"),
        ("Measure title|Measure", f"One|{LONG}", "summary", "Measure"),
        # Links are addresses, and not of pictures nor of where it was promised.
        (
            "id|title|imagen_url|url_interna",
            "1|One|https://a.example/1.jpg|https://a.example/",
            "link",
            "url_interna",
        ),
        ("title|Official source", "One|[Page](https://a.example/)", "link", "Official source"),
        ("Title|Recipient", "One|Harbour board", "actor", "Recipient"),
        ("Title|primary_theme", "One|Treaties", "area", "primary_theme"),
    ],
)
def test_cells_show_what_a_column_gives(header: str, row: str, role: str, column: str) -> None:
    assert chosen(header, row).get(role) == column


@for_each(
    "header, row, role",
    [
        ("Title|cumplimiento", "One|2019", "status"),
        ("Title|Implemented", "One|yes", "status"),
        ("Title|is_complete", "One|N", "status"),
        ("Title|Progress", "One|0", "note"),
        ("Title|Details", 'One|{"a": 1}', "summary"),
        ("Title|PromiseLink", "One|https://a.example/speech", "link"),
        ("Title|Report URL", "One|https://a.example/report", "link"),
        ("Title|Source page", "One|12", "locator"),
        ("Title|Timeline", "One|Begun by the end of 2017", "due"),
        ("Title|Page", "One|12", "id"),
        ("Title|# of staff", "One|12", "id"),
    ],
)
def test_what_cells_plainly_are_not_no_column_gives(header: str, row: str, role: str) -> None:
    assert role not in chosen(header, row)


def test_a_title_that_rows_lack_is_none() -> None:
    rows = (f"1|{LONG}|Law", "2|Another text|", f"3|{LONG} too|")
    assert chosen("id|title|details", *rows)["title"] == "title"
    assert chosen("id|text|summary", *rows, title="text")["summary"] == "summary"


def test_an_id_that_stands_twice_is_none() -> None:
    assert "id" not in chosen("Recommendation|Text", f"1|{LONG}", f"1|{LONG} too")
    assert chosen("Ref|Text", f"1|{LONG}", f"1|{LONG} too")["ref"] == "Ref"


@for_each(
    "header, rows, role, column",
    [
        ("MLC ID|Commitment", [f"101|{LONG}", f"102|{LONG} too"], "id", "MLC ID"),
        ("MLC ID|Commitment", [f"101|{LONG}", f"101|{LONG} too"], "id", None),
        ("candidate id|canonical text", [f"7a|{LONG}", f"7b|{LONG} too"], "title", "canonical text"),
        ("Title|Reporting Lead", ["One|Minister of Finance"] * 2, "actor", "Reporting Lead"),
        ("Title|Reporting Lead", ["One|Lead 1 of 2", "Two|Lead 2 of 2"], "actor", None),
        ("Title|lead_minister_title", ["One|Minister of Finance"] * 2, "actor", "lead_minister_title"),
        ("Title|Owner type", ["One|public"] * 2, "actor", None),
        ("Title|Department reply", ["One|Agreed"] * 2, "actor", None),
        ("Title|parliamentary_status", ["One|Done", "Two|On track"], "status", "parliamentary_status"),
        ("Title|parliamentary_status", ["One|Enacted", "Two|In the lower house"], "status", None),
        ("Title|broad_theme", ["One|Air", "Two|Air"], "area", "broad_theme"),
        ("quote|who|note", [f"{LONG}|A|b", f"{LONG} too|A|c"], "title", "quote"),
        ("no|g|t", [f"1|Air|{LONG}", f"2|Air|{LONG} too"], "title", "t"),
        ("key|item", [f"1.A1|{LONG}", f"1.A2|{LONG} too"], "id", "key"),
        ("id|original promise|simple promise", [f"1|{LONG} a|In short so"], "title", "simple promise"),
        ("id|original promise|simple promise", [f"1|{LONG} a|In short so"], "summary", "original promise"),
    ],
)
def test_where_a_name_only_hints_the_cells_must_show_it(
    header: str, rows: list[str], role: str, column: str | None
) -> None:
    assert chosen(header, *rows).get(role) == column
