"""Sources for reference managers: CSL-JSON and RIS."""

import json

import jsonschema
import rispy
from hypothesis import given

from folders import folder, made
from pathtrack.export import Format
from pathtrack.record.dates import partial
from pathtrack.record.model import Evidence
from pathtrack.record.status import Kind
from pathtrack.text import safe_line
from samples import lines, recommendation, source, tracked, update

_TEXTS = ("title", "publisher", "container-title", "URL", "language", "note")
# What the schema of CSL's input says of the keys that are written.
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string", "minLength": 1},
            "type": {
                "enum": ["legislation", "treaty", "report", "document", "webpage", "article-newspaper"],
            },
            "issued": {
                "type": "object",
                "required": ["date-parts"],
                "additionalProperties": False,
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 2,
                        "items": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": 3,
                            "items": {"type": "integer"},
                        },
                    }
                },
            },
            **{name: {"type": "string", "minLength": 1} for name in _TEXTS},
        },
    },
}


def both(*cited: Evidence) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Return the sources as CSL-JSON and as RIS, read back."""
    found = folder(tracked(recommendation(), update(evidence=cited)), Format.CSL, Format.RIS)
    items = json.loads(found["sources.json"])
    jsonschema.validate(items, SCHEMA)
    return items, rispy.loads(found["sources.ris"])


def test_a_source_is_a_reference_in_both() -> None:
    cited = source(
        "https://news.example/a?b=1&c",
        title="Stahl & Söhne",
        publisher="Gazette",
        date=partial("2025-03"),
        kind="news",
        lang="de",
        via="Copies",
        archive="https://archive.example/a",
    )
    (item,), (entry,) = both(cited)
    assert item == {
        "id": item["id"],
        "type": "article-newspaper",
        "title": "Stahl & Söhne",
        "publisher": "Gazette",
        "container-title": "Gazette",
        "URL": "https://news.example/a?b=1&c",
        "issued": {"date-parts": [[2025, 3]]},
        "language": "de",
        "note": "read at Copies; archived at https://archive.example/a",
    }
    assert entry == {
        "type_of_reference": "NEWS",
        "id": item["id"],
        "title": "Stahl & Söhne",
        "publisher": "Gazette",
        "secondary_title": "Gazette",
        "year": "2025",
        "date": "2025/03//",
        "urls": ["https://news.example/a?b=1&c"],
        "language": "de",
        "notes": ["read at Copies; archived at https://archive.example/a"],
    }


def test_every_kind_has_a_type() -> None:
    cited = [source(f"https://x.example/{kind}", kind=kind) for kind in Kind]
    items, entries = both(*cited, source("https://x.example/none"), source(None, title="On paper"))
    assert [each["type"] for each in items][-2:] == ["webpage", "document"]
    assert [each["type_of_reference"] for each in entries][-2:] == ["ELEC", "GEN"]
    assert len(items) == len(entries) == len(Kind) + 2
    assert len({each["id"] for each in items}) == len(items)


def test_a_source_without_a_title_is_named_by_its_address() -> None:
    (item,), (entry,) = both(source("https://x.example/"))
    assert item["title"] == entry["title"] == "https://x.example/"


def test_an_unsafe_address_is_a_note_and_no_link() -> None:
    (item,), (entry,) = both(source("javascript:alert(1)", title="T"))
    assert "URL" not in item
    assert "urls" not in entry
    assert item["note"] == "javascript:alert(1)"


def test_a_source_is_listed_once_however_often_it_is_cited() -> None:
    found = folder(made(), Format.CSL)
    titles = [each["title"] for each in json.loads(found["sources.json"])]
    assert titles == ["A plan", "법", "T"]


@given(lines)
def test_whatever_a_title_is_made_of_both_can_be_read_and_show_it(title: str) -> None:
    (item,), (entry,) = both(source(title=title))
    assert item["title"] == title
    assert str(entry["title"]).split() == safe_line(title).split()
