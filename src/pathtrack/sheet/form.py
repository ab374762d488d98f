"""The form that asks an actor what became of recommendations: its columns, and what it hides."""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from typing import NamedTuple

from pathtrack import sheet
from pathtrack.record import same
from pathtrack.record.model import Recommendation
from pathtrack.record.standings import Standing
from pathtrack.record.status import Response
from pathtrack.text import day, safe

KIND = "pathtrack ask/1"
"""What the hidden cell in the header of a form has in it."""
_LONGEST = 20_000
"""More than two lines of the model take, whatever is in them."""


class Column(StrEnum):
    """What a column of the form is called."""

    ID = "No."
    ASKED = "What was recommended"
    STATUS = "Where it stands, as we see it"
    WHY = "Why we see it so"
    DUE = "Target date on record"
    ANSWERED = "Your answer on record"
    ANSWER = "Your answer"
    DONE = "What was done"
    EVIDENCE = "Web address that shows it"
    TARGET = "New target date"
    REASON = "Reason for the new date"
    CONTACT = "Whom we may ask"


SHOWN = (Column.ID, Column.ASKED, Column.STATUS, Column.WHY, Column.DUE, Column.ANSWERED)
"""The columns that we fill, which are locked."""
FILLED = (Column.ANSWER, Column.DONE, Column.EVIDENCE, Column.TARGET, Column.REASON, Column.CONTACT)
"""The columns that whoever is asked fills."""
LABELS = {each: each.replace("-", " ").capitalize() for each in Response}
"""How the form words each answer."""
ADDRESSED = "Asked of: "
"""How the line above the header begins that names the actor."""


class Form(NamedTuple):
    """What the form hides in its header: whose record asks whom, and when."""

    report: str
    actor: str
    date: str

    @property
    def text(self) -> str:
        """It as the text of a cell."""
        return json.dumps({"form": KIND, **self._asdict()})


def read(text: str) -> Form | None:
    """Return what a header hides, if it is one of ours."""
    if KIND not in text or len(text) > _LONGEST:
        return None
    with suppress(ValueError, KeyError, TypeError, RecursionError):
        found = json.loads(text)
        return Form(*(str(found[name]) for name in Form._fields)) if found["form"] == KIND else None
    return None


def asked(recommendation: Recommendation) -> str:
    """Return what the form says that is asked."""
    return sheet.fitting(safe(f"{recommendation.title}\n{recommendation.summary or ''}".strip()))


def shown(standing: Standing, actor: str) -> dict[Column, str]:
    """Return what the form shows of a recommendation to an actor, by its columns."""
    own, of_it = standing.of(actor).shown, standing.recommendation
    answer = next(
        (each.response for each in standing.actors if same.word(each.name) == same.word(actor)), None
    )
    cells = (
        *(of_it.id, asked(of_it)),
        f"{own.status}{f' since {day(own.since)}' if own.since else ''}",
        *(sheet.prose(standing.verdict), day(standing.due), LABELS[answer] if answer else ""),
    )
    return {column: sheet.fitting(safe(text)) for column, text in zip(SHOWN, cells, strict=True)}


def mark(cells: Iterable[str]) -> str:
    """Return what a row hides: its first cell, the id, and a fingerprint of all that it shows."""
    texts = [" ".join(each.split()) for each in cells]
    found = hashlib.sha256("\n".join(texts).encode())
    return f"{texts[0]} {found.hexdigest()[:12]}"
