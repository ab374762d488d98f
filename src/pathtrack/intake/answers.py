"""The words in which addressees answer recommendations, in the practice of several bodies."""

from collections.abc import Iterable, Mapping

from pathtrack.intake.cells import content, line
from pathtrack.record.crosswalk import plain
from pathtrack.record.status import Response
from pathtrack.text import quoted

Answers = Mapping[str, Response | None]
"""What each word means, by what makes words the same; None for words that say that there is no answer."""


def _words(listed: str) -> tuple[str, ...]:
    return tuple(" ".join(each.split()) for each in listed.split(","))


_WORDS: dict[Response | None, tuple[str, ...]] = {
    Response.ACCEPTED: _words(
        """accepted, accept, accepts, fully accepted, accepted in full, agreed, agree, agrees, concur,
        concurs, concurred, fully concur, supported, support, angenommen, akzeptiert, zugestimmt,
        stimmt zu, zustimmung, accepté, acceptée, acceptées, accord, d'accord, approuvé, approuvée,
        aceptado, aceptada, aceptadas, se acepta, de acuerdo, aprobado, aprobada, 수용"""
    ),
    Response.ACCEPTED_IN_PART: _words(
        """accepted in part, partially accepted, partly accepted, accepted in principle,
        partially concur, partially concurs, partially concurred, partial concur, concur in part,
        concur in principle, partially agree, partially agreed, agreed in part, agreed in principle,
        supported in part, partially supported, supported in principle, teilweise angenommen,
        teilweise akzeptiert, teilweise zugestimmt, grundsätzlich angenommen, im grundsatz angenommen,
        partiellement accepté, partiellement acceptée, accepté en partie, acceptée en partie,
        accepté partiellement, acceptée partiellement, accord partiel, accord de principe,
        accepté en principe, acceptée en principe, parcialmente aceptado, parcialmente aceptada,
        aceptado parcialmente, aceptada parcialmente, aceptado en parte, aceptada en parte,
        aceptado en principio, aceptada en principio, 일부수용, 일부 수용, 부분수용, 부분 수용"""
    ),
    Response.NOTED: _words(
        """noted, zur kenntnis genommen, noté, notée, pris note, pris acte, tomado nota, se toma nota,
        tomada nota"""
    ),
    Response.REJECTED: _words(
        """rejected, reject, rejects, not accepted, non-concur, nonconcur, non-concurs, non-concurred,
        nonconcurred, did not concur, does not concur, not agreed, disagree, disagreed, disagrees,
        not supported, abgelehnt, nicht angenommen, zurückgewiesen, ablehnung, rejeté, rejetée, refusé,
        refusée, non accepté, non acceptée, désaccord, rechazado, rechazada, no aceptado, no aceptada,
        no se acepta, 불수용"""
    ),
    Response.UNDER_CONSIDERATION: _words(
        """under consideration, under review, being considered, in prüfung, wird geprüft, à l'étude,
        en cours d'examen, en examen, en estudio, en consideración, bajo consideración, en revisión,
        검토중, 검토 중"""
    ),
    None: _words(
        """no response, no answer, no reply, not answered, awaiting response, no answer on record,
        keine antwort, keine rückmeldung, antwort steht aus, pas de réponse, sans réponse,
        en attente de réponse, sin respuesta, pendiente de respuesta, 무응답, 답변 없음"""
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
