"""The words in which addressees answer recommendations, in the practice of several bodies."""

from collections.abc import Iterable, Mapping

from pathtrack.intake.cells import content, line
from pathtrack.record.crosswalk import plain
from pathtrack.record.status import Response
from pathtrack.text import quoted

Answers = Mapping[str, Response | None]
"""What each word means, by what makes words the same; None for words that say that there is no answer."""

_WORDS: dict[Response | None, tuple[str, ...]] = {
    Response.ACCEPTED: (
        *("accepted", "accept", "accepts", "fully accepted", "accepted in full", "agreed", "agree", "agrees"),
        *("concur", "concurs", "concurred", "fully concur", "supported", "support", "수용"),
    ),
    Response.ACCEPTED_IN_PART: (
        *("accepted in part", "partially accepted", "partly accepted", "accepted in principle"),
        *("partially concur", "partially concurs", "partially concurred", "partial concur", "concur in part"),
        *("concur in principle", "partially agree", "partially agreed", "agreed in part"),
        *("agreed in principle", "supported in part", "partially supported", "supported in principle"),
        *("일부수용", "일부 수용", "부분수용", "부분 수용"),
    ),
    Response.NOTED: ("noted",),
    Response.REJECTED: (
        *("rejected", "reject", "rejects", "not accepted", "non-concur", "nonconcur", "non-concurs"),
        *("non-concurred", "nonconcurred", "did not concur", "does not concur", "not agreed", "disagree"),
        *("disagreed", "disagrees", "not supported", "불수용"),
    ),
    Response.UNDER_CONSIDERATION: (
        *("under consideration", "under review", "being considered", "검토중", "검토 중"),
    ),
    None: (
        "no response",
        "no answer",
        "no reply",
        "not answered",
        "awaiting response",
        "no answer on record",
    ),
}


def known(more: Mapping[str, Response] | None = None) -> Answers:
    """Return the words that are known, and more that a user maps."""
    found = {plain(word): answer for answer, words in _WORDS.items() for word in words}
    return found | {plain(word): answer for word, answer in (more or {}).items()}


def read(text: str, answers: Answers) -> Response | None:
    """Return what a cell answers; None for silence, ValueError for a word without a meaning.

    What is accepted in part, or in principle, is not accepted; silence rejects nothing.
    """
    word = plain(line(text))
    if word in answers or not content(text):
        return answers.get(word)
    shown = quoted(line(text))
    wanted = f"--map WORD=ANSWER; ANSWER is one of {', '.join(Response)}"
    raise ValueError(f"{shown} is not an answer that is known; map it with {wanted}")


def meanings(words: Iterable[str], answers: Answers) -> dict[str, Response]:
    """Return the words that answer something, each with what it means."""
    found = ((each, answers.get(plain(each))) for each in words)
    return {word: answer for word, answer in found if answer}
