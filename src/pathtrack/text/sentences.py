"""Where a sentence ends."""

import re

_PAIRS = dict(zip(")]»」』）》】", "([«「『（《【", strict=True)) | {"”": "“„", "“": "„"}
_CLOSING = r"”“»’'\")\]」』）》】"
_FULL = "。！？｡"
_ENDING = f".!?…{_FULL}"
# Possessive, and only where a run begins: so each character is read once.
_STOP = re.compile(rf"[{_ENDING}](?<![{_ENDING}]{{2}})[{_ENDING}]*+[{_CLOSING}]*+")
_MARKS = r"()\[\]“”„«»「」『』（）《》【】\""
_BRACKET = re.compile(f"[{_MARKS}]")
_PLAIN = re.compile(rf"[^\W\d_][^{_ENDING}{_MARKS}]*+[.!?](?= [A-Z가-힣])")
_NEXT = re.compile(r"[^\w.!?…。]*(\w+(?:[-’']\w+)*)?")
_ELIDED = re.compile(r"[dlDL]['’](?=\w)")
_OPENING = "([“„«\"‘'"
_DOTTED = re.compile(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+")
# No word is made of consonants alone, as Pvt, or of one capital twice, as EE. UU.
_NO_WORD = re.compile(r"[B-DF-HJ-NP-TV-XZ][b-df-hj-np-tv-xz]{1,4}|([A-Z])\1")
_DAY_AND_MONTH = re.compile(r"\b\d{1,2}(?:st|nd|rd|th|er|º)? [^\W\d_]{2,5}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ROMAN = re.compile(r"[IVXLC]+|[ivxlc]+")
_FIGURES = re.compile(r"\d+(?:\.\d{1,2}){0,2}")
_DATE = re.compile(r"\d{2,4}\.\d{1,2}\.\d{1,2}")
_SHORT = 6
"""How much text is searched for a word of four letters or fewer."""
_YEAR_OR_MONTH = re.compile(r"\d\. $")
_DAY_OR_MONTH = re.compile(r" \d{1,2}\.(?:\s|$)")
# Korean and Japanese name the speaker after the quotation.
_SAID = re.compile(r"(?:이?라[고며는]\w*|고|하고|하며|면서)|[ぁ-ん].*")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER_LAST = _words(
    "Adm Amb Asst Atty Brig Capt Cdr Cmdr Col Cpl Dep Dir Dr Dra Ens Fr Gen Gov Hon Hr Lic Lt Maj Messrs Min"
    " Mme Mlle Mr Mrs Ms Mx Pres Prof Rep Rev Rt Sec Secy Sen Sgt Sra Sres Srta Supt approx bzw ca cf d.h e.g"
    " ggf i.e incl sog u.a vgl viz vs z.B"
)
_BEFORE_NUMBERS = _words(
    "Abs Abt Art Bd Cap Ch Doc Fig Kap No Nos Nr Núm Pág Res Ser Vol Ziff abs art cap ch fig no nos nr núm"
    " odst p pág págs para pp sec str ust vol ст"
)
_SELDOM_LAST = _words(
    "Apr Aug Ave Bros Co Corp Dec Dept Dez Feb Ft Govt Inc Intl Jan Jr Jul Jun Ltd Mar Mio Mon Mrd Mt Nat"
    " Natl Nov Oct Okt Sep Sept Sr St Str Thurs Tues Univ Wed al avg dept ed eds est etc excl max mil min"
    " resp ret usw"
)
# What begins a sentence and is no name: "in the U.S. The office", but "the U.S. Senate" and "J. In".
_BEGINNERS = _words(
    "After Although And Because Before Both But Das During Each Es However If It Its More Most Nothing Other"
    " Since Some Such That The Their Then There These They This Those Though Thus Until What When Where Which"
    " While With"
)
_BEGINNERS_OR_NAMES = _BEGINNERS | _words(
    "A An As At By Die Er For From He Her His I In No On One Our She Sie So To We"
)
_ABBREVIATIONS = frozenset(each.lower() for each in _NEVER_LAST | _BEFORE_NUMBERS | _SELDOM_LAST)
_GERMAN_BEFORE_ORDINALS = _words("am ab beim bis das dem den der des die im seit vom zum zur")
_GERMAN_MONTHS = _words("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")


def end_of_sentence(text: str) -> int:
    """Return where the first sentence of a text on one line ends; too late rather than too early."""
    plain = _PLAIN.match(text)
    blank = text.rfind(" ", 0, plain.end()) if plain else -1
    if plain and blank > 0 and _is_a_word(text[blank + 1 : plain.end() - 1]):
        return plain.end()  # nearly all sentences, many times over
    # Adm. Lee spoke (at noon. Or so). He left.
    #     Adm.    belongs to the word
    #     noon.   is in brackets
    #     so).    ends the sentence
    inside = _Enclosed(text)
    for stop in _STOP.finditer(text):
        end = stop.end()
        if end == len(text):
            break
        # A point inside of a word ends nothing, as in example.org; no blank is needed after 。
        behind = text[end].isspace() or text[stop.start()] in _FULL
        if behind and not inside.holds(end) and not _goes_on(text, stop):
            return end
    return len(text)


def _is_a_word(text: str) -> bool:
    """Return whether this is a word or a number that has no full stop of its own."""
    if text.isdigit():
        # Two digits may be a day, as in "am 5. Mai".
        return len(text) > len("31")
    return (
        len(text) > 1
        and text.isalpha()
        and not _NO_WORD.fullmatch(text)
        and text.lower() not in _ABBREVIATIONS
    )


class _Enclosed:
    """The parts of a text in brackets or quotation marks, asked for in order."""

    def __init__(self, text: str) -> None:
        # The last first, since the end of a list is where the next one is quickly taken from.
        self._spans = sorted(_spans(text), reverse=True) if _BRACKET.search(text) else []
        self._end = 0

    def holds(self, place: int) -> bool:
        """Return whether a place is in one of them; the next one asked for must not come before it."""
        while self._spans and self._spans[-1][0] < place:
            self._end = max(self._end, self._spans.pop()[1])
        return place <= self._end


def _spans(text: str) -> list[tuple[int, int]]:
    """Return where each pair of brackets or quotation marks begins and ends; unpaired ones do not count."""
    found, opened = [], dict[str, list[int]]()
    for mark in _BRACKET.finditer(text):
        sign, place = mark[0], mark.start()
        # It looks the same on both sides: after a blank it opens, after anything else it closes.
        if sign == '"':
            partners = '"' if place and not text[place - 1].isspace() else ""
        else:
            partners = _PAIRS.get(sign, "")
        begun = next((opened[each] for each in partners if opened.get(each)), None)
        if begun:
            found.append((begun.pop(), place))
        else:
            opened.setdefault(sign, []).append(place)
    return found


def _goes_on(text: str, stop: re.Match[str]) -> bool:
    """Return whether the sentence goes on after a full stop or another mark."""
    found = _NEXT.match(text, stop.end())
    word = (found and found[1]) or ""
    quoted = stop[0][-1] not in _ENDING
    if quoted and _SAID.fullmatch(word):
        return True
    if stop[0][0] in _FULL:
        # Chinese: “…。”他说 has the speaker after it; 他说“…。” ends there.
        return quoted and text[0] in "“「『" and text[stop.end()].isalpha()
    if word[:1].islower():
        return True
    before = _ELIDED.sub("", text[text.rfind(" ", 0, stop.start()) + 1 : stop.start()])
    if stop[0].startswith(("…", "..")):
        return not before.strip(_OPENING)
    return stop[0][0] == "." and _abbreviated(before.lstrip(_OPENING), word, text, stop)


def _abbreviated(before: str, word: str, text: str, stop: re.Match[str]) -> bool:
    """Return whether a full stop belongs to the word before it, as in "Adm. Lee" and "5 Sept. 2025"."""
    start = stop.start() - len(before)
    if before in _NEVER_LAST or f"{before[:1].lower()}{before[1:]}" in _NEVER_LAST:
        return True
    if not start and (not before or _FIGURES.fullmatch(before) or _ROMAN.fullmatch(before)):
        return True  # the number of a point: "2. It is open."
    if _FIGURES.fullmatch(before):
        return _in_a_date(before, word, text, start)
    if _YEAR.fullmatch(word) and _DAY_AND_MONTH.fullmatch(
        text, text.rfind(" ", 0, max(0, start - 1)) + 1, stop.start()
    ):
        return True  # 5 janv. 2026
    if before in _BEFORE_NUMBERS:
        return word[:1].isdigit() or _ROMAN.fullmatch(word) is not None
    if len(before) == 1:
        return before.isalpha() and not (start and word in _BEGINNERS)
    return word not in _BEGINNERS_OR_NAMES and bool(
        before in _SELDOM_LAST or _DOTTED.fullmatch(before) or _NO_WORD.fullmatch(before)
    )


def _in_a_date(before: str, word: str, text: str, start: int) -> bool:
    """Return whether figures with a full stop are part of a date: 2026. 1. 5. or am 5. Mai."""
    end = start + len(before) + 1
    ahead = text[max(0, start - _SHORT) : start]
    if _DATE.fullmatch(before) or _DAY_OR_MONTH.match(text, end) or _YEAR_OR_MONTH.search(ahead):
        return True
    german = word in _GERMAN_MONTHS or (ahead.split() or [""])[-1].lower() in _GERMAN_BEFORE_ORDINALS
    return german and len(before) <= len("31")
