"""A folder of several reports: a front page, and the folder of each below it."""

import re
import shutil
from pathlib import Path

import pytest

from conftest import DATA, Run
from folders import made
from pathtrack.export.front import folders, page
from pathtrack.record.together import Together
from samples import HOSTILE, TODAY, seen


@pytest.fixture
def shelf() -> list[Path]:
    shutil.copyfile(DATA / "tracker.toml", "harbor.toml")
    Path("River 2023").mkdir()
    shutil.copyfile(DATA / "parts.toml", "River 2023/recommendations.toml")
    return [Path("harbor.toml"), Path("River 2023")]


def files(folder: str) -> dict[str, bytes]:
    root = Path(folder)
    return {
        each.relative_to(root).as_posix(): each.read_bytes() for each in root.rglob("*") if each.is_file()
    }


def test_each_report_has_its_folder_below_the_page_that_leads_there(shelf: list[Path], run: Run) -> None:
    outcome = run("export", "--index", "site/", *shelf)
    assert (outcome.code, outcome.out) == (0, "")
    assert re.fullmatch(
        r"wrote index.html, llms.txt, .nojekyll, harbor/ .*, river-2023/ .* in site\n", outcome.err
    )
    written = files("site")
    front = written["index.html"].decode()
    assert re.findall(r'href="([^"#]*)"', front) == ["harbor/index.html", "river-2023/index.html"]
    for source, name in zip(
        ("harbor.toml", "River 2023/recommendations.toml"), ("harbor", "river-2023"), strict=True
    ):
        run("export", f"{name}-alone/", "--file", source)
        below = {path: data for path, data in written.items() if path.startswith(f"{name}/")}
        alone = {f"{name}/{path}": data for path, data in files(f"{name}-alone").items()}
        assert below.keys() == alone.keys()
        for path, data in alone.items():
            depth = path.count("/")
            link = f'<nav aria-label="Pages"><a href="{"../" * depth}index.html">All reports</a> '.encode()
            assert (link in below[path]) == path.endswith(".html")
            assert below[path].replace(link, b'<nav aria-label="Pages">') == data


def test_the_same_trackers_make_the_same_bytes_and_untouched_files_stay(shelf: list[Path], run: Run) -> None:
    run("export", "--index", "site/", *shelf)
    before, stamps = files("site"), {path: path.stat().st_mtime_ns for path in Path("site").rglob("*.*")}
    run("export", "--index", "site/", *shelf)
    assert files("site") == before
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps


def test_the_page_counts_each_report_and_all_together() -> None:
    found = Together(TODAY, {"a": seen(made()), "b": seen(made(title="Two", language="ko"))})
    text = page(found, ["a", "b"])
    rows = [re.findall(r">(\d+)</td>", row) for row in re.findall(r"<tr>.*?</tr>", text)][1:4]
    assert [sum(map(int, row[:-1])) for row in rows] == [int(row[-1]) for row in rows] == [3, 3, 6]
    assert "<h1>River Institute</h1>" in text
    assert '<a href="b/index.html" lang="ko">Two</a>' in text
    assert '<dt>assessed</dt><dd>4 <span class="of">of 6</span></dd>' in text
    assert not re.search(r"<script|<[^>]* (?:style|on\w+|src)=|https?:", text)


def test_hostile_titles_are_escaped() -> None:
    found = Together(
        TODAY, {"a": seen(made(title=f"<script>&{HOSTILE}", publisher='"<b>')), "b": seen(made())}
    )
    text = page(found, ["a", "b"])
    assert not re.search("<script|<b>", text)
    assert not {*text} & {*HOSTILE}
    assert "&lt;script&gt;&amp;" in text


def test_folders_are_named_as_every_system_takes_them() -> None:
    names = ["Health_2023", "health 2023", "보건", "con", "../up", "x" * 60, "index"]
    assert folders(names) == ["health-2023", "health-2023~2", "report", "con~", "up", "x" * 40, "index"]


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (["--index", "harbor.toml"], "--index needs a folder for its pages; give one before the trackers"),
        (["--index"], "--index needs a folder for its pages; "),
        (
            ["site/", "harbor.toml", "River 2023"],
            "several trackers are one report each; give a folder, and --index",
        ),
        (["--index", "site/", "harbor.toml", "--format", "csv"], "a front page leads to pages; "),
        (["--index", "site/", "harbor.toml", "--brief"], "a brief is one file; "),
        (["--index", "site/", "../nothing"], "there is no file or folder '../nothing'; give a tracker"),
        (["site/", "--rows", "updates"], "a folder has a table of each kind of rows; leave --rows out"),
        (["status.md", "--rows", "updates"], "only CSV takes --rows; give a path such as updates.csv"),
        (["--index", "site/", "nothing/"], "there is no file or folder 'nothing'; give a tracker's file"),
    ],
)
def test_what_makes_no_front_page_is_refused(
    words: list[str], refusal: str, shelf: list[Path], run: Run
) -> None:
    Path("recommendations.toml").write_bytes(shelf[0].read_bytes())
    assert run("export", *words).refused(2).startswith(refusal)
    assert not Path("site").exists()


def test_nothing_is_published_where_one_tracker_cannot_be_read(shelf: list[Path], run: Run) -> None:
    assert (
        run("export", "--index", "site/", *shelf, "none.toml")
        .refused(3)
        .startswith("no such file (none.toml)")
    )
    assert not Path("site").exists()
