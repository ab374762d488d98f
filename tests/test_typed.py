import datetime as dt
from pathlib import Path

import pytest

from conftest import Run
from pathtrack.cli import typed
from pathtrack.errors import UsageError
from pathtrack.export import Format
from pathtrack.record.status import Status
from samples import day
from statements import for_each

READINGS = "write 2025-01-02 for 2 Jan 2025 or 2025-02-01 for 1 Feb 2025"
EXAMPLES = "give one such as 2025-01-24, 2025-01, 3 Nov 2025, yesterday, 3 weeks ago"


def test_today_is_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHTRACK_TODAY", "2024-02-29")
    assert typed.today() == day("2024-02-29")


@pytest.mark.parametrize("given", ["", None])
def test_today_is_the_calendars_day_otherwise(given: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PATHTRACK_TODAY")
    if given is not None:
        monkeypatch.setenv("PATHTRACK_TODAY", given)
    before = dt.date.today()  # noqa: DTZ011 the day of this place is meant
    assert before <= typed.today() <= before + dt.timedelta(days=1)


@pytest.mark.parametrize("given", ["soon", "2026-13-01", "\x1b[31m"])
def test_another_today_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHTRACK_TODAY", given)
    with pytest.raises(UsageError, match="PATHTRACK_TODAY") as caught:
        typed.today()
    assert "\x1b" not in str(caught.value)


@for_each(
    "text, number",
    [
        ("90", 90),
        ("90d", 90),
        ("90 Days", 90),
        ("1 day", 1),
        ("2w", 14),
        ("3 months", 92),
        ("3m", 92),
        ("3 months ago", 92),
        ("1y", 365),
        ("2 years", 731),
        ("0", 0),
    ],
)
def test_days_are_counted_back_from_today(text: str, number: int) -> None:
    assert typed.days(text) == number


@pytest.mark.parametrize(
    ("text", "iso"), [("3 months", "2025-10-31"), ("2w ago", "2026-01-17"), ("2025", "2025-01-01")]
)
def test_a_time_before_today_begins_a_period(text: str, iso: str) -> None:
    assert typed.first_day(text) == day(iso)


@for_each(
    "text, formats",
    [
        (None, ()),
        ("", ()),
        ("html", (Format.HTML,)),
        ("HTML, markdown,csv", (Format.HTML, Format.MARKDOWN, Format.CSV)),
        ("json,", (Format.JSON,)),
        ("md, HTM", (Format.MARKDOWN, Format.HTML)),
        ("Excel,word", (Format.XLSX, Format.DOCX)),
    ],
)
def test_formats_are_joined_by_commas(text: str | None, formats: tuple[Format, ...]) -> None:
    assert typed.formats(text) == formats


def test_another_format_is_refused() -> None:
    with pytest.raises(UsageError, match="'mrkdown' is not a format; did you mean markdown"):
        typed.formats("html,mrkdown")


@pytest.mark.usefixtures("here")
@for_each(
    "arguments, message",
    [
        (["--status", "in-progres"], "'in-progres' is not a status; did you mean in-progress?"),
        (
            ["--status", "don"],
            f"'don' is not a status; expected one of {', '.join(Status)}",
        ),
        (["--area", "enrgy"], "'enrgy' is not an area; did you mean energy?"),
        (["--area", "zzz"], "'zzz' is not an area; expected one of water, energy, open data"),
        (["--actor", "Parlament"], "'Parlament' is not an actor; did you mean Parliament?"),
        (["--by", "Anna"], "'Anna' is not an assessor; did you mean Ana Lee?"),
        *(
            (["--stale", each], f"'{each}' is not a number of days; give one such as 90 or \"3 months\"")
            for each in ("-1", "1.5", "9" * 7, "3 moons", "9999 years", "m")
        ),
        (["--color", "alway"], "'alway' is not a value of --color; did you mean always?"),
        (["--as-of", "soon"], f"'soon' is not a date; {EXAMPLES}"),
        (["--as-of", "1.2.2025"], f"'1.2.2025' can be read in two ways; {READINGS}"),
        (["--as-of", "2025-02-30"], f"'2025-02-30' is not a day in the calendar; {EXAMPLES}"),
    ],
)
def test_a_wrong_value_names_the_right_ones(arguments: list[str], message: str, run: Run) -> None:
    assert run("list", *arguments) == (2, "", f"error: {message}\n")


@pytest.mark.usefixtures("here")
@for_each(
    "typed, as_of",
    [
        ("today", "2026-01-31"),
        ("Yesterday", "2026-01-30"),
        ("2 weeks ago", "2026-01-17"),
        ("24.1.2025", "2025-01-24"),
        ("Jan 2025", "2025-01-31"),
        ("2025-01-24",) * 2,
    ],
)
def test_dates_are_given_as_people_type_them(typed: str, as_of: str, run: Run) -> None:
    assert f'"as_of": "{as_of}"' in run("list", "--json", "--as-of", typed).out


@pytest.mark.parametrize("option", ["--file", "-f"])
def test_the_file_can_be_named(option: str, here: Path, run: Run) -> None:
    other = here.rename("other.toml")
    assert run("list", option, other).out.startswith("E1\t")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("typed", "number"), [("ANA LEE", 3), ("ana lee", 3), ("김하늘", 1), ("second reader", 1)]
)
def test_assessors_are_named_in_any_case(typed: str, number: int, run: Run) -> None:
    rows = run("list", "--by", typed).out.splitlines()
    assert sum("not-assessed" not in row for row in rows) == number
