"""Our own tables and forms, opened and saved by LibreOffice under the settings of two countries."""

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from conftest import DATA, Run
from pathtrack import load

CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
READING = "--infilter=Text - txt - csv (StarCalc):44,34,76,1"
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>%s</value></prop></item></oor:items>
"""


@pytest.fixture(scope="module", params=["ko-KR", "de-DE"])
def profile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the settings of a country for LibreOffice."""
    folder = tmp_path_factory.mktemp("office") / "user"
    folder.mkdir()
    settings = folder / "registrymodifications.xcu"
    settings.write_text(_SETTINGS % request.param, encoding="utf-8")
    return folder.parent


def saved(profile: Path, path: Path, form: str) -> Path:
    """Return the file that LibreOffice saves in another form."""
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += [READING] if path.suffix == ".csv" else []
    command += ["--convert-to", CSV if form == "csv" else form, "--outdir", "saved", str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return Path("saved") / f"{path.stem}.{form}"


@pytest.fixture
def tracker(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(DATA / str(request.param), tmp_path / "recommendations.toml"))


@pytest.mark.parametrize(
    ("name", "tracker"),
    [("tracker.xlsx", "record.toml"), ("tracker.csv", "parts.toml")],
    indirect=["tracker"],
)
def test_our_tables_come_back_and_add_nothing(name: str, profile: Path, tracker: Path, run: Run) -> None:
    before = tracker.read_bytes()
    assert run("export", name).code == 0
    for form in ("xlsx", "ods", "csv"):
        outcome = run("import", saved(profile, Path(name), form), "--strict")
        assert outcome.out.startswith("imported 0 recommendations and 0 updates from "), (form, outcome.err)
        assert " 0 imported, " in outcome.out
    assert tracker.read_bytes() == before


@pytest.mark.parametrize("tracker", ["parts.toml"], indirect=True)
@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
def test_a_filled_form_comes_back_the_same(form: str, profile: Path, tracker: Path, run: Run) -> None:
    assert run("ask", "Ministry of Rivers").code == 0
    book = openpyxl.load_workbook("ask.xlsx")
    book["Form"]["G6"], book["Form"]["H6"] = "Accepted in part", "게이지를 주문했다.\nMore next year."
    book.save("ask.xlsx")
    outcome = run("import", saved(profile, Path("ask.xlsx"), form))
    assert outcome.out.startswith("recorded 1 answer in "), outcome.err
    assert "changed" not in outcome.err
    made = load(tracker).updates[-1]
    assert (made.response, made.note) == ("accepted-in-part", "게이지를 주문했다.\nMore next year.")
