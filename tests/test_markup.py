"""The tags of a page, as browsers find them, each character looked at once."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathtrack.web import markup
from pathtrack.web.markup import Tag, tags
from statements import for_each


@for_each(
    "text, found",
    [
        ("<meta name=a content=b>", [Tag("meta", {"name": "a", "content": "b"})]),
        ("<META NAME='a'\nContent = \"b > c\"/>", [Tag("meta", {"name": "a", "content": "b > c"})]),
        ("<meta a=1 a=2 b>", [Tag("meta", {"a": "1", "b": ""})]),
        ("<title> One\n two &amp; three </title>", [Tag("title", {}, "One two & three")]),
        ("<title>a</titles>b</TITLE >", [Tag("title", {}, "a</titles>b")]),
        (
            "<script>if (a<b) '<meta>'</script><meta>",
            [Tag("script", {}, "if (a<b) '<meta>'"), Tag("meta", {})],
        ),
        ("<style><meta></style><textarea><meta></textarea>", []),
        ("<!-- <meta> --><meta x>", [Tag("meta", {"x": ""})]),
        ("<!--><meta x>", [Tag("meta", {"x": ""})]),
        ("<!doctype html><?xml <meta ?><meta x>", [Tag("meta", {"x": ""})]),
        ("<h1>Big <b>news</b> &lt;</h1><h1>small</h1>", [Tag("h1", {}, "Big news <"), Tag("h1", {})]),
        ("a < b <3 <meta x> </meta y>", [Tag("meta", {"x": ""})]),
        ("<p don't><meta x>", [Tag("meta", {"x": ""})]),
        ("<p =a><meta x>", [Tag("meta", {"x": ""})]),
        ("<metal><svgmeta><meta x", []),
        ('<meta content="never closed', []),
        ('<meta content="never closed><meta x>', []),
        ("<!-- never closed <meta>", []),
        ("<title>never closed <meta>", []),
        ("</title><meta x>", [Tag("meta", {"x": ""})]),
    ],
)
def test_tags_are_those_of_a_browser(text: str, found: list[Tag]) -> None:
    assert list(tags(text)) == found


UNITS = (
    *("<!--", "<div>", "<b></p>", "<meta>", "<title>", "<h1>", "<h1>x</h1>", "<", "</", "<!", "<?", "<a "),
    *("<a b='", '<a b="', "<a b='\"", "<script>", "</script", "<style>", "<a =", "=", "-->", "<!-- --"),
    *("<title></title>", "&#9", "<a b=c d='e' f=\"g\" h>", "<script></script>", "<x", '<a"', "<meta '"),
)


@pytest.mark.parametrize("unit", UNITS)
def test_a_page_twice_as_long_takes_twice_the_steps(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in characters that a pattern has passed over, found or not."""
    passed = 0

    class Counting:
        """A pattern that counts what it looks at."""

        def __init__(self, pattern: re.Pattern[str]) -> None:
            self.pattern = pattern

        def search(self, text: str, place: int, end: int = 1 << 60) -> re.Match[str] | None:
            nonlocal passed
            found = self.pattern.search(text, place, end)
            passed += (found.end() if found else min(end, len(text))) - place + 1
            return found

        def match(self, text: str, place: int) -> re.Match[str] | None:
            nonlocal passed
            found = self.pattern.match(text, place)
            passed += (found.end() if found else len(text)) - place + 1
            return found

    for name in ("_OPENING", "_ATTRIBUTE", "_COMMENT_END", "_HEADING_END"):
        monkeypatch.setattr(markup, name, Counting(getattr(markup, name)))
    texts = {name: Counting(each) for name, each in markup._TEXTS.items()}  # noqa: SLF001 they count, too
    monkeypatch.setattr(markup, "_TEXTS", texts)
    steps = []
    for size in (4_000, 8_000, 16_000):
        passed = 0
        list(tags(unit * (size // len(unit))))
        steps.append(passed)
    assert steps[1] <= 2.2 * steps[0] + 10_000
    assert steps[2] <= 2.2 * steps[1] + 10_000
    assert steps[2] <= 5 * 16_000 + 10_000


@given(st.text(alphabet="<>/=!-'\" abht1\n", max_size=300))
def test_no_page_breaks_it(text: str) -> None:
    for each in tags(text):
        assert each.name
        assert all(each.attributes)
