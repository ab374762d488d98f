"""A status report as HTML pages that load nothing and trust no text."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, cast

from markupsafe import Markup

from pathtrack.export import templates
from pathtrack.export.brief import Brief
from pathtrack.export.chart import Chart
from pathtrack.export.content import Content, label
from pathtrack.export.imprint import Imprint
from pathtrack.export.places import Places
from pathtrack.export.templates import TIMELINE
from pathtrack.record import same
from pathtrack.record.model import Update
from pathtrack.record.standings import Standing
from pathtrack.record.status import Status
from pathtrack.record.view import with_parts


def brief_page(brief: Brief) -> str:
    """Return the brief as a page that prints on two sheets of A4."""
    language = brief.content.view.tracker.report.language or "en"
    values = {"language": language, "own": templates.language(language), "label": label}
    values |= templates.inline("brief.html")
    return (
        templates.environment()
        .get_template("brief.html")
        .render(brief=brief, view=brief.content.view, **values)
    )


class _Shared(Protocol):
    """The macros that several pages share, as far as they are called from here."""

    def record(self, standing: Standing) -> str:
        """Return the list of a recommendation's updates."""


@dataclass(frozen=True)
class Pages:
    """The pages of a report; with nothing beside it, one page that links to no other."""

    content: Content
    beside: Mapping[str, str] = field(default_factory=dict)
    """What is published with it: the name of each file, and what it holds."""
    below_front: bool = False
    """Whether a front page of several reports lies in the folder above."""

    @cached_property
    def places(self) -> Places:
        """Where everything is."""
        return Places(self.content)

    @cached_property
    def _imprint(self) -> Imprint:
        return Imprint(self.places)

    def report(self) -> str:
        """Return the page about everything."""
        view = self.content.view
        return self._filled(
            "report.html",
            title=f"{view.tracker.report.title}: status report",
            address=self.places.site,
            chart=Chart(self.content, self._anchor, by_whole=True),
            shown_statuses=[each for each in Status if view.progress.by_status[each]],
            years=sorted({each.date.year for each in view.updates}),
            page_of=lambda each: self.places.pages[each.recommendation.id] if self.beside else "",
            data=Markup(self._imprint.dataset(self.beside)),  # noqa: S704 it is escaped there
            cited=self._imprint.citation(),
            to=lambda name: f"#{name}",
        )

    def timeline(self) -> str:
        """Return the page of all updates in time."""
        view = self.content.view
        years: dict[int, list[Update]] = {}
        for each in view.updates:
            years.setdefault(each.date.year, []).append(each)
        return self._filled(
            TIMELINE,
            title=f"{view.tracker.report.title}: timeline",
            address=self.places.site and f"{self.places.site}{TIMELINE}",
            years=years,
            chart=Chart(self.content, lambda _, update: self.places.milestones[id(update)]),
            shown_statuses=[each for each in Status if any(each is one.status for one in view.updates)],
            milestone=lambda update: self.places.milestones[id(update)],
            to=self.places.pages.__getitem__,
        )

    def recommendation(self, standing: Standing) -> str:
        """Return the page about one recommendation, with its parts."""
        asked = standing.recommendation
        page = self.places.pages[asked.id]
        rows = tuple(with_parts([standing]))
        inside = {each.recommendation.id for each in rows}
        corrected = dict.fromkeys(each for row in rows for each in row.corrected)
        return self._filled(
            "recommendation.html",
            title=f"{asked.id}: {asked.title}",
            address=self.places.site and f"{self.places.site}{page}",
            root="../",
            each=standing,
            corrected=corrected,
            cited=self._imprint.citation(asked),
            page_of=lambda part: "" if part is standing else self._siblings[part.recommendation.id],
            to=lambda name: f"#{name}" if name in inside else self._siblings.get(name, ""),
        )

    def _filled(self, template: str, *, title: str, address: str, root: str = "", **more: object) -> str:
        values = {"title": title, "address": address, "root": root, "shared": self._shared}
        values |= {
            "tags": self._imprint.tags(title=title, address=address),
            "preview": self._imprint.preview(title=title, address=address),
        }
        found = templates.environment().get_template(template)
        return found.render(**self._values, **templates.inline(template), **values, **more)

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
            "contact": self._contact,
            "below_front": self.below_front,
            "reuse_heading": self._imprint.heading,
            "description": self._imprint.headline,
            "language": report.language or "en",
            "own": templates.language(report.language or "en"),
            "actors": self._asked,
        }

    @cached_property
    def _shared(self) -> _Shared:
        """The macros of all pages, set up once."""
        module = templates.environment().get_template("parts.html").make_module(self._values)
        return cast("_Shared", module)

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
    def _siblings(self) -> dict[str, str]:
        """Where each page is from another in its folder."""
        return {name: page.removeprefix("r/") for name, page in self.places.pages.items()}

    @cached_property
    def _judged(self) -> Callable[[Status], Markup]:
        """What shows a status, with the words of another body where they are asked for."""
        beside = {each: self.content.beside(each) for each in Status}
        theirs = {each: Markup(" ({})").format(text) if text else "" for each, text in beside.items()}
        return {each: templates.badge(each) + theirs[each] for each in Status}.__getitem__

    def _contact(self, about: str) -> str:
        return self._imprint.contact(about, self.places.pages.get(about, "") if self.beside else "")

    def _anchor(self, standing: Standing, update: Update) -> str:
        return self.places.anchors[standing.recommendation.id, id(update)]

    def _facts(self, standing: Standing) -> Markup:
        """Return what a recommendation is filtered by, its parts included."""
        rows = tuple(with_parts([standing]))
        years = dict.fromkeys(str(each.date.year) for row in rows for each in row.updates)
        names = self._spelled(each.name for row in rows for each in row.actors)
        return templates.facts(area=[standing.area], status=[standing.status], actor=names, year=years)

    def _facts_of_update(self, update: Update) -> Markup:
        """Return what an update is filtered by; without actors of its own, the script asks who is asked."""
        about = self.places.about(update)
        return templates.facts(
            about=[each.recommendation.id for each in about],
            area=dict.fromkeys(each.area for each in about),
            status=[update.status] if update.status else [],
            actor=self._spelled(update.actors),
            year=[str(update.date.year)],
        )

    @cached_property
    def _asked(self) -> dict[str, list[str]]:
        """The ids of what each actor is asked, none for those who only acted."""
        found: dict[str, list[str]] = {each: [] for each in self.content.view.tracker.actors}
        for row in self.content.view.rows:
            for name in self._spelled(row.recommendation.actors):
                found[name].append(row.recommendation.id)
        return found

    @cached_property
    def _spellings(self) -> dict[str, str]:
        return {same.word(each): each for each in self.content.view.tracker.actors}

    def _spelled(self, names: Iterable[str]) -> list[str]:
        """Return each name once, as the list of actors spells it."""
        return list(dict.fromkeys(self._spellings.get(same.word(each), each) for each in names))
