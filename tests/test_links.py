import socket
import sys
from collections.abc import Iterator
from itertools import count as numbers
from itertools import pairwise
from pathlib import Path

import pytest

import pathtrack
from conftest import CONNECT, Run
from pathtrack.record.finding import Finding
from pathtrack.record.model import Evidence, Tracker
from pathtrack.web import links
from pathtrack.web.client import Client
from pathtrack.web.journal import Journal
from samples import SMALL, recommendation, source, tracked, update
from sites import Asked, Reply, Site, client, serving
from statements import for_each

ANSWERS = {"/gone": 410, "/missing": 404, "/refused": 403, "/broken": 500, "/odd": 999}
LEADS = {
    "/found": (302, "/fine"),
    "/moved": (301, "/new?a=1&b=it's"),
    "/slash": (308, "/slash/"),
    "/lost": (302, "/missing"),
    "/inside": (302, "http://localhost/"),
    "/news/talks": (301, "/"),
    "/members": (302, "/login?next=members"),
}
PAGES = {
    "/soft": "<title>Page not found | The Agency</title>",
    "/soft-ko": "<title>기관</title><h1>페이지를 찾을 수 없습니다.</h1>",
    "/about-404": "<title>How we found 404 lost satellites</title>",
    "/wall": "<title>Just a moment...</title>",
}


def answer(asked: Asked) -> Reply:
    if asked.path in LEADS:
        status, to = LEADS[asked.path]
        return Reply(status, headers={"Location": to})
    page = PAGES.get(asked.path, "<title>Space talks</title>")
    return Reply(
        ANSWERS.get(asked.path.partition("?")[0], 200),
        page.encode(),
        {"Content-Type": "text/html; charset=utf-8"},
    )


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(socket.socket, "connect", CONNECT)
    monkeypatch.setattr(links, "PAUSE", 0.0)
    with serving(answer) as server:
        yield server


def tried(tracker: Tracker, ask: Client | None = None, file: Path | None = None) -> list[Finding]:
    journal = Journal("links", None)
    return links.check(tracker, ask or client(), journal, file=file, advance=lambda: None)


def found(*evidence: Evidence | str) -> list[str]:
    """Return code and message of each finding about these sources, all on this machine."""
    sources = tuple(each if isinstance(each, Evidence) else source(each) for each in evidence)
    record = tracked(recommendation(), update(evidence=sources))
    return [f"{each.code}: {each.message}" for each in tried(record)]


@for_each(
    "path, code, words",
    [
        ("/gone", "dead-link", "returned 410 Gone"),
        ("/missing", "dead-link", "returned 404 Not Found"),
        ("/lost", "dead-link", "returned 404 Not Found"),
        ("/refused", "unclear-link", "returned 403 Forbidden"),
        ("/broken", "unclear-link", "returned 500 Internal Server Error"),
        ("/odd", "unclear-link", "returned 999"),
        (
            "/inside",
            "unclear-link",
            "leads to 'http://localhost/', which is in a private network",
        ),
        (
            "/soft",
            "soft-dead-link",
            "says that it was not found: its title is 'Page not found | The Agency'",
        ),
        (
            "/soft-ko",
            "soft-dead-link",
            "says that it was not found: its title is '페이지를 찾을 수 없습니다.'",
        ),
        ("/wall", "soft-dead-link", "refuses programs: its title is 'Just a moment...'"),
    ],
)
def test_a_page_that_does_not_come_is_a_warning(path: str, code: str, words: str, site: Site) -> None:
    assert found(site.at(path)) == [f"{code}: '{site.at(path)}' {words}"]


def test_a_page_that_leads_elsewhere_is_no_longer_there(site: Site) -> None:
    assert found(site.at("/news/talks")) == [
        f"soft-dead-link: '{site.at('/news/talks')}' is gone: it leads to the front page '{site.at('/')}'"
    ]
    assert "asks for a login: it leads to" in found(site.at("/members"))[0]


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "address",
    ["http://a.b[c/x", "http://a.b]/", "http://a.b:port/", "http://é..example/", "http://a.b:99999/"],
)
def test_what_is_not_quite_an_address_breaks_nothing(address: str) -> None:
    (said,) = found(address)
    assert said.startswith("unclear-link: ")


@pytest.mark.parametrize("path", ["/fine", "/found", "/slash", "/about-404"])
def test_a_page_that_comes_is_no_finding(path: str, site: Site) -> None:
    assert found(site.at(path)) == []


def test_a_page_that_moved_has_a_command_to_copy(site: Site) -> None:
    record = tracked(recommendation(), update(evidence=(source(site.at("/fine")), source(site.at("/moved")))))
    (moved,) = tried(record, file=Path("my tracker.toml"))
    new = site.at("/new?a=1&b=it") + """'"'"'s"""
    assert moved.code == "moved-link"
    assert moved.message.endswith(
        f" --source 2 --evidence '{new}' --reason 'The page has moved.' --file 'my tracker.toml'"
    )


def test_that_command_works(here: Path, site: Site, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import shlex  # noqa: PLC0415 here alone

    monkeypatch.setattr("pathtrack.web.client.Client", client)
    here.write_bytes(SMALL.replace(b"https://charts.example/W1", site.at("/moved").encode()))
    message = next(line for line in run("check", "--links").out.splitlines() if "[moved-link]" in line)
    command = message.partition("; pathtrack ")[2].partition(" [moved-link]")[0]
    assert run(*shlex.split(command)).code == 0
    assert "[moved-link]" not in run("check", "--links").out


def test_an_archived_copy_is_shown_and_tried_too(site: Site) -> None:
    gone = source(site.at("/gone"), archive=site.at("/fine"))
    assert found(gone) == [f"dead-link: '{gone.url}' returned 410 Gone; archived at '{gone.archive}'"]
    assert len(found(source(site.at("/fine"), archive=site.at("/gone")))) == 1
    assert found(source(site.at("/fine"), archive=site.at("/moved"))) == []


def test_a_newer_citation_without_an_archive_hides_no_older_one(site: Site) -> None:
    old = update("2024-01-01", evidence=(source(site.at("/gone"), archive=site.at("/copy")),))
    new = update("2025-01-01", evidence=(source(site.at("/gone")),))
    for record in (tracked(recommendation(), old, new), tracked(recommendation(), new, old)):
        assert [each.message.partition("; ")[2] for each in tried(record)] == [
            f"archived at '{site.at('/copy')}'"
        ] * 2


def test_each_address_is_tried_once(site: Site) -> None:
    assert len(found(*[site.at("/gone")] * 3)) == 3
    assert site.paths == ["site.example/gone"]


@pytest.mark.usefixtures("site")
def test_a_site_that_is_not_there_proves_nothing() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://site.example:{unused.getsockname()[1]}/x"
        assert found(address) == [f"unclear-link: '{address}' could not be reached"]


def test_a_silent_host_is_left_alone(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathtrack.web.client.PATIENCE", 0.05)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        said = found(*(f"http://silent.example:{port}/{each}" for each in range(5)), site.at("/fine"))
    assert sum("did not answer within" in each for each in said) == 3
    assert sum("was not tried: its host did not answer before" in each for each in said) == 2


def test_a_slow_host_gets_no_more_than_its_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "_FOR_A_HOST", -1.0)
    said = found(*(site.at(f"/gone?{each}") for each in range(3)))
    assert ["is too slow" in each for each in said] == [True] * 3


def test_a_busy_host_is_asked_again_after_the_time_that_it_names(site: Site) -> None:
    number = numbers()

    def busy(_: Asked) -> Reply:
        return Reply(200, b"", {}) if next(number) else Reply(429, b"", {"Retry-After": "0"})

    site.answer = busy
    assert found(site.at("/busy")) == []
    site.answer = lambda _: Reply(503, b"", {"Retry-After": "3600"})
    assert found(site.at("/busy")) == [f"unclear-link: '{site.at('/busy')}' returned 503 Service Unavailable"]
    assert len(site.asked) == 3


def test_a_host_gets_one_request_at_a_time_and_is_left_alone_in_between(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading  # noqa: PLC0415 here alone
    import time  # noqa: PLC0415

    monkeypatch.setattr(links, "PAUSE", 0.05)
    at_work: dict[str, int] = {}
    begun: dict[str, list[float]] = {}
    lock = threading.Lock()

    def watched(asked: Asked) -> Reply:
        with lock:
            at_work[asked.host] = at_work.get(asked.host, 0) + 1
            assert at_work[asked.host] == 1
            begun.setdefault(asked.host, []).append(time.monotonic())
        time.sleep(0.01)
        with lock:
            at_work[asked.host] -= 1
        return Reply(404)

    site.answer = watched
    hosts = [f"h{number}.example" for number in range(20)]
    assert len(found(*(site.at(f"/{page}", host=host) for page in range(4) for host in hosts))) == 80
    for times in begun.values():
        assert all(late - early >= 0.05 for early, late in pairwise(times))


def test_an_interrupted_run_goes_on_where_it_stopped(site: Site) -> None:
    pages = [site.at(f"/gone?{each}") for each in range(6)]
    record = tracked(recommendation(), update(evidence=tuple(map(source, pages))))
    steps = numbers()

    def interrupted() -> None:
        if next(steps) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        links.check(record, client(), Journal("links", None), file=None, advance=interrupted)
    first = len(site.asked)
    assert 3 <= first < 6
    assert len(tried(record)) == 6
    assert len(site.asked) == 6
    assert len(tried(record)) == 6
    assert len(site.asked) == 12  # a complete run is forgotten


def test_check_asks_the_network_only_when_asked(here: Path, site: Site, run: Run) -> None:
    here.write_bytes(SMALL.replace(b"https://charts.example/W1", site.at("/fine", host="localhost").encode()))
    assert "[unclear-link]" not in run("check").out
    outcome = run("check", "--links")
    assert (outcome.code, outcome.err) == (0, "")
    assert "could not be tried: its host was not found [unclear-link]" in outcome.out
    assert site.asked == []


def test_without_its_package_it_says_how_to_install_it(
    here: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    for name in ("links", "client"):
        monkeypatch.delitem(sys.modules, f"pathtrack.web.{name}")
        monkeypatch.delattr(pathtrack.web, name)
    todo = "install it with 'pip install httpx', or 'pipx inject pathtrack httpx'"
    assert run("check", "--links").refused(3) == f"--links needs the package httpx; {todo}"
    assert here.is_file()
