"""What the parts of a column's name mean, where it is not a usual one."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pathtrack.intake.heads import NAMES, VAGUE, VAGUE_AS, Role
from pathtrack.record.crosswalk import plain


def _set(listed: str) -> set[str]:
    return {*listed.split()}


_SUBJECT = _set(
    """recommendation recommendations rec recs action actions item commitment commitments measure proposal
    promise promises pledge pledges task goal initiative activity"""
)
_PARTS: dict[Role, tuple[str, str]] = {
    Role.ID: ("# no number nr id code", "unique serial s sl sr task"),
    Role.TITLE: (
        "recommendation recommendations title name action measure commitment promise",
        "key policy of text",
    ),
    Role.SUMMARY: ("description text details summary", "brief detailed"),
    Role.AREA: (
        "area theme topic category pillar sector chapter section subject domain cluster workstream",
        "policy thematic focus priority key main primary strategic subject",
    ),
    Role.ACTOR: (
        """agency agencies department departments ministry ministries body bodies owner owners lead leads
        office organisation organisations organization organizations entity entities party parties addressee
        addressees assignee responsibility directorate who to responsible recipient recipients""",
        """lead leading responsible accountable implementing primary main government federal state relevant
        for person assigned addressed directed made delivery recommended""",
    ),
    Role.DUE: (
        "due deadline date target timeline timeframe",
        """due target completion complete expected planned estimated anticipated original proposed revised
        implementation delivery for of by""",
    ),
    Role.STATUS: (
        "status state rating rag",
        """implementation completion compliance delivery progress follow up tracking agency department
        government audit closure of rag brag""",
    ),
    Role.RESPONSE: (
        "response position reply",
        "government agency department management official ministry formal to",
    ),
    Role.NOTE: (
        """note notes comment comments remark remarks narrative explanation commentary update updates taken
        made reason reasons rationale justification""",
        """status progress implementation agency department government additional other further management
        tracking steps of on""",
    ),
    Role.LINK: (
        "link links url urls website webpage source sources",
        "web source evidence document supporting related page to official primary main status",
    ),
    Role.DATE: (
        "date updated checked reviewed assessed verified modified update",
        "date last status assessment review of on at as update updated checked assessed verified reviewed",
    ),
}
"""Of each role, the words that name it, and those that may stand beside them, as `_SUBJECT` may."""
_PROMISED = {"due", "target", "expected", "planned", "estimated", "anticipated", "proposed", "revised"}
HINTED = {
    Role.ID: _set("id no number nr code key # 번호"),
    Role.TITLE: _set("title text commitment recommendation promise pledge action measure titre titel titulo"),
    Role.SUMMARY: _set("text commitment recommendation promise pledge"),
    Role.AREA: _set("area theme topic category pillar sector chapter cluster categoria thema domaine"),
    Role.ACTOR: _set(
        """lead leads minister ministers ministry department departments agency agencies owner responsible
        responsable ministerio zustandig"""
    ),
    Role.STATUS: _set("status state rating estado statut 상태 현황"),
}
"""Words that may name a role whatever stands before them, if the cells show it."""
_NUMBERS = _set("# no nr n° number numero")
# Not "# of staff", which is no number of a recommendation.
_NUMBERED = {each for each in _SUBJECT if not each.endswith("s")} | _set(
    "of the de d la der recommandation mesure engagement axe empfehlung massnahme recomendacion medida"
)
_CALLED = _set("name names title titles involved")
_NO_SUBJECT = {Role.DATE, Role.LINK, Role.RESPONSE}
_SHARES = _set("% percent percentage pct porcentaje pourcentage prozent taux 진행률 이행률")
_SHARED = _set(
    """complete completed completion done progress implementation implemented of to date completado completada
    avance avancement cumplimiento ejecucion realisation umsetzung fortschritt de d la le el en"""
)
_ADDRESSES = _set("link links url urls href enlace lien")
_PICTURES = _set("image images img imagen photo foto logo icon picture avatar thumbnail embed map mapa")
_NOISE = _set("the current currently latest overall present final full a as at en")
_MANY = 65_536
"""How many names are remembered: each is looked at for each role, and a table may have thousands."""
_HASH = re.compile(r"(?<=[^\W\d_])#|#(?=[^\W\d_])")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OF = {"of", "for", "on", "to"}
_LOOKED_AT = {Role.DATE, Role.DUE, Role.LINK, Role.RESPONSE, Role.CONFIDENCE, Role.STATUS}
"""Roles that a column has by the parts of its name only if its cells look so."""


@lru_cache(_MANY)
def spelled(name: str) -> str:
    """Return what two same names of columns share: sourceUrl and source_url are Source URL, numero número."""
    words = " ".join(plain(_HASH.sub(" # ", _HUMP.sub(" ", name))).split())
    if words.isascii():
        return words
    bare = "".join(each for each in unicodedata.normalize("NFKD", words) if not unicodedata.combining(each))
    return unicodedata.normalize("NFC", bare.lower())  # № becomes No


def is_usual(name: str) -> bool:
    """Return whether a cell is a usual name of a column, or made of its parts."""
    return spelled(name) in _USUAL or bool(roles_of(name))


def is_vague(name: str, role: Role) -> bool:
    """Return whether the cells of a column decide whether it gives what its name says."""
    word = spelled(name)
    return word in _VAGUE or word in VAGUE_AS.get(role, ()) or (word not in _USUAL and role in _LOOKED_AT)


@lru_cache(_MANY)
def hints_of(name: str) -> frozenset[Role]:
    """Return what a name may mean by its last word, or a first one: MLC ID, Lead name, # Action, N° d'axe."""
    *before, last = _words(name) or [""]
    found = {role for role, hints in HINTED.items() if last in hints}
    first, *others = _words(name) or [""]
    found |= {Role.ID} if first in _NUMBERS and others and {*others} <= _NUMBERED else set()
    is_actor = last in _CALLED and not HINTED[Role.ACTOR].isdisjoint(before)
    return frozenset({*found, Role.ACTOR} if is_actor else found)


@lru_cache(_MANY)
def is_share(name: str) -> bool:
    """Return whether a column has percentages by its name: % complete, porcentaje de avance."""
    words = {*_words(name)}
    return not words.isdisjoint(_SHARES) and words <= _SHARES | _SHARED


@lru_cache(_MANY)
def has_addresses(name: str) -> bool:
    """Return whether a column has addresses by its name: Source URL, enlace."""
    return not _ADDRESSES.isdisjoint(_words(name))


@lru_cache(_MANY)
def roles_of(name: str) -> frozenset[Role]:
    """Return what the parts of a column's name may mean: Lead (agency), Date of update, État / Status."""
    return frozenset(_roles(name)) if len(name) <= _LONGEST else frozenset()


def _roles(name: str) -> Iterator[Role]:
    words = _words(name)
    if is_share(name):
        yield Role.STATUS
    if has_addresses(name) and _NO_ADDRESS.isdisjoint(words):
        yield Role.LINK
    whole = re.sub(r"(?<=\w)\W+as (?:of|at)\b.*", "", name.replace("’", "'"), flags=re.IGNORECASE)
    for piece in re.split(r"[/()\[\]|\n:–—]| - ", whole):
        words = _words(piece)
        if known := _ROLES.get(" ".join(words)):
            yield known
        yield from (role for role in _PARTS if _is_made_of(words, role))


def _words(name: str) -> list[str]:
    return [each for each in spelled(name).split() if each not in _NOISE and not re.fullmatch(r"\d+", each)]


def _is_made_of(words: list[str], role: Role) -> bool:
    heads, others = _SPLIT[role]
    if not words:
        return False
    *before, last = words
    if role is Role.DUE and last == "date" and _PROMISED.isdisjoint(before):
        return False
    if last in heads and {*before} <= others | heads - {"date", "to"} | (
        {"date"} if role is Role.DATE else set()
    ):
        return bool(before) or last not in _WEAK
    # Status of the recommendation, Date of update
    return len(words) > 2 and words[0] in heads and words[1] in _OF and {*words[2:]} <= others | heads  # noqa: PLR2004


_LONGEST = 80
_WEAK = {"date", "to", "target", "taken", "made", "update", "action", "measure", "code", "office", "timeline"}
"""Words that mean something only beside another."""
_SPLIT: Mapping[Role, tuple[set[str], set[str]]] = {
    role: ({*heads.split()}, {*others.split(), *(() if role in _NO_SUBJECT else _SUBJECT)})
    for role, (heads, others) in _PARTS.items()
}
_NO_ADDRESS = _PICTURES | _SUBJECT | {"report", "reports"}
_ROLES = {spelled(name): role for role, names in reversed(NAMES.items()) for name in names}
_USUAL = {*_ROLES}
_VAGUE = {*map(spelled, VAGUE)}
