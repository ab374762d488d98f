"""The usual names of columns, in several languages."""

from enum import StrEnum


class Role(StrEnum):
    """What a column can give."""

    ID = "id"
    TITLE = "title"
    SUMMARY = "summary"
    AREA = "area"
    PART_OF = "part-of"
    REF = "ref"
    ACTOR = "actor"
    TAG = "tag"
    DUE = "due"
    ONGOING = "ongoing"
    DONE_WHEN = "done-when"
    STATUS = "status"
    CONFIDENCE = "confidence"
    RESPONSE = "response"
    NOTE = "note"
    LINK = "link"
    QUOTE = "quote"
    LOCATOR = "locator"
    LANG = "lang"
    DATE = "date"
    REPORT = "report"


def _names(listed: str) -> tuple[str, ...]:
    return tuple(" ".join(each.split()) for each in listed.split(","))


# Each role in turn takes the first of its names that is left: a column "Recommendation" is the title,
# unless there is a column "Title", and then the summary.
NAMES: dict[Role, tuple[str, ...]] = {
    Role.ID: _names(
        """id, rec id, recommendation id, recommendation number, recommendation no, rec no, rec number,
        rec #, recommendation #, action no, action number, action #, item no, item #, measure no,
        measure #, commitment no, commitment #, number, no, nr, #, n°, nº, numéro, numero, número, núm,
        num, código, nummer, lfd nr, kennung, 번호, 연번, 순번, 관리번호, 과제번호, 권고번호, #id"""
    ),
    Role.TITLE: _names(
        """title, short title, headline, recommendation title, action title, measure title, commitment title,
        promise title, recommendation, recommendations,
        recommendation text, commitment, call to action, action, measure, proposal, name, promise,
        pledge, task, item, initiative, activity, goal, objective, finding, text, titre, intitulé,
        recommandation, recommandations, engagement, mesure, proposition, titel, empfehlung,
        empfehlungen, maßnahme, vorhaben, forderung, título, recomendación, recomendaciones, compromiso,
        propuesta, medida, acción, 제목, 권고, 권고사항, 권고내용, 권고 내용, 과제, 과제명, 세부과제,
        제언, 정책제언, 건의사항, 공약명, 공약"""
    ),
    Role.SUMMARY: _names(
        """summary, recommendation text, recommendation, text, description, full text, résumé,
        beschreibung, wortlaut, zusammenfassung, descripción, resumen, texte, texto, 내용, 세부내용,
        상세내용, 설명, 공약내용, 과제내용, full recommendation, verbatim, wording, promise, pledge,
        commitment, proposal, action, measure, details, desc, contenu, détail, détails, detalle,
        detalles, contenido"""
    ),
    Role.AREA: _names(
        """area, theme, topic, topics, category, pillar, policy area, thematic area, sector, chapter,
        section, workstream, thème, domaine, axe, catégorie, volet, secteur, chapitre, bereich, thema,
        themenfeld, handlungsfeld, kategorie, kapitel, área, tema, ámbito, eje, categoría, capítulo,
        materia, 분야, 영역, 부문, 주제, 구분, 공약분야, 공약구분, domain, cluster, strand, focus area,
        safety issue, issue area, categoria, tema principal"""
    ),
    Role.REF: _names(
        """ref, reference, page, paragraph, publication number, para, paragraph no, reference no,
        reference number, ref no"""
    ),
    Role.ACTOR: _names(
        """actors, actor, agency, agencies, lead agency, responsible, responsible body,
        responsible department, lead, lead department, department, owner, addressee, who, responsable,
        pilote, ministère, organisme, destinataire, entité responsable, porteur, chef de file,
        zuständig, zuständigkeit, verantwortlich, federführung, zuständiges ressort,
        zuständiges ministerium, federführendes ressort, ministerium, ressort, adressat,
        entidad responsable, organismo, ministerio, destinatario, institución, dependencia, 소관부처,
        담당부서, 담당기관, 주관기관, 소관, 부처, 기관, 책임기관, 소관 부처, 담당 부서, recipient,
        recipients, addressed to, assigned to, acteur, acteurs"""
    ),
    Role.PART_OF: _names("part of, part of recommendation, parent recommendation, parent id"),
    Role.TAG: _names("tag, tags, keywords, labels, 키워드"),
    Role.DUE: _names(
        """due, due date, deadline, target date, target completion date, échéance, délai, date limite,
        date d'échéance, frist, fällig, fälligkeit, zieldatum, plazo, fecha límite, vencimiento,
        fecha de vencimiento, 기한, 목표일, 완료예정일, 시한, 마감일"""
    ),
    Role.ONGOING: _names("ongoing"),
    Role.DONE_WHEN: _names("done when, success criteria"),
    Role.STATUS: _names(
        """status, current status, implementation status, progress, rating, assessment, completion,
        level of completion, completion level, state, statut, état, état d'avancement, avancement,
        état de mise en œuvre, stand, umsetzungsstand, umsetzung, statut d'avancement,
        statut de mise en œuvre, estado de cumplimiento, estado de avance, estado de implementación,
        bearbeitungsstand, estado, estatus, situación, grado de cumplimiento, cumplimiento, avance,
        상태, 이행상황, 이행현황, 이행여부, 이행상태, 이행 상태, 이행 상황, 이행 여부, 추진상황, 추진현황,
        추진상태, 진행상황, 진행상태, 추진 상황, 진행 상황, kept, fulfilled, delivered, implemented,
        completed, complete, done, achieved, status label, state of play, estado del compromiso,
        grado de avance, état de réalisation, realisation, umsetzungsstatus, grade label, grade,
        verdict, evaluation, evaluación, évaluation, bewertung, 평가"""
    ),
    Role.CONFIDENCE: _names("confidence, confidence level"),
    Role.RESPONSE: _names(
        """response, answer, position, government response, government position, concurrence,
        agency response, management response, official response, state response, response status,
        réponse, stellungnahme, respuesta, 수용 여부, 수용여부"""
    ),
    Role.NOTE: _names(
        """note, notes, comments, comment, progress update, status update, update, latest update,
        narrative, commentary, remarks, explanation, action taken, actions taken, progress made,
        progress to date, progress made to date, progress, commentaire, commentaires, observations,
        remarques, bemerkung, bemerkungen, anmerkung, anmerkungen, kommentar, erläuterung, notiz,
        comentario, comentarios, observaciones, notas, 비고, 의견, 추진내용, 추진실적, 이행내용, 메모,
        검증메모, evidence summary, progress summary, status summary, summary of progress,
        status reason, reason for status, rationale, justification, what happened, what has happened,
        assessment, reply text, response text, reply, notizen, justificación, motif, begründung,
        evaluation, evaluación, évaluation, bewertung, response, agency response, management response,
        government response, réponse, stellungnahme, respuesta"""
    ),
    Role.LINK: _names(
        """link, links, url, urls, web link, hyperlink, source url, source link, source, sources, evidence,
        lien, liens, quelle, quellen, fundstelle, beleg, enlace, enlaces, fuente, fuentes, vínculo,
        링크, 출처, 근거, 참고자료, 근거링크, 자료출처, lien source, página web, enlace web"""
    ),
    Role.DATE: _names(
        """date, status date, as of, date of status, assessment date, date of assessment, last update,
        last updated, updated, date updated, reviewed, last reviewed, date reviewed, review date,
        last checked, date checked, checked, date de mise à jour, dernière mise à jour, mis à jour le,
        datum, stichtag, aktualisiert, letzte aktualisierung, stand vom, fecha, fecha de actualización,
        última actualización, actualizado, 일자, 날짜, 기준일, 점검일, 갱신일, 확인일, 최종확인일,
        최종 확인일, 작성일, as at, status as of, dated, fecha de corte, fecha de revisión,
        date de révision, prüfdatum"""
    ),
    Role.QUOTE: _names("quote, quotation, evidence quote"),
    Role.LOCATOR: _names("locator, source page"),
    Role.LANG: _names("lang, source language"),
    Role.REPORT: _names("publication name, report, report title"),
}
VAGUE = {
    *_names(
        """source, sources, evidence, as of, updated, reviewed, last reviewed, checked, progress, rating,
        assessment, completion, state, stand, umsetzung, avance, quelle, fuente, 근거, 참고자료,
        response, reply, reply text, response text, details, desc, kept, fulfilled, delivered,
        implemented, completed, complete, done, achieved, grade label, grade, verdict, evaluation,
        evaluación, évaluation, bewertung, 평가"""
    ),
    *NAMES[Role.CONFIDENCE],
    *NAMES[Role.RESPONSE],
}
"""Names that other columns may have too: the cells decide."""
VAGUE_AS = {Role.SUMMARY: _names("promise, pledge, commitment, proposal")}
"""Names that are vague for one role and plain for another."""
