"""A run over 166 sources, killed ten times, asks for nothing twice; and 400 pages are tried in time."""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import CONNECT
from pathtrack.file.document import Document
from pathtrack.record import archives
from pathtrack.web import links
from pathtrack.web.journal import Journal
from samples import recommendation, source, tracked, update
from sites import Asked, Reply, Site, client, serving
from standin import GOOD, StandIn, Taken

SOURCES = 166
PROGRAM = """
import sys
sys.path.insert(0, sys.argv.pop(1))
available, wayback = sys.argv.pop(1), sys.argv.pop(1)
import sites
from pathtrack.web import archive, client, copies
client.Client = sites.client
archive.AVAILABLE, archive.WAYBACK = available, wayback
archive.BETWEEN = archive.BETWEEN_SAVES = copies.BETWEEN_LOOKS = archive._WHEN_BUSY = 0.0
archive._WAITS = (0.0, 0.0, 0.0)
from pathtrack.__main__ import run
run()
"""


@pytest.fixture
def service() -> StandIn:
    """Of 166 sources 60 have good copies and 20 others bad ones; now and then something goes wrong."""
    made = StandIn(polls=1)
    for number in range(80):
        bad = number >= 60
        body = (b"<title>404 Not Found</title>" if bad else b"") + GOOD
        made.copies[address(number)] = [Taken("20240501000000", body)]
    trouble = random.Random(18)  # noqa: S311 a fixed order
    made.failures = (
        trouble.choice([*[Reply(200)] * 30, Reply(429, b"", {"Retry-After": "0"}), Reply(502)])
        for _ in range(9_999)
    )
    return made


@pytest.fixture
def site(service: StandIn, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(socket.socket, "connect", CONNECT)
    with serving(service) as server:
        yield server


def address(number: int) -> str:
    return f"https://news{number % 7}.example/{number}"


def record() -> str:
    text = '[report]\ntitle = "R"\n'
    for number in range(5):
        text += f'[[recommendation]]\nid = "D{number}"\narea = "x"\ntitle = "T"\n'
    for number in range(SOURCES):
        about = [f"D{number % 5}"] if number % 3 else [f"D{number % 5}", f"D{(number + 1) % 5}"]
        text += f'[[update]]\ndate = 2024-05-01\nby = "Ana"\nrecommendations = {about}\nnote = "n"\n'.replace(
            "'", '"'
        )
        text += f'[[update.evidence]]\nurl = "{address(number)}"\n'
    return text


def start(site: Site) -> subprocess.Popen[bytes]:
    where = (site.at("/wayback/available"), site.at(""))
    keys = {"IA_ACCESS_KEY_ID": "key", "IA_SECRET_ACCESS_KEY": "secret"}
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(Path(__file__).parents[1]), *where, "archive", "--save"],
        env={**os.environ, **keys},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def test_a_run_killed_ten_times_ends_with_each_source_archived_once(service: StandIn, site: Site) -> None:
    here = Path("recommendations.toml")
    here.write_text(record(), encoding="utf-8")
    going_on, most = threading.Event(), 0

    def answer(asked: Asked) -> Reply:
        if len(site.asked) > most:  # until it is killed, nothing more is answered
            going_on.wait(60)
        return service(asked)

    site.answer = answer
    for kill in range(1, 11):
        going_on.clear()
        most = kill * 55
        running = start(site)
        while running.poll() is None and len(site.asked) <= most:
            time.sleep(0.002)
        assert running.poll() is None, running.communicate()
        running.send_signal(signal.SIGKILL)
        running.communicate()
        going_on.set()
    most = 1_000_000
    last = start(site)
    _, said = last.communicate(timeout=120)
    assert last.returncode == 0, said.decode()
    tracker = Document.read(here.read_bytes(), name="x").tracker
    found = archives.cited(tracker)
    assert len(found) == SOURCES
    assert all(each.source.archive for each in found)
    assert sum(len(each.evidence) for each in tracker.updates) == 2 * SOURCES
    assert set(service.taken.values()) == {1}
    assert len(service.taken) == SOURCES - 60
    # Again where the archive was in trouble, and what was asked about the source at hand at each kill.
    again = {
        asked: number for asked, number in service.asked.items() if number > 1 and "/status/" not in asked
    }
    assert sum(number - 1 for number in again.values()) <= 3 * 10 + service.trouble


def test_four_hundred_pages_on_sixty_hosts_do_not_wait_for_a_slow_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket.socket, "connect", CONNECT)

    def answer(asked: Asked) -> Reply:
        time.sleep(4 if asked.host == "h0.example" else 0.2)
        return Reply(200, GOOD, {"Content-Type": "text/html"})

    monkeypatch.setattr("pathtrack.web.client.PATIENCE", 3.0)
    with serving(answer) as server:
        pages = [server.at(f"/{number}", host=f"h{number % 60}.example") for number in range(360)]
        pages += [server.at(f"/{number}", host="h0.example") for number in range(400, 440)]
        tracker = tracked(recommendation(), update(evidence=tuple(map(source, pages))))
        start = time.monotonic()
        found = links.check(tracker, client(), Journal("links", None), file=None, advance=lambda: None)
        took = time.monotonic() - start
    assert took < 60
    assert {each.code for each in found} == {"unclear-link"}
    assert len(found) == 46
