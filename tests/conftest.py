"""Every test runs on a fixed day, in an empty folder, at home nowhere, without a network."""

import gc
import io
import itertools
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple, Protocol
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir
from typer.testing import CliRunner

from pathtrack.cli import app
from pathtrack.file.document import Document
from pathtrack.git import driver
from pathtrack.intake.reader import unpacking, workbook
from pathtrack.record.model import Tracker
from repositories import be_known, commit, repository
from samples import HOSTILE

DATA = Path(__file__).parent / "data"
CONNECT = socket.socket.connect
"""What connects, for a test with a site of its own."""
POSIX = pytest.mark.skipif(os.name != "posix", reason="of POSIX systems only")
KEPT_OUT = (
    "COLORTERM",
    "COLUMNS",
    "FORCE_COLOR",
    "LINES",
    "NO_COLOR",
    "PATHTRACK_DEBUG",
    "PATHTRACK_FILE",
    "PYTHONUNBUFFERED",
    "TTY_COMPATIBLE",
    "TTY_INTERACTIVE",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_STATE_HOME",
    "LOCALAPPDATA",
    *(each for name in ("all", "http", "https", "no") for each in (f"{name}_proxy", f"{name}_proxy".upper())),
    *("SSL_CERT_DIR", "SSL_CERT_FILE", "IA_ACCESS_KEY_ID", "IA_SECRET_ACCESS_KEY"),
)

set_hypothesis_home_dir(DATA.parents[1] / ".pytest_cache" / "hypothesis")
settings.register_profile(
    "pathtrack",
    deadline=None,
    max_examples=int(os.environ.get("EXAMPLES", "10")),  # `poe test` tries more
    suppress_health_check=[HealthCheck.too_slow],  # two busy cores are slow now and then
)
settings.load_profile("pathtrack")


def pytest_collection_finish() -> None:
    """What is collected stays to the end, so no search for garbage looks at it again."""
    gc.freeze()


def run_git(*arguments: str, folder: Path | None = None) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=20
    )
    return done.stdout


class Outcome(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str

    def refused(self, code: int) -> str:
        """Assert that it was refused in one line on stderr, and return that line's message."""
        assert self.code == code, self.err
        assert self.out == ""
        assert self.err.startswith("error: ")
        assert self.err.endswith("\n")
        message = self.err[len("error: ") : -1]
        assert not {"\n", *HOSTILE} & {*message}
        return message


class Run(Protocol):
    """Runs a command line in process."""

    def __call__(self, *args: str | Path, input: str | bytes | None = None) -> Outcome:  # noqa: A002 its usual name
        """Return the exit code, stdout and stderr."""


@pytest.fixture(scope="session", autouse=True)
def _nowhere() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in (*KEPT_OUT, *(each for each in os.environ if each.startswith("GIT_"))):
            patch.delenv(name, raising=False)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("PATHTRACK_TODAY", "2026-01-31")
        patch.setenv("PATHTRACK_AUTHOR", "Test Author")
        patch.setattr(socket.socket, "connect", _no_network)
        yield


@pytest.fixture(scope="session")
def new_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    base = tmp_path_factory.getbasetemp()
    assert not any((folder / "recommendations.toml").exists() for folder in (base, *base.parents))
    return (base / str(number) for number in itertools.count())


@pytest.fixture
def tmp_path(new_folders: Iterator[Path]) -> Path:
    """A new folder, in a tenth of the time that pytest takes for one."""
    folder = next(new_folders)
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True)
def _isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, work = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    monkeypatch.chdir(work)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))


def _no_network(_: socket.socket, address: object) -> None:
    raise AssertionError(f"a test wants to connect to {address}")


@pytest.fixture
def run() -> Run:
    runner = CliRunner()

    def call(*args: str | Path, input: str | bytes | None = None) -> Outcome:  # noqa: A002 its usual name
        result = runner.invoke(
            app, [*map(str, args)], prog_name="pathtrack", input=input, catch_exceptions=False
        )
        return Outcome(result.exit_code, result.stdout_bytes.decode(), result.stderr_bytes.decode())

    return call


@pytest.fixture
def tracker() -> Tracker:
    """The small tracker, parsed."""
    return Document.read((DATA / "tracker.toml").read_bytes(), name="tracker.toml").tracker


@pytest.fixture
def here() -> Path:
    """The small tracker as the recommendations.toml of the present folder."""
    return _copied("tracker.toml")


@pytest.fixture
def record() -> Path:
    """A frozen copy of the shipped tracker as the recommendations.toml of the present folder."""
    return _copied("record.toml")


@pytest.fixture
def parts() -> Path:
    """A tracker of actors, parts, answers and target dates that moved, as that of the present folder."""
    return _copied("parts.toml")


@pytest.fixture
def unpacked_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbooks are read in this process, for tests that are not about the other one and its limits."""

    def here(command: list[str], *, input: bytes, **_: object) -> subprocess.CompletedProcess[bytes]:  # noqa: A002 that of subprocess
        code, out, err = 0, io.StringIO(), io.StringIO()
        with (
            patch("sys.stdin", io.TextIOWrapper(io.BytesIO(input))),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            try:
                unpacking.main()
            except SystemExit:
                code = 1
        return subprocess.CompletedProcess(command, code, out.getvalue().encode(), err.getvalue().encode())

    monkeypatch.setattr(unpacking, "_limit", lambda: None)
    monkeypatch.setattr(workbook, "subprocess", SimpleNamespace(run=here, TimeoutExpired=TimeoutError))


@pytest.fixture
def plain() -> Path:
    """A repository with the small tracker, in the present folder."""
    be_known()
    return repository(Path.cwd())


@pytest.fixture
def team(plain: Path) -> Path:
    """That repository, with the merge driver."""
    driver.install(plain)
    commit(plain, "Install")
    return plain


def _copied(name: str) -> Path:
    path = Path.cwd() / "recommendations.toml"
    shutil.copyfile(DATA / name, path)
    return path
