import datetime as dt
import unicodedata
from dataclasses import FrozenInstanceError, fields

import pytest
from pydantic import ValidationError

from pathtrack.file.whole import Whole
from pathtrack.record.model import Evidence, Recommendation, Report, Update, key
from pathtrack.record.status import Kind, Status
from samples import day, recommendation, source, tracked, update, value_of
from statements import for_each

UPDATE: dict[str, object] = {"date": day("2025-01-24"), "by": "Ana", "recommendations": ["D1"], "note": "n"}
PROPOSAL: dict[str, object] = {"id": "D1", "area": "defense", "title": "t"}


@for_each("identifier", ["D2", "d", "7", "2049", "Open.Data-7", "E_10", "a..b", "a" * 40, "0-._"])
def test_ids_of_many_shapes_are_taken(identifier: str) -> None:
    assert recommendation(identifier).id == identifier


@for_each("identifier", ["", "-a", ".a", "_a", "a b", "a/b", "é", "한", "a" * 41, "a\n", "a\x00", "a:b"])
def test_other_ids_are_refused(identifier: str) -> None:
    with pytest.raises(ValidationError):
        recommendation(identifier)


@for_each(
    "model, fields",
    [
        (Report, {"title": "t", "url": 5}),
        (Report, {"title": ""}),
        (Report, {"title": "two\nlines"}),
        (Report, {"title": "two\rlines"}),
        (Report, {"title": "t" * 2_001}),
        (Report, {"title": "t", "areas": "water"}),
        (Report, {"title": "t", "areas": [1]}),
        (Report, {"title": "t", "areas": [""]}),
        (Report, {}),
        (Recommendation, {**PROPOSAL, "ongoing": "yes"}),
        (Recommendation, {**PROPOSAL, "ongoing": 1}),
        (Recommendation, {**PROPOSAL, "due": "2025-01-24"}),
        (Recommendation, {**PROPOSAL, "due": dt.datetime(2025, 1, 24, tzinfo=dt.UTC)}),
        (Recommendation, {**PROPOSAL, "source": {"a": 1}}),
        (Recommendation, {**PROPOSAL, "source": "a"}),
        (Recommendation, {**PROPOSAL, "actors": "Parliament"}),
        (Recommendation, {**PROPOSAL, "title": None}),
        (Recommendation, {**PROPOSAL, "status": "partial"}),
        (Recommendation, {**PROPOSAL, "summary": ""}),
        (Recommendation, {**PROPOSAL, "summary": "s" * 100_001}),
        (Evidence, {}),
        (Evidence, {"publisher": "p"}),
        (Evidence, {"url": ""}),
        (Evidence, {"url": "u", "kind": "rumor"}),
        (Evidence, {"url": "u", "date": "2025-01-24"}),
        (Update, {**UPDATE, "date": "2025-01-24"}),
        (Update, {**UPDATE, "date": 2025}),
        (Update, {**UPDATE, "recorded": day("2025-01-24")}),
        (Update, {**UPDATE, "recorded": dt.datetime(2025, 1, 24)}),  # noqa: DTZ001 the point
        (Update, {**UPDATE, "recommendations": []}),
        (Update, {**UPDATE, "recommendations": "D1"}),
        (Update, {**UPDATE, "recommendations": [1]}),
        (Update, {**UPDATE, "status": "done"}),
        (Update, {**UPDATE, "status": "Partial"}),
        (Update, {**UPDATE, "note": "n" * 100_001}),
        (Update, {**UPDATE, "note": "\ud800"}),
        (Update, {**UPDATE, "extra": 1}),
        (Update, {name: value for name, value in UPDATE.items() if name != "by"}),
        (Update, {name: value for name, value in UPDATE.items() if name != "note"}),
        (Whole, {}),
        (Whole, {"report": {"title": "t"}, "recommendation": {}}),
        (Whole, {"report": {"title": "t"}, "recommendations": []}),
    ],
)
def test_types_limits_and_keys_are_strict(model: type[object], fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        value_of(model, fields)


@pytest.mark.parametrize(
    ("field", "longest"), [("title", "t" * 2_000), ("summary", "s" * 100_000), ("done_when", "d" * 100_000)]
)
def test_the_longest_text_is_taken(field: str, longest: str) -> None:
    assert getattr(recommendation("D1", **{field: longest}), field) == longest


@pytest.mark.parametrize(
    "said",
    [{"status": "partial"}, {"note": "n"}, {"evidence": [{"title": "t"}]}, {"searched": ["x"]}],
    ids="".join,
)
def test_an_update_needs_to_say_one_thing(said: dict[str, object]) -> None:
    assert all(getattr(update("2025-01-24", **said), name) for name in said)


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_newlines_of_prose_are_plain(newline: str) -> None:
    assert update(note=f"one{newline}{newline}two").note == "one\n\ntwo"
    assert recommendation(summary=f"one{newline}two").summary == "one\ntwo"


def test_the_second_clock_keeps_the_typists_offset_in_whole_seconds() -> None:
    seoul = dt.timezone(dt.timedelta(hours=9))
    typed = update(recorded=dt.datetime(2025, 1, 24, 3, 0, 0, 999_999, tzinfo=seoul)).recorded
    assert typed == dt.datetime(2025, 1, 23, 18, tzinfo=dt.UTC)
    assert typed is not None
    assert typed.date() == dt.date(2025, 1, 24)


def test_a_moment_outside_of_the_calendar_is_refused() -> None:
    with pytest.raises(ValidationError, match="outside the calendar"):
        update(recorded=dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=9))))


def test_references_are_composed_so_that_equal_looking_ids_are_equal() -> None:
    apart = unicodedata.normalize("NFD", "é한")
    assert update("2025-01-24", apart).recommendations == ("é한",)


def test_strings_stand_for_statuses_and_kinds() -> None:
    made = update(status="stalled", evidence=[{"url": "u", "kind": "law"}])
    assert made.status is Status.STALLED
    assert made.evidence[0].kind is Kind.LAW


def test_values_compare_by_content() -> None:
    assert update() == update()
    assert hash(update()) == hash(update())
    assert update() != update(note="Another note.")


@for_each("field", [each.name for each in fields(Update)])
def test_values_are_frozen(field: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(update(), field, None)


def test_areas_are_the_reports_then_others_by_first_use() -> None:
    parts = [recommendation(f"D{number}", area=area) for number, area in enumerate("cbab")]
    assert tracked(*parts, areas=["a", "z"]).areas == ("a", "z", "c", "b")
    assert tracked(*parts).areas == ("c", "b", "a")


def test_actors_and_assessors_are_named_once_by_first_appearance() -> None:
    made = tracked(
        recommendation("D1", actors=["South", "North"]),
        recommendation("D2", actors=["North", "East"]),
        update("2025-01-02", by="Bo"),
        update("2025-01-01", by="Ana"),
        update("2025-01-01", by="Bo"),
    )
    assert made.actors == ("South", "North", "East")
    assert made.assessors == ("Bo", "Ana")


def test_case_does_not_matter_in_ids() -> None:
    assert key("Open.Data-7") == key("OPEN.DATA-7")
    assert key("D1") != key("D2")


def test_a_title_may_hold_any_line() -> None:
    assert source(None, title='"\\\t\x1b\u2028한').title == '"\\\t\x1b\u2028한'
