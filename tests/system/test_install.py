"""What a release holds, and that it works where it is installed: at home nowhere, and without git."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from email import message_from_string
from pathlib import Path
from tarfile import TarFile
from tempfile import TemporaryDirectory, mkdtemp
from typing import NamedTuple
from zipfile import ZipFile

import pytest
from disasters import MissingToolError, as_nobody, tool

ROOT = Path(__file__).parents[2]
SITE = {
    *("index.html", "timeline.html", "r", ".nojekyll", "status.md", "tracker.json", "tracker.xlsx"),
    *("recommendations.csv", "updates.csv", "feed.xml", "calendar.ics", "sources.json", "sources.ris"),
    "llms.txt",
}
NOTE = "한국 – a note"
CLOSED = ["/bin/sh", "-c", 'exec "$0" "$@" <&-']

pytestmark = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="a release is made of a clone")


class Release(NamedTuple):
    """A source distribution and a wheel, and what is needed to build more."""

    sdist: Path
    wheel: Path
    builder: dict[str, str]


def must(*command: str | Path, folder: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


def built(clone: Path, builder: dict[str, str], mask: int) -> Release:
    old = os.umask(mask)
    try:
        must("git", "clone", "-q", ROOT, clone, folder=ROOT)
        must(sys.executable, "-m", "hatchling", "build", folder=clone, env=builder)
    finally:
        os.umask(old)
    (sdist,), (wheel,) = clone.glob("dist/*.tar.gz"), clone.glob("dist/*.whl")
    return Release(sdist, wheel, builder)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that everybody may enter, with a name that wants quotes."""
    with TemporaryDirectory(prefix="pathtrack 설치 's ") as path:
        Path(path).chmod(0o755)
        yield Path(path)


@pytest.fixture(scope="module")
def release(folder: Path) -> Release:
    """A release built of a clone, by what pyproject.toml asks for."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    must(sys.executable, "-m", "pip", "install", "-q", "--target", folder / "tools", *asked, folder=folder)
    builder = os.environ | {"PYTHONPATH": str(folder / "tools"), "SOURCE_DATE_EPOCH": "1700000000"}
    return built(folder / "one", builder, 0o022)


def python_for_everybody() -> str:
    """Return a Python that others may run too: the one at work may lie in a home that nobody else enters."""
    recent = ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    for python in (sys.executable, tool("/usr/bin/python3")):
        tried = subprocess.run([*as_nobody(), *CLOSED, python, *recent], capture_output=True, check=False)
        if tried.returncode == 0:
            return python
    raise MissingToolError("every Python 3.11 here lies where only its owner may run it")


@pytest.fixture(scope="module")
def program(release: Release, folder: Path) -> Path:
    """The wheel, installed by pip."""
    venv = folder / "venv"
    must(python_for_everybody(), "-m", "venv", "--without-pip", venv, folder=folder)
    must(sys.executable, "-m", "pip", "--python", venv, "install", "-q", release.wheel, folder=folder)
    return venv / "bin" / "pathtrack"


def test_a_release_is_the_same_whoever_builds_it(release: Release, folder: Path) -> None:
    other = built(folder / "two", release.builder | {"TZ": "Asia/Seoul", "LC_ALL": "C"}, 0o077)
    assert other.sdist.read_bytes() == release.sdist.read_bytes()
    assert other.wheel.read_bytes() == release.wheel.read_bytes()


def test_the_sdist_holds_what_git_does_and_makes_the_same_wheel(release: Release, folder: Path) -> None:
    tracked = must("git", "ls-files", "-z", folder=folder / "one").rstrip("\0").split("\0")
    with TarFile.open(release.sdist) as archive:
        archive.extractall(folder / "source", filter="data")
    (top,) = (folder / "source").iterdir()
    held = {each.relative_to(top).as_posix() for each in top.rglob("*") if each.is_file()}
    assert held == {each for each in tracked if not each.startswith(".ci/")} | {"PKG-INFO"}
    must(sys.executable, "-m", "hatchling", "build", "-t", "wheel", folder=top, env=release.builder)
    (wheel,) = top.glob("dist/*.whl")
    assert wheel.read_bytes() == release.wheel.read_bytes()


def test_the_wheel_holds_the_package_the_record_and_nothing_else(release: Release, folder: Path) -> None:
    with ZipFile(release.wheel) as archive:
        names = {each for each in archive.namelist() if ".dist-info/" not in each}
        (about,) = (archive.read(each) for each in archive.namelist() if each.endswith("/METADATA"))
    source = folder / "one" / "src"
    package = {each.relative_to(source).as_posix() for each in source.rglob("*") if each.is_file()}
    assert "pathtrack/py.typed" in names
    assert names == package | {"pathtrack/recommendations.toml"}
    version = message_from_string(about.decode())["Version"]
    assert f"\n## {version}, " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "given",
    [
        {"LANG": "C"},
        {"HOME": "/nowhere/at/all", "LC_ALL": "POSIX", "TERM": "dumb"},
        {"HOME": "read-only", "LANG": "C.UTF-8", "TZ": ":/no/such"},
    ],
    ids=["no home", "a home that is not there", "a read-only home"],
)
def test_somebody_else_does_the_main_job_in_an_empty_folder(
    program: Path, folder: Path, given: dict[str, str]
) -> None:
    """Here site-packages is not theirs, there is no git, and the standard input is closed."""
    home, work = folder / "read-only", Path(mkdtemp(dir=folder))
    home.mkdir(mode=0o555, exist_ok=True)
    work.chmod(0o777)
    env = {"PATH": str(home), **given} | ({"HOME": str(home)} if given.get("HOME") == home.name else {})

    def run(*arguments: str) -> list[str]:
        return must(*as_nobody(), *CLOSED, program, *arguments, folder=work, env=env).splitlines()

    assert "D2" in [line.split("\t")[0] for line in run("list", "--area", "defense")]
    assert list(work.iterdir()) == []
    assert run("init")[0].startswith("created recommendations.toml with ")
    source = ["--evidence", "https://example.org/course", "--kind", "news"]
    assert run("update", "D2", "--status", "in-progress", "--note", NOTE, *source)[0].startswith("D2 ")
    run("export", "site/")
    assert {each.name for each in (work / "site").iterdir()} == SITE
    assert NOTE in (work / "site" / "status.md").read_text(encoding="utf-8")
    assert run("check") == ["0 errors, 0 warnings"]
    assert list(home.iterdir()) == []
