"""What the network may be asked, and how long it may take to answer."""

import gzip
import ipaddress
import socket
import ssl
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from conftest import CONNECT
from pathtrack.errors import UsageError
from pathtrack.text import is_private_address
from pathtrack.web import hosts
from pathtrack.web.client import Answer, Client, _body
from pathtrack.web.hosts import UnclearError
from samples import DATA
from sites import Asked, Reply, Site, client, serving
from statements import for_each

TLS = DATA / "tls"
LEADS = {
    "/moved": (301, "/fine"),
    "/found": (302, "/fine"),
    "/mixed": (308, "/found"),
    "/round": (302, "/round"),
    "/inside": (302, "http://localhost/x"),
    "/js": (302, "javascript:alert(1)"),
    "/named": (302, "https://someone@good.example/"),
    "/other": (302, "http://other.example:{port}/cookie"),
    "/broken": (302, "http://[::1"),
}


def answer(asked: Asked) -> Reply:
    if asked.path in LEADS:
        status, to = LEADS[asked.path]
        port = asked.headers["Host"].rpartition(":")[2]
        return Reply(status, headers={"Location": to.format(port=port), "Set-Cookie": "a=b; Domain=example"})
    if asked.path == "/bomb":
        return Reply(200, gzip.compress(bytes(8 << 20)), {"Content-Encoding": "gzip"})
    if asked.path == "/brotli":
        return Reply(200, b"\x8b\x02\x80hello\x03", {"Content-Encoding": "br"})
    if asked.path == "/torn":
        return Reply(200, b"not gzip", {"Content-Encoding": "gzip"})
    return Reply(200, b"x" * 5000, {"Content-Type": "Text/HTML; charset=x", "Set-Cookie": "c=d"})


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(socket.socket, "connect", CONNECT)
    with serving(answer) as server:
        yield server


def why(address: str, ask: Client | None = None) -> str:
    """Return why there is no answer."""
    with pytest.raises(UnclearError) as refused:
        (ask or client()).get(address)
    return str(refused.value)


def test_an_answer_comes_from_where_redirects_lead(site: Site) -> None:
    got = client().get(site.at("/found"))
    assert (got.address, got.status, got.media_type) == (site.at("/fine"), 200, "text/html")
    assert (got.body, got.is_whole, got.has_moved) == (b"x" * 5000, True, False)


@pytest.mark.parametrize(
    ("path", "moved"), [("/fine", False), ("/moved", True), ("/found", False), ("/mixed", False)]
)
def test_a_page_has_moved_if_all_redirects_are_for_good(path: str, moved: bool, site: Site) -> None:  # noqa: FBT001
    assert client().get(site.at(path)).has_moved is moved


def test_only_the_beginning_is_read(site: Site) -> None:
    got = client().get(site.at("/fine"), most=100)
    assert (len(got.body), got.is_whole) == (100, False)
    assert client().get(site.at("/fine"), most=5000).is_whole


def test_nothing_is_unpacked_beyond_what_is_wanted(site: Site) -> None:
    got = client().get(site.at("/bomb"), most=1000)
    assert (got.body, got.is_whole) == (bytes(1000), False)
    assert client().get(site.at("/brotli")).body == b""
    assert why(site.at("/torn")) == "sent what cannot be unpacked"


def test_a_bomb_is_never_larger_than_what_is_wanted_of_it() -> None:
    packed = gzip.compress(bytes(10 << 20))
    tracemalloc.start()
    try:
        assert _body(iter([packed]), "gzip", 1000) == bytes(1001)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 1 << 20


def test_requests_carry_no_cookie_and_no_name(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETRC", str(DATA / "tls" / "key.pem"))
    ask = client()
    ask.get(site.at("/other"))
    ask.get(site.at("/fine"))
    assert len(site.asked) == 3
    for each in site.asked:
        assert not {"cookie", "authorization", "referer"} & {name.lower() for name in each.headers}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/inside", "leads to 'http://localhost/x', which is in a private network"),
        ("/js", "leads to 'javascript:alert(1)', which is not a plain web address"),
        ("/named", "leads to 'https://someone@good.example/', which is not a plain web address"),
        ("/broken", "leads to 'http://[::1', which is in a private network"),
        ("/round", "has too many redirects (10)"),
    ],
)
def test_a_refused_redirect_is_told_by_its_cause(path: str, said: str, site: Site) -> None:
    assert why(site.at(path)) == said


def test_a_redirect_to_a_host_in_a_private_network_is_refused(site: Site) -> None:
    def addresses(name: str, seconds: float) -> list[str]:
        return ["127.0.0.1"] if name == "site.example" else [*hosts.public("127.0.0.1", seconds)]

    said = why(site.at("/other"), Client(addresses=addresses))
    assert said == f"leads to '{site.at('/cookie', host='other.example')}', which is in a private network"
    assert len(site.asked) == 1


REFUSED = (
    *("127.0.0.1", "10.0.0.1", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1"),
    *(
        "0.0.0.1",
        "224.0.1.1",
        "239.255.255.250",
        "255.255.255.255",
        "240.0.0.1",
        "192.0.0.170",
        "192.88.99.1",
    ),
    *("::1", "::", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::808:808"),
    *("64:ff9b:1::1", "2002:7f00:1::", "2002:808:808::1", "2001::1", "fe80::1%1", "fc00::1", "fd12::1"),
    *("fec0::1", "ff02::1", "ff0e::1", "2001:db8::1", "3fff::1", "100::1", "5f00::1"),
)
PUBLIC = ("8.8.8.8", "1.1.1.1", "193.0.6.139", "2001:4860:4860::8888", "2606:4700::1111", "2a00:1450::1")


@for_each("address", REFUSED)
def test_no_other_network_is_contacted(address: str) -> None:
    assert not hosts.is_public(address)


@for_each("address", PUBLIC)
def test_public_hosts_are(address: str) -> None:
    assert hosts.is_public(address)


def test_an_address_that_embeds_another_is_refused_whichever_it_is() -> None:
    for network in ("::/96", "::ffff:0:0/96", "64:ff9b::/96", "2002::/16"):
        first = ipaddress.ip_network(network).network_address
        assert not hosts.is_public(str(first + (0x08080808 << (80 if network == "2002::/16" else 0))))


def looked_up(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let every name have these addresses."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 0)) for each in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["2606:4700::1", "::1"]])
def test_a_name_that_leads_inside_is_refused(addresses: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up(monkeypatch, *addresses)
    assert why("https://innocent.example/", Client()) == "is in a private network"


def test_a_public_name_is_asked_by_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up(monkeypatch, "8.8.8.8", "8.8.8.8", "1.1.1.1")
    assert hosts.public("site.example", 1) == ("8.8.8.8", "1.1.1.1")
    tried: list[object] = []

    def connect(_: socket.socket, address: object) -> None:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.undo()
    monkeypatch.setattr(socket.socket, "connect", connect)
    said = why("http://site.example/", Client(addresses=lambda *_: ["8.8.8.8", "1.1.1.1"]))
    assert said == "could not be reached"
    assert tried == [("8.8.8.8", 80), ("1.1.1.1", 80)]


@for_each(
    "address",
    [
        *("http://2130706433/", "http://0x7f.1/", "http://127.1/", "http://[::ffff:127.0.0.1]/"),
        *("http://localhost./", "http://printer./", "http://a.localhost/", "http://127.0.0.1./"),
    ],
)
def test_the_machine_itself_is_found_however_it_is_written(address: str) -> None:
    assert why(address, Client()) == "is in a private network"


def test_a_public_name_may_begin_with_a_private_one() -> None:
    for host in ("localhost.example.com", "10.0.0.1.example.com", "192.168.0.1.nip.example", "lan.example"):
        assert not is_private_address(f"https://{host}/x")


def test_a_name_that_nobody_knows_in_time_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:

    def slow(*_: object, **__: object) -> list[object]:
        time.sleep(0.3)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    start = time.monotonic()
    with pytest.raises(UnclearError, match="its host was not found"):
        hosts.public("slow.example", 0.05)
    assert time.monotonic() - start < 0.25


@contextmanager
def speaking(sends: Callable[[socket.socket], None]) -> Iterator[str]:
    """Serve one connection with whatever is sent on it; yield the address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def serve() -> None:
            try:
                connection, _ = listening.accept()
                with connection:
                    connection.recv(10_000)
                    sends(connection)
            except OSError:  # the other side has had enough
                return

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://slow.example:{listening.getsockname()[1]}/"
        listening.close()


def drip(first: bytes, each: bytes) -> Callable[[socket.socket], None]:
    def sends(connection: socket.socket) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(each)
            time.sleep(0.02)

    return sends


@pytest.mark.parametrize(
    ("first", "each"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"", b""),
    ],
    ids=["headers", "endless 1xx", "body", "chunks", "nothing"],
)
def test_a_server_that_drips_is_given_up_at_the_deadline(
    first: bytes, each: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket.socket, "connect", CONNECT)
    start = time.monotonic()
    with (
        speaking(drip(first, each)) as address,
        pytest.raises(UnclearError, match=r"did not answer within \d+ seconds"),
    ):
        client().get(address, patience=0.15)
    assert time.monotonic() - start < 1.0


def test_redirects_have_one_deadline_together(site: Site) -> None:
    def slow(_: Asked) -> Reply:
        time.sleep(0.1)
        return Reply(302, headers={"Location": "/again"})

    site.answer = slow
    with pytest.raises(UnclearError, match="did not answer"):
        client().get(site.at("/"), patience=0.25)
    assert len(site.asked) <= 4


def test_a_certificate_is_that_of_the_name(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "certificate.pem", TLS / "key.pem")
    site.socket = context.wrap_socket(site.socket, server_side=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "certificate.pem"))
    ask = Client(addresses=lambda *_: ["127.0.0.1"])
    assert ask.get(site.at("/fine", scheme="https", host="secure.example")).status == 200
    said = why(site.at("/fine", scheme="https", host="other.example"), ask)
    assert said == "could not be reached: its certificate is not valid"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ALL_PROXY", "socks5://127.0.0.1:1080", "'socks5://127.0.0.1:1080' is not a proxy that can be used"),
        ("HTTP_PROXY", "foo://proxy", "'foo://proxy' is not a proxy that can be used"),
        ("https_proxy", "http://[::1", "'http://[::1' is not a proxy's address"),
        ("https_proxy", "http://", "'http://' is not a proxy that can be used"),
        ("SSL_CERT_FILE", "/nowhere.pem", "cannot read SSL_CERT_FILE, '/nowhere.pem': No such file"),
        ("SSL_CERT_FILE", str(DATA / "tracker.toml"), "it holds no certificates"),
        ("SSL_CERT_DIR", "/nowhere", "cannot read SSL_CERT_DIR, '/nowhere': No such file"),
    ],
)
def test_a_wrong_environment_is_named_in_one_line(
    name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError) as refused:
        Client()
    assert said in str(refused.value)
    assert name.lower() in str(refused.value).lower()


def test_a_strange_list_of_exceptions_does_no_harm(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "[::1")
    assert Client(addresses=lambda *_: ["127.0.0.1"]).get(site.at("/fine")).status == 200


def test_a_proxy_is_used_and_never_for_private_names(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://me:secret@127.0.0.1:{site.server_port}")

    def addresses(name: str, seconds: float) -> list[str]:
        return [*hosts.public("nobody.invalid", seconds)] if name == "far.example" else ["10.0.0.1"]

    monkeypatch.setattr(hosts, "_look_up", lambda *_: ())
    ask = Client(addresses=addresses)
    assert ask.get("http://far.example/fine").status == 200
    assert site.asked[0].path == "http://far.example/fine"
    assert site.asked[0].headers["Proxy-Authorization"].startswith("Basic ")
    monkeypatch.setattr(hosts, "_look_up", lambda *_: ("10.0.0.1",))
    assert why("http://near.example/", Client()) == "is in a private network"


def test_how_long_to_wait_is_read_as_seconds_or_as_a_date() -> None:
    def wait(given: str) -> float:
        return Answer("", 429, {"retry-after": given}).retry_after

    assert (wait("120"), wait(""), wait("soon"), wait("-5"), wait("9" * 400)) == (120, 0, 0, 0, 0)
    assert wait("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert wait("Wed, 21 Oct 2099 07:28:00 GMT") > 10**9


def test_what_is_sent_compressed_is_unpacked(site: Site) -> None:
    site.answer = lambda _: Reply(200, gzip.compress(b"<title>" * 100), {"Content-Encoding": "gzip"})
    assert client().get(site.at("/")).body == b"<title>" * 100
    assert site.asked[0].headers["Accept-Encoding"] == "gzip"
