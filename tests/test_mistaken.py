"""A promise: what only looks like a claim, a table of ours or a report's place is not taken for one."""

import csv
from pathlib import Path

import pytest

from conftest import Run
from pathtrack.file import store
from pathtrack.intake.cells import UnreadableError
from pathtrack.intake.meanings import Vocabulary
from pathtrack.intake.reader.shown import text
from pathtrack.record.crosswalk import known
from pathtrack.record.status import Status


def test_a_count_of_ours_is_never_a_note(run: Run, here: Path) -> None:
    assert run("export", "own.csv").code == 0
    with Path("own.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with Path("cut.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [each for each in rows[0] if each != "note"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    before = here.read_bytes()
    assert run("import", "cut.csv").code == 0
    assert here.read_bytes() == before


@pytest.mark.parametrize(
    "command", [["export", "other.md"], ["export", "."], ["archive", "--list", "other.md"]]
)
def test_a_report_replaces_no_tracker_of_whatever_name(command: list[str], run: Run, here: Path) -> None:
    for name in ("other.md", "status.md"):
        Path(name).write_bytes(here.read_bytes())
    assert run(*command).refused(2).startswith("a report never replaces a tracker")
    assert store.load(Path("other.md")) == store.load(Path("status.md")) == store.load(here)


@pytest.mark.parametrize("word", ["❌ Implemented", "✗ Done", "≠ implemented", "< completed", "100.9%"])
def test_a_sign_that_denies_a_word_is_not_left_out(word: str) -> None:
    with pytest.raises(UnreadableError, match="is not a status word"):
        Vocabulary(known()).read(word)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.996, "0%", "99.6%"),
        (0.004, "0%", "0.4%"),
        (99.7, '0"%"', "99.7%"),
        (1.0, "0%", "100%"),
        (0.5, "0%", "50%"),
    ],
)
def test_nearly_all_is_not_all(value: float, code: str, shown: str) -> None:
    assert text(value, code) == shown


def test_shares_are_begun_below_all() -> None:
    assert Vocabulary(known()).read("0.5%") is Status.IN_PROGRESS


def test_json_that_is_cut_short_is_no_table(run: Run) -> None:
    Path("t.json").write_text('[{"title": "One"},\n {"title": "Tw', encoding="utf-8")
    assert run("import", "t.json", "--file", "n.toml").refused(3).startswith("not valid JSON (t.json:2)")


@pytest.mark.parametrize("encoding", ["undefined", "hex"])
def test_what_is_no_encoding_of_text_is_refused(encoding: str, run: Run) -> None:
    Path("t.csv").write_bytes("id,title\n1,Ä\n".encode())
    assert "is not an encoding" in run("import", "t.csv", "--encoding", encoding).refused(2)
