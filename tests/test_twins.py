"""Every code that `check` can give has a file that shows it, and a repaired twin that does not.

They are in data/broken: CODE.toml, CODE.repaired.toml and, where the past matters, CODE.before.toml.
"""

import re
import shutil
from functools import partial
from pathlib import Path

import httpx
import pytest

from conftest import DATA, Run
from pathtrack.record.status import DEFINITIONS
from pathtrack.web import links
from test_git import run_git

FOLDER = DATA / "broken"
OPTIONS = {
    "rewritten-past": ["--since", "HEAD"],
    "stale": ["--stale", "365"],
    "dead-link": ["--links"],
    "unclear-link": ["--links"],
}
"""What `check` gives these codes for; all others come without being asked for."""
ANSWERS = {"/old/nursing-school": 404, "/members/nursing-school": 403}
"""What example.org answers; all its other pages come."""


def documented() -> dict[str, str]:
    """Return each code with its severity, as docs/checks.md has them, `thin-STATUS` for each status."""
    text = (Path(__file__).parents[1] / "docs" / "checks.md").read_text(encoding="utf-8")
    codes: dict[str, str] = {}
    for part in text.split("\n## ")[1:]:
        severity = part.partition("\n")[0].lower().removesuffix("s")
        codes |= dict.fromkeys(re.findall(r"^\| `([\w-]+)`", part, re.MULTILINE), severity)
    severity = codes.pop("thin-STATUS")
    return codes | {f"thin-{status}": severity for status, row in DEFINITIONS.items() if row.wants}


CODES = documented()


@pytest.fixture(autouse=True)
def _site(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = httpx.MockTransport(lambda request: httpx.Response(ANSWERS.get(request.url.path, 200)))
    monkeypatch.setattr(httpx, "Client", partial(httpx.Client, transport=answers))
    monkeypatch.setattr(links, "public_host", str)


def found(name: str, code: str, run: Run) -> tuple[int, list[tuple[str, str]]]:
    """Return the exit code, and the severity and code of each finding; a file's past is committed first."""
    here = Path("recommendations.toml")
    if (before := FOLDER / f"{code}.before.toml").exists():
        shutil.copyfile(before, here)
        run_git("init", "--quiet")
        run_git("add", here.name)
        run_git(
            "-c", "user.name=Ana", "-c", "user.email=ana@example.org", "commit", "--quiet", "-m", "Before"
        )
    shutil.copyfile(FOLDER / name, here)
    outcome = run("check", *OPTIONS.get(code, []))
    assert outcome.err == ""
    *lines, _ = outcome.out.splitlines()
    findings = (re.fullmatch(r".*?: (error|warning): .* \[([\w-]+)\]", line) for line in lines)
    return outcome.code, [(each[1], each[2]) for each in findings if each]


@pytest.mark.parametrize("code", CODES)
def test_a_broken_file_gives_its_code_and_no_other(code: str, run: Run) -> None:
    severity = CODES[code]
    assert found(f"{code}.toml", code, run) == (severity == "error", [(severity, code)])


@pytest.mark.parametrize("code", CODES)
def test_its_repaired_twin_gives_none(code: str, run: Run) -> None:
    assert found(f"{code}.repaired.toml", code, run) == (0, [])


def test_every_file_belongs_to_a_code() -> None:
    twins = {f"{code}{end}.toml" for code in CODES for end in ("", ".repaired")}
    assert {each.name for each in FOLDER.iterdir()} == {*twins, "rewritten-past.before.toml"}
