"""The findings of `check` that need a day, or concern sources and characters."""

import datetime as dt

import pytest

from pathtrack.record.checks import check
from pathtrack.record.finding import Finding
from pathtrack.record.model import Recommendation, Update
from pathtrack.text import is_private_address
from samples import TODAY, recommendation, source, tracked, update


def codes(*parts: Recommendation | Update, stale: int | None = None) -> list[str]:
    return [each.code for each in found(*parts, stale=stale)]


def found(*parts: Recommendation | Update, stale: int | None = None) -> list[Finding]:
    return check(tracked(recommendation(), *parts), on=TODAY, stale=stale)


def test_an_update_of_the_future_is_found() -> None:
    assert codes(update("2026-02-01")) == ["future-update"]
    assert codes(update("2026-01-31")) == []


def test_evidence_without_an_address_is_found() -> None:
    assert codes(update(evidence=(source(None, title="A letter"),))) == ["no-address"]


def test_an_address_that_stands_twice_in_one_update_is_found() -> None:
    twice = (source(), source("https://example.org/b"), source())
    assert codes(update(evidence=twice)) == ["repeated-address"]
    assert codes(update(evidence=(source(),)), update(evidence=(source(),))) == []


@pytest.mark.parametrize("character", ["\x1b", "\u202e", "\x85", "\u2028"])
def test_hidden_characters_are_found_and_shown(character: str) -> None:
    (finding,) = found(update(note=f"a{character}b"))
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


def test_one_assessors_updates_can_be_looked_at_alone() -> None:
    ana, ben = update("2026-02-01", by="Ana"), update("2025-06-01", by="Ben", status="implemented")
    record = tracked(recommendation(ongoing=True), ana, ben)
    assert [each.code for each in check(record, on=TODAY, by="Ana")] == ["future-update"]
    assert [each.code for each in check(record, on=TODAY, by="Ben")] == ["thin-implemented"]
    assert len(check(record, on=TODAY, by="Ana", stale=1)) == 2


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


@pytest.mark.parametrize("host", PRIVATE)
def test_private_addresses_are_found(host: str) -> None:
    assert is_private_address(f"https://{host}:8080/x")
    assert is_private_address(f"http://{host}")
    assert codes(update(evidence=(source(f"https://{host}/x"),))) == ["private-address"]


@pytest.mark.parametrize("host", PUBLIC)
def test_public_addresses_are_not(host: str) -> None:
    assert not is_private_address(f"https://{host}/x")


def test_hidden_characters_are_found_in_lists_and_imported_columns() -> None:
    record = tracked(
        recommendation(actors=["a\u202eb"], source={"k\u202e": "v\x1b"}), update(searched=["x\u2066"])
    )
    assert [each.code for each in check(record, on=TODAY)] == ["hidden-character"] * 4
