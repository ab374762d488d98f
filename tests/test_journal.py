"""What a run keeps for the next one."""

import os
import time
from pathlib import Path

import pytest

from pathtrack.web.journal import Journal


def test_a_run_is_remembered_until_it_ends() -> None:
    Journal("links", Path("a.toml")).add(address="x", code="")
    Journal("links", Path("a.toml")).add(address="y", code="한")
    again = Journal("links", Path("a.toml"))
    assert again.entries == [{"address": "x", "code": ""}, {"address": "y", "code": "한"}]
    assert Journal("links", Path("b.toml")).entries == []
    assert Journal("archive", Path("a.toml")).entries == []
    again.end()
    assert Journal("links", Path("a.toml")).entries == []


def test_only_what_is_complete_is_forgotten() -> None:
    journal = Journal("archive", None)
    for address in ("x", "y", "x"):
        journal.add(address=address)
    journal.end({"x"})
    assert journal.entries == Journal("archive", None).entries == [{"address": "y"}]


def stored() -> Path:
    (path,) = (Path.home() / ".cache" / "pathtrack").iterdir()
    return path


def test_a_line_that_a_kill_cut_short_spoils_no_other() -> None:
    Journal("links", None).add(address="x")
    for torn in (b'\n{"address": "y', b"\n[1]", b'\n{"address": 5}', b"\n\xff", b"\nnull"):
        with stored().open("ab") as file:
            file.write(torn)
        Journal("links", None).add(address="z")
    assert {each["address"] for each in Journal("links", None).entries} == {"x", "z"}


def test_what_is_old_is_not_true_any_more() -> None:
    Journal("links", None).add(address="x")
    old = time.time() - 2 * 24 * 60 * 60
    os.utime(stored(), (old, old))
    assert Journal("links", None, days=7).entries
    assert Journal("links", None).entries == []


@pytest.mark.skipif(os.name != "posix", reason="of POSIX systems only")
def test_nobody_else_reads_it() -> None:
    Journal("links", None).add(address="x")
    assert stored().stat().st_mode & 0o077 == 0
    assert stored().parent.stat().st_mode & 0o077 == 0


def test_without_a_cache_it_works_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(Path("file").absolute()))
    journal = Journal("links", None)
    journal.add(address="x")
    assert journal.entries == [{"address": "x"}]
    journal.end()
