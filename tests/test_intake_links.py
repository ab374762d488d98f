import pytest

from pathtrack.intake import links
from samples import source


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
    assert list(links.read(text)) == found
