from dataclasses import replace
from pathlib import Path

import pytest

from conftest import Run
from intake import BLANK, planned, read, reasons, rules, understood, written
from pathtrack.file import store
from pathtrack.intake import answers, guesses
from pathtrack.intake.plan import plan
from pathtrack.record.status import Response
from statements import for_each


@for_each(
    "words, answer",
    [
        ("Concur, CONCURRED, Accepted, accepted in full, Agree, Supported, 수용", Response.ACCEPTED),
        ("Partially concur, concur in part, concur in principle", Response.ACCEPTED_IN_PART),
        ("Accepted in part, accepted IN PRINCIPLE, Partially-accepted", Response.ACCEPTED_IN_PART),
        ("supported in part, Agreed in principle, 일부수용, 일부 수용", Response.ACCEPTED_IN_PART),
        ("Noted", Response.NOTED),
        (
            "Non-concur, nonconcur, did not concur, Rejected, Not accepted, disagree, 불수용",
            Response.REJECTED,
        ),
        ("under consideration, 검토중, 검토 중", Response.UNDER_CONSIDERATION),
        ("No response,  no  answer, awaiting response, -, n/a, none,", None),
    ],
)
def test_the_words_of_several_bodies_are_read(words: str, answer: Response | None) -> None:
    for word in words.split(","):
        assert answers.read(word, answers.known()) is answer, word


@pytest.mark.parametrize("word", [*Response])
def test_our_own_words_are_read(word: Response) -> None:
    assert answers.read(word.upper(), answers.known()) is word


@for_each(
    "word",
    [
        "accepted with changes",
        "neither agreed nor disagreed",
        "수용 불가",
        "yes",
        "not",
        "concur but",
        "pending",
    ],
)
def test_another_word_is_not_guessed(word: str) -> None:
    with pytest.raises(ValueError, match="is not an answer that is known; map it with --map WORD=ANSWER"):
        answers.read(word, answers.known())


def test_no_word_of_a_part_or_of_silence_is_an_acceptance_or_a_rejection() -> None:
    for word, answer in answers.known().items():
        if any(each in word for each in ("part", "principle", "일부", "부분")):
            assert answer is Response.ACCEPTED_IN_PART
        is_spanish = "acepta" in word  # no aceptado is a rejection
        if "answered" in word or (not is_spanish and not {"no", "awaiting"}.isdisjoint(word.split())):
            assert answer is None


def test_an_answer_makes_an_update_and_silence_makes_none() -> None:
    header = ["Id", "Title", "Response", "Status"]
    rows = [
        ["A", "One", "Partially concur", ""],
        ["B", "Two", "no response", ""],
        ["C", "Three", "", "partial"],
        ["D", "Four", "Non-concur", "not-started"],
        ["E", "Five", "perhaps", ""],
    ]
    made = planned(header, *rows)
    assert [(each.recommendations, each.response, each.status) for each in made.updates] == [
        (("A",), Response.ACCEPTED_IN_PART, None),
        (("C",), None, "partial"),
        (("D",), Response.REJECTED, "not-started"),
    ]
    assert [each.line for each in made.unread] == [6]
    assert "'perhaps' is not an answer that is known" in made.unread[0].reason


def test_rows_that_answer_differently_have_no_answer_and_say_so() -> None:
    made = planned(
        ["Id", "Title", "Response", "Note"], ["A", "One", "agree", "n"], ["A", "One", "disagree", ""]
    )
    assert [(each.response, each.note) for each in made.updates] == [(None, "n")]
    reason = "rows of one recommendation differ in their answer, so its update has none"
    assert reasons(made.remarks)[:2] == [(2, reason), (3, reason)]


def test_a_column_of_prose_is_no_column_of_answers() -> None:
    rows = [
        ["One", "We will look into it."],
        ["Two", "The department agrees in general."],
        ["Three", "Noted"],
    ]
    found = read(written(["Title", "Response"], *rows))
    how = rules(found)
    chosen = guesses.chosen(found, {}, None, None)
    assert "response" not in chosen
    assert plan(found, replace(how, columns=chosen), BLANK).refused == ()


def test_what_an_answer_was_taken_for_is_said() -> None:
    found = read(written(["Title", "Response"], ["One", "Concur"], ["Two", "no answer"], ["Three", "Noted"]))
    assert "answers: 'Concur' is accepted, 'Noted' is noted" in understood(found, rules(found))


def test_a_user_maps_words_of_answers_and_of_statuses_alike(run: Run) -> None:
    Path("t.csv").write_text(
        "id,title,area,position,state\nA,One,x,Yes but,On hold\n", encoding="utf-8", newline="\n"
    )
    command = ("import", "t.csv", "--file", "t.toml", "--date", "2025-01-01", "--column", "response=position")
    assert "'Yes but' is not an answer" in run(*command, "--map", "On hold=stalled", "--dry-run").err
    mapped = ("--map", "On hold=stalled", "--map", "yes BUT=Accepted-in-part")
    assert run(*command, *mapped).code == 0
    (made,) = store.load(Path("t.toml")).updates
    assert (made.status, made.response) == ("stalled", Response.ACCEPTED_IN_PART)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Angenommen|Acceptée|Aceptada", Response.ACCEPTED),
        ("Teilweise angenommen|Accord de principe|Aceptada en parte", Response.ACCEPTED_IN_PART),
        ("Zur Kenntnis genommen|Pris acte|Se toma nota", Response.NOTED),
        ("Abgelehnt|Rejetée|No aceptada", Response.REJECTED),
        ("In Prüfung|À l’étude|En consideración", Response.UNDER_CONSIDERATION),
        ("Keine Antwort|Pas de réponse|Sin respuesta", None),
    ],
)
def test_answers_are_read_in_other_languages(words: str, answer: Response | None) -> None:
    assert {answers.read(each, answers.known()) for each in words.split("|")} == {answer}
