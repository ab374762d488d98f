import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import pathtrack
from conftest import CONNECT, Run
from pathtrack.record.model import Evidence
from pathtrack.web import links
from pathtrack.web.links import check
from samples import DATA, SMALL, recommendation, source, tracked, update

ANSWERS = {"/fine": 200, "/gone": 410, "/missing": 404, "/refused": 403, "/broken": 500, "/odd": 999}
LEADS = {
    "/moved": "/fine",
    "/lost": "/missing",
    "/round": "/round",
    "/inside": "http://localhost/",
    "/js": "javascript:1",
}
TLS = DATA / "tls"


class Site(ThreadingHTTPServer):
    """A web site on this machine, which keeps what it was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Page)
        self.asked: list[str] = []

    def at(self, path: str, *, scheme: str = "http", host: str = "site.example") -> str:
        return f"{scheme}://{host}:{self.server_port}{path}"


class Page(BaseHTTPRequestHandler):
    """Answers as `ANSWERS` and `LEADS` say."""

    def do_GET(self) -> None:
        assert isinstance(self.server, Site)
        self.server.asked.append(f"{self.headers['Host'].partition(':')[0]}{self.path}")
        self.send_response(302 if self.path in LEADS else ANSWERS[self.path], "\x1b[31m")
        if self.path in LEADS:
            self.send_header("Location", LEADS[self.path])
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 its parent's name
        """Keep quiet."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(socket.socket, "connect", CONNECT)
    with Site() as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield server
        server.shutdown()


def found(*evidence: Evidence | str) -> list[str]:
    """Return code and message of each finding about these sources, all on this machine."""
    sources = tuple(each if isinstance(each, Evidence) else source(each) for each in evidence)
    record = tracked(recommendation(), update(evidence=sources))
    return [
        f"{each.code}: {each.message}"
        for each in check(record, advance=lambda: None, look_up=lambda _: "127.0.0.1")
    ]


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("/gone", "dead-link", "answers 410 Gone"),
        ("/missing", "dead-link", "answers 404 Not Found"),
        ("/lost", "dead-link", "answers 404 Not Found"),
        ("/refused", "unclear-link", "answers 403 Forbidden"),
        ("/broken", "unclear-link", "answers 500 Internal Server Error"),
        ("/odd", "unclear-link", "answers 999"),
        ("/round", "unclear-link", "leads on and on: 10 redirections"),
        ("/inside", "unclear-link", "is not tried: it leads into a private network"),
        ("/js", "unclear-link", "cannot be reached"),
    ],
)
def test_a_page_that_does_not_come_is_a_warning(path: str, code: str, words: str, site: Site) -> None:
    assert found(site.at(path)) == [f"{code}: '{site.at(path)}' {words}"]


def test_a_page_that_comes_is_none(site: Site) -> None:
    assert found(site.at("/fine"), site.at("/moved")) == []
    assert sorted(site.asked) == ["site.example/fine", "site.example/fine", "site.example/moved"]


def test_an_archived_copy_is_told_and_tried_too(site: Site) -> None:
    gone = source(site.at("/gone"), archive=site.at("/fine"))
    assert found(gone) == [f"dead-link: '{gone.url}' answers 410 Gone; archived at '{gone.archive}'"]
    assert len(found(source(site.at("/fine"), archive=site.at("/gone")))) == 1


def test_each_address_is_tried_once(site: Site) -> None:
    assert len(found(*[site.at("/gone")] * 3)) == 3
    assert site.asked == ["site.example/gone"]


@pytest.mark.usefixtures("site")
def test_a_site_that_is_not_there_proves_nothing() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://site.example:{unused.getsockname()[1]}/x"
        assert found(address) == [f"unclear-link: '{address}' cannot be reached"]


@pytest.mark.usefixtures("site")
def test_a_page_that_keeps_one_waiting_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "PATIENCE", 0.05)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert "does not answer within" in found(f"http://site.example:{silent.getsockname()[1]}/x")[0]


def test_a_certificate_is_that_of_the_name(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "certificate.pem", TLS / "key.pem")
    site.socket = context.wrap_socket(site.socket, server_side=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "certificate.pem"))
    assert found(site.at("/fine", scheme="https", host="secure.example")) == []
    assert "cannot be reached" in found(site.at("/fine", scheme="https", host="other.example"))[0]


@pytest.mark.parametrize(
    "name", ["localhost", "127.0.0.1", "::1", "192.168.0.1", "10.0.0.1", "169.254.169.254", "fe80::1%1"]
)
def test_no_private_network_is_asked(name: str) -> None:
    with pytest.raises(links.UnclearError, match=r"private network|not found"):
        links.public_host(name)


def test_a_public_host_is_looked_up() -> None:
    assert links.public_host("8.8.8.8") == "8.8.8.8"


def test_check_asks_the_network_only_when_told(here: Path, site: Site, run: Run) -> None:
    here.write_bytes(SMALL.replace(b"https://charts.example/W1", site.at("/fine", host="localhost").encode()))
    assert "[unclear-link]" not in run("check").out
    outcome = run("check", "--links")
    assert (outcome.code, outcome.err) == (0, "")
    assert "cannot be tried: its host is not found [unclear-link]" in outcome.out
    assert site.asked == []


def test_without_its_package_it_says_how_to_install_it(
    here: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    monkeypatch.delitem(sys.modules, "pathtrack.web.links")
    monkeypatch.delattr(pathtrack.web, "links")
    todo = "install it with 'pip install httpx', or 'pipx inject pathtrack httpx'"
    assert run("check", "--links").refused(2) == f"--links needs the package httpx; {todo}"
    assert here.is_file()
