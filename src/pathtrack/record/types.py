"""What the keys of a tracker may hold: strings, dates and moments, strictly typed."""

import datetime as dt
import unicodedata
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    PlainSerializer,
    Strict,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticKnownError

from pathtrack.record.dates import partial


def _plain_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _whole_second(moment: dt.datetime) -> dt.datetime:
    """Return a moment as its typist saw it: the day that it was there is a matter of its offset."""
    try:
        moment.astimezone(dt.UTC)
    except OverflowError as error:
        raise ValueError("a moment outside the calendar") from error
    return moment.replace(microsecond=0)


def _dated(given: object, info: ValidationInfo[object]) -> object:
    """Read a month or a year; a day is a date in TOML, and text in JSON, which has no dates."""
    if not isinstance(given, str):
        return given
    try:
        return dt.date.fromisoformat(given) if info.mode == "json" and len(given) > 7 else partial(given)  # noqa: PLR2004
    except ValueError as error:
        raise PydanticKnownError("date_type") from error


Text = Annotated[str, Strict()]
Line = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=2_000, pattern=r"^[^\r\n]*$")]
Area = Annotated[str, StringConstraints(strict=True, max_length=2_000, pattern=r"^[^\r\n]*$")]
"""Empty for a part that has its whole's."""
Prose = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=100_000), AfterValidator(_plain_newlines)
]
Id = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
Reference = Annotated[Line, AfterValidator(_composed)]
Date = Annotated[
    dt.date,
    Strict(),
    BeforeValidator(_dated),
    PlainSerializer(str, return_type=str, when_used="json-unless-none"),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "pattern": r"^\d{4}(-\d{2})?$"}]}
    ),
]
Moment = Annotated[AwareDatetime, Strict(), AfterValidator(_whole_second)]
Language = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
Fingerprint = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9a-f]{12}$")]
Quotation = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=500), AfterValidator(_plain_newlines)
]
Flag = Annotated[bool, Strict()]
