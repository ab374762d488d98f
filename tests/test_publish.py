import stat
from pathlib import Path

import pytest

from conftest import POSIX, Run
from pathtrack.errors import FileError, UsageError
from pathtrack.file import publish
from samples import SMALL
from statements import for_each


def test_a_report_is_written_and_replaced() -> None:
    path = Path("status.md")
    publish.write(path, "first, 첫째\n".encode())
    publish.write(path, b"second\n")
    assert path.read_bytes() == b"second\n"
    assert [each.name for each in Path.cwd().iterdir()] == ["status.md"]


@pytest.mark.parametrize("name", ["recommendations.toml", "OTHER.TOML"])
def test_a_report_never_replaces_a_tracker(name: str) -> None:
    Path(name).write_bytes(SMALL)
    with pytest.raises(UsageError, match="never replaces a tracker"):
        publish.write(Path(name), b"text")
    assert Path(name).read_bytes() == SMALL


HEADERS = [
    "[report]\ntitle = 'T'",
    "[ report ]\ntitle = 'T'",
    'report.title = "T"',
    '["report"]',
    "report = {title = 'T'}",
    "# A tracker\r\n\r\n\t['report'] # here\r\n",
    "\ufeff[report]",
    "<<<<<<< ours\n[report]\n",
    "[[recommendation]]\nid = 'D1'",
    '"\\u0072eport".title = "T"',
    "[report]\nnot = toml = at all",
]


@for_each("text", HEADERS)
def test_what_may_be_a_tracker_is_not_replaced(text: str) -> None:
    Path("status.txt").write_bytes(data := text.encode())
    with pytest.raises(UsageError, match="never replaces a tracker"):
        publish.write(Path("status.txt"), b"text")
    assert Path("status.txt").read_bytes() == data


REPORTS = ["", "# Report\n\nOf us.\n[report]\n", "id,area\n[report]", "<!doctype html>", '{"a": "="}']


@pytest.mark.parametrize("text", REPORTS)
def test_what_begins_otherwise_is_a_report(text: str) -> None:
    Path("status.txt").write_text(text)
    publish.write(Path("status.txt"), b"text")
    assert Path("status.txt").read_bytes() == b"text"


@POSIX
def test_a_report_never_replaces_a_tracker_through_a_link(here: Path) -> None:
    Path("status.md").symlink_to(here)
    with pytest.raises(UsageError, match="never replaces a tracker"):
        publish.write(Path("status.md"), b"text")
    assert here.read_bytes() == SMALL


def test_a_report_needs_a_folder_that_is_there() -> None:
    Path("status").mkdir()
    with pytest.raises(UsageError, match="not a regular file"):
        publish.write(Path("status"), b"text")
    with pytest.raises(FileError):
        publish.write(Path("missing/status.md"), b"text")


@POSIX
@pytest.mark.parametrize(
    ("link", "target"),
    [("status.md", "status.md"), ("site", "site/index.html"), ("a/b", "a/b/c/status.md")],
)
@pytest.mark.parametrize("entered", [True, False], ids=["from inside", "from elsewhere"])
def test_a_report_follows_no_link_that_came_with_a_clone(
    link: str, target: str, *, entered: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (clone := tmp_path / "clone" / "sub").mkdir(parents=True)
    (clone.parent / ".git").mkdir()
    (precious := tmp_path / "precious").mkdir()
    for name in ("status.md", "index.html"):
        (precious / name).write_text("mine")
    (clone / link).parent.mkdir(exist_ok=True)
    (clone / link).symlink_to(precious / "status.md" if link == "status.md" else precious)
    if entered:
        monkeypatch.chdir(clone)
    path = Path(target) if entered else clone / target
    with pytest.raises(UsageError, match="a report is not written through a link"):
        publish.write(path, b"text")
    if link != target:
        with pytest.raises(UsageError, match="a report is not written through a link"):
            publish.make_folder(path.parent)
    assert sorted(each.read_text() for each in precious.iterdir()) == ["mine", "mine"]


@POSIX
@pytest.mark.parametrize("entered", [True, False], ids=["from inside", "from elsewhere"])
def test_a_report_follows_no_link_by_what_lies_above_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, entered: bool
) -> None:
    (clone := tmp_path / "clone").mkdir()
    (clone / ".git").mkdir()
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (clone / "docs").symlink_to(tmp_path / "deep" / "er")
    (tmp_path / "mine").symlink_to(clone / "docs")
    if entered:
        monkeypatch.chdir(clone)
    for way in ("docs/../status.md", "./docs/../x/../status.md", "../mine/../status.md"):
        with pytest.raises(UsageError, match="a report is not written through a link"):
            publish.write(Path(way) if entered else clone / way, b"text")
        with pytest.raises(UsageError, match="a report is not written through a link"):
            publish.make_folder(Path(way) if entered else clone / way)
    assert not [*(tmp_path / "deep").glob("*.md")]


@POSIX
@pytest.mark.usefixtures("here")
def test_every_way_of_writing_follows_no_link(tmp_path: Path, run: Run) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    Path("docs").symlink_to(tmp_path / "deep" / "er")
    way = "docs/../status"
    for command in (
        ("export", f"{way}.md"),
        ("export", "docs/../site"),
        ("archive", "--list", f"{way}.csv"),
        ("ask", "Port Authority", "-o", f"{way}.xlsx"),
    ):
        assert run(*command).refused(2).startswith("a report is not written through a link")
    assert [each.name for each in (tmp_path / "deep").iterdir()] == ["er"]


@POSIX
def test_a_report_follows_a_link_of_the_users_own(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "public").symlink_to("web")
    publish.make_folder(tmp_path / "public" / "site")
    publish.write(tmp_path / "public" / "site" / "status.md", b"text")
    assert (tmp_path / "web" / "site" / "status.md").read_text() == "text"


@POSIX
def test_a_report_keeps_the_mode_of_the_one_before() -> None:
    path = Path("status.md")
    path.touch(0o640)
    path.chmod(0o640)
    publish.write(path, b"text")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


OURS = b'<!doctype html>\n<meta name="generator" content="pathtrack">'


@pytest.mark.usefixtures("here")
def test_a_homepage_of_somebody_else_is_not_replaced(run: Run) -> None:
    (site := Path("site")).mkdir()
    (page := site / "index.html").write_text("<h1>Our institute</h1>")
    refusal = "pathtrack did not make this page (site/index.html); give another folder, or move the page away"
    for command in (["site/"], ["--index", "site/", "recommendations.toml"]):
        assert run("export", *command).refused(3).replace("\\", "/") == refusal
    assert [*site.iterdir()] == [page]
    assert run("export", "site/", "--format", "csv").code == 0
    page.unlink()
    assert run("export", "site/").code == run("export", "site/").code == 0


def test_what_an_earlier_export_left_behind_is_named() -> None:
    for name in ("a/index.html", "gone/index.html", "a/r/D1.html", "a/r/D2.html", "a/feeds/sea.xml"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(OURS)
    Path("theirs").mkdir()
    for name in ("theirs/index.html", "a/r/own.html"):
        Path(name).write_text("mine")
    written = ["index.html", "a/index.html", "a/r/D1.html"]
    assert publish.left_behind(Path(), written) == ["a/feeds/sea.xml", "a/r/D2.html", "gone/"]
    assert publish.left_behind(Path("a"), ["index.html", "r/D1.html"]) == ["feeds/sea.xml", "r/D2.html"]
    assert publish.left_behind(Path("a"), ["status.md"]) == []


@pytest.mark.usefixtures("here")
def test_an_export_says_what_it_left_behind(run: Run) -> None:
    run("export", "site/")
    outcome = run("export", "site/", "--search", "no such word")
    _, left, nothing = outcome.err.splitlines()
    assert left.startswith("note: left from an earlier export, and not deleted: r/2049.html, r/E1.html, ")
    assert left.endswith(" and 1 more")
    assert nothing == "note: no recommendation matches"
