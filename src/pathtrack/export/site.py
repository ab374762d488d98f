"""A folder that any web server can publish: pages, feeds, a calendar, and the data behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from pathtrack import export
from pathtrack.errors import UsageError
from pathtrack.export import TEXTS, Format, Period, Rows, calendar, feed, sources
from pathtrack.export.content import Content
from pathtrack.export.html import Pages
from pathtrack.export.places import Places, area_stem, stems
from pathtrack.export.templates import TIMELINE
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.view import View
from pathtrack.text import count


class File(NamedTuple):
    """A file of the folder, of which the page says what it holds."""

    format: Format
    holds: str
    rows: Rows = Rows.RECOMMENDATIONS


FILES = {
    "index.html": File(Format.HTML, "this page"),
    TIMELINE: File(Format.HTML, "every update by year, with its sources"),
    "status.md": File(Format.MARKDOWN, "the report as a text with footnotes"),
    "status.docx": File(Format.DOCX, "the same for Word"),
    "recommendations.csv": File(Format.CSV, "a row for each recommendation and how it stands"),
    "updates.csv": File(Format.CSV, "a row for each update, with its sources", Rows.UPDATES),
    "tracker.xlsx": File(Format.XLSX, "recommendations, updates and sources, for Excel and others"),
    "tracker.json": File(Format.JSON, "everything, for programs"),
    "feed.xml": File(Format.FEED, "every update and correction, newest first, for feed readers"),
    "calendar.ics": File(Format.CALENDAR, "target dates, for a calendar to subscribe to"),
    "sources.json": File(Format.CSL, "every source, for Zotero and others that read CSL-JSON"),
    "sources.ris": File(Format.RIS, "every source, for other reference managers"),
}
"""What a folder holds besides a page for each recommendation, in the order of the page."""


GUIDE = "llms.txt"
"""What programs that read the folder need to know."""

MOST_PAGES, MOST_UPDATES = 50_000, 200_000
"""So many make a folder of about 900 MB and a timeline of 80; GitHub Pages, for one, takes 1 GB."""


@dataclass(frozen=True)
class Site:
    """The files of a folder in some formats, or in all if none is given."""

    view: View
    formats: tuple[Format, ...] = ()
    period: Period | None = None
    scheme: Scheme | None = None
    bom: bool = False
    review: int | None = None
    reference: Path | None = None
    below_front: bool = False
    """Whether a front page of several reports lies in the folder above."""

    @cached_property
    def files(self) -> dict[str, Callable[[], bytes]]:
        """What makes each file, by its name in the folder."""
        made: dict[str, Callable[[], bytes]] = {
            name: partial(_encoded, make) for name, make in self._texts().items()
        }
        others = {name: file for name, file in FILES.items() if file.format not in TEXTS}
        made |= {
            name: partial(self._document, file) for name, file in others.items() if self._wants(file.format)
        }
        return {name: made[name] for name in dict.fromkeys((*FILES, *made)) if name in made}

    def _document(self, file: File) -> bytes:
        return export.document(
            self.view, file.format, period=self.period, scheme=self.scheme, reference=self.reference
        )

    def _texts(self) -> dict[str, Callable[[], str]]:
        found = {
            name: partial(self._text, name, file)
            for name, file in FILES.items()
            if self._wants(file.format) and file.format in TEXTS
        }
        pages = self._page_names() if self._wants(Format.HTML) else {}
        rows = {each.recommendation.id: each for each in reversed(self._content.rows)}
        found |= {page: partial(self._pages.recommendation, rows[name]) for name, page in pages.items()}
        found |= {name: partial(self._feed, name, area) for name, area in self._areas.items()}
        # Without the last, GitHub Pages would make pages of its own of status.md.
        return found | ({GUIDE: export.guide, ".nojekyll": str} if pages else {})

    def _page_names(self) -> dict[str, str]:
        """Return the page of each recommendation by its id, if a browser can bear them all."""
        asked, updates = len(self._content.rows), len(self.view.updates)
        if asked > MOST_PAGES or updates > MOST_UPDATES:
            what = (
                f"{count(asked, 'recommendation')} and {count(updates, 'update')} are too many for a folder"
            )
            raise UsageError(
                what, todo="choose fewer with --area or --status, or write one page: status.html"
            )
        return self._pages.places.pages

    def _text(self, name: str, file: File) -> str:
        match file.format:
            case Format.HTML:
                return self._pages.timeline() if name == TIMELINE else self._pages.report()
            case Format.FEED:
                return self._feed(name)
            case Format.CALENDAR:
                return calendar.render(self._places, review=self.review)
            case Format.CSL:
                return sources.csl(self._content)
            case Format.RIS:
                return sources.ris(self._content)
        return export.render(
            self.view, file.format, period=self.period, rows=file.rows, bom=self.bom, scheme=self.scheme
        )

    def _feed(self, name: str, area: str = "") -> str:
        return feed.render(self._places, name=name, area=area, beside=self._wants(Format.HTML))

    @cached_property
    def _areas(self) -> dict[str, str]:
        """The feed of each area, where the folder has an address at which readers find it."""
        if not (Places(self._content).site and self._wants(Format.FEED)):
            return {}
        names = {area: area_stem(area) for area in self._content.areas}
        files = stems(names.values())
        return {f"feeds/{files[stem]}.xml": area for area, stem in names.items()}

    @property
    def _places(self) -> Places:
        return self._pages.places

    def _wants(self, format_: Format) -> bool:
        # Word needs another program, so it has to be asked for.
        return format_ in (self.formats or (*TEXTS, Format.XLSX))

    @cached_property
    def _content(self) -> Content:
        return Content(self.view, self.period, self.scheme)

    @cached_property
    def _pages(self) -> Pages:
        beside: dict[str, str] = {}
        for name, file in FILES.items():
            if self._wants(file.format):
                beside[name] = file.holds
            if file.format is Format.FEED:
                beside |= {each: f"the same about {area} alone" for each, area in self._areas.items()}
        beside |= {GUIDE: "for programs: how such a record is read and kept"}
        return Pages(self._content, beside, self.below_front)


def _encoded(make: Callable[[], str]) -> bytes:
    return make().encode()
