import unicodedata
from pathlib import Path

import pytest

from conftest import Run
from pathtrack.file import store
from pathtrack.file.document import Document
from samples import FORMS, HOSTILE, SMALL, seen
from statements import for_each

# ---- add ----


def test_a_recommendation_is_added_after_the_last_one(here: Path, run: Run) -> None:
    outcome = run(
        *("add", "W3", "--area", "water", "--title", "Measure the tides", "--ref", "Chapter 2"),
        *("--summary", 'Every "day".', "--actor", "Port Authority", "--actor", "해양수산부", "--ongoing"),
        *("--actor", unicodedata.normalize("NFD", "해양수산부"), "--actor", "port  authority"),
        *("--done-when", "A year of data is out.", "--due", "2027-06-30"),
    )
    assert outcome == (
        0,
        f"added W3 to {here.name}\n",
        "next: pathtrack update W3 --status STATUS --evidence URL\n",
    )
    added = (
        b"\n[[recommendation]]\n"
        b'id = "W3"\n'
        b'area = "water"\n'
        b'title = "Measure the tides"\n'
        b'ref = "Chapter 2"\n'
        b'summary = "Every \\"day\\"."\n'
        + 'actors = ["Port Authority", "해양수산부"]\n'.encode()
        + b"ongoing = true\n"
        b'done_when = "A year of data is out."\n'
        b"due = 2027-06-30\n"
    )
    before, _, after = here.read_bytes().partition(added)
    assert before + after == SMALL
    assert before.endswith(b"ref = 'Annex \"B\"'\n")


@pytest.mark.parametrize("form", [each for each in FORMS if each != "updates between recommendations"])
def test_a_recommendation_is_added_to_a_file_of_any_form(form: str, run: Run) -> None:
    path = Path("f.toml")
    path.write_bytes(FORMS[form])
    area = "water" if len(FORMS[form]) > 1000 else "b"
    outcome = run("add", "New", "--area", area, "--title", "T", "--file", path)
    assert outcome.code == 0, outcome.err
    made, before = store.load(path), Document.read(FORMS[form], name=form).tracker
    assert made.recommendations[:-1] == before.recommendations
    assert made.updates == before.updates
    assert (made.recommendations[-1].id, made.recommendations[-1].area) == ("New", area)
    assert len(path.read_bytes().replace(b"\r\n", b"\n")) > len(FORMS[form].replace(b"\r\n", b"\n"))


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("typed", ["water", "WATER"])
def test_an_added_area_is_one_of_the_reports(typed: str, here: Path, run: Run) -> None:
    assert run("add", "W3", "--area", typed, "--title", "T").code == 0
    assert store.load(here).recommendations[-1].area == "water"
    assert run("check").code == 0


@for_each(
    "arguments, words",
    [
        (["w1", "--area", "water", "--title", "T"], "W1 is already the id of 'Dredge the northern channel'"),
        (
            ["W3", "--area", "watr", "--title", "T"],
            "'watr' is not an area of the report; did you mean water, or add it",
        ),
        (["W 3", "--area", "water", "--title", "T"], "'id' must be at most 40 letters"),
        (["W3", "--area", "water", "--title", ""], "'title' must not be empty"),
        (["W3", "--area", "water", "--title", "a\nb"], "'title' must be on one line"),
        (["W3", "--title", "T"], "a recommendation needs an area; give --area AREA"),
        (["W3", "--area", "water"], "missing option '--title'"),
        (["--area", "water", "--title", "T"], "missing argument"),
        (["W3", "--area", "water", "--title", "T", "--due", "soon"], "'soon' is not a date"),
    ],
)
@for_each("dry_run", [[], ["--dry-run"]])
def test_what_is_no_recommendation_is_refused(
    arguments: list[str], words: str, dry_run: list[str], here: Path, run: Run
) -> None:
    assert run("add", *arguments, *dry_run).refused(2).startswith(words)
    assert here.read_bytes() == SMALL


def test_an_addition_can_be_shown_first(here: Path, run: Run) -> None:
    command = ("add", "W3", "--area", "water", "--title", f"T{HOSTILE}")
    shown = run(*command, "--dry-run")
    assert (shown.code, shown.err) == (0, f"would add W3 to {here.name}\n")
    assert here.read_bytes() == SMALL
    assert not set(shown.out) & set(HOSTILE)
    run(*command)
    assert shown.out.encode() in here.read_bytes()


def test_a_file_with_inline_recommendations_is_left_to_a_person(run: Run) -> None:
    text = 'recommendation = [{id="a", area="b", title="c"}]\n[report]\ntitle = "R"\n'
    Path("f.toml").write_text(text, encoding="utf-8")
    run("add", "W3", "--area", "b", "--title", "T", "-f", "f.toml").refused(3)
    assert Path("f.toml").read_text(encoding="utf-8") == text


def test_a_part_needs_no_area_and_names_its_whole_as_it_is_spelled(parts: Path, run: Run) -> None:
    before = parts.read_text("utf-8")
    command = ("add", "W1.3", "--part-of", "w1", "--title", "T", "--tag", "a", "--tag", "b, c")
    assert run(*command, "--due", "June 2027").code == 0
    added = (
        '\n[[recommendation]]\nid = "W1.3"\ntitle = "T"\npart_of = "W1"\ntags = ["a", "b, c"]\n'
        'due = "2027-06"\n'
    )
    assert parts.read_text("utf-8").replace(added, "", 1) == before
    assert run("check").code == 0
    assert "W1.3\twater\t" in run("list", "--parts").out


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("2027-06-30", "2027-06-30"),
        ("30 Jun 2027", "2027-06-30"),
        ("2027/6/30", "2027-06-30"),
        ("2027-06", '"2027-06"'),
        ("Jun 2027", '"2027-06"'),
        ("2027", '"2027"'),
    ],
)
def test_a_target_date_may_be_a_day_a_month_or_a_year(typed: str, written: str, run: Run) -> None:
    command = ("add", "W3", "--area", "water", "--title", "T", "--due", typed, "--dry-run")
    assert f"\ndue = {written}\n" in run(*command).out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--part-of", "F1.a"], 2, "F1.a is itself a part, and parts have none; make it a part of F1"),
        (["--part-of", "F9"], 4, "no recommendation 'F9'; did you mean "),
        (["--part-of", "F1", "--area", "x"], 2, "'x' is not an area of the report"),
    ],
)
def test_what_is_no_part_is_refused(
    arguments: list[str], code: int, words: str, parts: Path, run: Run
) -> None:
    before = parts.read_bytes()
    assert run("add", "N", "--title", "T", *arguments).refused(code).startswith(words)
    assert parts.read_bytes() == before


def test_an_id_that_was_used_is_not_given_again(parts: Path, run: Run) -> None:
    before = parts.read_bytes()
    assert run("add", "r7", "--title", "T", "--area", "data").refused(2).startswith("R7 was once the id of ")
    assert parts.read_bytes() == before


# ---- rename ----


@pytest.mark.parametrize("form", [name for name, data in FORMS.items() if b"W1" in data])
def test_a_rename_changes_the_id_alone_and_no_update_is_lost(form: str, run: Run) -> None:
    path = Path("f.toml")
    path.write_bytes(FORMS[form])
    before = store.load(path)
    assert run("rename", "w1", "Q1", "--file", path).code == 0
    data = path.read_bytes()
    line = next(each for each in FORMS[form].splitlines(keepends=True) if each.startswith(b'id = "W1"'))
    end = line[len(b'id = "W1"') :]
    assert data == FORMS[form].replace(line, b'id = "Q1"' + end + b'formerly = ["W1"]' + end)
    after = store.load(path)
    assert after.updates == before.updates
    old, new = (
        {each.recommendation.title: each.updates for each in seen(tracker).standings}
        for tracker in (before, after)
    )
    assert new == old


@pytest.mark.parametrize(
    ("block", "wanted"),
    [
        ('id = "A" # not "id"\n', 'id = "B" # not "id"\nformerly = ["A"]\n'),
        ("  'id'='A'\n", '  \'id\'="B"\nformerly = ["A"]\n'),
        ('# id = "A"\n"id" = "A"\n', '# id = "A"\n"id" = "B"\nformerly = ["A"]\n'),
        ('id = "A"\nformerly = []\n', 'id = "B"\nformerly = ["A", ]\n'),
        ('formerly=[\n  "X", # first\n]\nid = "A"\n', 'formerly=["A", \n  "X", # first\n]\nid = "B"\n'),
        ('summary = """\nid = "A"\n"""\nid = "A" # a\n', None),
    ],
)
def test_a_rename_finds_the_key_however_it_is_written(block: str, wanted: str | None, run: Run) -> None:
    frame = '[report]\ntitle = "R"\n[[recommendation]]\n{}area = "a"\ntitle = "id = \\"A\\""\n'
    Path("f.toml").write_text(frame.format(block), encoding="utf-8", newline="\n")
    outcome = run("rename", "A", "B", "-f", "f.toml")
    wanted = wanted or block.replace('id = "A" # a\n', 'id = "B" # a\nformerly = ["A"]\n')
    assert (outcome.code, Path("f.toml").read_text("utf-8")) == (0, frame.format(wanted))
    assert store.load(Path("f.toml")).recommendations[0].formerly[0] == "A"


def test_a_rename_can_be_shown_first(parts: Path, run: Run) -> None:
    before = parts.read_bytes()
    shown = run("rename", "r7", "Q7", "--dry-run")
    assert shown.out == 'id = "Q7"\nformerly = ["W2", "R7"]\n'
    assert (shown.code, shown.err) == (0, f"would rename W2 to Q7 in {parts.name}\n")
    assert parts.read_bytes() == before
    assert run("rename", "r7", "Q7").out == f"renamed W2 to Q7 in {parts.name}\n"


def test_parts_and_old_ids_find_what_was_renamed(parts: Path, run: Run) -> None:
    pages = run("show", "F1").out
    assert run("rename", "F1", "Q1").code == 0
    assert run("show", "f1").out == pages.replace("F1  Warn", "Q1  Warn")
    assert "part of Q1" in run("show", "F1.a").out
    assert run("check").code == 0
    assert run("update", "F1", "--note", "More.").code == 0
    assert store.load(parts).updates[-1].recommendations == ("Q1",)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["F9", "Q1"], 4, "no recommendation 'F9'"),
        (["F1", "f2"], 2, "F2 is already the id of 'Keep the flood plain free of houses'"),
        (["F1", "R7"], 2, "R7 was once the id of "),
        (["F1", "f1"], 2, "F1 is already the id of "),
        (["F1", "X9"], 2, "updates about 'X9' are in the record; choose another id"),
        (["F1", "a b"], 2, "'id' must be at most 40 letters"),
        (["F1"], 2, "missing argument"),
    ],
)
@pytest.mark.parametrize("dry_run", [[], ["--dry-run"]], ids=["write", "dry run"])
def test_an_id_that_is_or_was_in_use_is_refused(
    arguments: list[str], code: int, words: str, dry_run: list[str], parts: Path, run: Run
) -> None:
    orphan = '\n[[update]]\ndate = 2025-01-01\nby = "a"\nrecommendations = ["x9"]\nnote = "n"\n'
    parts.write_text(parts.read_text("utf-8") + orphan, encoding="utf-8")
    before = parts.read_bytes()
    assert words in run("rename", *arguments, *dry_run).refused(code)
    assert parts.read_bytes() == before


def test_a_rename_leaves_inline_recommendations_to_a_person(run: Run) -> None:
    text = 'report = {title = "R"}\nrecommendation = [{id = "A", area = "a", title = "t"}]\n'
    Path("f.toml").write_text(text, encoding="utf-8")
    assert "written inline" in run("rename", "A", "B", "-f", "f.toml").refused(3)
