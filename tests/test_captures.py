"""Pages kept beside the tracker, and what becomes of them."""

import csv
import datetime as dt
import gzip
import hashlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import CONNECT, POSIX, Run
from pathtrack.cli import capturing
from pathtrack.errors import FileError
from pathtrack.file import captures
from samples import SMALL
from sites import Asked, Reply, Site, client, serving

NOW = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)
BODY = b"<title>Budget</title>" + b"<p>money</p>" * 100


def keep(
    path: Path, address: str = "https://x.example/a", body: bytes = BODY, kind: str = "text/html"
) -> Path:
    """Keep a page, and return its file."""
    kept = captures.keep(path, address, body, kind=kind, now=NOW, waiting=lambda: None)
    return path.parent / "sources" / f"{kept.sha256}.gz"


def found(path: Path) -> list[str]:
    return [each.code for each in captures.faults(path)]


def test_a_page_is_kept_under_its_hash_and_listed(here: Path) -> None:
    file = keep(here)
    assert gzip.decompress(file.read_bytes()) == BODY
    assert file.stem == hashlib.sha256(BODY).hexdigest()
    keep(here, "https://x.example/b")
    rows = list(csv.reader(Path("sources/index.csv").read_text(encoding="utf-8").splitlines()))
    assert rows[0] == ["address", "fetched", "sha256", "type"]
    assert rows[1] == ["https://x.example/a", "2026-01-31T12:00:00+00:00", file.stem, "text/html"]
    assert len(rows) == 3
    assert found(here) == []
    assert Path("sources/.gitignore").read_text(encoding="utf-8") == "*\n"


@pytest.mark.parametrize("name", ["{upper}", "../fifo", "", "{hash}0"])
def test_a_row_that_names_no_page_is_named_and_stays(name: str, here: Path) -> None:
    file = keep(here)
    index = Path("sources/index.csv")
    row = f"https://x.example/c,2026,{name.format(upper=file.stem.upper(), hash=file.stem)},text/html"
    index.write_text(index.read_text(encoding="utf-8") + f"{row}\n", encoding="utf-8")
    for _ in range(2):
        (told,) = captures.faults(here)
        assert told.code == "changed-capture"
        assert told.message.startswith(
            f"row 3 of {here.parent / index} names no page that was kept: 'https://x"
        )
        keep(here, "https://x.example/b")
    assert index.read_text(encoding="utf-8").count(row) == 1


def test_of_many_wrong_rows_a_few_are_named_and_each_page_is_read_once(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, index, read = keep(here), Path("sources/index.csv"), list[Path]()
    hashed = captures._hash  # noqa: SLF001 to count its calls

    def counted(path: Path) -> str:
        read.append(path)
        return hashed(path)

    monkeypatch.setattr(captures, "_hash", counted)
    again = "".join(f"https://x.example/{number},2026,{file.stem},\n" for number in range(50))
    index.write_text(index.read_text(encoding="utf-8") + again + "x\n" * 50, encoding="utf-8")
    told = [each.message for each in captures.faults(here)]
    assert (len(told), told[-1]) == (21, "30 more rows name no page that was kept")
    assert read == [file]


@pytest.mark.parametrize("data", [b"caf\xe9,2026\n", b"x" * 70_000_000])
def test_an_index_that_cannot_be_read_whole_is_not_written(data: bytes, here: Path) -> None:
    keep(here)
    index = Path("sources/index.csv")
    index.write_bytes(data)
    with pytest.raises(FileError, match=r"UTF-8|larger than"):
        keep(here, "https://x.example/b")
    assert index.read_bytes() == data


def test_an_index_that_is_no_file_is_said(here: Path) -> None:
    Path("sources/index.csv").mkdir(parents=True)
    with pytest.raises(FileError, match="not a regular file"):
        found(here)


def test_who_was_killed_before_the_first_page_still_keeps_them_out_of_git(here: Path) -> None:
    Path("sources").mkdir()
    keep(here)
    assert Path("sources/.gitignore").is_file()


def test_who_wants_them_in_git_deletes_what_keeps_them_out(here: Path) -> None:
    keep(here)
    Path("sources/.gitignore").unlink()
    keep(here, body=b"other")
    assert not Path("sources/.gitignore").exists()


def test_every_change_is_found(here: Path) -> None:
    file = keep(here)
    whole = file.read_bytes()
    for bad in (
        gzip.compress(BODY + b"!"),
        whole[:-30],
        b"",
        b"not packed",
        whole + whole,
        whole + b"!",
        gzip.compress(bytes(captures.MOST + 2)),
    ):
        file.write_bytes(bad)
        assert found(here) == ["changed-capture"]
    file.unlink()
    assert found(here) == ["missing-capture"]
    file.write_bytes(whole)
    assert found(here) == []


def test_an_index_names_no_other_file(here: Path) -> None:
    folder = Path("sources")
    folder.mkdir()
    (folder / "index.csv").write_text(
        "address,fetched,sha256,type\na,b,../../etc/passwd,c\na,b,c\n\x00\n", encoding="utf-8"
    )
    assert captures.listed(here) == []
    assert found(here) == ["changed-capture"] * 3


@POSIX
@pytest.mark.parametrize("name", ["sources", "sources/index.csv", "sources/{}.gz"])
@pytest.mark.parametrize("there", [True, False], ids=["to a file", "to nothing"])
def test_no_link_among_the_captures_is_followed(name: str, here: Path, *, there: bool) -> None:
    """As when a clone brings it, or the tracker's own folder does."""
    mine = Path("mine")
    if name == "sources":
        if there:
            mine.mkdir()
            (mine / "index.csv").write_bytes(SMALL)
    else:
        Path("sources").mkdir()
        Path("sources/.gitignore").write_bytes(b"*\n")
        if there:
            mine.write_bytes(SMALL)
    link = Path(name.format(hashlib.sha256(BODY).hexdigest()))
    link.symlink_to(mine.absolute())
    before = {each: each.read_bytes() for each in Path().rglob("*") if each.is_file()}
    with pytest.raises(FileError, match="a link, which is not followed"):
        keep(here)
    if not name.endswith(".gz"):
        with pytest.raises(FileError, match="a link, which is not followed"):
            captures.listed(here)
    assert {each: each.read_bytes() for each in Path().rglob("*") if each.is_file()} == before
    assert not [each for each in Path().rglob("*.lock") if each.name != ".recommendations.toml.lock"]
    assert mine.exists() is there


@POSIX
def test_a_capture_that_became_a_link_was_changed(here: Path, tmp_path: Path) -> None:
    file = keep(here)
    file.rename(tmp_path / "elsewhere.gz")
    file.symlink_to(tmp_path / "elsewhere.gz")
    assert found(here) == ["changed-capture"]


def test_what_a_server_calls_its_page_is_kept_only_if_it_is_a_type(here: Path) -> None:
    keep(here, kind="=cmd|calc")
    keep(here, kind="application/pdf")
    assert [each.type for each in captures.listed(here)] == ["", "application/pdf"]


# ---- the command ----


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    def answer(asked: Asked) -> Reply:
        if asked.path == "/large":
            return Reply(200, gzip.compress(bytes(captures.MOST + 1), 1), {"Content-Encoding": "gzip"})
        lost = b"<title>Page not found</title>" if asked.path == "/lost" else BODY
        return Reply(404 if asked.path == "/gone" else 200, lost, {"Content-Type": "text/html"})

    monkeypatch.setattr(socket.socket, "connect", CONNECT)
    monkeypatch.setattr("pathtrack.web.client.Client", client)
    monkeypatch.setattr(capturing, "PAUSE", 0.0)
    with serving(answer) as server:
        yield server


def record(site: Site, *names: str) -> Path:
    path = Path("recommendations.toml")
    text = '[report]\ntitle = "R"\n[[recommendation]]\nid = "D1"\narea = "x"\ntitle = "T"\n'
    text += '[[update]]\ndate = 2024-05-01\nby = "Ana"\nrecommendations = ["D1"]\nnote = "n"\n'
    text += "".join(f'[[update.evidence]]\nurl = "{site.at(f"/{name}")}"\n' for name in names)
    path.write_text(text, encoding="utf-8")
    return path


def test_pages_are_fetched_once_and_the_archive_is_not_asked(site: Site, run: Run) -> None:
    path = record(site, "a", "b", "gone", "lost", "large")
    before = path.read_bytes()
    outcome = run("archive", "--keep")
    assert outcome.out == "kept 2 pages in sources; 0 were kept before\n"
    assert f"not kept: {site.at('/gone')} returned 404\n" in outcome.err
    assert f"not kept: {site.at('/lost')} says that it was not found" in outcome.err
    assert f"not kept: {site.at('/large')} has more than 20 MB\n" in outcome.err
    assert path.read_bytes() == before
    assert sorted(each.path for each in site.asked) == ["/a", "/b", "/gone", "/large", "/lost"]
    assert run("archive", "--keep").out == "kept 0 pages in sources; 2 were kept before\n"
    assert len(site.asked) == 8
    assert run("check", "--captures").code == 0


def test_check_fails_where_a_kept_page_was_changed(site: Site, run: Run) -> None:
    record(site, "a")
    run("archive", "--keep")
    (file,) = Path("sources").glob("*.gz")
    file.write_bytes(gzip.compress(b"another"))
    outcome = run("check", "--captures")
    assert outcome.code == 1
    assert "[changed-capture]" in outcome.out
    assert "[changed-capture]" not in run("check").out
