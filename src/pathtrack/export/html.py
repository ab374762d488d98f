"""A status report as one HTML page that loads nothing and trusts no text."""

import base64
import hashlib
from collections import Counter
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from pathtrack.export import prose
from pathtrack.export.content import Content, involved, moved, verdict, where_read
from pathtrack.record.corrections import update_id
from pathtrack.record.model import Update
from pathtrack.record.standings import Standing
from pathtrack.record.status import DEFINITIONS, Status
from pathtrack.show import ribbon, words
from pathtrack.text import count, day, is_safe_address, passages, safe, split_sentence


def render(content: Content) -> str:
    """Return the page; only its own style and script are allowed, by their hashes."""
    view, style, script = content.view, _part("report.css"), _part("report.js")
    anchors = _anchors(content)
    over = ribbon.days(content.rows, until=view.as_of)
    return (
        _environment()
        .get_template("report.html")
        .render(
            content=content,
            view=view,
            report=view.tracker.report,
            figures=_figures(content),
            days=over,
            seen={judgement.status for each in content.rows for judgement in each.history},
            slipped=any(each.moved for each in content.rows),
            segments=lambda each: ribbon.segments(each, over),
            marks=lambda each: ribbon.marks(each, over),
            targets=lambda each: ribbon.targets(each, over),
            anchor=lambda standing, update: anchors[standing.recommendation.id, id(update)],
            policy=_policy(style, script),
            style=Markup(style),  # noqa: S704 our own file
            script=Markup(script),  # noqa: S704 our own file
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True, loader=FunctionLoader(_part), undefined=StrictUndefined, trim_blocks=False
    )
    environment.filters |= {
        "visible": safe,
        "is_safe": lambda address: bool(address) and is_safe_address(address),
        "day": day,
        "percent": lambda fraction: f"{fraction:.2%}",
    }
    environment.globals |= {
        "statuses": list(Status),
        "symbols": words.SYMBOLS,
        "definitions": DEFINITIONS,
        "prose": lambda text: prose.html(prose.outline(passages(text))),
        "plural": count,
        "scope": words.scope,
        "all_parts": words.all_parts,
        "correction": words.correction,
        "correction_line": words.correction_line,
        "parts": words.parts,
        "sentence": words.sentence,
        "slip": words.slip,
        "summary": words.summary,
        "sure": words.sure,
        "update_id": update_id,
        "rest": lambda update: prose.html(prose.outline(split_sentence(update.note or "")[1])),
        "involved": involved,
        "moved": moved,
        "verdict": verdict,
        "where_read": where_read,
        "lane_label": _lane_label,
        "mark_label": _mark_label,
        "target_label": _target_label,
    }
    return environment


def _part(name: str) -> str:
    return (files("pathtrack.export") / "page" / name).read_text(encoding="utf-8")


def _policy(*inline: str) -> str:
    style, script = (
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in inline
    )
    return f"default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"


def _figures(content: Content) -> list[tuple[int, str]]:
    counted = content.view.progress
    return [
        (counted.by_status[Status.IMPLEMENTED], "implemented"),
        (counted.assessed, "assessed"),
        (counted.with_evidence, "with evidence"),
    ]


def _anchors(content: Content) -> dict[tuple[str, int], str]:
    """Return names of entries by date, which no later update changes: D2:2025-01-24, D2:2025-01-24:2."""
    names: dict[tuple[str, int], str] = {}
    for standing in content.rows:
        same_day: Counter[str] = Counter()
        for update in standing.records:
            name = f"{standing.recommendation.id}:{update.date}"
            same_day[name] += 1
            number = f":{same_day[name]}" if same_day[name] > 1 else ""
            names[standing.recommendation.id, id(update)] = name + number
    return names


def _lane_label(standing: Standing) -> str:
    since = f" since {day(standing.since)}" if standing.since else ""
    return f"{standing.recommendation.id}, {standing.status}{since}: {standing.recommendation.title}"


def _mark_label(update: Update) -> str:
    return f"{day(update.date)}: {words.summary(update)} ({count(len(update.evidence), 'source')})"


def _target_label(target: ribbon.Target) -> str:
    if target.moved:
        return f"{day(target.moved)}: target date moved to {day(target.due)}"
    return f"target date: {day(target.due)}"
