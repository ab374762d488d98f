"""Texts of trackers that grew from one another, with random comments and notes that look like tables."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import count, repeat

from hypothesis import strategies as st

from pathtrack.file import toml
from pathtrack.file.blocks import blocks
from pathtrack.file.document import Document
from pathtrack.file.merge import Merged, merge
from pathtrack.record.dates import partial
from pathtrack.record.model import Recommendation, Report, Tracker, Update
from samples import SMALL, recommendation, update, updates, value_of

Block = Report | Recommendation | Update


@dataclass(frozen=True)
class Piece:
    """A block, the comments before it, and what else stands in it."""

    value: Block
    before: str = "\n"
    inside: str = ""

    @property
    def text(self) -> str:
        header, rest = toml.block(self.value).split("\n", 1)
        return f"{self.before}{header}{self.inside}\n{rest}"


@dataclass(frozen=True)
class Draft:
    """A file in pieces: report, recommendations, updates, and the comments after them."""

    report: Piece
    recommendations: tuple[Piece, ...]
    updates: tuple[Piece, ...]
    end: str = ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return (self.report, *self.recommendations, *self.updates)

    @property
    def text(self) -> str:
        return ("".join(piece.text for piece in self.pieces) + self.end).lstrip("\n")


LOOKALIKES = (
    "[[update]]",
    "[report]",
    "# a comment?",
    '"""',
    "'''",
    'id = "D1"',
    "<<<<<<< ours",
    "=======",
    "",
)
COMMENTS = (
    "#",
    "# ---- 2024 ----",
    "# [[update]]",
    '# """',
    "# it's",
    "# a\u2028b",
    "  # 한국어",
    "# id = 'D1'",
)

notes = st.lists(st.sampled_from(LOOKALIKES), min_size=2, max_size=4).map("\n".join).filter(bool)
lines = st.lists(st.sampled_from(("", *COMMENTS)), max_size=3)
insides = st.sampled_from(("", " # beside", "\n# below", '\n# below """\n\n# and further'))
moments = st.integers(0, 3).map(lambda minutes: dt.datetime(2026, 1, 1, 12, minutes, tzinfo=dt.UTC))
typed = st.builds(
    lambda recorded, by, note, more: update("2025-01-24", recorded=recorded, by=by, note=note, **more),
    st.none() | moments,
    st.sampled_from(["Ana", "Ben"]),
    notes,
    st.sampled_from(
        [
            {},
            {"response": "accepted-in-part", "actors": ["Korea"]},
            {"due": partial("2027"), "status": "stalled", "confidence": "low"},
        ]
    ),
)
records = st.tuples(st.lists(typed, max_size=6), st.lists(updates, max_size=1)).map(
    lambda drawn: [*dict.fromkeys((*drawn[0], *drawn[1]))]
)
columns = st.dictionaries(st.sampled_from(["Rec. no.", "status", "[x]"]), notes, max_size=2)
FIELDS = {
    "title": st.sampled_from(["A", "B # no comment", "[[update]]"]),
    "ref": st.none() | st.sampled_from(["Chapter 1", "Chapter 2"]),
    "summary": st.none() | notes,
    "actors": st.lists(st.sampled_from(["U.S.", "Korea"]), max_size=2).map(tuple),
    "tags": st.lists(st.sampled_from(["a", "[[b]]"]), max_size=2).map(tuple),
    "ongoing": st.booleans(),
    "due": st.none() | st.dates() | st.just(partial("2027-06")),
    "source": columns,
    "url": st.none() | st.sampled_from(["https://a.example/#x", "https://b.example"]),
    "areas": st.sampled_from([(), ("defense",), ("defense", "[report]"), ("[report]", "defense")]),
}
UNNUMBERED = repeat("")
reports = st.builds(Report, title=FIELDS["title"], url=FIELDS["url"], areas=FIELDS["areas"])
recommended = st.fixed_dictionaries(
    {each.name: FIELDS[each.name] for each in fields(Recommendation) if each.name in FIELDS}
).map(lambda fields: recommendation("X", **fields))


def name_of(value: Block) -> str:
    return value.id if isinstance(value, Recommendation) else ""


def with_fields(value: Block, known: Mapping[str, object]) -> Block:
    return value_of(type(value), {each.name: getattr(value, each.name) for each in fields(value)} | {**known})


def comments(number: str) -> st.SearchStrategy[str]:
    """Return comments and empty lines, with a number to know them by."""
    return lines.map(lambda drawn: "".join(f"{line}{number if line else ''}\n" for line in ("", *drawn)))


@st.composite
def pieces(draw: st.DrawFn, value: Block, number: str = "") -> Piece:
    return Piece(value, draw(comments(number)), draw(insides))


@st.composite
def drafts(
    draw: st.DrawFn, old: Sequence[Update] | None = None, numbers: Iterator[str] = UNNUMBERED
) -> Draft:
    """Return a file that holds the given updates, or any."""
    ids = draw(st.lists(st.sampled_from(["D1", "d2", "P-1"]), max_size=3, unique=True))
    asked = [replace(draw(recommended), id=each) for each in ids]
    chosen = draw(records) if old is None else old
    return Draft(
        draw(pieces(draw(reports), next(numbers))),
        tuple(draw(pieces(each, next(numbers))) for each in asked),
        tuple(draw(pieces(each, next(numbers))) for each in chosen),
        draw(comments(next(numbers))),
    )


@st.composite
def branched(
    draw: st.DrawFn,
    base: Draft,
    new: list[Update],
    number: int,
    owners: dict[str, int],
    numbers: Iterator[str],
) -> Draft:
    """Return a branch: it changes what it owns in the catalogue, adds to it, and edits the record at will."""
    catalogue: list[Piece] = []
    for piece in (base.report, *base.recommendations):
        name = name_of(piece.value)
        drawn = {each: draw(FIELDS[each]) for each in FIELDS if owners.get(f"{name} {each}") == number}
        known = {each: value for each, value in drawn.items() if hasattr(piece.value, each)}
        before = draw(comments(next(numbers))) if owners.get(f"{name} comment") == number else piece.before
        if owners.get(name) != number:
            catalogue.append(Piece(with_fields(piece.value, known), before, piece.inside))
    for each in draw(st.lists(st.sampled_from(["a", "z"]), max_size=2, unique=True)):
        added = draw(pieces(replace(draw(recommended), id=f"{each}{number}"), next(numbers)))
        catalogue.insert(draw(st.integers(1, len(catalogue))), added)
    record = []
    for piece in base.updates:
        match draw(st.sampled_from(["stays", "stays", "stays", "goes", "edited"])):
            case "stays":
                record.append(piece)
            case "edited" if new:
                record.append(replace(piece, value=new.pop()))
    more = [draw(pieces(each, next(numbers))) for each in new[: draw(st.integers(0, 3))]]
    if more:  # as the command does: behind the comments that ended the file
        more[0] = replace(more[0], before=base.end + more[0].before)
    return Draft(catalogue[0], tuple(catalogue[1:]), (*record, *more), "" if more else base.end)


@st.composite
def families(draw: st.DrawFn, branches: int = 2, *, copies: bool = True) -> tuple[str, ...]:
    """Return the texts of a base and of branches that are not in conflict.

    Without copies, no update and no comment stands twice in a text.
    """
    numbers = UNNUMBERED if copies else map(str, count())
    pool = draw(records)
    first = draw(st.integers(0, len(pool)))
    old = draw(st.lists(st.sampled_from(pool), max_size=4)) if copies and pool else pool[:first]
    base = draw(drafts(old, numbers))
    owners: dict[str, int] = {}
    for name in map(name_of, (each.value for each in (base.report, *base.recommendations))):
        if name not in ("", "D1") and draw(st.integers(0, 3)) == 0:  # updates are about D1
            owners[name] = draw(st.integers(1, branches))  # who removes it
        else:
            owners |= {f"{name} {each}": draw(st.integers(0, branches)) for each in (*FIELDS, "comment")}
    texts = [base.text]
    for number in range(1, branches + 1):
        own = [each for each in pool[first:] if draw(st.sampled_from([0, 1, 2, 3])) in (0, number)]
        new = draw(st.lists(st.sampled_from(pool), max_size=6)) if copies and pool else own
        texts.append(draw(branched(base, draw(st.permutations(new)), number, owners, numbers)).text)
    return tuple(texts)


# --- what is done with them


def read(text: str) -> Document | None:
    return Document.read(text.encode(), name="f") if text else None


def parsed(text: str) -> Tracker:
    return Document.read(text.encode(), name="f").tracker


def merged(base: str, ours: str, theirs: str) -> Merged:
    return merge(parsed(base) if base else None, parsed(ours), parsed(theirs))


def grown(*more: Update, base: str = SMALL.decode()) -> str:
    """Return a text with more updates, as the command adds them."""
    return Document.read(base.encode(), name="f").with_more(updates=more).data.decode()


def minute(number: int, note: str = "A note.") -> Update:
    """Return an update that was typed in at some minute."""
    return update(recorded=dt.datetime(2026, 1, 1, 12, number, tzinfo=dt.UTC), note=note)


# --- a catalogue with comments everywhere

CATALOGUE = """\
# The file's own words.
[report]
title = "R"      # beside the title
publisher = "P"

# ---- water ----

[[recommendation]] # the first
id = "W1"
area = "water"
# why it is called so
title = "Dredge"
summary = \"\"\"
# no comment
[[recommendation]]\"\"\" # beside the summary
# a date by hand
due = 2027-12-31
source.color = "red"
source."Rec. no." = "7" # beside the number

# ---- energy ----

[[recommendation]]
id = "E1"
area = "energy"
title = "Plug in"
[recommendation.source]
# about the column
status = "Open"
# the end
"""


def changed(*pairs: tuple[str, str]) -> str:
    text = CATALOGUE
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def without(identifier: str) -> str:
    """Return the catalogue without a recommendation."""
    return "".join(text for text in blocks(CATALOGUE).values() if f'id = "{identifier}"' not in text)


def added(**fields: object) -> str:
    block = toml.block(recommendation("N1", **fields))
    return CATALOGUE.replace("\n# ---- energy", f"\n{block}\n# ---- energy")
