"""What came in the place of a page that was asked for: an error, a login or the front page."""

import re

from pathtrack.record import same
from pathtrack.text import quoted
from pathtrack.web.client import Answer
from pathtrack.web.page import Page, is_page

_PARTS = re.compile(r"\s+[|–—·»:-]+\s+|\s*\|\s*")
_THING = r"(page|file|article|content|document|url|resource)"
_NOT = r"(not|no longer|cannot|can['’]?t|could ?n[o'’]?t|does ?n[o'’]?t)"
_THERE = r" ?(be )?(found|available|exists?)( any ?more| here)?[.!]?"
_SAID = {
    "says that it was not found": (
        r"(http |error |status |code |fehler |erreur |오류 )*+(404|410)( error|:)?( (page )?not found)?",
        rf"(sorry,? )?((the|this|that) )?(requested )?{_THING}? ?((was|is|could|can) )?{_NOT}{_THERE}",
        r"(page|article|content) (missing|removed|deleted|unavailable|gone)[.!]?",
        r"(oops|whoops)[!.,…]*( page not found.*)?",
        r"(diese |die )?(seite|datei) (wurde )?nicht gefunden[.!]?",
        r"page (introuvable|non trouvée|inexistante)[.!]?",
        r"página no encontrada[.!]?|pagina non trovata[.!]?",
        r"(요청하신 )?페이지를 찾을 수 없습니다[.!]?",
        r"(존재하지 않는|삭제된|없는) (페이지|기사|게시물|게시글|뉴스)(입니다)?[.!]?",
        r"(お探しの)?(ページ|記事)(が|は)(見つかりません|存在しません)(でした)?[。.]?",
        r"(页面|網頁|頁面)(不存在|未找到|找不到了?)[。.]?|找不到(页面|網頁|頁面)[。.]?",
    ),
    "refuses programs": (
        r"(error )?(403|401|429|503)( error)?( forbidden| unauthorized| service unavailable)?",
        r"access (is )?denied|forbidden|request (rejected|blocked)|just a moment[.…]*|attention required!?",
        r"are you (a )?(robot|human)\??|robot check|security check(point)?|captcha|verif(y|ying) .*human.*",
        r"(service|site) (temporarily )?unavailable|bad gateway|gateway time-?out|internal server error",
    ),
    "asks for a login": (
        r"(please )?(log|sign)[ -]?in( required)?( to continue)?|subscribe to (read|continue).*",
        r"로그인|anmelden|einloggen|connexion|se connecter|iniciar sesión|ログイン|登录|登錄",
    ),
}
_TITLES = {
    what: re.compile("|".join(f"(?:{each})" for each in said), re.IGNORECASE) for what, said in _SAID.items()
}
_LOGIN = re.compile(r"/(log-?in|sign-?in|sso|oauth2?|saml|auth|consent)(\.\w+)?([/?]|$)", re.IGNORECASE)
_FRONT = re.compile(r"/?((index|default|main|home)(\.\w+)?|[a-z]{2}([-_][a-z]{2})?)?/?", re.IGNORECASE)
_LONGEST = 120
"""How long the title of an error is at most; a longer one is that of a text about errors."""


def instead(asked: str, answer: Answer, page: Page) -> str:
    """Return what came instead of the page at an address, in words about it; nothing if the page came."""
    for what, titles in _TITLES.items():
        for text in filter(None, (page.title, page.heading)):
            if len(text) <= _LONGEST and any(titles.fullmatch(part) for part in _PARTS.split(text.strip())):
                return f"{what}: its title is {quoted(text)}"
    if same.address(asked) == same.address(answer.address) or not is_page(answer):
        return ""
    before, after = _path(asked), _path(answer.address)
    if _LOGIN.search(after) and not _LOGIN.search(before):
        return f"asks for a login: it leads to {quoted(answer.address)}"
    if _FRONT.fullmatch(after) and not _FRONT.fullmatch(before):
        return f"is gone: it leads to the front page {quoted(answer.address)}"
    return ""


def _path(address: str) -> str:
    """Return the path of an address, with what is asked of it."""
    return re.sub(r"\Ahttps?://[^/?#]*", "", address, flags=re.IGNORECASE).partition("#")[0]
