"""Ids and texts that a spreadsheet program changes in our CSV, and that add nothing when they come back."""

import subprocess
from pathlib import Path

import pytest

from conftest import Run

TRACKER = """\
[report]
title = "T"
[[recommendation]]
id = "1.10"
area = "보건"
title = "Train more nurses"
due = "2027-03"
[[recommendation]]
id = "007"
area = "health"
title = "Pay clinics – évenings"
actors = ["Ministry A", "Ministry B"]
[[recommendation]]
id = "3-4"
area = "health"
title = "Close the old ward; open a new one, or \\"two\\""
[[update]]
date = 2026-01-05
by = "Kim Analyst"
recommendations = ["1.10"]
status = "in-progress"
confidence = "high"
note = "First line\\n- second = line"
[[update.evidence]]
title = "Minutes"
url = "https://example.org/a"
date = 2025-12-31
[[update]]
date = "2026-02"
by = "Kim Analyst"
recommendations = ["3-4", "007"]
status = "stalled"
due = 2027-12-31
note = "=1+1"
"""
SETTINGS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{}</value></prop></item></oor:items>
"""
UTF_8, WESTERN = "76", "1"
FORMATS = ["xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"]


def saved(name: str, *, form: str, read_as: str, locale: str) -> Path:
    """Return a file as the spreadsheet program opens and saves it."""
    profile, out = Path("profile").absolute(), Path("out")
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS.format(locale), encoding="utf-8")
    command = [
        *(
            "soffice",
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            f"--infilter=CSV:44,34,{read_as}",
        ),
        *("--convert-to", form, "--outdir", str(out), name),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return out / f"{Path(name).stem}.{form.partition(':')[0]}"


@pytest.mark.parametrize("form", FORMATS, ids=["xlsx", "csv"])
@pytest.mark.parametrize(("locale", "read_as"), [("ko-KR", UTF_8), ("en-US", UTF_8), ("en-US", WESTERN)])
def test_a_table_that_a_spreadsheet_saved_adds_nothing(
    locale: str, read_as: str, form: str, run: Run
) -> None:
    tracker = Path("t.toml")
    tracker.write_text(TRACKER, encoding="utf-8", newline="\n")
    assert run("export", "t.csv", "--file", tracker).code == 0
    outcome = run("import", saved("t.csv", form=form, read_as=read_as, locale=locale), "--file", tracker)
    assert tracker.read_text(encoding="utf-8") == TRACKER
    assert outcome.out.startswith("imported 0 recommendations and 0 updates from 3 rows")
    assert outcome.err.count("a spreadsheet may have changed the id") >= 1
