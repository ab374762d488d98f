"""Markdown as two renderers show it: GitHub's own, which makes links of bare addresses, and markdown-it."""

from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

_BLOCKS = {"h1", "h2", "h3", "p", "li", "th", "td"}


class Shown(HTMLParser):
    """What a reader sees: the text of each block, each link with its text, what is set as code, all tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.blocks = [""]
        self.links: list[tuple[str, str]] = []
        self.code: list[str] = []
        self.tags: set[str] = set()
        self._open: list[str] = []
        self.feed(html)
        self.blocks = [" ".join(each.split()) for each in self.blocks if each.strip()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._open.append(tag)
        if tag in _BLOCKS:
            self.blocks.append("")
        target = dict(attrs).get("href") or ""
        if tag == "a" and not target.startswith("#fn"):
            self.links.append((target, ""))
        if tag == "code":
            self.code.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass
        if tag in {"ul", "ol"}:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if "sup" in self._open:
            return
        self.blocks[-1] += data
        if "a" in self._open and self.links and data != "↩":
            self.links[-1] = (self.links[-1][0], self.links[-1][1] + data)
        if "code" in self._open:
            self.code[-1] += data

    def handle_comment(self, data: str) -> None:
        self.tags.add(f"<!--{data}-->")


def github(text: str) -> Shown:
    """Return what GitHub shows."""
    extensions = ["table", "autolink", "strikethrough", "tagfilter"]
    options = Options.CMARK_OPT_FOOTNOTES
    return Shown(cmarkgfm.markdown_to_html_with_extensions(text, options=options, extensions=extensions))


def commonmark(text: str) -> Shown:
    """Return what markdown-it shows."""
    return Shown(str(MarkdownIt("commonmark").enable("table").use(footnote_plugin).render(text)))


RENDERERS = (github, commonmark)
