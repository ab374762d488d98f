import pytest

from pathtrack.cli.sources import Sources
from pathtrack.errors import UsageError
from pathtrack.record.dates import partial
from pathtrack.record.status import Kind
from samples import day
from statements import for_each


def test_the_options_of_each_source_are_joined_in_order() -> None:
    first, second = Sources(
        ["https://a.example/1", "A book"],
        title=["One", ""],
        publisher=["", "P"],
        published=["2025-01", "yesterday"],
        kind=["Law", ""],
        archive=["", "https://archive.example/2"],
    ).each()
    assert first == {
        "title": "One",
        "publisher": None,
        "url": "https://a.example/1",
        "date": partial("2025-01"),
        "kind": Kind.LAW,
        "archive": None,
    }
    assert second == {
        "title": "A book",
        "publisher": "P",
        "date": day("2026-01-30"),
        "kind": None,
        "archive": "https://archive.example/2",
    }


def test_the_options_of_a_source_may_be_left_out() -> None:
    assert Sources(["https://a.example"]).each() == ({"url": "https://a.example"},)
    assert Sources().each() == ()


@for_each("name", Sources._fields[1:])
@for_each("given", [["a"], ["a", "b", "c"]])
def test_each_option_is_given_as_often_as_evidence_or_not_at_all(name: str, given: list[str]) -> None:
    message = f"2 --evidence but {len(given)} --{name}; give --{name} once for each"
    with pytest.raises(UsageError, match=message):
        Sources(["https://a.example", "https://b.example"])._replace(**{name: given}).each()


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a.example",
        "javascript:alert(1)",
        "https://user@a.example",
        "https://a.example/\u202e",
        "https://a.example/b c",
        "mailto:a@b.example",
    ],
)
def test_an_address_that_is_not_http_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="is not a safe web address") as caught:
        Sources([address]).each()
    assert "\u202e" not in str(caught.value)
    with pytest.raises(UsageError, match="is not a safe web address"):
        Sources(["https://a.example"], archive=[address]).each()


def test_a_title_has_no_title() -> None:
    with pytest.raises(UsageError, match="'A book' is not an address"):
        Sources(["A book"], title=["A title"]).each()
