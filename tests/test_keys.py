"""Keys that are offered in a draft, and keys that are given without an editor."""

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from pathtrack.errors import FileError
from pathtrack.file import keys, store
from pathtrack.file.document import Document
from pathtrack.git import editors
from pathtrack.record import objections
from pathtrack.record.model import Recommendation, Report
from samples import FORMS, SMALL
from statements import for_each

WHOLE = Document.read(SMALL, name="f").catalogue()
ONE = Document.read(SMALL, name="f").catalogue("W1")


@for_each("form", FORMS)
def test_what_is_offered_is_taken_away_again(form: str) -> None:
    document = Document.read(FORMS[form], name="f")
    for identifier in (None, *(each.id for each in document.tracker.recommendations)):
        try:
            text = document.catalogue(identifier)
        except FileError:  # a scattered catalogue is refused before
            continue
        shown = keys.offered(text)
        assert keys.taken(shown).rstrip("\r\n") == text.rstrip("\r\n")
        assert document.with_catalogue(identifier, shown.replace("\r\n", "\n")).tracker == document.tracker


def test_every_key_is_used_or_offered() -> None:
    for kind, text in ((Recommendation, ONE), (Report, WHOLE)):
        names = {each.name for each in fields(kind)} - {"id", "area", "title", "formerly", "source"}
        shown = keys.offered(text)
        used = {name for name in names if f"\n{name} = " in shown}
        assert {name for name in names if f"\n# {name} = " in shown} == names - used
    assert "# ref" not in keys.offered(WHOLE)


def test_a_key_stands_above_the_table_of_a_recommendation() -> None:
    text = (
        '[[recommendation]]\nid = "A"\narea = "a"\ntitle = "t"\n\n[recommendation.source]\nWhere = "p. 1"\n'
    )
    shown = keys.offered(text)
    assert shown.index("# due") < shown.index("[recommendation.source]")
    inline = '[[recommendation]]\nid = "A"\nsource = {Where = "p. 1"}\narea = "a"\ntitle = "t"\n'
    assert keys.offered(inline).startswith(inline)


@pytest.mark.usefixtures("here")
def test_a_key_is_used_by_removing_its_sign(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    def edit(path: Path) -> bool:
        text = path.read_text(encoding="utf-8")
        assert '\n# summary = ""  # in one or two sentences of your own\n' in text
        path.write_text(text.replace('# summary = ""', 'summary = "Dig."'), encoding="utf-8")
        return True

    monkeypatch.setattr(editors, "edit", edit)
    assert run("edit", "2049").code == 0
    (asked,) = (
        each for each in store.load(Path("recommendations.toml")).recommendations if each.id == "2049"
    )
    assert asked.summary == "Dig."
    text = Path("recommendations.toml").read_text(encoding="utf-8")
    assert text.replace('summary = "Dig."\n', "") == SMALL.decode()


@pytest.mark.usefixtures("here")
def test_a_refusal_names_the_line_of_the_draft(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    lines: list[str] = []

    def edit(path: Path) -> bool:
        text = path.read_text(encoding="utf-8") + "titel = 1\n"
        path.write_text(text, encoding="utf-8")
        lines.extend(text.splitlines())
        return True

    monkeypatch.setattr(editors, "edit", edit)
    error = run("edit", "2049").err.splitlines()[-1]
    assert f"(your text:{lines.index('titel = 1') + 1})" in error


# ---- without an editor ----


def changed(run: Run, *words: str) -> bytes:
    outcome = run("edit", *words)
    assert (outcome.code, outcome.out) == (0, "changed W1 in recommendations.toml\n"), outcome.err
    return Path("recommendations.toml").read_bytes()


@pytest.mark.usefixtures("here")
def test_a_key_is_replaced_where_it_stands(run: Run) -> None:
    assert changed(run, "w1", "--title", "Dig") == SMALL.replace(b"Dredge the northern channel", b"Dig", 1)
    after = changed(run, "W1", "--due", "2027-06")
    assert after == SMALL.replace(b"Dredge the northern channel", b"Dig", 1).replace(
        b"due = 2025-06-30", b'due = "2027-06"'
    )


@pytest.mark.usefixtures("here")
def test_a_promise_that_is_changed_names_what_records_a_moved_one(run: Run) -> None:
    outcome = run("edit", "W1", "--due", "2027-06")
    assert outcome.err == (
        "note: the first promise was 30 Jun 2025; a target date that was moved is recorded with "
        "'pathtrack update W1 --due DATE'\nnext: pathtrack check\n"
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_comments_and_other_keys_stay(newline: str, run: Run) -> None:
    text = (
        '[report]\ntitle = "R"\n\n# above\n[[recommendation]]\n# of the id\nid = "A"  # short\narea = "a"\n'
        '# why\ndue = 2025-01-01  # signed\ntitle = """\nmany\\\n lines"""\ntags = [\n  "x",  # one\n]\n'
        '[recommendation.source]\nPage = "3"\n'
    )
    Path("recommendations.toml").write_bytes(text.replace("\n", newline).encode())
    assert (
        run("edit", "A", "--due", "2026", "--title", "One", "--tag", "y", "--ref", "p. 3", "--ongoing").code
        == 0
    )
    wanted = (
        text.replace("due = 2025-01-01", 'due = "2026"')
        .replace('title = """\nmany\\\n lines"""', 'title = "One"')
        .replace('tags = [\n  "x",  # one\n]\n', 'tags = ["y"]\nref = "p. 3"\nongoing = true\n')
    )
    assert Path("recommendations.toml").read_bytes().decode() == wanted.replace("\n", newline)


@pytest.mark.usefixtures("here")
def test_keys_are_removed_by_name(run: Run) -> None:
    after = changed(run, "W1", "--without", "due", "--without", "Actors")
    (asked,) = (each for each in Document.read(after, name="f").tracker.recommendations if each.id == "W1")
    assert (asked.due, asked.actors) == (None, ())


@pytest.mark.usefixtures("here")
def test_an_unchanged_value_changes_nothing(run: Run) -> None:
    assert run("edit", "W1", "--due", "2025-06-30").out == "nothing was changed\n"


def test_a_dry_run_prints_the_recommendation_as_it_would_be(here: Path, run: Run) -> None:
    outcome = run("edit", "W1", "--title", "Dig", "--tag", "x", "--dry-run")
    assert 'title = "Dig"\n' in outcome.out
    assert outcome.err == f"would change title and tags of W1 in {here.name}\n"
    assert run("edit", "W1", "--title", "Dredge the northern channel", "--dry-run").err.startswith(
        "would change nothing"
    )
    assert here.read_bytes() == SMALL


@pytest.mark.parametrize(
    ("words", "code", "refusal"),
    [
        (["--due", "2027"], 2, "without an editor, one recommendation is edited; give the id"),
        (["W1", "--dry-run"], 2, "without an editor, one recommendation is edited; "),
        (["W1", "--without", "title"], 2, "'title' cannot be removed; expected one of"),
        (["W1", "--without", "due", "--due", "2027"], 2, "'due' is both given and removed; do one of them"),
        (["W1", "--title", " "], 2, "'title' must not be empty"),
        (["W1", "--part-of", "W9"], 4, "no recommendation 'W9'; did you mean W1"),
        (["W1", "--area", "sky"], 2, "'sky' is not an area of the report; "),
        (["W9", "--due", "2027"], 4, "no recommendation 'W9'; "),
    ],
)
def test_a_wrong_option_is_refused(words: list[str], code: int, refusal: str, here: Path, run: Run) -> None:
    assert run("edit", *words).refused(code).startswith(refusal)
    assert here.read_bytes() == SMALL


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "ref": st.sampled_from(["p. 1", 'a "quoted" # text', "한국어"]),
            "tags": st.lists(st.sampled_from(["a", "b #", "[c]"]), max_size=3).map(tuple),
            "due": st.dates(),
            "ongoing": st.booleans(),
            "summary": st.sampled_from([None, "One.", "Two\nlines # no comment\n"]),
        },
    ),
    st.sampled_from([*FORMS]),
)
def test_what_is_given_is_what_is_read_back(values: dict[str, object], form: str) -> None:
    document = Document.read(FORMS[form], name="f")
    for old in document.tracker.recommendations:
        kept = {each.name: getattr(old, each.name) for each in fields(old)}
        wanted = objections.build(Recommendation, {**kept, **values})
        try:
            block = document.catalogue(old.id)
        except FileError:  # a scattered catalogue is refused before
            continue
        text = keys.changed(block.replace("\r\n", "\n").removeprefix("\ufeff"), wanted, values)
        new = document.with_catalogue(old.id, text)
        assert new.tracker.recommendations == tuple(
            wanted if each == old else each for each in document.tracker.recommendations
        )
        assert new.tracker.updates == document.tracker.updates


# ---- one more area ----

_HEAD = '# ours\n[report]\ntitle = "R"\n'
_TAIL = '\n[[recommendation]]\nid = "A"\narea = "a"\ntitle = "T"\n'


@pytest.mark.parametrize(
    ("areas", "expected"),
    [
        ('areas = ["a", "b]"] # shown so\n', 'areas = ["a", "b]", "c d"] # shown so\n'),
        ('areas = [\n  "a", # one\n  "b",\n]\n', 'areas = [\n  "a", # one\n  "b",\n "c d"]\n'),
        ('areas = [\n  "a", # one\n  "b" # two\n]\n', 'areas = [\n  "a", # one\n  "b" # two\n, "c d"]\n'),
        ("", ""),
        ('areas = ["a", "C  D"]\n', 'areas = ["a", "C  D"]\n'),
    ],
)
def test_an_area_more_stands_at_the_end_and_nothing_else_changes(areas: str, expected: str) -> None:
    old = Document.read(f"{_HEAD}{areas}{_TAIL}".encode(), name="t")
    new = keys.with_area(old, "c d")
    assert new.data.decode() == f"{_HEAD}{expected}{_TAIL}"
    assert new.tracker.recommendations == old.tracker.recommendations


def test_what_cannot_be_added_to_is_refused() -> None:
    old = Document.read(b'report = {title = "R", areas = ["a"]}\n', name="t")
    with pytest.raises(FileError, match="cannot be added to"):
        keys.with_area(old, "b")
