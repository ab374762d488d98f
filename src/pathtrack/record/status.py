"""The eight statuses: what each means, what it wants, and the words of other bodies for it."""

import re
from enum import StrEnum
from typing import NamedTuple, TypeVar

from pathtrack.errors import UsageError
from pathtrack.text import a, did_you_mean, quoted

_Word = TypeVar("_Word", bound=StrEnum)


class Kind(StrEnum):
    """What sort of source a piece of evidence is."""

    LAW = "law"
    AGREEMENT = "agreement"
    STATEMENT = "statement"
    BUDGET = "budget"
    OPERATION = "operation"
    REPORT = "report"
    NEWS = "news"
    OPINION = "opinion"


class Response(StrEnum):
    """An addressee's answer to a recommendation; it says nothing about what was done."""

    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted-in-part"
    NOTED = "noted"
    REJECTED = "rejected"
    UNDER_CONSIDERATION = "under-consideration"


class Confidence(StrEnum):
    """How sure an assessor is of a status."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Status(StrEnum):
    """What has become of a recommendation, as judged on a date."""

    NOT_ASSESSED = "not-assessed"
    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    PARTIAL = "partial"
    IMPLEMENTED = "implemented"
    STALLED = "stalled"
    NOT_IMPLEMENTED = "not-implemented"
    REVERSED = "reversed"


class Definition(NamedTuple):
    """One row of the status table; `gao`, `csc` and `ogp` are the nearest words of those bodies.

    The crosswalk is our judgement and loses detail: several of our words share one of theirs.
    Sources: GAO's status of open recommendations; the Cyberspace Solarium Commission's annual
    assessments; the Open Government Partnership's completion levels.
    """

    meaning: str
    wants: str
    gao: str
    csc: str
    ogp: str


DEFINITIONS = {
    Status.NOT_ASSESSED: Definition(
        "Nobody has judged it yet. Says nothing about the world. The default.", "", "Open", "", ""
    ),
    Status.NOT_STARTED: Definition(
        "Looked for, as of that date; no action found.",
        "the places searched, or a note",
        "Open",
        "Limited Progress",
        "Not Started",
    ),
    Status.IN_PROGRESS: Definition(
        "An actor has begun: a stated plan, money, a bill, talks, first events.",
        "evidence",
        "Open",
        "On Track",
        "Limited",
    ),
    Status.PARTIAL: Definition(
        "A separable part is finished and in force; the rest is not.",
        "evidence, and a note on what is missing",
        "Open–Partially Addressed",
        "Nearing Implementation",
        "Substantial",
    ),
    Status.IMPLEMENTED: Definition(
        "What it asked for is in force. For an ongoing one: is being done as of that date.",
        "evidence of kind law, agreement, statement, budget or operation",
        "Closed–Implemented",
        "Implemented",
        "Complete",
    ),
    Status.STALLED: Definition(
        "Begun, then no movement and a source says so, or a named barrier.",
        "evidence or a note",
        "Open",
        "Significant Barriers",
        "Limited",
    ),
    Status.NOT_IMPLEMENTED: Definition(
        "Closed without it: refused, withdrawn, overtaken.",
        "evidence or a note",
        "Closed–Not Implemented",
        "Significant Barriers",
        "Not Started",
    ),
    Status.REVERSED: Definition(
        "Was partial or implemented; undone or lapsed since.",
        "evidence",
        "Open",
        "Limited Progress",
        "Limited",
    ),
}

PROOF_OF_IMPLEMENTATION = frozenset({Kind.LAW, Kind.AGREEMENT, Kind.STATEMENT, Kind.BUDGET, Kind.OPERATION})


_TRIED = {
    Status.NOT_ASSESSED: ("n/a", "na", "not applicable", "unknown", "unclear"),
    Status.NOT_STARTED: ("none", "nothing", "open", "pending", "todo"),
    Status.IN_PROGRESS: ("active", "begun", "on track", "ongoing", "open", "started", "underway"),
    Status.PARTIAL: ("half", "mostly", "partially", "partly"),
    Status.IMPLEMENTED: ("achieved", "closed", "complete", "completed", "done", "finished", "fulfilled"),
    Status.STALLED: ("behind schedule", "blocked", "delayed", "off track", "overdue", "paused", "stuck"),
    Status.NOT_IMPLEMENTED: (
        *("abandoned", "canceled", "cancelled", "closed", "declined", "dropped", "failed", "obsolete"),
        *("overtaken", "refused", "rejected", "superseded", "withdrawn"),
    ),
    Status.REVERSED: ("repealed", "undone"),
}
"""What people try first, by the statuses that are nearest to it."""


def parse_word(text: str, words: type[_Word], noun: str) -> _Word:
    """Return the member of an enumeration that a word names; `noun` is for the error.

    Case does not matter, nor whether its parts are joined by a hyphen.
    """
    try:
        return words("-".join(re.split(r"[\s_-]+", text.strip().lower())))
    except ValueError as error:
        raise UsageError(f"{quoted(text)} is not {a(noun)}", todo=nearest(text, words)) from error


def nearest(text: str, words: type[StrEnum]) -> str:
    """Return a hint with the words of an enumeration that are nearest to a wrong one."""
    meant = [each for each, names in _TRIED.items() if text.strip().lower() in names]
    if words is Status and meant:
        return f"did you mean {' or '.join(meant)}? 'pathtrack statuses' explains all eight"
    return did_you_mean(text, words)
