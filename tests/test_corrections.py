"""A promise: a corrected record reads as if it had been right at once, and says what was corrected."""

import csv
import datetime as dt
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from histories import ASKED, CONTENTS, DAYS, ZONES, Node, histories, in_place, last_day
from pathtrack import export
from pathtrack.export import Format, Period
from pathtrack.file import toml
from pathtrack.file.document import Document
from pathtrack.record import corrections
from pathtrack.record.checks import check
from pathtrack.record.corrections import Ledger, known_by, update_id
from pathtrack.record.dates import partial
from pathtrack.record.model import Evidence, Tracker, Update
from pathtrack.record.standings import standings
from pathtrack.record.view import View, view
from pathtrack.show import json as objects
from samples import TODAY, day, moments, source, tracked, update, updates, value_of
from statements import for_each


def all_of(seen: View, since: dt.date, until: dt.date) -> dict[str, object]:
    """Return all that is shown of a view, but ids, when it was typed in, and what was corrected."""
    listed = Period(since, until)
    markdown = export.render(seen, Format.MARKDOWN, period=listed).split("\n## ")
    return {
        "pages": _without(objects.pages(seen)),
        "timeline": _without(objects.timeline(seen, seen.updates)),
        "between": _without(objects.timeline(seen, seen.between(since, until))),
        "progress": objects.progress(seen),
        "comparison": objects.comparison(seen),
        "changes": _without(objects.changes(seen.changes(since=since, until=until))),
        "recorded": _without(objects.changes(seen.changes(since=since, until=until, recorded=True))),
        "markdown": [
            line.replace(", as corrected", "")
            for each in markdown
            if not each.startswith(("Corrected", "Cite"))
            for line in each.splitlines()
            if "typed in after" not in line
            and "corrected since" not in line
            and not line.startswith(("Nothing was recorded.", "**Corrections, not changes**"))
            and line
            and not re.match(r"- (On .{10,11} )?.* (corrected|withdrew) the ", line)
        ],
        "json": _without(json.loads(export.render(seen, Format.JSON))),
        "csv": _without([*csv.DictReader(export.render(seen, Format.CSV).splitlines(keepends=True))]),
    }


def _without(content: object) -> object:
    if isinstance(content, dict):
        aside = {"recorded", "corrected", "corrects", "reason", "typed_by"}
        aside |= {"id"} if "recommendations" in content else set()
        return {name: _without(each) for name, each in content.items() if name not in aside}
    return [*map(_without, content)] if isinstance(content, list | tuple) else content


def file(updates: Iterable[Update]) -> Tracker:
    return tracked(*ASKED, *updates)


@given(nodes=histories(), data=st.data(), days=st.tuples(DAYS, DAYS, DAYS), by=st.sampled_from([None, "ana"]))
def test_a_corrected_record_reads_as_if_it_had_been_right_at_once(
    nodes: list[Node], data: st.DataObject, days: tuple[dt.date, dt.date, dt.date], by: str | None
) -> None:
    since, until, on = sorted(days)
    order = data.draw(st.permutations(range(len(nodes))))
    record, right = file(nodes[number][0] for number in order), file(in_place(nodes, order))
    assert all_of(view(record, on=on, by=by), since, until) == all_of(view(right, on=on, by=by), since, until)


@given(nodes=histories(), data=st.data(), on=DAYS)
def test_check_finds_in_it_what_it_would_find_in_the_right_one(
    nodes: list[Node], data: st.DataObject, on: dt.date
) -> None:
    order = data.draw(st.permutations(range(len(nodes))))
    aside = {"corrected-twice", "edited-twice"}
    found, wanted = (
        Counter((each.code, each.message) for each in check(made, on=on, stale=1) if each.code not in aside)
        for made in (file(nodes[number][0] for number in order), file(in_place(nodes, order)))
    )
    assert found == wanted


@given(nodes=histories())
def test_what_was_corrected_is_shown_with_its_correction(nodes: list[Node]) -> None:
    ledger = Ledger(tuple(each for each, _ in nodes))
    wanted = [(nodes[target][0], each) for each, target in nodes if target is not None]
    assert [*ledger.corrected] == wanted
    assert ledger.gone == {target for _, target in nodes if target is not None}


@given(histories(), DAYS)
def test_a_record_of_which_everything_is_withdrawn_says_nothing(nodes: list[Node], on: dt.date) -> None:
    made = [each for each, _ in nodes]
    ledger = Ledger(tuple(made))
    left = [update("2025-01-01", corrects=update_id(each), reason="A slip.") for each in ledger.counting]
    blank = standings(file([]), on=on)
    found = standings(file([*made, *left]), on=on)
    assert [replace(each, corrected=(), parts=()) for each in found] == [
        replace(each, parts=()) for each in blank
    ]


@given(histories(), st.data())
def test_known_by_a_day_is_the_file_as_it_was(nodes: list[Node], data: st.DataObject) -> None:
    """The file grew day by day; those who typed it sat in several places."""
    typed = [*data.draw(st.lists(DAYS, min_size=len(nodes), max_size=len(nodes)).map(sorted))]
    zones = data.draw(st.lists(ZONES, min_size=len(nodes), max_size=len(nodes)))
    made: list[Update] = []
    for (each, target), date, zone in zip(nodes, typed, zones, strict=True):
        corrects = None if target is None else update_id(made[target])
        made.append(replace(each, recorded=dt.datetime.combine(date, dt.time(9), zone), corrects=corrects))
    on = data.draw(DAYS)
    then = [each for each, date in zip(made, typed, strict=True) if date <= on]
    assert [*known_by(made, on)] == then
    known = view(file(known_by(made, on)), on=TODAY)
    assert all_of(known, on, on) == all_of(view(file(then), on=TODAY), on, on)
    assert check(file(made), on=TODAY, known_by=on) == check(file(then), on=TODAY)


def test_without_a_moment_of_recording_an_update_is_known_by_its_date() -> None:
    loose, exact = update("2025-01-03"), update("2025-01-03", recorded=day_at("2025-02-01T00:30:00+09:00"))
    month = value_of(Update, {**given_of(loose), "date": partial("2025-01")})
    assert known_by([loose, exact, month], day("2025-01-03")) == (loose,)
    assert known_by([loose, exact, month], day("2025-01-31")) == (loose, month)
    assert known_by([loose, exact, month], day("2025-02-01")) == (loose, exact, month)


def test_what_was_corrected_was_known_to_whoever_corrected_it() -> None:
    """A month counts as its last day, but an update about it that is typed in on the 10th is known then."""
    typed = value_of(Update, {**given_of(update(note="A.")), "date": partial("2025-03")})
    first = withdrawn(typed, note="B.", recorded=day_at("2025-03-10T12:00:00Z"))
    second = withdrawn(first, note="C.", recorded=day_at("2025-03-09T12:00:00Z"))
    made = (typed, first, second)
    assert known_by(made, day("2025-03-08")) == ()
    assert known_by(made, day("2025-03-09")) == made
    assert known_by(made[:2], day("2025-03-10")) == made[:2]
    for until in ("2025-03-09", "2025-03-10", "2025-03-31"):
        assert check(file(made), on=TODAY, known_by=day(until)) == []
    seen = view(file(made[:2]), on=TODAY)
    (change,) = seen.changes(since=day("2025-03-10"), until=day("2025-03-20"), recorded=True).changed
    assert change.updates == (first,)


@given(histories(), DAYS, st.sampled_from([None, "ana", "Bo"]))
def test_corrections_of_what_is_not_shown_are_not_listed(
    nodes: list[Node], on: dt.date, by: str | None
) -> None:
    seen = view(file([each for each, _ in nodes]), on=on, by=by)
    judge = by and by.casefold()
    wanted = [
        update_id(nodes[target][0])
        for each, target in nodes
        if target is not None
        and any(
            last_day(one.date) <= on and (not judge or one.by.strip().casefold() == judge)
            for one in ([nodes[target][0], each] if each.says_something else [nodes[target][0]])
        )
    ]
    listed = json.loads(export.render(seen, Format.JSON))["corrected"]
    assert [each["id"] for each in listed] == wanted
    shown = {id(each.correction) for row in seen.rows for each in row.corrected}
    assert shown <= {id(each.correction) for each in seen.corrected}


def day_at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def given_of(update: Update) -> dict[str, object]:
    return {each.name: getattr(update, each.name) for each in fields(update)}


def withdrawn(old: Update, **given: object) -> Update:
    return update("2025-03-01", corrects=update_id(old), reason="A slip.", **given)


def counting(*updates: Update) -> list[str | None]:
    return [each.note for each in Ledger(updates).counting]


A, B = update("2025-01-01", note="A"), update("2025-01-01", note="B")
REPLACED = withdrawn(A, note="A again")


@for_each(
    "made, notes",
    [
        ([A, B, REPLACED], ["A again", "B"]),
        ([REPLACED, A, B], ["A again", "B"]),
        ([B, REPLACED, A], ["B", "A again"]),
        ([A, A, B, REPLACED], ["A again", "B"]),
        ([A, B, withdrawn(A)], ["B"]),
        ([A, B, REPLACED, withdrawn(REPLACED)], ["B"]),
        ([A, B, REPLACED, withdrawn(REPLACED, note="third")], ["third", "B"]),
        ([A, B, withdrawn(A, note="C"), withdrawn(A, note="D")], ["C", "D", "B"]),
        ([A, B, withdrawn(A), withdrawn(A, note="D")], ["D", "B"]),
        ([B, withdrawn(A), withdrawn(A, note="D")], ["B", "D"]),
        ([A, B, withdrawn(withdrawn(A))], ["A", "B"]),
        ([A, withdrawn(A), withdrawn(withdrawn(A))], []),
    ],
)
def test_what_counts_and_where_it_stands(made: list[Update], notes: list[str]) -> None:
    assert counting(*made) == notes


def test_a_correction_may_be_about_something_else() -> None:
    moved = withdrawn(A, note="About D2.", recommendations=["D2"])
    one, _, other = standings(file([A, moved]), on=TODAY)
    assert (one.updates, [each.note for each in other.updates]) == ((), ["About D2."])
    assert [each.update for each in one.corrected] == [A]


def test_the_second_clock_knows_a_correction_since_what_it_corrects() -> None:
    old = update("2025-01-01", note="Old.", status="partial", recorded=day_at("2025-01-02T12:00:00Z"))
    new = withdrawn(old, note="New.", status="stalled", recorded=day_at("2025-03-01T12:00:00Z"))
    late = update("2025-01-01", note="Late.", recorded=day_at("2025-03-02T12:00:00Z"))
    seen = view(file([old, new, late]), on=TODAY)
    found = seen.changes(since=day("2025-02-01"), recorded=True)
    assert [[each.note for each in change.updates] for change in found.changed] == [["Late."]]
    assert [each.before.status for each in found.changed] == ["stalled"]
    assert [each.correction for each in found.corrected] == [new]
    assert seen.changes(since=day("2025-02-01"), until=day("2025-02-28"), recorded=True).corrected == ()


def test_what_was_typed_in_after_the_last_day_was_not_known_before_it() -> None:
    early = update("2025-01-01", status="partial", note="E.", recorded=day_at("2025-02-02T12:00:00Z"))
    late = update("2025-01-01", status="stalled", note="L.", recorded=day_at("2025-03-02T12:00:00Z"))
    (change,) = (
        view(file([early, late]), on=TODAY)
        .changes(since=day("2025-02-01"), until=day("2025-02-28"), recorded=True)
        .changed
    )
    assert (change.before.status, change.after.status) == ("not-assessed", "partial")


@given(updates, updates)
def test_equal_updates_have_one_id_and_others_have_others(one: Update, other: Update) -> None:
    assert update_id(one) == update_id(replace(one))
    assert (update_id(one) == update_id(other)) is (one == other)


@given(st.lists(CONTENTS.map(lambda given: value_of(Update, {**given, "searched": ["a"]})), max_size=20))
def test_ids_part_what_nearly_agrees(made: list[Update]) -> None:
    assert len(set(map(update_id, made))) == len(set(made))


@given(update=updates, moment=moments, zone=ZONES)
def test_an_id_is_of_an_instant_wherever_it_was_typed(
    update: Update, moment: dt.datetime, zone: dt.timezone
) -> None:
    there = moment.astimezone(zone)
    assert update_id(replace(update, recorded=moment)) == update_id(replace(update, recorded=there))


def test_an_id_can_be_made_without_this_program() -> None:
    made = update(
        "2025-01-24",
        "D1",
        by="지수",
        recorded=day_at("2026-11-22T18:30:00+09:00"),
        due=partial("2027-06"),
        evidence=[source("https://a.example", date=day("2025-02-13"), kind="law")],
    )
    text = (
        '{"by":"지수","date":"2025-01-24","due":"2027-06","evidence":[{"date":"2025-02-13","kind":"law",'
        '"url":"https://a.example"}],"recommendations":["D1"],"recorded":"2026-11-22T09:30:00Z"}'
    )
    assert update_id(made) == hashlib.sha256(text.encode()).hexdigest()[:12]


KEYS = {
    "date": "2025-01-24",
    "recorded": "2026-11-22T18:30:00+09:00",
    "by": '"Ana"',
    "recommendations": '["D1", "D2"]',
    "status": '"partial"',
    "note": '"One.\\n\\nTwo."',
}
CITED = {"title": '"Act"', "date": '"2025-01"', "quote": '"a\\nb"', "url": '"https://a.example"'}
SAME = {
    '"Ana"': ["'Ana'", '"\\u0041na"'],
    '["D1", "D2"]': ["[ 'D1',\n  'D2', # two\n]"],
    '"One.\\n\\nTwo."': ['"""\nOne.\n\nTwo."""', "'''One.\n\nTwo.'''"],
    '"a\\nb"': ['"""\na\nb"""'],
    "2026-11-22T18:30:00+09:00": ["2026-11-22 09:30:00Z", "2026-11-22T04:30:00.250-05:00"],
}


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """Draw one update with one source, written in any way that TOML has."""

    def table(keys: Mapping[str, str], end: str) -> str:
        named = [draw(st.sampled_from([name, f'"{name}"'])) for name in keys]
        values = [draw(st.sampled_from([each, *SAME.get(each, [])])) for each in keys.values()]
        lines = [
            draw(st.sampled_from(["{}={}", "\t{}  =  {}", "{} = {} # why", "# {0}\n{0} = {1}\n"])).format(
                *pair
            )
            for pair in zip(named, values, strict=True)
        ]
        return end.join(draw(st.permutations(lines))) + end

    header = draw(st.sampled_from(["[[update.evidence]]", '  [[ "update" . evidence ]] # one']))
    own, cited = table(KEYS, draw(st.sampled_from(["\n", "\n\n"]))), table(CITED, "\n")
    text = f'[report]\ntitle = "R"\n[[update]]\n{own}{header}\n{cited}'
    newline, mark = draw(st.sampled_from(["\n", "\r\n"])), draw(st.sampled_from(["", "\ufeff"]))
    return (mark + text.replace("\n", newline)).encode()


@given(texts())
def test_an_id_does_not_depend_on_how_an_update_is_written(data: bytes) -> None:
    (made,) = Document.read(data, name="f").tracker.updates
    assert made.evidence == (
        Evidence(title="Act", date=partial("2025-01"), quote="a\nb", url="https://a.example"),
    )
    assert update_id(made) == "aeee2b0d27b2"


def test_only_what_a_correction_can_mean_gets_an_id(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [update("2025-01-01", f"R{number}") for number in range(200)]
    slip = update("2025-01-02", "R7", corrects=update_id(made[7]), reason="A slip.")
    counted: list[Update] = []
    usual = corrections.update_id

    def counting_id(update: Update) -> str:
        counted.append(update)
        return usual(update)

    monkeypatch.setattr(corrections, "update_id", counting_id)
    assert Ledger((*made, slip)).counting == (*made[:7], *made[8:])
    assert counted == [made[7], slip]
    elsewhere = replace(slip, recommendations=("R8",))
    assert Ledger((*made, elsewhere)).counting == (*made[:7], *made[8:])


def test_the_command_gives_an_earlier_report_back(run: Run) -> None:
    text = '[report]\ntitle = "R"\n[[recommendation]]\nid = "D1"\narea = "a"\ntitle = "T"\n'
    old = update("2025-01-01", status="partial", note="Old.", recorded=day_at("2025-01-02T23:30:00-05:00"))
    new = withdrawn(old, status="stalled", note="New.", recorded=day_at("2025-02-01T01:00:00+09:00"))
    then, now = Path("then.toml"), Path("now.toml")
    then.write_text(text + toml.block(old), encoding="utf-8")
    now.write_text(then.read_text(encoding="utf-8") + toml.block(new), encoding="utf-8")
    for command in ("list", "show D1", "timeline", "changes --since 2024", "compare", "export", "progress"):
        before = run(*command.split(), "-f", then)
        assert run(*command.split(), "-f", now, "--known-by", "2025-01-31") == before
        assert run(*command.split(), "-f", now) != before
    assert run("list", "-f", now, "--known-by", "2025-01-01").out.split("\t")[2] == "not-assessed"
    assert run("list", "-f", now, "--known-by", "2025-01-02").out.split("\t")[2] == "partial"
    assert run("list", "-f", now, "--as-of", "2025-01-01").out.split("\t")[2] == "not-assessed"


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Seoul", "UTC"])
@pytest.mark.parametrize("moment", ["2026-03-04T20:00:00-05:00", "2026-03-04T08:00:00+09:00"])
def test_the_day_of_typing_is_that_of_who_typed(
    zone: str, moment: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In UTC it was the day after in Washington, and the day before in Seoul."""
    monkeypatch.setenv("TZ", zone)
    monkeypatch.setenv("PATHTRACK_TODAY", "2026-03-31")
    opened = update("2026-03-04", note="Opened today.", recorded=day_at(moment))
    here = Path("recommendations.toml")
    here.write_text(
        '[report]\ntitle = "R"\n[[recommendation]]\nid = "D1"\narea = "a"\ntitle = "Open an office"\n'
        + toml.block(opened),
        encoding="utf-8",
    )
    assert "0 of 1 update typed in after the day they describe" in run("export", "--as-of", "2026-03-04").out
    assert "Opened today." in run("changes", "--recorded-since", "2026-03-04").out
    assert "Opened today." not in run("changes", "--recorded-since", "2026-03-05").out
    assert "recorded" not in run("show", "D1").out.replace("recorded 4 Mar 2026", "")
