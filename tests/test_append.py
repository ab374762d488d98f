import os
import stat
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Run
from pathtrack.file import document, store
from pathtrack.record.model import Tracker, Update
from samples import DATA, SMALL, updates, value_of

BOM = b"\xef\xbb\xbf"
HEAD = b'[report]\ntitle = "R"'
ASKED = b'\n[[recommendation]]\nid = "a"\narea = "b"\ntitle = "c"\n'
FORMS = {
    "LF": SMALL,
    "CRLF": SMALL.replace(b"\n", b"\r\n"),
    "BOM": BOM + SMALL,
    "BOM and CRLF": BOM + SMALL.replace(b"\n", b"\r\n"),
    "mixed newlines": SMALL.replace(b"\n\n", b"\r\n\n"),
    "no last newline": SMALL.rstrip(b"\n"),
    "no last newline, CRLF": SMALL.rstrip(b"\n").replace(b"\n", b"\r\n"),
    "empty lines at the end": SMALL + b"\n\n \t\n",
    "a comment at the end": SMALL + b"# [[update]]",
    "a comment of Korean at the end": SMALL + "# 끝 🏁".encode(),
    "a report and nothing else": HEAD,
    "a table at the end": HEAD
    + b'\n[[recommendation]]\nid="a"\narea="b"\ntitle="c"\n[recommendation.source]\n',
    "updates between recommendations": HEAD
    + b'\n[[update]]\ndate=2025-01-01\nby="a"\nrecommendations=["a"]\nnote="n"'
    + ASKED,
}
TRACKERS = {name: document.parse(data, name=name) for name, data in FORMS.items()}


@given(update=updates)
def test_any_update_reads_back_as_it_was_written(update: Update) -> None:
    text = HEAD.decode() + "\n" + document.render(update)
    assert document.parse(text.encode(), name="f").updates == (update,)


@given(update=updates)
def test_any_update_is_plain_toml_for_other_readers(update: Update) -> None:
    (read,) = tomllib.loads(document.render(update))["update"]
    assert value_of(Update, read) == update


@given(form=st.sampled_from(sorted(FORMS)), update=updates)
def test_append_keeps_every_old_byte_and_adds_exactly_this_update(form: str, update: Update) -> None:
    data, before = FORMS[form], TRACKERS[form]
    grown = document.append(data, before, update, name="f")
    assert grown.data.startswith(data)
    assert grown.tracker == document.parse(grown.data, name="f")
    assert grown.tracker == replace(before, updates=(*before.updates, update))


@settings(max_examples=20)  # each makes several updates
@given(form=st.sampled_from(sorted(FORMS)), new=st.lists(updates, min_size=2, max_size=4))
def test_updates_follow_each_other_in_order(form: str, new: list[Update]) -> None:
    data, tracker = FORMS[form], TRACKERS[form]
    for update in new:
        data, tracker = document.append(data, tracker, update, name="f")
    assert tracker.updates == (*TRACKERS[form].updates, *new)
    assert data.startswith(FORMS[form])


@given(update=updates)
def test_what_is_added_uses_the_newlines_of_the_file(update: Update) -> None:
    for form in ("LF", "CRLF"):
        added = document.append(FORMS[form], TRACKERS[form], update, name="f").data[len(FORMS[form]) :]
        assert added.count(b"\r\n") == (added.count(b"\n") if form == "CRLF" else 0)
        assert added.endswith(b"\n")


@pytest.mark.parametrize("form", FORMS)
def test_the_command_keeps_every_old_byte(form: str, run: Run) -> None:
    path = Path("recommendations.toml")
    identifier = "W1" if len(FORMS[form]) > 1000 else "a"
    data = FORMS[form] + (
        b'\n[[recommendation]]\nid="a"\narea="b"\ntitle="c"' if FORMS[form] == HEAD else b""
    )
    path.write_bytes(data)
    outcome = run("update", identifier, "--note", "Two\nlines, 두 줄.", "--searched", "a.example")
    assert outcome.code == 0, outcome.err
    assert path.read_bytes().startswith(data)
    assert (added := store.load(path).updates[-1]).note == "Two\nlines, 두 줄."
    assert (added.recommendations, added.searched) == ((identifier,), ("a.example",))
    assert len(store.load(path).updates) == len(TRACKERS[form].updates) + 1


def test_the_command_adds_to_the_real_record(record: Path, run: Run) -> None:
    before = store.load(record)
    outcome = run(
        "update", "d2", "D1", "--status", "partial", "--note", "n", "--evidence", "https://a.example"
    )
    assert outcome.code == 0
    assert record.read_bytes().startswith((DATA / "record.toml").read_bytes())
    after = store.load(record)
    assert _without_newest(after) == before
    assert after.updates[-1].recommendations == ("D2", "D1")


@pytest.mark.skipif(os.name != "posix", reason="symbolic links need a right on Windows")
def test_a_symlink_stays_a_symlink(tmp_path: Path, here: Path, run: Run) -> None:
    real = tmp_path / "real.toml"
    here.rename(real)
    here.symlink_to(real)
    assert run("update", "W1", "--note", "n").code == 0
    assert here.is_symlink()
    assert not real.is_symlink()
    assert real.read_bytes().startswith(SMALL)
    assert len(store.load(real).updates) == 14


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_the_mode_is_kept(mode: int, here: Path, run: Run) -> None:
    here.chmod(mode)
    assert run("update", "W1", "--note", "n").code == 0
    assert stat.S_IMODE(here.stat().st_mode) == mode


def test_nothing_but_the_tracker_and_its_lock_is_left(here: Path, run: Run) -> None:
    run("update", "W1", "--note", "n")
    run("update", "no-such-id", "--note", "n")
    assert {each.name for each in here.parent.iterdir()} <= {here.name, f".{here.name}.lock"}


def _without_newest(tracker: Tracker) -> Tracker:
    return replace(tracker, updates=tracker.updates[:-1])
