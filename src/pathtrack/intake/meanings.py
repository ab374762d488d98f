"""The usual status words of many bodies, each with the weakest claim that it can be."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pathtrack.intake import dates
from pathtrack.intake.cells import UnreadableError, content, line
from pathtrack.record.crosswalk import plain
from pathtrack.record.dates import PartialDate
from pathtrack.record.status import Status
from pathtrack.text import quoted


def _words(listed: str) -> tuple[str, ...]:
    return tuple(" ".join(each.split()) for each in listed.split(","))


# Our own words are not repeated here. A colour means something else to each body, so it is asked for.
_WORDS: dict[Status, tuple[str, ...]] = {
    # Of what is open or closed, nothing is known of what was done.
    Status.NOT_ASSESSED: _words(
        """new, open, closed, unknown, not rated, not known, to be determined, tbd, to be confirmed, tbc,
        ouvert, ouverte, clos, close, inconnu, offen, geschlossen, unbekannt, abierto, abierta, cerrado,
        cerrada, desconocido, 미정, 미확인, no data, nodata, no evidence, no information,
        not assessed yet, insufficient information, sin datos, sin información, pas de données,
        keine angabe, keine angaben, k a, 검증필요, 검증 필요, 자료없음, n/a, na, not applicable,
        not relevant, not due, not yet due, not due yet, not yet applicable, nicht zutreffend, entfällt,
        nicht fällig, sans objet, non applicable, no aplica, no corresponde, 해당없음, 해당 없음"""
    ),
    Status.NOT_STARTED: _words(
        """not yet started, not begun, not yet begun, yet to start, yet to begin, not commenced,
        no progress, no action, no action taken, no action yet, pending, planned, to do, todo,
        not yet implemented, yet to be implemented, to be implemented, not done, incomplete,
        ready to start, not delivered, not achieved, not fulfilled, not met, not complete, not completed,
        not yet complete, unimplemented, outstanding, non commencé, non commencée, pas commencé,
        non démarré, pas encore commencé, à faire, en attente, prévu, nicht begonnen,
        noch nicht begonnen, nicht gestartet, ausstehend, geplant, no iniciado, no iniciada, sin iniciar,
        por iniciar, pendiente, planificado, 미착수, 미이행, 미추진, 예정, 대기, 시작 전,
        not commenced yet, yet to commence, no iniciado aún, à venir, non réalisé, non réalisée,
        no cumplido, no cumplida, upcoming"""
    ),
    Status.IN_PROGRESS: _words(
        """ongoing, on-going, progress, under way, underway, on track, on schedule, on target, started,
        begun, active, in process, in hand, in train, being implemented, progressing, wip,
        implementation in progress, implementation ongoing, implementation under way, work in progress,
        partially started, in the works, nearing completion, nearly complete, some progress,
        in development, en cours, en cours de réalisation, en cours de mise en œuvre, engagé, engagée,
        commencé, in arbeit, in bearbeitung, in umsetzung, begonnen, laufend, läuft, im gange, en curso,
        en proceso, en ejecución, en progreso, iniciado, iniciada, en marcha, 추진중, 추진 중, 진행중,
        진행 중, 이행중, 이행 중, 착수, 정상추진, 정상 추진, working, working on it, on time,
        in implementation, started and on track, iniciado y en curso, en développement, en desarrollo,
        en avance, in realisierung, 운영중, 운영 중"""
    ),
    Status.PARTIAL: _words(
        """partially, partly, partially implemented, partly implemented, implemented in part,
        partially complete, partially completed, partly complete, partly completed, partially done,
        partially achieved, partly achieved, partially met, partly met, partially fulfilled,
        partially addressed, partially delivered, in part, mostly implemented, largely implemented,
        largely, mostly, largely delivered, largely complete, compromise, substantially implemented,
        mostly complete, substantially complete, open partially addressed, partiel, partielle,
        partiellement, partiellement mis en œuvre, partiellement réalisé, partiellement réalisée,
        en partie, teilweise, teilweise umgesetzt, teilweise erfüllt, teilweise erledigt, parcial,
        parcialmente, parcialmente cumplido, parcialmente cumplida, parcialmente implementado,
        parcialmente implementada, cumplimiento parcial, 부분이행, 부분 이행, 일부이행, 일부 이행,
        일부완료, 일부 완료, 부분완료, largely done, mostly done, nearly done, in teilen umgesetzt,
        weitgehend umgesetzt, partiellement mise en œuvre"""
    ),
    Status.IMPLEMENTED: _words(
        """done, complete, completed, fully implemented, fully complete, fully completed, achieved,
        fully achieved, fulfilled, fully fulfilled, delivered, met, fully met, finished, kept,
        promise kept, fully addressed, accomplished, closed implemented, implemented and closed, enacted,
        fait, faite, réalisé, réalisée, terminé, terminée, achevé, achevée, mis en œuvre, mise en œuvre,
        mis en oeuvre, mise en oeuvre, entièrement mis en œuvre, umgesetzt, vollständig umgesetzt,
        erledigt, erfüllt, abgeschlossen, cumplido, cumplida, completado, completada, implementado,
        implementada, realizado, realizada, ejecutado, finalizado, finalizada, terminado, terminada,
        totalmente cumplida, 이행, 이행완료, 이행 완료, 완료, 추진완료, 추진 완료, 조치완료, 조치 완료,
        closed acceptable action, closed completed, fully delivered, vollständig erfüllt,
        totalmente cumplido, entièrement réalisé, entièrement réalisée"""
    ),
    Status.STALLED: _words(
        """delayed, behind schedule, off track, on hold, blocked, paused, suspended, deferred, postponed,
        slipped, late, retardé, retardée, en retard, bloqué, suspendu, reporté, verzögert, in verzug,
        ausgesetzt, zurückgestellt, blockiert, retrasado, retrasada, demorado, suspendido, suspendida,
        detenido, bloqueado, aplazado, 지연, 보류, 중단, 지연중, en pause, pausado, pausada, pausiert"""
    ),
    Status.NOT_IMPLEMENTED: _words(
        """broken, promise broken, rejected, declined, abandoned, withdrawn, cancelled, canceled,
        dropped, refused, discontinued, will not be implemented, will not implement,
        closed not implemented, closed unimplemented, superseded, overtaken by events, obsolete,
        no longer applicable, no longer relevant, not accepted, rejeté, rejetée, abandonné, abandonnée,
        annulé, refusé, abgelehnt, verworfen, zurückgezogen, eingestellt, rechazado, rechazada,
        descartado, descartada, cancelado, cancelada, desestimado, 불수용, 폐기, 철회, 취소,
        closed unacceptable action, not pursued, ne sera pas mis en œuvre, wird nicht umgesetzt"""
    ),
    Status.REVERSED: _words(
        """repealed, revoked, rolled back, undone, overturned, abrogé, aufgehoben, derogado, revocado,
        폐지"""
    ),
}
# A colour means something else to each body: the weakest claim that it usually is, for whoever maps it.
_COLOURS = {
    **dict.fromkeys(("green", "amber", "yellow", "orange", "at risk"), Status.IN_PROGRESS),
    **dict.fromkeys(("grün", "gelb", "vert", "jaune", "verde", "amarillo"), Status.IN_PROGRESS),
    **dict.fromkeys(("red", "rot", "rouge", "rojo"), Status.STALLED),
}
_LETTERS = {"g": Status.IN_PROGRESS, "a": Status.IN_PROGRESS, "y": Status.IN_PROGRESS, "r": Status.STALLED}
_UNCHANGED = {
    plain(word)
    for word in _words(
        """as before, no change, no changes, unchanged, same, same as before, see above, as above, ditto,
        idem, same as above, no update, no new information, unverändert, wie bisher, wie oben,
        siehe oben, keine änderung, sans changement, inchangé, inchangée, voir ci-dessus, sin cambios,
        sin cambio, ver arriba, 변동없음, 변동 없음, 상동"""
    )
}
"""What says that nothing is new, or that another cell says it."""
_USUAL = {plain(word): status for status, words in _WORDS.items() for word in words}
_ALL = 100
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d+)?) ?(%?)")
# 1. Not started; ✔ Done; Completed (2024): what stands around a word without changing it.
_BEFORE = re.compile(r"^(?:\d{1,2}[.):] ?|[*\u2022\u25cf\u2611\u2705\u2713\u2714\ufe0f-]+ )")
_YEARS = re.compile(r"\s*\(([\d\s./-]*\d{4}[\d\s./-]*)\)$")
_SEVERAL = re.compile(r"\s*[/;|]\s*|,\s+|\s+[–—-]\s+|:\s+")
_PHASE = re.compile(r"(open|closed)\b[\s:,/–—-]*(?=\w)", re.IGNORECASE)
# Closed - superseded means what superseded does, but nothing open is implemented.
_OF_PHASE = {
    "open": {Status.NOT_STARTED, Status.IN_PROGRESS, Status.PARTIAL, Status.STALLED},
    "closed": {Status.PARTIAL, Status.IMPLEMENTED, Status.NOT_IMPLEMENTED, Status.REVERSED},
}
_WEAK = (Status.NOT_ASSESSED, Status.NOT_STARTED, Status.IN_PROGRESS, Status.PARTIAL, Status.STALLED)
"""What claims no end, the weakest first."""


def suggested(words: Iterable[str]) -> dict[str, Status]:
    """Return the weakest claim that each colour among some words usually is: Amber, or R of R, A and G."""
    spelled = {word: plain(word) for word in words}
    letters = {each for each in spelled.values() if len(each) == 1}
    # A and B alone are marks.
    known = _COLOURS | (_LETTERS if letters <= {*"ragby"} and letters & {"r", "g"} else {})
    return {word: known[each] for word, each in spelled.items() if each in known}


@dataclass(frozen=True)
class Vocabulary:
    """Status words, each with what it means; case, dashes and spaces do not matter.

    The meaning of a word that is not known is not guessed: the nearest one may be the opposite. What is
    `given` counts before what is `remembered`. A year after a word is no part of it if it has come by
    `today`. With `shares`, bare numbers are percentages.
    """

    given: Mapping[str, Status]
    remembered: Mapping[str, Status] = field(default_factory=dict)
    today: dt.date = dt.date.min
    shares: bool = False

    @cached_property
    def _meanings(self) -> Mapping[str, Status]:
        # Of two spellings of one word, the later counts.
        words = [*self.remembered.items(), *self.given.items()]
        return _USUAL | {plain(word): status for word, status in words}

    def read(self, text: str) -> Status | None:
        """Return what a word means; None if the cell says nothing, UnreadableError for an unknown word."""
        word = line(text)
        # The meaning first: the word of a body may be None.
        if (status := self._meaning(word)) or not content(word):
            return status
        if plain(word) in _UNCHANGED:
            raise UnreadableError(f"{quoted(word)} names no status, so none is recorded; write it out")
        raise UnreadableError(f"{quoted(word)} is not a status word", word)

    def meanings(self, words: Iterable[str]) -> dict[str, Status]:
        """Return the words that have a meaning, with their meanings."""
        found = ((each, self._meaning(each)) for each in words)
        return {word: status for word, status in found if status}

    def _meaning(self, word: str) -> Status | None:
        bare = self._bare(word)
        if found := self._meanings.get(plain(word)) or self._meanings.get(plain(bare)):
            return found
        if phase := _PHASE.match(bare):
            found = self._meanings.get(plain(bare[phase.end() :]))
            return found if found in _OF_PHASE[phase[1].lower()] else None
        return self._share(word) or self._weakest(bare)

    def _bare(self, word: str) -> str:
        """Return a word without a number or a mark before it, and a year after it that has come."""
        bare = _BEFORE.sub("", word)
        found = _YEARS.search(bare)
        return bare[: found.start()] if found and self._has_come(found[1]) else bare

    def _has_come(self, text: str) -> bool:
        """Return whether a day, a month, a year or several of them have at least begun."""
        try:
            day = dates.read(text)
        except ValueError:
            return all(int(year) <= self.today.year for year in re.findall(r"\d{4}", text))
        return (day.first if isinstance(day, PartialDate) else day) <= self.today

    def _share(self, word: str) -> Status | None:
        share = _SHARE.fullmatch(word.strip())
        if not share or not (share[2] or self.shares):
            return None
        number = float(share[1].replace(",", "."))
        if number in (0, _ALL):
            return Status.IMPLEMENTED if number else Status.NOT_STARTED
        return Status.IN_PROGRESS if number < _ALL else None

    def _weakest(self, word: str) -> Status | None:
        """Return the weakest meaning of several words: Complete / ongoing is in progress.

        One that is not known may take back the others.
        """
        found = {self._meanings.get(plain(each)) for each in _SEVERAL.split(word)}
        if None in found:
            return None
        return next((status for status in _WEAK if status in found), found.pop() if len(found) == 1 else None)
