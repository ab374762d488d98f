import datetime as dt
from itertools import product

import pytest

from pathtrack.file.blocks import locate
from pathtrack.file.document import Document
from pathtrack.record import checks, wants
from pathtrack.record.finding import Finding, Severity, located
from pathtrack.record.model import Recommendation, Tracker, Update
from pathtrack.record.status import Status
from samples import DATA, HOSTILE, SMALL, TODAY, day, recommendation, source, tracked, update

NOW = dt.datetime(2025, 1, 24, 9, 30, tzinfo=dt.UTC)
BROKEN = """
[report]
title = "R"
url = "javascript:alert(1)"
areas = ["water", "energy"]

[[recommendation]]
id = "W1"
area = "watr"
title = "First"

[[recommendation]]
id = "w1"
area = "energy"
title = "Second"

[[update]]
date = 2025-01-24
by = "Ana"
recommendations = ["W1", "W2"]
status = "implemented"

[[update.evidence]]
url = "example.org"
archive = "https://user@example.org"
kind = "news"
"""


@pytest.fixture
def broken() -> Tracker:
    return Document.read(BROKEN.encode(), name="f").tracker


def found(tracker: Tracker, text: str = "") -> list[tuple[str, str, int]]:
    return [
        (each.code, each.severity.value, each.line)
        for each in located(checks.check(tracker, on=TODAY), locate(text))
    ]


def test_every_kind_of_finding_names_its_line(broken: Tracker) -> None:
    assert found(broken, BROKEN) == [
        ("unsafe-address", "error", 4),
        ("unknown-area", "error", 9),
        ("duplicate-id", "error", 13),
        ("unknown-id", "error", 20),
        ("thin-implemented", "warning", 21),
        ("unsafe-address", "error", 24),
        ("unsafe-address", "error", 25),
    ]


def test_findings_without_a_line_are_there_all_the_same(broken: Tracker) -> None:
    assert {line for _, _, line in found(broken)} == {0}
    assert len(found(broken)) == 7


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("unknown-area", "'watr' is not one of the report's areas; did you mean water?"),
        ("duplicate-id", "w1 is already the id of 'First'"),
        ("unknown-id", "no recommendation 'W2'; did you mean"),
        ("thin-implemented", "W1, W2: implemented wants evidence of kind law"),
    ],
)
def test_a_finding_says_what_is_wrong(broken: Tracker, code: str, words: str) -> None:
    (message,) = (each.message for each in checks.check(broken, on=TODAY) if each.code == code)
    assert words in message


def test_the_small_tracker_has_warnings_in_the_order_of_the_file(tracker: Tracker) -> None:
    text = SMALL.decode()
    unconfirmed, first, *others = located(checks.check(tracker, on=TODAY), locate(text))
    assert unconfirmed.code == "unconfirmed"
    assert [each.code for each in others] == ["no-address", "future-update"]
    assert first == Finding(
        text[: text.index('title = "Minutes of the board')].count("\n"),
        ("update", 1, "evidence", 1),
        "no-address",
        "'Minutes of the board, volume 12' has no address to check it at",
    )


def test_the_real_record_has_no_errors() -> None:
    tracker = Document.read((DATA / "record.toml").read_bytes(), name="f").tracker
    assert not [each for each in checks.check(tracker, on=TODAY) if each.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("areas", "codes"),
    [(["defense"], []), ([], []), (["Defense"], ["two-spellings"]), (["water"], ["unknown-area"])],
)
def test_areas_are_checked_where_the_report_gives_them(areas: list[str], codes: list[str]) -> None:
    assert [code for code, _, _ in found(tracked(recommendation(), areas=areas))] == codes


@pytest.mark.parametrize(
    ("parts", "codes"),
    [
        ([recommendation("D1"), recommendation("D2")], []),
        ([recommendation("D1"), recommendation("d1"), recommendation("D1")], ["duplicate-id"] * 2),
        ([recommendation("D1"), update("2025-01-01", "d1")], []),
        ([recommendation("D1"), update("2025-01-01", "D1", "D2", "é")], ["unknown-id"] * 2),
        ([update("2025-01-01", "D1")], ["unknown-id"]),
    ],
)
def test_ids_are_compared_without_case(parts: list[Recommendation | Update], codes: list[str]) -> None:
    assert [code for code, _, _ in found(tracked(*parts))] == codes


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("javascript:alert(1)", "is not a plain http or https address"),
        ("https://user:word@example.org", "is not a plain http or https address"),
        ("ftp://example.org", "is not a plain http or https address"),
        ("example.org/a", "has no http:// or https://"),
        ("https://example.org/a b", "is not a plain http or https address"),
        ("https://example.org/\u202egpj", "is not a plain http or https address"),
    ],
)
def test_an_address_that_nobody_should_follow_is_an_error(address: str, words: str) -> None:
    made = tracked(recommendation(), update(evidence=[source(address), source(archive=address)]), url=address)
    findings = [each for each in checks.check(made, on=TODAY) if each.severity is Severity.ERROR]
    assert [each.code for each in findings] == ["unsafe-address"] * 3
    assert all(words in each.message for each in findings)


@pytest.mark.parametrize(
    ("status", "fields", "enough"),
    [
        ("not-assessed", {}, True),
        ("not-started", {}, False),
        ("not-started", {"searched": ["a"]}, True),
        ("not-started", {"note": "n"}, True),
        ("not-started", {"evidence": [source()]}, False),
        ("in-progress", {}, False),
        ("in-progress", {"note": "n"}, False),
        ("in-progress", {"evidence": [source()]}, True),
        ("partial", {}, False),
        ("partial", {"note": "n"}, False),
        ("partial", {"evidence": [source()]}, False),
        ("partial", {"note": "n", "evidence": [source()]}, True),
        ("implemented", {}, False),
        ("implemented", {"note": "n", "evidence": [source()]}, False),
        (
            "implemented",
            {"evidence": [source(kind="news"), source("https://b.eu", kind="law")]},
            True,
        ),
        *(
            ("implemented", {"evidence": [source(kind=kind)]}, False)
            for kind in ("report", "news", "opinion")
        ),
        *(
            ("implemented", {"evidence": [source(kind=kind)]}, True)
            for kind in ("law", "agreement", "statement", "budget", "operation")
        ),
        ("stalled", {}, False),
        ("stalled", {"searched": ["a"]}, False),
        ("stalled", {"note": "n"}, True),
        ("stalled", {"evidence": [source()]}, True),
        ("not-implemented", {}, False),
        ("not-implemented", {"note": "n"}, True),
        ("not-implemented", {"evidence": [source()]}, True),
        ("reversed", {}, False),
        ("reversed", {"note": "n"}, False),
        ("reversed", {"evidence": [source()]}, True),
    ],
)
def test_each_status_wants_what_its_definition_says(
    *, status: str, fields: dict[str, object], enough: bool
) -> None:
    made = update("2025-01-24", status=status, **fields)
    assert wants.wanting(made).startswith("" if enough else f"{status} wants ")
    assert bool(wants.wanting(made)) is not enough
    codes = [] if enough else [(f"thin-{status}", "warning", 0)]
    assert found(tracked(recommendation(), made)) == codes


def test_an_update_without_a_status_wants_nothing() -> None:
    assert wants.wanting(update()) == ""


@pytest.mark.parametrize(
    ("parts", "codes"),
    [
        ([update("2026-01-31")], []),
        ([update("2026-02-01")], ["future-update"]),
        ([update(evidence=[source(None, title="On paper")])], ["no-address"]),
        ([update(evidence=[source(), source()])], ["repeated-address"]),
        ([update(evidence=[source()]), update(evidence=[source()])], []),
        ([update(evidence=[source("http://localhost:8000/a")])], ["private-address"]),
        ([update(evidence=[source(archive="https://intranet/a")])], ["private-address"]),
        ([update(evidence=[source("https://192.168.0.1/")])], ["private-address"]),
        ([update(note="a\nb\tc")], []),
        ([update(by=HOSTILE)], ["hidden-character"]),
        ([update(note=HOSTILE, evidence=[source(publisher=HOSTILE)])], ["hidden-character"] * 2),
        ([update(recorded=NOW), update(recorded=NOW)], []),
        ([update(recorded=NOW), update(recorded=NOW, note="Edited.")], ["edited-twice"]),
        ([update(), update(note="Another.")], []),
    ],
)
def test_what_may_be_a_slip_is_a_warning(parts: list[Update], codes: list[str]) -> None:
    assert [(code, severity) for code, severity, _ in found(tracked(recommendation(), *parts))] == [
        (code, "warning") for code in codes
    ]


@pytest.mark.parametrize(("stale", "codes"), [(None, []), (30, []), (29, ["stale"])])
def test_staleness_is_a_warning_where_it_is_asked_for(stale: int | None, codes: list[str]) -> None:
    made = tracked(recommendation(), update("2026-01-01", status="not-started", note="A note."))
    assert [each.code for each in checks.check(made, on=TODAY, stale=stale)] == codes


def test_a_rewritten_past_is_an_error() -> None:
    (finding,) = checks.rewritten([update("2025-01-24", "D1", "D2")], since="v1")
    assert (finding.code, finding.severity) == ("rewritten-past", Severity.ERROR)
    assert finding.message == "changed or removed since v1: the update of 2025-01-24 about D1, D2 by Ana"


def test_only_the_first_unknown_ids_get_a_hint() -> None:
    made = tracked(recommendation("D1"), update("2025-01-24", *(f"X{number}" for number in range(30))))
    assert sum("D1" in each.message for each in checks.check(made, on=TODAY)) == 10


CONTRADICTED: dict[str, set[str]] = {
    "implemented": {*Status} - {"implemented"},
    "not-started": {*Status} - {"not-started", "not-assessed"},
    "partial": {*Status} - {"implemented"},
}
"""Which status of a part contradicts that of its whole; of partial, where all of its parts have such."""


def judged(identifier: str, status: Status) -> list[Update]:
    return [] if status is Status.NOT_ASSESSED else [update("2025-01-24", identifier, status=status)]


@pytest.mark.parametrize("whole", Status)
def test_a_whole_and_its_parts_of_every_status_agree_or_not(whole: Status) -> None:
    parts = [recommendation("D1.a", part_of="D1"), recommendation("D1.b", part_of="d1")]
    for first, second in product(Status, repeat=2):
        made = tracked(
            *(recommendation(), *parts),
            *(*judged("D1", whole), *judged("D1.a", first), *judged("D1.b", second)),
        )
        against = [each in CONTRADICTED.get(whole, set()) for each in (first, second)]
        expected = all(against) if whole == "partial" else any(against)
        told = [each.message for each in checks.check(made, on=TODAY) if each.code == "parts-disagree"]
        assert [each.partition(",")[0] for each in told] == [f"D1: {whole}"] * expected, (first, second)


def test_a_part_is_held_against_its_whole_as_of_the_day_and_by_the_assessor_in_question() -> None:
    made = tracked(
        *(recommendation(), recommendation("D2", part_of="D1")),
        *(update("2025-01-24", status="not-started", note="n"), update("2025-03-01", "D2", status="stalled")),
        update("2025-03-01", "D2", status="not-started", by="Bo"),
    )
    told = {
        (on, by): [each for each in checks.check(made, on=day(on), by=by) if each.code == "parts-disagree"]
        for on in ("2025-02-01", "2025-04-01")
        for by in (None, "Ana", "Bo")
    }
    assert {given for given, codes in told.items() if codes} == {("2025-04-01", "Ana")}


def test_nothing_of_a_whole_contradicts_it_without_parts() -> None:
    for status in Status:
        made = tracked(recommendation(), *judged("D1", status))
        assert "parts-disagree" not in [each.code for each in checks.check(made, on=TODAY)]
