"""The templates of pages: what they can ask for, their styles and their scripts."""

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from pathtrack.export import chart, imprint, prose
from pathtrack.export.content import involved, on_paper, verdict
from pathtrack.record.archives import archived
from pathtrack.record.status import DEFINITIONS, Status
from pathtrack.show import changes, corrections, words
from pathtrack.text import count, day, is_safe_address, passages, safe, split_sentence

TIMELINE = "timeline.html"
_FILES = {
    "report.html": (("base.css", "chart.css"), ("page.js", "filter.js")),
    TIMELINE: (("base.css", "chart.css"), ("page.js", "filter.js")),
    "recommendation.html": (("base.css",), ("page.js",)),
    "front.html": (("base.css",), ()),
    "brief.html": (("base.css", "brief.css"), ()),
}
"""The styles and scripts of each template."""


@cache
def environment() -> Environment:
    """Return what fills the templates, every text escaped and without hidden characters."""
    made = Environment(
        autoescape=True,
        finalize=_visible,
        loader=FunctionLoader(_part),
        undefined=StrictUndefined,
        trim_blocks=False,
    )
    # Filters are called faster than functions, and most of this is asked for by each update.
    made.filters |= {
        "archived": archived,
        "as_corrected": corrections.as_corrected,
        "asked": words.asked,
        "correction": corrections.told,
        "correction_details": corrections.in_detail,
        "correction_line": corrections.line,
        "dates": words.dates,
        "day": day,
        "details": words.details,
        "figures": words.figures,
        "for_whom": words.for_whom,
        "involved": involved,
        "is_safe": lambda address: bool(address) and is_safe_address(address),
        "lane_label": chart.lane_label,
        "on_paper": on_paper,
        "parts": words.parts,
        "percent": chart.percent,
        "prose": lambda text: prose.html(prose.outline(passages(text))),
        "rest": lambda update: prose.html(prose.outline(split_sentence(update.note or "")[1])),
        "said_beside": words.said_beside,
        "sentence": words.sentence,
        "since": words.since,
        "slip": words.slip,
        "summary": words.summary,
        "sure": words.sure,
        "verdict": verdict,
        "without_stop": words.without_stop,
    }
    made.globals |= {
        "statuses": list(Status),
        "symbols": words.SYMBOLS,
        "definitions": DEFINITIONS,
        "badge": badge,
        "plural": count,
        "all_parts": words.all_parts,
        "changes": changes,
        "licence_address": imprint.licence_address,
    }
    return made


def _visible(shown: object) -> object:
    """Return what a template shows, in a text nothing that acts without being seen."""
    return safe(shown) if isinstance(shown, str) and not isinstance(shown, Markup) else shown


def _part(name: str) -> str:
    return (files("pathtrack.export") / "page" / name).read_text(encoding="utf-8")


@cache
def badge(status: Status) -> Markup:
    """Return what shows a status, by a sign and a word, so that colour is never needed."""
    shown = '<span class="badge {status}"><span aria-hidden="true">{sign}</span> {status}</span>'
    return Markup(shown).format(status=status, sign=words.SYMBOLS[status])  # noqa: S704 our own words


def language(code: str) -> Markup:
    """Return the attribute of texts in the report's language; none for English, in which the pages are."""
    return Markup("") if code.split("-", maxsplit=1)[0].lower() == "en" else Markup(' lang="{}"').format(code)


def facts(**given: Iterable[str]) -> Markup:
    """Return data attributes; several words of one sort are lines."""
    found = ((name, escape(safe("\n".join(listed)))) for name, listed in given.items())
    return Markup("".join(f' data-{name}="{text}"' for name, text in found if text))  # noqa: S704 escaped


@cache
def inline(template: str) -> dict[str, Markup | str]:
    """Return the style and the script of a template, and the policy that allows these two alone."""
    style, script = ("".join(map(_part, names)) for names in _FILES[template])
    digests = (base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in (style, script))
    allowed = "style-src 'sha256-{}'; script-src 'sha256-{}'".format(*digests)
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    return {"style": Markup(style), "script": Markup(script), "policy": policy}  # noqa: S704 our own files
