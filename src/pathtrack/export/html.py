"""A status report as HTML pages that load nothing and trust no text."""

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from jinja2.environment import TemplateModule
from markupsafe import Markup, escape

from pathtrack.export import chart, imprint, prose
from pathtrack.export.chart import Chart
from pathtrack.export.content import Content, involved, moved, verdict, where_read
from pathtrack.export.places import Places
from pathtrack.record import same
from pathtrack.record.model import Update
from pathtrack.record.standings import Standing
from pathtrack.record.status import DEFINITIONS, Status
from pathtrack.show import words
from pathtrack.text import count, day, is_safe_address, passages, safe, split_sentence

TIMELINE = "timeline.html"
_FILES = {
    "report.html": (("base.css", "chart.css"), ("page.js", "filter.js")),
    TIMELINE: (("base.css", "chart.css"), ("page.js", "filter.js")),
    "recommendation.html": (("base.css",), ("page.js",)),
}
"""The styles and scripts of each template."""


@dataclass(frozen=True)
class Pages:
    """The pages of a report; with nothing beside it, one page that links to no other."""

    content: Content
    beside: Mapping[str, str] = field(default_factory=dict)
    """What is published with it: the name of each file, and what it holds."""

    @cached_property
    def places(self) -> Places:
        """Where everything is."""
        return Places(self.content)

    def report(self) -> str:
        """Return the page about everything."""
        view = self.content.view
        return self._filled(
            "report.html",
            title=f"{view.tracker.report.title}: status report",
            address=self.places.site,
            figures=self._figures,
            chart=Chart(self.content, self._anchor, by_whole=True),
            shown_statuses=[each for each in Status if view.progress.by_status[each]],
            years=sorted({each.date.year for each in self.places.updates}),
            page_of=lambda each: self.places.pages[each.recommendation.id] if self.beside else "",
            data=Markup(imprint.dataset(self.places, self.beside)),  # noqa: S704 it is escaped there
            cited=imprint.citation(self.places),
            to=lambda name: f"#{name}",
        )

    def timeline(self) -> str:
        """Return the page of all updates in time."""
        years: dict[int, list[Update]] = {}
        for each in self.places.updates:
            years.setdefault(each.date.year, []).append(each)
        return self._filled(
            TIMELINE,
            title=f"{self.content.view.tracker.report.title}: timeline",
            address=self.places.site and f"{self.places.site}{TIMELINE}",
            years=years,
            chart=Chart(self.content, lambda _, update: self.places.milestones[id(update)]),
            shown_statuses=[each for each in Status if any(each is one.status for one in self.places.updates)],
            milestone=lambda update: self.places.milestones[id(update)],
            to=self.places.pages.__getitem__,
        )

    def recommendation(self, standing: Standing) -> str:
        """Return the page about one recommendation, with its parts."""
        asked = standing.recommendation
        inside = {asked.id, *(each.recommendation.id for each in standing.parts)}
        siblings = {name: page.removeprefix("r/") for name, page in self.places.pages.items()}
        return self._filled(
            "recommendation.html",
            title=f"{asked.id}: {asked.title}",
            address=self.places.site and f"{self.places.site}{self.places.pages[asked.id]}",
            root="../",
            each=standing,
            cited=imprint.citation(self.places, asked),
            to=lambda name: f"#{name}" if name in inside else siblings.get(name, ""),
        )

    def _filled(self, template: str, *, title: str, address: str, root: str = "", **more: object) -> str:
        tags = imprint.tags(self.places, title=title, address=address)
        return _environment().get_template(template).render(
            **self._values,
            **_inline(template),
            shared=self._shared,
            title=title,
            address=address,
            root=root,
            tags=tags,
            preview=imprint.preview(self.content, title=title, address=address),
            **more,
        )

    @cached_property
    def _values(self) -> dict[str, object]:
        """What every template may ask for."""
        report = self.content.view.tracker.report
        return {
            "content": self.content,
            "view": self.content.view,
            "report": report,
            "places": self.places,
            "beside": self.beside,
            "anchor": self._anchor,
            "judged": self._judged,
            "updates": self._record,
            "facts": self._facts,
            "facts_of_update": self._facts_of_update,
            "contact": imprint.contact(self.places),
            "description": words.headline(self.content.view),
            "language": report.language or "en",
            "own": _language(report.language or "en"),
            "actors": self.content.view.tracker.actors,
        }

    @cached_property
    def _shared(self) -> TemplateModule:
        """The macros of all pages, set up once."""
        return _environment().get_template("parts.html").make_module(self._values)

    @cached_property
    def _records(self) -> dict[int, str]:
        return {}

    def _record(self, standing: Standing) -> str:
        """Return the list of a recommendation's updates, which two pages of a folder show."""
        if not self.beside:
            return self._shared.record(standing)
        if id(standing) not in self._records:
            self._records[id(standing)] = self._shared.record(standing)
        return self._records[id(standing)]

    @cached_property
    def _figures(self) -> list[tuple[int, str]]:
        counted = self.content.view.progress
        return [
            (counted.by_status[Status.IMPLEMENTED], "implemented"),
            (counted.assessed, "assessed"),
            (counted.with_evidence, "with evidence"),
        ]

    @cached_property
    def _judged(self) -> Callable[[Status], Markup]:
        """What shows a status, with the words of another body where they are asked for."""
        beside = {each: self.content.beside(each) for each in Status}
        theirs = {each: Markup(" ({})").format(text) if text else "" for each, text in beside.items()}
        return {each: _badge(each) + theirs[each] for each in Status}.__getitem__

    def _anchor(self, standing: Standing, update: Update) -> str:
        return self.places.anchors[standing.recommendation.id, id(update)]

    def _facts(self, standing: Standing) -> Markup:
        """Return what a recommendation is filtered by, its parts included."""
        rows = (standing, *standing.parts)
        years = dict.fromkeys(str(each.date.year) for row in rows for each in row.records)
        names = self._spelled(each.name for row in rows for each in row.actors)
        return _data(area=[standing.area], status=[standing.status], actor=names, year=years)

    def _facts_of_update(self, update: Update) -> Markup:
        """Return what an update is filtered by; without actors of its own, by those who are asked."""
        about = self.places.about(update)
        asked = (name for each in about for name in each.recommendation.actors)
        return _data(
            about=[each.recommendation.id for each in about],
            area=dict.fromkeys(each.area for each in about),
            status=[update.status] if update.status else [],
            actor=self._spelled(update.actors or asked),
            year=[str(update.date.year)],
        )

    @cached_property
    def _spellings(self) -> dict[str, str]:
        return {same.word(each): each for each in self.content.view.tracker.actors}

    def _spelled(self, names: Iterable[str]) -> list[str]:
        """Return each name once, as the list of actors spells it."""
        return list(dict.fromkeys(self._spellings.get(same.word(each), each) for each in names))


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True, loader=FunctionLoader(_part), undefined=StrictUndefined, trim_blocks=False
    )
    # Filters are called faster than functions, and most of this is asked for by each update.
    environment.filters |= {
        "correction": words.correction,
        "correction_line": words.correction_line,
        "day": day,
        "involved": involved,
        "is_safe": lambda address: bool(address) and is_safe_address(address),
        "lane_label": chart.lane_label,
        "moved": moved,
        "parts": words.parts,
        "prose": lambda text: prose.html(prose.outline(passages(text))),
        "rest": lambda update: prose.html(prose.outline(split_sentence(update.note or "")[1])),
        "sentence": words.sentence,
        "slip": words.slip,
        "summary": words.summary,
        "sure": words.sure,
        "verdict": verdict,
        "visible": safe,
        "where_read": where_read,
        "percent": chart.percent,
    }
    environment.globals |= {
        "statuses": list(Status),
        "symbols": words.SYMBOLS,
        "definitions": DEFINITIONS,
        "badge": _badge,
        "plural": count,
        "scope": words.scope,
        "all_parts": words.all_parts,
        "licence_address": imprint.licence_address,
    }
    return environment


def _part(name: str) -> str:
    return (files("pathtrack.export") / "page" / name).read_text(encoding="utf-8")


@cache
def _badge(status: Status) -> Markup:
    shown = '<span class="badge {status}"><span aria-hidden="true">{sign}</span> {status}</span>'
    return Markup(shown).format(status=status, sign=words.SYMBOLS[status])  # noqa: S704 our own words


def _language(code: str) -> Markup:
    """Return the attribute of texts in the report's language; none for English, in which the pages are."""
    return Markup("") if code.split("-")[0].lower() == "en" else Markup(' lang="{}"').format(code)


def _data(**given: Iterable[str]) -> Markup:
    """Return data attributes; several words of one sort are lines."""
    found = ((name, escape(safe("\n".join(listed)))) for name, listed in given.items())
    return Markup("".join(f' data-{name}="{text}"' for name, text in found if text))  # noqa: S704 escaped


@cache
def _inline(template: str) -> dict[str, Markup | str]:
    """Return the style and the script of a template, and the policy that allows these two alone."""
    style, script = ("".join(map(_part, names)) for names in _FILES[template])
    digests = (base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in (style, script))
    allowed = "style-src 'sha256-{}'; script-src 'sha256-{}'".format(*digests)
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    return {"style": Markup(style), "script": Markup(script), "policy": policy}  # noqa: S704 our own files
