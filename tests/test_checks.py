"""The findings of `check`. It finds them in one pass, and every code has a file that shows it.

The files are in data/broken: CODE.toml, CODE.repaired.toml and, where the past matters, CODE.before.toml.
"""

import datetime as dt
import re
import shutil
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from types import FrameType

import pytest

from conftest import Run, run_git
from pathtrack.file.blocks import locate
from pathtrack.file.document import Document
from pathtrack.record import checks, wants
from pathtrack.record.corrections import update_id
from pathtrack.record.dates import partial as month
from pathtrack.record.finding import Finding, Severity, located
from pathtrack.record.model import Recommendation, Tracker, Update
from pathtrack.record.status import DEFINITIONS, Status
from pathtrack.text import is_private_address
from pathtrack.web.client import Answer, Client
from samples import DATA, HOSTILE, SMALL, TODAY, day, recommendation, source, tracked, update
from statements import for_each

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


def codes(*parts: Recommendation | Update, stale: int | None = None, by: str | None = None) -> list[str]:
    """Return the codes that are found in a tracker of D1 and the given parts."""
    return [
        each.code for each in checks.check(tracked(recommendation(), *parts), on=TODAY, stale=stale, by=by)
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
    assert [each.code for each in others] == ["assessors-disagree", "no-address", "future-update"]
    assert first == Finding(
        ("update", 1, "evidence", 1),
        "no-address",
        "'Minutes of the board, volume 12' has no address to check it at",
        line=text[: text.index('title = "Minutes of the board')].count("\n"),
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


@for_each(
    "address, words",
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


@for_each(
    "status, fields, enough",
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
    assert wants.missing(made).startswith("" if enough else f"{status} wants ")
    assert bool(wants.missing(made)) is not enough
    codes = [] if enough else [(f"thin-{status}", "warning", 0)]
    assert found(tracked(recommendation(), made)) == codes


def test_an_update_without_a_status_wants_nothing() -> None:
    assert wants.missing(update()) == ""


@for_each(
    "parts, codes",
    [
        ([update("2026-01-31")], []),
        ([update("2026-02-01")], ["future-update"]),
        ([update(evidence=[source(None, title="On paper")])], ["no-address"]),
        ([update(evidence=[source(), source()])], ["repeated-address"]),
        ([update(evidence=[source()]), update(evidence=[source()])], []),
        ([update(evidence=[source(archive="https://intranet/a")])], ["private-address"]),
        ([update(note="a\nb\tc")], []),
        ([update(by=HOSTILE)], ["hidden-character"]),
        ([update(note=HOSTILE, evidence=[source(publisher=HOSTILE)])], ["hidden-character"] * 2),
    ],
)
def test_what_may_be_a_slip_is_a_warning(parts: list[Update], codes: list[str]) -> None:
    assert [(code, severity) for code, severity, _ in found(tracked(recommendation(), *parts))] == [
        (code, "warning") for code in codes
    ]


def test_only_the_first_unknown_ids_get_a_hint() -> None:
    made = tracked(recommendation("D1"), update("2025-01-24", *(f"X{number}" for number in range(30))))
    assert sum("D1" in each.message for each in checks.check(made, on=TODAY)) == 10


@for_each(
    "parts, codes",
    [
        ([recommendation("D2", formerly=["d1"])], ["duplicate-id"]),
        ([recommendation("D2", formerly=["R1", "r1", "D2"])], []),
        ([recommendation("D2", formerly=["R1"]), update("2025-01-01", "r1")], []),
        ([recommendation("D2", formerly=["R1"]), recommendation("R1")], ["duplicate-id"]),
        ([recommendation("D2", part_of="d1")], []),
        ([recommendation("D2", part_of="D3")], ["unknown-whole"]),
        ([recommendation("D2", part_of="D2")], ["unknown-whole"]),
        ([recommendation("D2", part_of="D1"), recommendation("D3", part_of="D2")], ["unknown-whole"]),
        ([recommendation("D2", area="Defense")], ["two-spellings"]),
        ([recommendation("D2", actors=["Seoul"]), recommendation("D3", actors=["SEOUL"])], ["two-spellings"]),
    ],
)
def test_ids_wholes_and_words_of_recommendations(
    parts: list[Recommendation | Update], codes: list[str]
) -> None:
    assert [code for code, _, _ in found(tracked(recommendation(), *parts))] == codes


@for_each(
    "parts, wanted",
    [
        ([update(response="accepted")], ["unsourced-response"]),
        ([update(response="accepted", evidence=[source()])], []),
        (
            [recommendation("D2", due=TODAY), update("2025-01-01", "D2", due=day("2027-01-01"))],
            ["unexplained-due"],
        ),
        ([recommendation("D2", due=TODAY), update("2025-01-01", "D2", due=TODAY)], []),
        ([update(due=TODAY)], []),
        ([update(due=TODAY), update("2025-01-25", due=day("2027-01-01"))], ["unexplained-due"]),
        (
            [update("2025-01-25", due=day("2027-01-01")), update(due=TODAY, note="A note.")],
            ["unexplained-due"],
        ),
        ([update(due=TODAY), update("2025-01-25", due=day("2027-01-01"), note="Late.")], []),
        ([update("1950-01-31")], ["old-date"]),
        ([update("1951-01-01")], []),
        ([update(evidence=[source(date=day("2026-02-01"))])], ["future-source"]),
        ([update(evidence=[source(date=month("2026-02"))])], ["future-source"]),
        ([update(evidence=[source(date=month("2026"))])], []),
    ],
)
def test_answers_target_dates_and_days(parts: list[Recommendation | Update], wanted: list[str]) -> None:
    assert codes(*parts) == wanted


def corrected(old: Update, **fields: object) -> Update:
    """Return a correction of an update; a withdrawal without fields."""
    return update("2025-01-24", corrects=update_id(old), reason=f"A slip {len(fields)}.", **fields)


def test_an_update_about_an_unknown_id_can_be_withdrawn() -> None:
    slip = update("2025-01-01", "D9", note="n")
    assert codes(slip) == ["unknown-id"]
    withdrawal = update("2025-01-24", "D9", corrects=update_id(slip), reason="A slip.")
    assert codes(slip, withdrawal) == []


FIRST = update(note="First.")
SECOND, THIRD = corrected(FIRST, note="Second."), corrected(FIRST, note="Third.")


@for_each(
    "parts, wanted",
    [
        ([FIRST, SECOND], []),
        ([SECOND, FIRST], []),
        ([FIRST, SECOND, THIRD], ["corrected-twice"]),
        ([FIRST, SECOND, SECOND], []),
        ([FIRST, SECOND, corrected(FIRST)], ["corrected-twice"]),
        ([FIRST, SECOND, THIRD, corrected(SECOND)], []),
        ([FIRST, SECOND, THIRD, corrected(SECOND, note="Fourth.")], ["corrected-twice"]),
        ([FIRST, SECOND, corrected(SECOND, note="Fourth.")], []),
        ([SECOND], ["unknown-update"]),
        ([SECOND, THIRD], ["unknown-update"] * 2),
        ([SECOND, corrected(SECOND)], []),
        ([SECOND, (third := corrected(SECOND, note="Third."))], ["unknown-update"]),
        ([SECOND, third, corrected(third, note="Fourth.")], ["unknown-update"]),
        ([SECOND, third, corrected(third)], []),
    ],
)
def test_corrections_of_nothing_and_of_the_same(parts: list[Update], wanted: list[str]) -> None:
    assert codes(*parts) == wanted


@for_each(
    "wrong",
    [
        update("2025-01-24", "D9"),
        update("2026-02-01"),
        update(status="implemented"),
        update(response="accepted"),
        update(note=HOSTILE),
        update(evidence=[source("javascript:alert(1)"), source("http://localhost"), source(None, title="a")]),
    ],
)
def test_what_was_corrected_needs_no_repair(wrong: Update) -> None:
    assert codes(wrong)
    assert codes(wrong, corrected(wrong)) == []
    assert codes(wrong, corrected(wrong, note="Right.")) == []


def calls(made: Tracker) -> int:
    """Return how many functions a check calls."""
    counted = 0

    def count(_frame: FrameType | None, event: str, _what: object) -> None:
        nonlocal counted
        counted += event.endswith("call")

    sys.setprofile(count)
    try:
        checks.check(made, on=TODAY)
    finally:
        sys.setprofile(None)
    return counted


def thin(number: int) -> list[Update]:
    return [update("2025-01-24", status="partial", searched=[str(each)]) for each in range(number)]


def equal(number: int) -> list[Update]:
    moment = dt.datetime(2025, 1, 24, 9, 30, tzinfo=dt.UTC)
    return [update("2025-01-24", recorded=moment, evidence=[source(None, title="Act")])] * number


def strewn(number: int) -> list[Update]:
    return [
        update(
            "2025-01-24",
            "D1",
            f"X{each}",
            status="partial",
            evidence=[source(f"https://{each}.example", title="A")],
        )
        for each in range(number)
    ]


def twice(number: int) -> list[Update]:
    return [FIRST, *(corrected(FIRST, note=str(each)) for each in range(number))]


def chain(number: int) -> list[Update]:
    made = [FIRST]
    for each in range(number):
        made.append(corrected(made[-1], note=str(each)))
    return made


@pytest.mark.parametrize("made", [thin, equal, strewn, twice, chain])
def test_a_long_record_is_checked_in_one_pass(made: Callable[[int], list[Update]]) -> None:
    few, many = (tracked(recommendation(), *made(number)) for number in (200, 800))
    assert calls(many) < 5 * calls(few)


def test_many_areas_are_checked_in_one_pass() -> None:
    few, many = (
        tracked(
            *(recommendation(f"D{each}", area=f"unknown {each}") for each in range(number)),
            areas=[f"area {each}" for each in range(number)],
        )
        for number in (100, 400)
    )
    assert calls(many) < 5 * calls(few)
    assert len(checks.check(many, on=TODAY)) == 400


@pytest.mark.parametrize("character", ["\x1b", "\u202e", "\x85", "\u2028"])
def test_hidden_characters_are_found_and_shown(character: str) -> None:
    made = tracked(recommendation(), update(note=f"a{character}b"))
    (finding,) = checks.check(made, on=TODAY)
    assert finding.code == "hidden-character"
    assert character not in finding.message


def test_a_standing_duty_wants_to_be_confirmed_every_year() -> None:
    duty = recommendation("D9", ongoing=True)
    proof = (source(kind="law"),)
    old = update("2025-01-30", "D9", status="implemented", evidence=proof)
    assert codes(duty, old) == ["unconfirmed"]
    again = update("2025-06-01", "D9", status="implemented", evidence=proof)
    assert codes(duty, old, again) == []
    assert codes(duty, old, update("2025-06-01", "D9")) == ["unconfirmed"]
    assert codes(recommendation("D9"), old) == []


def test_staleness_is_found_only_when_asked_for() -> None:
    assert codes(update("2025-01-24")) == []
    assert codes(update("2026-01-24"), stale=30) == ["stale"]
    assert codes(update("2026-01-24", status="stalled", note="A note."), stale=30) == []
    assert codes(stale=30) == ["stale"]
    (finding,) = checks.check(tracked(recommendation()), on=TODAY, stale=1)
    assert finding.message == "D1: not judged for 1 day"


def test_one_assessors_updates_can_be_looked_at_alone() -> None:
    ana, ben = update("2026-02-01", by="Ana"), update("2025-06-01", by="Ben", status="implemented")
    record = tracked(recommendation(ongoing=True), ana, ben)
    assert [each.code for each in checks.check(record, on=TODAY, by="Ana")] == ["future-update"]
    assert [each.code for each in checks.check(record, on=TODAY, by="Ben")] == ["thin-implemented"]
    assert len(checks.check(record, on=TODAY, by="Ana", stale=1)) == 2


def test_what_a_status_wants_may_come_later() -> None:
    thin = update("2025-01-24", "D1", status="partial", evidence=(source(),))
    assert codes(thin) == ["thin-partial"]
    assert codes(thin, update("2025-02-01", "D1", note="The rest is missing.")) == []
    assert codes(thin, update("2025-02-01", "D1", status="partial", note="So.", evidence=(source(),))) == []
    assert codes(update("2025-02-01", "D1", note="Before."), thin) == ["thin-partial"]
    assert codes(thin, update("2025-02-01", "D1", status="stalled", note="Another.")) == ["thin-partial"]
    both = update("2025-01-24", "D1", "D2", status="partial", evidence=(source(),))
    assert codes(recommendation("D2"), both, update("2025-02-01", "D1")) == ["thin-partial"]
    assert codes(recommendation("D2"), both, update("2025-02-01", "d2", "D1")) == []


def test_an_address_may_come_later() -> None:
    letter = update(evidence=(source(None, title="A letter"),))
    assert codes(letter, update(evidence=(source(title="A letter"),))) == []
    assert codes(letter, update(evidence=(source(title="Another"),))) == ["no-address"]


def test_sources_are_completed_in_the_order_of_their_dates() -> None:
    """What came later may be of either body, though it was typed in first."""
    late = update("2025-03-01", evidence=[source(None, title="Report")])
    health, audit = (
        update(date, evidence=[source(f"https://{body}.example", title="Report", publisher=body)])
        for date, body in (("2025-01-01", "health"), ("2025-02-01", "audit"))
    )
    assert codes(late, health, audit) == codes(health, audit, late) == ["no-address"]
    assert codes(late, health) == []


def test_two_versions_of_one_update_are_found() -> None:
    moment = "2025-01-24T10:00:00Z"
    recorded = dt.datetime.fromisoformat(moment)
    one, other = update(note="One.", recorded=recorded), update(note="Other.", recorded=recorded)
    assert codes(one, other) == ["edited-twice"]
    assert codes(one, other, update("2025-01-25", note="The second one holds.")) == []
    assert codes(one, one) == []
    assert codes(update(note="One."), update(note="Other.")) == []


PRIVATE = [
    "localhost",
    "127.0.0.1",
    "10.1.2.3",
    "192.168.0.1",
    "172.16.0.1",
    "169.254.1.1",
    "[::1]",
    "intranet",
    "nas.local",
]
PUBLIC = ["example.org", "172.15.0.1", "172.32.0.1", "11.0.0.1", "local.example.org", "10.example.org"]


@for_each("host", PRIVATE)
def test_private_addresses_are_found(host: str) -> None:
    assert is_private_address(f"https://{host}:8080/x")
    assert is_private_address(f"http://{host}")
    assert codes(update(evidence=(source(f"https://{host}/x"),))) == ["private-address"]


@for_each("host", PUBLIC)
def test_public_addresses_are_not(host: str) -> None:
    assert not is_private_address(f"https://{host}/x")


def test_hidden_characters_are_found_in_lists_and_imported_columns() -> None:
    record = tracked(
        recommendation(actors=["a\u202eb"], source={"k\u202e": "v\x1b"}), update(searched=["x\u2066"])
    )
    assert [each.code for each in checks.check(record, on=TODAY)] == ["hidden-character"] * 4


# ---- a file for each code, and its repaired twin ----

FOLDER = DATA / "broken"
OPTIONS = {
    "rewritten-past": ["--since", "HEAD"],
    "stale": ["--stale", "365"],
    "unarchived": ["--unarchived"],
    "missing-capture": ["--captures"],
    "changed-capture": ["--captures"],
    **{code: ["--links"] for code in ("dead-link", "soft-dead-link", "moved-link", "unclear-link")},
}
"""What `check` gives these codes for; all others come without being asked for."""
SITE = "https://example.org"
HTML = {"content-type": "text/html"}
ANSWERS = {
    f"{SITE}/old/nursing-school": Answer(f"{SITE}/old/nursing-school", 404, {}),
    f"{SITE}/members/nursing-school": Answer(f"{SITE}/members/nursing-school", 403, {}),
    f"{SITE}/lost/nursing-school": Answer(
        f"{SITE}/lost/nursing-school", 200, HTML, b"<title>Page not found</title>"
    ),
    f"{SITE}/2025/nursing-school": Answer(f"{SITE}/news/nursing-school", 200, {}, has_moved=True),
}
"""What example.org answers; all its other pages come."""


def documented() -> dict[str, str]:
    """Return each code with its severity, as docs/checks.md has them, `thin-STATUS` for each status."""
    text = (Path(__file__).parents[1] / "docs" / "checks.md").read_text(encoding="utf-8")
    codes: dict[str, str] = {}
    for part in text.split("\n## ")[1:]:
        severity = part.partition("\n")[0].lower().removesuffix("s")
        codes |= dict.fromkeys(re.findall(r"^\| `([\w-]+)`", part, re.MULTILINE), severity)
    severity = codes.pop("thin-STATUS")
    return codes | {f"thin-{status}": severity for status, row in DEFINITIONS.items() if row.wants}


CODES = documented()


@pytest.fixture
def _site(monkeypatch: pytest.MonkeyPatch) -> None:
    def get(_: Client, address: str, **__: object) -> Answer:
        return ANSWERS.get(address, Answer(address, 200, {}))

    monkeypatch.setattr(Client, "get", get)


def checked(name: str, code: str, run: Run) -> tuple[int, list[tuple[str, str]]]:
    """Return the exit code, and the severity and code of each finding; a file's past is committed first."""
    here = Path("recommendations.toml")
    if (before := FOLDER / f"{code}.before.toml").exists():
        shutil.copyfile(before, here)
        run_git("init", "--quiet")
        run_git("add", here.name)
        run_git(
            "-c", "user.name=Ana", "-c", "user.email=ana@example.org", "commit", "--quiet", "-m", "Before"
        )
    shutil.copyfile(FOLDER / name, here)
    if (kept := FOLDER / f"{name}.sources").exists():
        shutil.copytree(kept, "sources")
    outcome = run("check", *OPTIONS.get(code, []))
    assert outcome.err == ""
    *lines, _ = outcome.out.splitlines()
    findings = (re.fullmatch(r".*?: (error|warning): .* \[([\w-]+)\]", line) for line in lines)
    return outcome.code, [(each[1], each[2]) for each in findings if each]


@pytest.mark.usefixtures("_site")
@pytest.mark.parametrize("code", CODES)
def test_a_broken_file_gives_its_code_and_no_other(code: str, run: Run) -> None:
    severity = CODES[code]
    assert checked(f"{code}.toml", code, run) == (severity == "error", [(severity, code)])


@pytest.mark.usefixtures("_site")
@pytest.mark.parametrize("code", CODES)
def test_its_repaired_twin_gives_none(code: str, run: Run) -> None:
    assert checked(f"{code}.repaired.toml", code, run) == (0, [])


def test_every_file_belongs_to_a_code() -> None:
    twins = {f"{code}{end}.toml" for code in CODES for end in ("", ".repaired")}
    named = {each.name.removesuffix(".sources") for each in FOLDER.iterdir()}
    assert named == {*twins, "rewritten-past.before.toml"}


CONTRADICTED: dict[str, set[str]] = {
    "implemented": {*Status} - {"implemented"},
    "not-started": {*Status} - {"not-started", "not-assessed"},
    "partial": {*Status} - {"implemented"},
}
"""Which status of a part contradicts that of its whole; of partial, where all of its parts have such."""


def judged(identifier: str, status: Status) -> list[Update]:
    return [] if status is Status.NOT_ASSESSED else [update("2025-01-24", identifier, status=status)]


@for_each("whole", Status)
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
