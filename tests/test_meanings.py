"""What status words mean without being mapped."""

import datetime as dt
from dataclasses import replace

import pytest

from pathtrack.intake.cells import UnreadableError
from pathtrack.intake.meanings import Vocabulary, suggested
from pathtrack.record import crosswalk
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.status import Status
from statements import for_each

TODAY = dt.date(2026, 11, 26)
WORDS = {
    Status.NOT_ASSESSED: "Open|closed|TBD|offen|Ouvert|Abierta|미정",
    Status.NOT_STARTED: "Not yet started|Pending|To do|Noch nicht begonnen|Non commencé|Pendiente|미착수|0%",
    Status.IN_PROGRESS: "In Progress|Ongoing|Under way|On Track|En cours|In Arbeit|En proceso|추진 중|45 %",
    Status.PARTIAL: "Partially implemented|Partly complete|partially|Teilweise umgesetzt|일부 이행|Parcial",
    Status.IMPLEMENTED: "COMPLETE|Completed|Fully implemented|Réalisée|Umgesetzt|Cumplida|완료|100%|✔ Done",
    Status.STALLED: "Delayed|On hold|Behind schedule|En retard|Verzögert|Retrasado|지연",
    Status.NOT_IMPLEMENTED: "Rejected|Withdrawn|Abandonné|Abgelehnt|Rechazado|불수용",
    Status.REVERSED: "Repealed|Derogado",
}


@for_each("word, status", [(word, status) for status, words in WORDS.items() for word in words.split("|")])
def test_usual_words_have_a_meaning(word: str, status: Status) -> None:
    assert Vocabulary(crosswalk.known()).read(word) is status


@pytest.mark.parametrize("word", ["1. Done", "Done.", "Done (2024)", "Done (03/2024)", " done "])
def test_what_stands_around_a_word_does_not_matter(word: str) -> None:
    assert Vocabulary({}, today=TODAY).read(word) is Status.IMPLEMENTED


@pytest.mark.parametrize("when", ["2031", "12/2026", "2024-2031", "27.11.2026", "03/04/2027"])
def test_what_has_not_come_is_not_done(when: str) -> None:
    with pytest.raises(UnreadableError, match="is not a status word"):
        Vocabulary({}, today=TODAY).read(f"Completed ({when})")
    assert Vocabulary({}, today=dt.date(2031, 12, 31)).read(f"Completed ({when})") is Status.IMPLEMENTED


@for_each(
    "word, status",
    [
        ("Closed - superseded", Status.NOT_IMPLEMENTED),
        ("CLOSED: Implemented", Status.IMPLEMENTED),
        ("Open - on track", Status.IN_PROGRESS),
        ("Complete / ongoing", Status.IN_PROGRESS),
        ("Delayed, cancelled", Status.STALLED),
        ("Done; completed", Status.IMPLEMENTED),
    ],
)
def test_of_several_words_the_weakest_claim_counts(word: str, status: Status) -> None:
    assert Vocabulary(crosswalk.known()).read(word) is status


@pytest.mark.parametrize(
    "word",
    [
        "Open - implemented",
        "Closed - on track",
        "Done / disputed",
        "On track, then cancelled",
        "Done / broken",
    ],
)
def test_words_that_may_contradict_each_other_are_asked(word: str) -> None:
    with pytest.raises(UnreadableError, match="is not a status word"):
        Vocabulary(crosswalk.known()).read(word)


def test_bare_numbers_are_shares_only_of_a_column_of_shares() -> None:
    words = Vocabulary({})
    with pytest.raises(UnreadableError, match="'100' is not a status word"):
        words.read("100")
    found = {each: replace(words, shares=True).read(each) for each in ("100", "0", "37.5", "50%")}
    assert [*found.values()] == [
        *(Status.IMPLEMENTED, Status.NOT_STARTED, Status.IN_PROGRESS, Status.IN_PROGRESS),
    ]


@for_each("word", ["Green", "Amber", "Red", "Done (in part)", "Nearly there", "120%", "Done?x"])
def test_colours_and_what_is_not_known_are_asked(word: str) -> None:
    with pytest.raises(UnreadableError, match="is not a status word"):
        Vocabulary({}).read(word)


def test_a_body_and_the_user_and_earlier_imports_come_before_the_usual_meaning() -> None:
    assert Vocabulary(crosswalk.known(Scheme.GAO)).read("Open–Partially Addressed") is Status.PARTIAL
    assert Vocabulary({"Done": Status.PARTIAL}).read("done") is Status.PARTIAL
    recalled = Vocabulary(
        {"Late": Status.IN_PROGRESS}, remembered={"Done": Status.PARTIAL, "late": Status.STALLED}
    )
    assert (recalled.read("DONE"), recalled.read("Late")) == (Status.PARTIAL, Status.IN_PROGRESS)


@pytest.mark.parametrize(
    "word", ["N/A", "n/a", "Not applicable", "Not due", "Not yet due", "Sans objet", "해당 없음"]
)
def test_what_does_not_apply_is_not_a_claim(word: str) -> None:
    assert Vocabulary(crosswalk.known()).read(word) is Status.NOT_ASSESSED


@pytest.mark.parametrize("word", ["as before", "No change", "see above", "Unverändert", "상동"])
def test_a_word_that_names_no_status_is_named(word: str) -> None:
    with pytest.raises(UnreadableError, match="names no status, so none is recorded; write it out") as caught:
        Vocabulary(crosswalk.known()).read(word)
    assert caught.value.word == ""  # it cannot be mapped: each row means another status


@pytest.mark.parametrize(
    ("words", "claims"),
    [
        ("Red|Amber|green|Done", "stalled|in-progress|in-progress"),
        ("R|A|G", "stalled|in-progress|in-progress"),
        ("Rot|At risk", "stalled|in-progress"),
        ("A|B", ""),
        ("A|B|C|R", ""),
        ("Blue", ""),
    ],
)
def test_of_colours_the_weakest_claims_are_suggested(words: str, claims: str) -> None:
    assert "|".join(suggested(words.split("|")).values()) == claims
