"""Two pages for a board: the counts, what changed and why, what is late, and what comes next."""

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from conftest import DATA, Run
from pathtrack import export
from pathtrack.export import Format, Period
from pathtrack.export.brief import brief
from pathtrack.export.content import Content
from pathtrack.file import store
from pathtrack.record.corrections import update_id
from pathtrack.record.model import Tracker
from pathtrack.record.view import View, view
from rendered import RENDERERS
from samples import TODAY, day, recommendation, source, tracked, update
from statements import for_each

SINCE = Period(day("2025-01-01"))
NOON = dt.datetime(2025, 6, 1, 12, tzinfo=dt.UTC)


def seen(tracker: Tracker) -> View:
    return view(tracker, on=TODAY)


@pytest.fixture
def lines() -> list[str]:
    text = export.render(seen(store.load(DATA / "parts.toml")), Format.MARKDOWN, period=SINCE, brief=True)
    return text.splitlines()


@for_each(
    "line",
    [
        "> **1 of 7 recommendations implemented (was 0); 1 of 5 parts.**",
        "> Judged by Ana Lee, Second Reader.",
        "> 4 of 7 not assessed: nobody has judged them.",
        "| of 7 | not-assessed | in-progress | partial | implemented | assessed | with evidence |",
        "| was, before 1 Jan 2025 | 7 | 0 | 0 | 0 | 0 | 2 |",
        "| is, 31 Jan 2026 | 4 | 1 | 1 | 1 | 3 | 4 |",
        "- **F1** Warn both banks of every flood: from not-assessed to partial. 1 Feb 2025, Ana Lee: The g…",
        "- **W1.1** Build a plant in the upper town: due 30 Jun 2025; in-progress since 1 Apr 2025.[^4] [^3]",
        "- Those asked have not said on record whether they accept 3 of 6 recommendations that name an …",
        "- **F1** Warn both banks of every flood: due Dec 2026, promised 2024, moved twice; partial since …",
        "[^4]: River Institute, One River, Two Banks, May 2023, report, <https://river.example/report>",
    ],
)
def test_a_brief_says_what_was_and_is_and_why(lines: list[str], line: str) -> None:
    assert any(each == line or (line[-1] == "…" and each.startswith(line[:-1])) for each in lines)


def test_no_statement_lacks_its_source(lines: list[str]) -> None:
    for line in lines:
        if line.startswith("- "):
            assert re.search(r"\[\^\d+]$", line) or line.endswith("No source on record.")
    cited = {int(each) for line in lines for each in re.findall(r"\[\^(\d+)](?!:)", line)}
    assert cited == set(range(1, len(cited) + 1))


def test_a_sentence_is_told_once() -> None:
    old = update("2024-01-01", status="in-progress", note="It began.")
    new = update(
        "2025-05-01", status="stalled", note="Nothing moves.", evidence=[source(None, title="A report")]
    )
    text = export.render(seen(tracked(recommendation(), old, new)), Format.MARKDOWN, period=SINCE, brief=True)
    assert text.count("Nothing moves.") == 1
    assert "from in-progress to stalled. 1 May 2025: Nothing moves.[^1]" in text
    assert "stalled since 1 May 2025, as told above.[^1]" in text
    assert "## Stalled" in export.render(seen(tracked(recommendation(), new)), Format.MARKDOWN, brief=True)


def test_what_is_changed_is_told_by_the_update_that_changed_it() -> None:
    moved = update("2025-05-01", status="partial", note="Half of it.", evidence=[source(None, title="First")])
    again = update(
        "2025-06-01", status="partial", note="Still half.", evidence=[source(None, title="Second")]
    )
    text = export.render(
        seen(tracked(recommendation(), moved, again)), Format.MARKDOWN, period=SINCE, brief=True
    )
    assert "from not-assessed to partial. 1 May 2025: Half of it.[^1]" in text
    assert "Still half." not in text


def test_what_was_noted_since_the_judgement_is_told_after_it() -> None:
    stalled = update("2025-01-25", status="stalled", note="Four of nine.", evidence=[source(None, title="A")])
    later = update(
        "2025-02-24",
        actors=["Seoul"],
        status="partial",
        note="Seven of nine.",
        evidence=[source(None, title="B")],
    )
    told = "stalled since 25 Jan 2025: Four of nine. 24 Feb 2025: Seoul: Seven of nine.[^1] [^2]"
    assert told in export.render(seen(tracked(recommendation(), stalled, later)), Format.MARKDOWN, brief=True)


@for_each("chosen", [Format.MARKDOWN, Format.HTML])
def test_what_was_recorded_of_earlier_days_is_counted(chosen: Format) -> None:
    late = update("2024-06-15", status="in-progress", recorded=NOON)
    made = seen(tracked(recommendation(), update("2024-05-15", status="in-progress"), late))
    told = "1 update about earlier days was recorded from 1 Jan 2025 to 31 Jan 2026, on recommendation D1."
    assert told in export.render(made, chosen, period=SINCE)
    assert told in export.render(made, chosen, period=SINCE, brief=True)


def test_many_recommendations_are_counted_rather_than_listed() -> None:
    ids = [f"D{number}" for number in range(1, 14)]
    late = [update("2024-06-15", each, note="Late.", recorded=NOON) for each in ids]
    made = seen(tracked(*map(recommendation, ids), *late))
    told = (
        "13 updates about earlier days were recorded from 1 Jan 2025 to 31 Jan 2026, on 13 recommendations."
    )
    assert told in export.render(made, Format.MARKDOWN, period=SINCE)


def test_without_a_period_it_tells_the_newest_judgements() -> None:
    made = tracked(
        recommendation("A"),
        recommendation("B"),
        update("2025-05-01", "A", status="in-progress", note="A began."),
        update("2025-06-01", "B", status="in-progress", note="B began."),
    )
    text = export.render(seen(made), Format.MARKDOWN, brief=True)
    assert "## Judged last" in text
    assert text.index("B began.") < text.index("A began.")
    assert "was" not in text.partition("## ")[0]


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (None, "> No target date is on record.\n"),
        ("2027", "> Nothing is overdue.\n"),
        ("2025", "## Overdue\n"),
    ],
)
def test_where_nothing_is_overdue_it_says_so(due: str | None, words: str) -> None:
    text = export.render(seen(tracked(recommendation(due=due))), Format.MARKDOWN, brief=True)
    assert [words in text, text.count("verdue")] == [True, words.count("verdue")]


def test_a_title_that_is_a_sentence_and_a_refusal_are_told_in_order() -> None:
    asked = recommendation(title="Consult on a duty.", due="2027", actors=["Seoul"])
    made = tracked(asked, update("2025-05-01", actors=["Seoul"], response="rejected"))
    text = export.render(seen(made), Format.MARKDOWN, brief=True)
    assert "Consult on a duty: due 2027; not-assessed; answered: rejected. No source on record." in text
    assert "[^1]" not in text


@for_each("day_typed, number", [("2025-05-20", 0), ("2025-08-01", 1)])
def test_only_late_hindsight_is_told(day_typed: str, number: int) -> None:
    typed = dt.datetime.fromisoformat(f"{day_typed}T12:00:00+00:00")
    made = tracked(recommendation(), update("2025-05-01", status="partial", recorded=typed))
    text = export.render(seen(made), Format.MARKDOWN, brief=True)
    assert text.count("1 of 1 update recorded more than a month after the day they describe") == number


def test_where_nothing_was_recorded_it_says_so() -> None:
    made = tracked(recommendation(), update("2024-05-01", status="in-progress", note="It began."))
    text = export.render(seen(made), Format.MARKDOWN, period=SINCE, brief=True)
    assert "## What changed from 1 Jan 2025 to 31 Jan 2026\n\n- Nothing was recorded.\n" in text
    assert "- A report" not in export.render(seen(tracked()), Format.MARKDOWN, brief=True)


def test_what_moved_comes_first_and_what_did_not_last() -> None:
    before = [update("2024-05-01", each, status="in-progress") for each in "AB"]
    new = [
        update("2025-05-01", "A", status="in-progress", note="A goes on."),
        update(
            "2025-06-01", "B", status="stalled", evidence=[source("https://b.example/x", kind="statement")]
        ),
    ]
    asked = [recommendation(each) for each in "AB"]
    text = export.render(seen(tracked(*asked, *before, *new)), Format.MARKDOWN, period=SINCE, brief=True)
    moved, still = text.index("from in-progress to stalled"), text.index("still in-progress")
    headings = [each.start() for each in re.finditer("^## ", text, re.MULTILINE)]
    assert headings[0] < moved < headings[-1] < still
    assert "[^1]: statement, <https://b.example/x>" in text
    text = export.render(seen(tracked(*asked, *before, new[0])), Format.MARKDOWN, period=SINCE, brief=True)
    assert "- No status changed.\n" in text


def test_a_correction_is_told_with_its_reason() -> None:
    old = update("2025-05-01", status="partial", note="Half of it.")
    new = update(
        "2025-05-01",
        status="in-progress",
        note="A start.",
        corrects=update_id(old),
        reason="Misread.",
        recorded=NOON,
    )
    text = export.render(seen(tracked(recommendation(), old, new)), Format.MARKDOWN, period=SINCE, brief=True)
    (line,) = (each for each in text.splitlines() if "corrected" in each)
    assert line.startswith("- **D1** On 1 Jun 2025 Ana corrected the ")
    assert ": Misread." in line


@for_each(
    "chosen, heading",
    [("md", "**Corrections, not changes**\n"), ("html", "<h3>Corrections, not changes</h3>")],
)
def test_corrections_stand_apart_from_changes_in_reports(chosen: str, heading: str) -> None:
    old = update("2025-05-01", status="partial")
    gone = update("2025-05-01", corrects=update_id(old), reason="Another law.", recorded=NOON)
    made = seen(tracked(recommendation(), old, gone))
    assert heading in export.render(made, export.format_of(Path(f"a.{chosen}")), period=SINCE)


def test_what_was_withdrawn_with_its_source_is_told_without_it() -> None:
    old = update("2025-05-01", status="partial", evidence=[source("https://gone.example/a")])
    gone = update("2025-05-01", corrects=update_id(old), reason="Another law.", recorded=NOON)
    text = export.render(
        seen(tracked(recommendation(), old, gone)), Format.MARKDOWN, period=SINCE, brief=True
    )
    assert "- **D1** On 1 Jun 2025 Ana withdrew the update of 1 May 2025: Another law.\n" in text
    assert "gone.example" not in text


def test_a_long_record_still_fits_and_says_what_is_left_out() -> None:
    updates = [
        update(
            "2025-05-01",
            f"R{number}",
            status="stalled",
            note=f"Reason {number}.",
            evidence=[source(None, title=f"S{number}")],
        )
        for number in range(200)
    ]
    many = [recommendation(f"R{number}", due=day("2025-06-01")) for number in range(200)]
    found = brief(Content(seen(tracked(*many, *updates)), SINCE))
    assert [section.heading for section in found.sections][:3] == [
        "What changed from 1 Jan 2025 to 31 Jan 2026",
        "Stalled",
        "Overdue",
    ]
    for section in found.sections[:3]:
        assert section.statements
        assert section.rest.startswith(f"{200 - len(section.statements)} more, in the full report: R")
    assert 30 < sum(len(each.statements) for each in found.sections) < 40


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.json"], "a brief cannot be written as json"),
        (["--format", "csv"], "a brief cannot be written as csv"),
        (["site/"], "a brief is one file"),
        (["a.md", "--since", "2025-01-01", "--until", "2025-02-01"], "give --as-of instead"),
    ],
)
def test_what_has_no_brief_is_refused(run: Run, arguments: list[str], message: str) -> None:
    code, out, err = run("export", "--brief", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err


def test_the_page_says_what_the_markdown_says(run: Run, tmp_path: Path, lines: list[str]) -> None:
    path = shutil.copy(DATA / "parts.toml", tmp_path)
    page = run(
        "export", "--file", path, "--brief", "--since", "2025-01-01", "--format", "html", "--area", "floods"
    ).out
    for said in ("The gauges are there.", "was, before 1 Jan 2025", "3 of 7 recommendations: floods."):
        assert said in page
    assert 'href="#source-1"' in page
    assert 'id="source-1"' in page
    assert "<script" not in page
    assert "W1.1" not in page
    assert any("W1.1" in line for line in lines)


def test_hostile_texts_do_nothing_in_a_brief() -> None:
    hostile = "[a](javascript:x) www.a.b @name #12 <b> a@b.c | x"
    made = tracked(
        recommendation("A", title=hostile),
        update(
            "2025-05-01",
            "A",
            status="stalled",
            note=hostile,
            evidence=[source("https://a.b/?c=d&amp;e", title=hostile)],
        ),
    )
    text = export.render(seen(made), Format.MARKDOWN, period=SINCE, brief=True)
    for renderer in RENDERERS:
        shown = renderer(text)
        assert all(
            target in {"http://www.a.b", "https://a.b/?c=d&amp;e", "https://a.b/?c=d&e"}
            for target, _ in shown.links
        )
        assert any(hostile in each for each in shown.blocks)
    page = export.render(seen(made), Format.HTML, period=SINCE, brief=True)
    assert "<b>A</b>" in page
    assert "&lt;b&gt;" in page
