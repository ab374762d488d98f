"""How a table is read, kept for the next one with its header."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from conftest import POSIX, Run
from pathtrack.errors import FileError
from pathtrack.file import profiles, store
from pathtrack.file.profiles import FILE_NAME, Profile
from workbooks import xlsx

FIRST = "Was,Wer,Lage,Am\nEins,Amt,Gut,03.04.2025\nZwei,Amt,Schlecht,04.05.2025\n"
CHOSEN = ["--column", "title=Was", "--column", "actor=Wer", "--column", "status=Lage", "--column", "date=Am"]
WORDS = ["--map", "Gut=implemented", "--map", "Schlecht=stalled", "--date-format", "dmy"]
FIXED = ["--default-area", "a", "--by", "Amt", "--file", "t.toml"]


def nobody() -> None:
    raise AssertionError("nobody else writes")


def test_what_was_chosen_is_used_for_the_next_table_with_that_header(run: Run) -> None:
    Path("t.csv").write_text(FIRST, encoding="utf-8")
    outcome = run("import", "t.csv", *CHOSEN, *WORDS, *FIXED, "--save-profile", "Amt", "--title", "T")
    assert f"saved profile 'Amt' in {FILE_NAME}" in outcome.err
    (kept,) = profiles.read(Path(FILE_NAME))
    assert kept == Profile(
        "Amt",
        ("Was", "Wer", "Lage", "Am"),
        {"title": "Was", "actor": "Wer", "status": "Lage", "date": "Am"},
        {"Gut": "implemented", "Schlecht": "stalled"},
        "dmy",
    )
    rows = [["Bericht des Amtes"], ["WAS", "Wer", "Lage", "Am"], ["Drei", "Amt", "gut", "05.06.2025"]]
    Path("next.xlsx").write_bytes(xlsx(*rows))
    later = run("import", "next.xlsx", *FIXED)
    assert f"as profile 'Amt' in {FILE_NAME} says\n" in later.err
    assert later.out.startswith("imported 1 recommendation and 1 update from 1 row: 1 imported,")
    *_, made = store.load(Path("t.toml")).updates
    assert (made.status, str(made.date)) == ("implemented", "2025-06-05")


def test_what_is_said_now_counts_and_another_header_is_another_table(run: Run) -> None:
    Path("t.csv").write_text(FIRST, encoding="utf-8")
    run("import", "t.csv", *CHOSEN, *WORDS, *FIXED, "--save-profile", "Amt", "--title", "T")
    now = run("import", "t.csv", *FIXED, "--column", "actor=", "--map", "Gut=partial", "--dry-run")
    assert "'Gut' is partial" in now.err
    assert "actor from" not in now.err
    Path("t.csv").write_text(FIRST.replace("Wer", "Wo"), encoding="utf-8")
    other = run("import", "t.csv", *FIXED)
    assert "profile" not in other.err
    assert "no column with titles or ids was found" in other.err


def test_a_dry_run_keeps_nothing(run: Run) -> None:
    Path("t.csv").write_text(FIRST, encoding="utf-8")
    run("import", "t.csv", *CHOSEN, *WORDS, *FIXED, "--save-profile", "Amt", "--title", "T", "--dry-run")
    assert not Path(FILE_NAME).exists()


def test_a_profile_takes_the_place_of_one_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    for name, columns in [("a", {"title": "x"}), ("b", {"title": "y"}), ("a", {"title": 'z"\n='})]:
        profiles.save(path, Profile(name, ("x", "y"), columns, {}), waiting=nobody)
    assert [(each.name, each.columns) for each in profiles.read(path)] == [
        ("a", {"title": 'z"\n='}),
        ("b", {"title": "y"}),
    ]


BROKEN = [
    "[profile",
    "profile = 1",
    "[profile]\n[report]",
    "[tool]",
    "[profile.a]\nheader = 1",
    "[profile.a]\ncolumns = 2",
    "\xff",
]


@pytest.mark.parametrize("text", BROKEN)
def test_a_file_of_something_else_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(FileError, match="not a file of profiles"):
        profiles.read(path)
    with pytest.raises(FileError, match="not a file of profiles"):
        profiles.save(path, Profile("a", ("x",), {"title": "x"}, {}), waiting=nobody)
    assert path.read_bytes() == text.encode("latin-1")


@POSIX
@pytest.mark.parametrize("target", ["recommendations.toml", "conf.toml", "nothing"])
def test_a_link_is_no_place_for_profiles(target: str, here: Path, run: Run) -> None:
    """As when a clone brings it."""
    Path("conf.toml").write_text("[profile.mine]\nheader = []\n", encoding="utf-8")
    Path("t.csv").write_text(FIRST, encoding="utf-8")
    Path(FILE_NAME).symlink_to(target)
    before = {each.name: each.read_bytes() for each in Path().glob("*[ms].toml")}
    said = run("import", "t.csv", *CHOSEN, *WORDS, "--default-area", "a", "--by", "A", "--save-profile", "p")
    assert said.refused(3).startswith("a link, which is not followed")
    with pytest.raises(FileError, match="not followed"):
        profiles.save(here.with_name(FILE_NAME), Profile("a", ("x",), {"title": "x"}, {}), waiting=nobody)
    assert {each.name: each.read_bytes() for each in Path().glob("*[ms].toml")} == before
    assert not Path("nothing").exists()


def test_a_file_that_is_too_large_for_profiles_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(b"#\n" * 600_000)
    with pytest.raises(FileError, match="too large for a file of profiles"):
        profiles.read(path)


def test_two_who_save_at_once_lose_no_profile(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    names = [f"p{number}" for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        for made in [
            pool.submit(profiles.save, path, Profile(name, ("x",), {"title": "x"}, {}), waiting=lambda: None)
            for name in names
        ]:
            made.result()
    assert sorted(each.name for each in profiles.read(path)) == names
