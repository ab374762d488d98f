"""What the keys of a tracker may hold: strings, dates and moments, strictly typed."""

import datetime as dt
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, FailFast, Field, Strict, StringConstraints
from pydantic_core import CoreSchema, core_schema

from pathtrack.record.dates import partial


def _plain_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _whole_second(moment: dt.datetime) -> dt.datetime:
    """Return a moment in whole seconds and with its offset, on which the typist's day depends."""
    try:
        # On the first and the last days of the calendar, it can be outside in UTC.
        moment.astimezone(dt.UTC)
    except OverflowError as error:
        raise ValueError("a moment outside the calendar") from error
    return moment.replace(microsecond=0)


class _Dated:
    """The schema of dates: TOML dates, or texts of months and years.

    It is built of pydantic's own parts, because a function of ours would be called for every date.
    """

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> CoreSchema:
        month_or_year = core_schema.no_info_after_validator_function(
            partial, core_schema.str_schema(strict=True)
        )
        return core_schema.union_schema(
            [core_schema.date_schema(strict=True), month_or_year],
            mode="left_to_right",
            custom_error_type="date_type",
            serialization=core_schema.to_string_ser_schema(when_used="json-unless-none"),
        )

    def __get_pydantic_json_schema__(self, _schema: object, _handler: object) -> dict[str, object]:
        text = {"type": "string", "pattern": r"^\d{4}(-\d{2})?$"}
        return {"anyOf": [{"type": "string", "format": "date"}, text]}


# The patterns below are Rust's, where `$` is the very end; in Python, a newline could follow.
Text = Annotated[str, Strict()]
Line = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=2_000, pattern=r"^[^\r\n]*$")]
Area = Annotated[str, StringConstraints(strict=True, max_length=2_000, pattern=r"^[^\r\n]*$")]
"""Empty for a part that has its whole's."""
Prose = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=100_000), AfterValidator(_plain_newlines)
]
Id = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
Reference = Annotated[Line, AfterValidator(_composed)]
Date = Annotated[dt.date, _Dated()]
Moment = Annotated[AwareDatetime, Strict(), AfterValidator(_whole_second)]
Language = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
Fingerprint = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9a-f]{12}$")]
Quotation = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=500), AfterValidator(_plain_newlines)
]
Flag = Annotated[bool, Strict()]
# Of a list with a million wrong items, one is enough: each that is reported takes a kilobyte.
Lines = Annotated[tuple[Line, ...], FailFast()]
Ids = Annotated[tuple[Id, ...], FailFast()]
References = Annotated[tuple[Reference, ...], Field(min_length=1), FailFast()]
