"""Archived copies found, examined and requested, of a stand-in that answers as the archive documents."""

import csv
import datetime as dt
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import CONNECT, Run
from pathtrack.errors import PageError
from pathtrack.export import markdown
from pathtrack.export.content import Content
from pathtrack.file.document import Document
from pathtrack.record import archives
from pathtrack.record.model import Tracker
from pathtrack.record.standings import standings
from pathtrack.record.view import view
from pathtrack.show import words
from pathtrack.web import archive, copies
from pathtrack.web.archive import Archive, Copy
from pathtrack.web.client import Answer, Client
from pathtrack.web.journal import Journal
from samples import TODAY, day, recommendation, source, tracked, update
from sites import Reply, Site, client, serving
from standin import GOOD, StandIn, Taken
from statements import for_each

A, B, C, D = (f"https://news.example/{name}" for name in "abcd")


@pytest.fixture
def service() -> StandIn:
    return StandIn()


@pytest.fixture
def site(service: StandIn, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(socket.socket, "connect", CONNECT)
    with serving(service) as server:
        monkeypatch.setattr(archive, "AVAILABLE", server.at("/wayback/available", host="archive.example"))
        monkeypatch.setattr(archive, "WAYBACK", server.at("", host="web.archive.example"))
        for module, name in (
            *((archive, "BETWEEN"), (archive, "BETWEEN_SAVES"), (archive, "_WHEN_BUSY")),
            (copies, "BETWEEN_LOOKS"),
        ):
            monkeypatch.setattr(module, name, 0.0)
        monkeypatch.setattr(archive, "_WAITS", (0.0, 0.0, 0.0))
        monkeypatch.setattr("pathtrack.web.client.Client", client)
        yield server


@pytest.fixture
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IA_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("IA_SECRET_ACCESS_KEY", "secret")


RECORD = (
    '[report]\ntitle = "R"\n'
    + "".join(f'[[recommendation]]\nid = "{name}"\narea = "x"\ntitle = "T"\n' for name in ("D1", "D2"))
    + f'[[update]]\ndate = 2024-05-01\nby = "Ana"\nrecommendations = ["D1"]\nstatus = "partial"\nnote = "n"\n'
    f'[[update.evidence]]\nurl = "{A}"\ntitle = "A page"\ndate = 2024-04-01\nkind = "news"\n'
    f'[[update.evidence]]\nurl = "{B}"\n'
    f'[[update]]\ndate = 2024-06-01\nby = "Ana"\nrecommendations = ["D1", "D2"]\nnote = "m"\n'
    f'[[update.evidence]]\nurl = "{C}"\narchive = "https://web.archive.org/web/20240601000000/{C}"\n'
    f'[[update.evidence]]\nurl = "{D}"\n[[update.evidence]]\ntitle = "A letter"\n'
    '[[update.evidence]]\nurl = "http://localhost/x"\n'
)


@pytest.fixture
def here() -> Path:
    path = Path("recommendations.toml")
    path.write_text(RECORD, encoding="utf-8")
    return path


def tracker_in(path: Path) -> Tracker:
    return Document.read(path.read_bytes(), name="x").tracker


def kept(path: Path) -> dict[str, str]:
    """Return the address of each source of the record with that of its copy."""
    return {each.address: each.source.archive or "" for each in archives.cited(tracker_in(path))}


def copied(address: str, at: str) -> str:
    return f"https://web.archive.org/web/{at}/{address}"


# ---- what there is to archive ----


def test_sources_are_distinct_and_public_and_know_where_they_are_cited() -> None:
    found = archives.cited(Document.read(RECORD.encode(), name="x").tracker)
    assert [(each.address, each.day.isoformat(), each.recommendations) for each in found] == [
        (A, "2024-04-01", ("d1",)),
        (B, "2024-05-01", ("d1",)),
        (C, "2024-06-01", ("d1", "d2")),
        (D, "2024-06-01", ("d1", "d2")),
    ]
    assert [
        each.address
        for each in archives.cited(Document.read(RECORD.encode(), name="x").tracker, about=["d2"])
    ] == [C, D]


def test_a_copy_completes_a_source_and_is_no_evidence_for_others() -> None:
    old = tracked(
        recommendation("D1"),
        recommendation("D2"),
        update("2024-01-01", "D1", evidence=(source(A), source(B))),
        update("2024-02-01", "D2", "D1", evidence=(source(C),)),
    )
    found = {each: copied(each.address, "20240101000000") for each in archives.cited(old)}
    now = dt.datetime(2026, 1, 31, tzinfo=dt.UTC)
    new = archives.completing(found, old, date=TODAY, recorded=now, by="Ana")
    assert [(each.recommendations, [source.url for source in each.evidence]) for each in new] == [
        (("D1",), [A, B, C])
    ]
    after = tracked(*old.recommendations, *old.updates, *new)
    for record in (old, after):
        assert [each.source_count for each in standings(record, on=TODAY)] == [3, 1]
    assert all(each.source.archive for each in archives.cited(after))
    # Also in a report on those that the copy is not recorded for.
    content = Content(view(after, on=TODAY, only=lambda each: each.id == "D2"))
    assert [each.archive for each in content.sources] == [copied(C, "20240101000000")]


@for_each(
    "copy, taken",
    [
        (copied(A, "20240401123456"), "2024-04-01"),
        ("https://web.archive.org/web/20240401123456id_/https://x.example/", "2024-04-01"),
        ("https://arquivo.pt/wayback/20240401123456/https://x.example/", "2024-04-01"),
        ("https://archive.today/20240401/https://x.example/", "2024-04-01"),
        ("https://perma.cc/ABCD-1234", None),
        ("https://x.example/20249901/", None),
    ],
)
def test_the_day_of_a_copy_is_read_from_its_address(copy: str, taken: str | None) -> None:
    assert archives.taken_on(copy) == (day(taken) if taken else None)


def test_reports_show_the_day_of_a_copy_and_how_many_there_are() -> None:
    copy = copied(A, "20240401000000")
    record = tracked(
        recommendation(),
        update(evidence=(source(A, title="A"), source(B), source(None, title="A letter"))),
        update("2025-02-01", evidence=(source(A, archive=copy),)),
    )
    content = Content(view(record, on=TODAY))
    assert "1 of 2 sources with an address archived." in content.method()
    assert f"archived 1 Apr 2024 <{copy}>" in markdown.render(content)
    assert words.summary(record.updates[1]) == "Archived copies of 1 source."
    assert [archives.archived(source(A, archive=each)) for each in (None, "https://perma.cc/A-B")] == [
        "",
        "archived",
    ]


# ---- looking ----


@pytest.mark.usefixtures("site")
def test_the_nearest_copy_is_recorded(here: Path, service: StandIn, run: Run) -> None:
    service.copies = {
        A: [Taken("20200101000000"), Taken("20240402000000"), Taken("20250101000000")],
        D: [Taken("20240530000000")],
    }
    before = here.read_bytes()
    outcome = run("archive")
    assert outcome.code == 0
    assert outcome.out == (
        "2 of 3 sources without a copy have one now\n"
        "recorded 2 copies in 1 update by Test Author in recommendations.toml\n"
    )
    assert outcome.err == (
        f"found {A}: a copy of 2 Apr 2024\nno copy of {B}: the archive has no copy\n"
        f"found {D}: a copy of 30 May 2024\nnext: pathtrack archive --save\n"
    )
    assert here.read_bytes().startswith(before)
    assert kept(here) == {
        A: copied(A, "20240402000000"),
        B: "",
        C: copied(C, "20240601000000"),
        D: copied(D, "20240530000000"),
    }
    assert run("check").out.endswith("0 errors, 2 warnings\n") or run("check").code == 0


@pytest.mark.usefixtures("site")
def test_a_dry_run_shows_and_writes_nothing_and_is_not_repeated(
    here: Path, service: StandIn, run: Run
) -> None:
    service.copies = {A: [Taken("20240402000000")]}
    before = here.read_bytes()
    outcome = run("archive", "D1", "--dry-run")
    assert outcome.out.startswith("[[update]]\ndate = 2026-01-31\n")
    assert f'archive = "{copied(A, "20240402000000")}"' in outcome.out
    assert here.read_bytes() == before
    asked = service.asked.total()
    assert run("archive", "D1").code == 0
    assert service.asked.total() == asked
    assert kept(here)[A]


@pytest.mark.usefixtures("site", "here")
def test_what_was_found_is_one_object(service: StandIn, run: Run) -> None:
    service.copies = {A: [Taken("20240402000000")]}
    told = json.loads(run("archive", "D1", "--json").out)
    assert (told["schema"], told["written"]) == ("pathtrack.archive/1", True)
    found = {each["url"]: each["archive"] or each["reason"] for each in told["sources"]}
    assert found[A] == copied(A, "20240402000000") == told["updates"][0]["evidence"][0]["archive"]
    again = json.loads(run("archive", "D1", "--json").out)
    assert (again["written"], again["updates"]) == (False, [])
    assert A not in {each["url"] for each in again["sources"]}


@pytest.mark.usefixtures("site")
def test_what_availability_overlooks_is_found_in_the_index(here: Path, service: StandIn, run: Run) -> None:
    service.copies = {A: [Taken("20230101000000"), Taken("20240101000000")], B: [Taken("20250101000000")]}
    service.hidden = {A, B}
    assert run("archive").code == 0
    assert kept(here)[A] == copied(A, "20240101000000")
    assert kept(here)[B] == copied(B, "20250101000000")


ERROR = b"<title>404 Not Found</title>" + GOOD
BAD = {
    "error": (Taken("20240402000000", ERROR), "says that it was not found: its title is '404 Not Found'"),
    "login": (
        Taken("20240402000000", b"<title>Log in</title>" + GOOD),
        "asks for a login: its title is 'Log in'",
    ),
    "other": (
        Taken("20240402000000", GOOD.replace(b"A page", b"Celebrity gossip today")),
        "is of another page: its title is 'Celebrity gossip today'",
    ),
    "status": (Taken("20240402000000", status=404), "is one of an error (404)"),
    "short": (Taken("20240402000000", b"<title>A page</title>"), "has only 21 bytes"),
    "front": (
        Taken("20240402000000", leads="https://news.example/"),
        "is gone: it leads to the front page 'https://news.example/'",
    ),
}


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("name", BAD)
def test_a_copy_of_something_else_is_not_taken(name: str, here: Path, service: StandIn, run: Run) -> None:
    bad, why = BAD[name]
    service.copies = {A: [bad], "https://news.example/": [Taken("20240402000000")]}
    outcome = run("archive", "D1")
    assert f"no copy of {A}: its copy {copied(A, bad.at)} {why}\n" in outcome.err
    assert kept(here)[A] == ""
    service.copies[A].append(Taken("20240901000000"))
    assert run("archive", "D1").code == 0
    assert kept(here)[A] == copied(A, "20240901000000")


@pytest.mark.usefixtures("site")
def test_a_copy_of_an_error_is_no_failure_of_the_archive(service: StandIn) -> None:
    service.copies = {A: [Taken("20240402000000", status=503)]}
    seen = Archive(client()).seen(Copy("20240402000000", A))
    assert seen
    assert (seen.status, seen.address) == (503, A)
    assert Archive(client()).seen(Copy("20240402000000", B)) is None
    assert service.asked.total() == 2


@for_each(
    "ours, theirs, differ",
    [
        ("Space talks in Seoul", "Celebrity gossip today", True),
        ("Space talks in Seoul", "SEOUL hosts talks | Herald", False),
        ("Space talks in Seoul", "한미 우주 협력", False),
        ("한미 우주 협력", "Something else entirely", False),
        ("", "Celebrity gossip", False),
        ("R&D", "Celebrity gossip", False),
    ],
)
def test_titles_differ_only_where_that_can_be_told(ours: str, theirs: str, differ: bool) -> None:  # noqa: FBT001
    assert copies._differ(ours, theirs) is differ  # noqa: SLF001 the rule in one place


# ---- a service in trouble ----


@pytest.mark.usefixtures("site")
def test_it_waits_as_long_as_the_archive_asks(service: StandIn) -> None:
    slept: list[float] = []
    service.failures = iter([Reply(429, b"", {"Retry-After": "7"}), Reply(503), Reply(200)])
    assert Archive(client(), sleep=slept.append).nearest(A, TODAY) is None
    assert [each for each in slept if each] == [7]
    assert service.asked.total() == 3


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("failures", "said"),
    [
        ([Reply(429, b"", {"Retry-After": "7200"})], "asks to be left alone for 120 minutes"),
        ([Reply(502)] * 4, "returned 502"),
    ],
)
def test_it_gives_up_in_one_line_and_keeps_what_it_has(
    failures: list[Reply], said: str, here: Path, service: StandIn, run: Run
) -> None:
    service.copies = {A: [Taken("20240402000000")]}
    service.failures = iter([Reply(200)] * 2 + failures)
    outcome = run("archive")
    assert outcome.code == 3
    assert f"error: the archive {said}; run the command again" in outcome.err
    assert "nothing is lost" in outcome.err
    assert kept(here)[A] == copied(A, "20240402000000")


def test_without_a_network_it_does_not_wait_for_long() -> None:
    slept: list[float] = []
    with pytest.raises(PageError, match="the archive could not be reached; run"):
        Archive(Client(addresses=lambda *_: []), sleep=slept.append).nearest(A, TODAY)
    assert sum(slept) < 10


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b"{", b"[" * 10_000, b'{"archived_snapshots": []}', b"<html>", b'[["a"], [1, 2]]'],
)
def test_answers_that_make_no_sense_are_none(body: bytes, service: StandIn) -> None:
    service.failures = iter([Reply(201, body)] * 9)
    found = Archive(client())
    assert found.nearest(A, TODAY) is None
    assert list(found.others(A, TODAY)) == []
    assert not found.job("x").copy


@pytest.mark.usefixtures("site")
def test_only_the_archive_itself_gives_copies(service: StandIn) -> None:
    for url in ("https://evil.example/web/20240101000000/https://x.example", "javascript:1", "x", 5):
        closest = {"available": True, "status": "200", "url": url}
        service.failures = iter(
            [
                Reply(
                    201,
                    str({"archived_snapshots": {"closest": closest}})
                    .replace("'", '"')
                    .replace("True", "true")
                    .encode(),
                )
            ]
        )
        assert Archive(client()).nearest(A, TODAY) is None


# ---- new copies ----


@pytest.mark.usefixtures("site", "_keys")
def test_save_requests_what_is_missing_once(here: Path, service: StandIn, run: Run) -> None:
    service.copies = {A: [Taken("20240402000000")]}
    service.refusals = {D: "error:blocked-url"}
    outcome = run("archive", "--save")
    assert outcome.code == 0
    assert service.taken == {B: 1}
    assert f"no copy of {D}: It cannot be captured., error:blocked-url" in outcome.err
    assert kept(here) == {
        A: copied(A, "20240402000000"),
        B: copied(B, "20260131120000"),
        C: copied(C, "20240601000000"),
        D: "",
    }


@pytest.mark.usefixtures("site", "_keys")
def test_a_new_copy_is_examined_too(here: Path, service: StandIn, run: Run) -> None:
    service.pages = {A: ERROR}
    assert "says that it was not found" in run("archive", "D1", "--save").err
    assert kept(here)[A] == ""


@pytest.mark.usefixtures("site", "_keys")
def test_a_busy_archive_is_asked_again_and_then_left(here: Path, service: StandIn, run: Run) -> None:
    service.refusals = {A: "error:user-session-limit"}
    outcome = run("archive", "D1", "--save")
    assert "error:user-session-limit" in outcome.err
    posted = [number for asked, number in service.asked.items() if asked.startswith("POST")]
    assert posted == [3, 1, 1]
    assert kept(here)[B]


def test_save_needs_keys(here: Path, run: Run) -> None:
    assert run("archive", "--save").refused(2).startswith("--save needs the keys of an account")
    assert here.is_file()


@pytest.mark.usefixtures("site", "_keys")
def test_wrong_keys_are_named(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IA_SECRET_ACCESS_KEY", "wrong")
    outcome = run("archive", "--save")
    assert outcome.code == 2
    assert "error: the archive refused the keys (401)" in outcome.err
    assert "wrong" not in outcome.out + outcome.err
    assert here.is_file()


@pytest.mark.usefixtures("site", "_keys")
def test_keys_go_to_the_save_service_alone(here: Path, site: Site, run: Run) -> None:
    assert run("archive", "--save").code == 0
    assert here.is_file()
    for each in site.asked:
        assert ("Authorization" in each.headers) == each.path.startswith("/save")


# ---- runs that end early ----


@pytest.mark.usefixtures("site", "_keys")
def test_ctrl_c_records_what_was_found(
    here: Path, service: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.copies = {A: [Taken("20240402000000")], D: [Taken("20240402000000")]}
    looked = iter((None, None, KeyboardInterrupt()))
    look = copies.Copies.look

    def interrupted(self: copies.Copies, each: archives.Cited) -> None:
        if stop := next(looked, None):
            raise stop
        look(self, each)

    monkeypatch.setattr(copies.Copies, "look", interrupted)
    outcome = run("archive")
    assert outcome.code != 0
    assert "interrupted; run the command again to go on from here" in outcome.err
    assert kept(here)[A]
    assert not kept(here)[D]
    assert run("archive").code == 0
    assert kept(here)[D]
    assert max(service.asked.values()) == 1


class KilledError(BaseException):
    """The process is gone: nothing is tidied up."""


@pytest.mark.usefixtures("site", "_keys")
def test_a_run_killed_at_any_request_is_completed_without_asking_twice(
    service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after every possible request: before its answer is known, and after."""
    record = Document.read(RECORD.encode(), name="x").tracker
    sources = [each for each in archives.cited(record) if not each.source.archive]
    service.copies = {A: [Taken("20240402000000")]}
    once = archive.Archive._once  # noqa: SLF001 the one place where requests are made
    whole = 0

    def run_to(limit: int) -> None:
        left = limit

        def counted(self: Archive, address: str, form: bytes, *, private: bool) -> Answer:
            nonlocal left
            if not left:
                raise KilledError
            left -= 1
            answer = once(self, address, form, private=private)
            if not left:
                raise KilledError
            return answer

        monkeypatch.setattr(archive.Archive, "_once", counted)
        found = copies.Copies(Archive(client(), ("key", "secret")), Journal("archive", None))
        for each in found.of_kind(sources, ""):
            found.look(each)
        found.request(sources, lambda: None)
        assert {each.address: found.known[each.address].kind for each in sources} == dict.fromkeys(
            (A, B, D), "copy"
        )
        Journal("archive", None).end()

    run_to(10_000)
    whole = service.asked.total()
    assert 10 < whole < 30
    for limit in range(1, whole + 1):
        service.asked.clear()
        service.taken.clear()
        service.jobs.clear()
        service.copies = {A: [Taken("20240402000000")]}
        with pytest.raises(KilledError):
            run_to(limit)
        run_to(10_000)
        assert set(service.taken.values()) == {1}
        assert service.asked.total() <= whole + 3, limit


# ---- lists, and what check says ----


def test_a_list_for_other_archivers_asks_nobody(here: Path, run: Run) -> None:
    assert run("archive", "--list", "todo.csv").out == "wrote 3 sources without a copy to todo.csv\n"
    rows = list(csv.DictReader(Path("todo.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["url"] for row in rows] == [A, B, D]
    assert rows[2]["recommendations"] == "D1; D2"
    assert run("archive", "D2", "--list", "-").out.count("\n") == 2
    assert run("archive", "--list", "recommendations.toml").refused(2)
    assert here.is_file()


def test_check_names_what_is_not_archived(here: Path, run: Run) -> None:
    found = [line for line in run("check", "--unarchived").out.splitlines() if "[unarchived]" in line]
    assert [each.split("'")[1] for each in found] == [A, B, D]
    assert "[unarchived]" not in run("check").out
    assert here.is_file()


@pytest.mark.usefixtures("site")
def test_nothing_to_do_is_said(here: Path, run: Run) -> None:
    here.write_text(RECORD.partition("[[update]]")[0], encoding="utf-8")
    assert run("archive").out == "every source with an address has an archived copy\n"
