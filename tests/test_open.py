import os
import stat
from pathlib import Path

import pytest

from conftest import Run
from samples import SMALL

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the browser of these tests is a shell script")
SOURCES = """
[[update]]
date = 2025-12-01
by = "Ana"
recommendations = ["2049"]
note = "Two sources of a meeting."
[[update.evidence]]
title = "Minutes on paper"
[[update.evidence]]
title = "Minutes"
url = "https://charts.example/minutes?a=1&b=$(touch%20pwned)"
[[update]]
date = 2025-12-02
by = "Ana"
recommendations = ["2049"]
[[update.evidence]]
url = "javascript:alert(1)"
"""


@pytest.fixture
def opened(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a browser writes the addresses that it is to open."""
    here.write_bytes(SMALL + SOURCES.encode())
    (browser := tmp_path / "browser").write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{tmp_path}/opened"\n')
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("BROWSER", str(browser))
    monkeypatch.setattr("webbrowser._tryorder", None)  # which it keeps for the life of a process
    return tmp_path / "opened"


def test_the_first_source_of_the_newest_update_is_opened(opened: Path, run: Run) -> None:
    assert run("open", "w1") == (0, "opening https://gazette.example/2025/storm\n", "")
    assert opened.read_text() == "https://gazette.example/2025/storm\n"


def test_a_source_is_opened_by_its_number_in_show(opened: Path, run: Run) -> None:
    assert "2. Minutes\n" in run("show", "2049").out
    assert run("open", "2049", "2").code == 0
    assert opened.read_text() == "https://charts.example/minutes?a=1&b=$(touch%20pwned)\n"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["2049"], 2, "'javascript:alert(1)' is no plain web address; see 'pathtrack show 2049'"),
        (["2049", "1"], 2, "source 1 of 2049 has no address; see 'pathtrack show 2049'"),
        (["2049", "4"], 2, "2049 has no source 4; see"),
        (["2049", "0"], 2, "'0' is not a source number; see"),
        (["Open.Data-7"], 2, "Open.Data-7 has no address; see"),
        (["W9"], 4, "no recommendation 'W9'; did you mean W1?"),
    ],
)
def test_what_cannot_be_opened_is_refused(
    arguments: list[str], code: int, words: str, opened: Path, run: Run
) -> None:
    assert run("open", *arguments).refused(code).startswith(words)
    assert not opened.exists()


def test_without_a_browser_the_address_is_told(
    opened: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("BROWSER", str(opened.with_name("nowhere")))
    monkeypatch.setenv("PATH", str(opened.parent))
    outcome = run("open", "W1")
    assert (outcome.code, outcome.out) == (3, "opening https://gazette.example/2025/storm\n")
    assert outcome.err == "error: no browser can be started; open the address above, or set $BROWSER\n"
