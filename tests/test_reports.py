"""The commands that follow the record over time and publish it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import DATA, Run
from pathtrack.cli.typed import today
from pathtrack.export import TEXTS, Format
from pathtrack.record.model import Tracker
from samples import SMALL

pytestmark = pytest.mark.usefixtures("here")

SITE = {
    *("index.html", "timeline.html", "status.md", "tracker.json", "recommendations.csv", "updates.csv"),
    *("feed.xml", "calendar.ics", "sources.json", "sources.ris", ".nojekyll", "llms.txt", "tracker.xlsx"),
}


def inside(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by their names in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_timeline_is_in_the_order_of_the_days(run: Run) -> None:
    code, out, err = run("timeline", "--json")
    dates = [each["date"] for each in json.loads(out)["updates"]]
    assert (code, err) == (0, "")
    assert dates == sorted(dates)
    assert len(dates) == 12
    assert "2026-06-30" not in dates


def test_the_timeline_takes_both_ends_and_an_area(run: Run) -> None:
    out = run("timeline", "--since", "2024-06-15", "--until", "2025-02-01", "--area", "Water").out
    assert [line.split("\t")[:3] for line in out.splitlines()] == [
        ["2024-06-15", "W1 E1", "in-progress"],
        ["2024-06-15", "w1", "in-progress"],
        ["2024-09-30", "w-2.b", "implemented"],
        ["2025-02-01", "W1", "partial"],
    ]
    alone = run("timeline", "--area", "open data").out
    assert all("Open.Data-7" in line for line in alone.splitlines())
    assert alone


def test_a_drawn_timeline_has_a_ribbon_above_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    drawn = run("timeline", "--area", "water", "--color", "always").out
    for expected in ("2025", "░ not-started", "▒ in-progress", "▓ partial", "▞ reversed", "| evidence"):
        assert expected in drawn
    assert "A storm filled the channel up again!" in drawn
    assert run("timeline", "--since", "2026-01-01", "--color", "always").code == 0


def test_the_suffix_chooses_the_format(run: Run) -> None:
    for name, beginning in {
        "a.md": "# A Harbor",
        "a.html": "<!doctype html>",
        "a.JSON": '{\n  "schema": "pathtrack.export/1"',
        "a.csv": "id,part_of,",
    }.items():
        assert run("export", name) == (0, "", f"wrote {name}\n")
        assert Path(name).read_text(encoding="utf-8").startswith(beginning)


def test_stdout_gets_what_a_file_would(run: Run) -> None:
    for format_ in TEXTS:
        run("export", "report.x", "--format", format_)
        assert run("export", "--format", format_).out.encode() == Path("report.x").read_bytes()


@pytest.mark.usefixtures("here")
def test_a_dash_is_stdout(run: Run) -> None:
    assert run("export", "-") == run("export")
    assert not Path("-").exists()


def test_a_folder_gets_every_format(run: Run) -> None:
    code, out, err = run("export", "site/")
    assert (code, out) == (0, "")
    assert err.startswith("wrote index.html, ")
    pages = {f"r/{name}.html" for name in ("E1", "E_10", "W1", "w-2.b", "2049", "Open.Data-7")}
    assert inside(Path("site")).keys() == SITE | pages
    run("export", "some", "--format", "json, CSV")
    assert {path.name for path in Path("some").iterdir()} == {
        "tracker.json",
        "recommendations.csv",
        "updates.csv",
    }


def test_csv_can_have_a_row_for_each_update_and_a_mark_for_excel(run: Run) -> None:
    assert run("export", "--format", "csv", "--rows", "updates", "--bom").out.startswith(
        "\ufeffid,date,recorded,by,"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["x.odt"], "'x.odt'"),
        (["--format", "html,json"], "several formats need a folder"),
        (["x.md", "--format", "htlm"], "did you mean html"),
        (["x.csv", "--rows", "update"], "did you mean updates"),
        (["recommendations.toml", "--format", "json"], "never replaces a tracker"),
    ],
)
def test_what_cannot_be_written_is_refused(run: Run, here: Path, arguments: list[str], message: str) -> None:
    before = here.read_bytes()
    code, out, err = run("export", *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1
    assert here.read_bytes() == before


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("command", ["timeline", "changes", "export"])
def test_a_period_does_not_end_before_it_begins(command: str, run: Run) -> None:
    refused = run(command, "--since", "2025-03-02", "--until", "2025-03-01").refused(2)
    assert refused == "2 Mar 2025 is after 1 Mar 2025, --until; begin with an earlier date"
    assert run(command, "--since", "2025-03", "--until", "2025-03").code == 0
    if command != "timeline":
        refused = run(command, "--recorded-since", "2025-03-02", "--as-of", "2025-03-01").refused(2)
        assert refused.startswith("2 Mar 2025 is after 1 Mar 2025, the day of the report; ")


def test_since_puts_the_changes_first(run: Run) -> None:
    markdown = run("export", "--since", "2025-06-30").out
    assert (
        markdown.index("## Reversed")
        < markdown.index("## Changed from 30 Jun 2025")
        < markdown.index("## Standing")
    )
    assert (
        "- **E1** Bring shore power to every berth: in-progress to stalled (1 update, 0 new sources)"
        in markdown
    )
    assert "Nothing was recorded." in run("export", "--since", "today").out
    page = run("export", "--format", "html", "--since", "2025-06-30").out
    assert (
        page.index("Reversed</h2>") < page.index("Changed from 30 Jun 2025") < page.index("Standing by area")
    )


def test_the_same_record_and_day_give_the_same_bytes_anywhere(tmp_path: Path, run: Run) -> None:
    (parts := tmp_path / "parts.toml").write_bytes((DATA / "parts.toml").read_bytes())
    command = ["export", "site", "--as-of", "2026-05-01", "--since", "2026-01-01", "--file", str(parts)]
    assert run(*command).code == 0
    (elsewhere := tmp_path / "another place").mkdir()
    environment = {**os.environ, "TZ": "America/Los_Angeles", "PYTHONHASHSEED": "13"}
    subprocess.run([sys.executable, "-m", "pathtrack", *command], cwd=elsewhere, env=environment, check=True)
    assert inside(Path("site")).keys() > SITE
    assert inside(Path("site")) == inside(elsewhere / "site")


def test_json_exports_have_a_schema_that_they_meet(run: Run, tracker: Tracker) -> None:
    schema = json.loads(run("schema", "--export").out)
    document = json.loads(run("export", "--format", "json").out)
    assert set(schema["properties"]) == set(schema["required"]) == set(document)
    fields = schema["$defs"]["RecommendationState"]
    assert all(set(each) == set(fields["required"]) for each in document["recommendations"])
    assert document["schema"] == schema["properties"]["schema"]["const"] == "pathtrack.export/1"
    assert len(document["updates"]) == sum(each.date <= today() for each in tracker.updates)


def test_the_file_has_a_schema_too(run: Run) -> None:
    schema = json.loads(run("schema").out)
    assert set(schema["properties"]) == {"report", "recommendation", "update"}


def test_a_tracker_without_updates_can_be_published(run: Run) -> None:
    new = ("--file", "new.toml")
    run("init", "--blank", "--title", "New", *new)
    assert run("export", "site", *new).code == 0
    for format_ in TEXTS:
        assert run("export", "--format", format_, "--since", "yesterday", *new).code == 0
    assert run("timeline", "--color", "always", *new).code == 0


def test_a_folder_of_reports_never_replaces_the_tracker(here: Path, run: Run) -> None:
    Path("site").mkdir()
    tracker = here.rename("site/status.md")
    assert run("export", "site", "--file", tracker).refused(2).startswith("a report never replaces a tracker")
    assert tracker.read_bytes() == SMALL
    assert [each.name for each in Path("site").iterdir()] == ["status.md"]


@pytest.mark.usefixtures("here")
def test_places_searched_stand_in_the_report(run: Run) -> None:
    run("update", "2049", "--status", "not-started", "--note", "Nothing.", "--searched", "a.example")
    assert "Nothing. Searched: a.example." in run("export").out


@pytest.mark.usefixtures("here")
def test_an_end_without_a_beginning_is_refused(run: Run) -> None:
    outcome = run("export", "--until", "2025-01-01")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--until ends what --since begins; give --since too" in outcome.err


def test_an_update_about_an_unknown_id_is_on_the_timeline(here: Path, run: Run) -> None:
    here.write_bytes(SMALL.replace(b'recommendations = ["E_10"]', b'recommendations = ["E_11"]'))
    assert "E_11" in run("timeline").out


def test_a_filtered_report_says_so_in_every_format(run: Run) -> None:
    chosen = ["--area", "water", "--area", "energy", "--status", "stalled", "--status", "partial"]
    said = "2 of 6 recommendations: water or energy, stalled or partial"
    for format_ in (Format.MARKDOWN, Format.HTML, Format.JSON):
        out = run("export", "--format", format_, *chosen).out
        assert said in out
        assert "Dredge" not in out
        assert "Bring shore power" in out
    assert said in run("list", *chosen, "--color", "always").out
    rows = run("export", "--format", "csv", *chosen).out
    assert "Bring shore power" in rows
    assert "Dredge" not in rows
    updates = run("export", "--format", "csv", "--rows", "updates", *chosen).out
    assert "W1; E1" in updates
    assert "Open.Data-7,,not-started" not in updates
    assert "w-2.b; E_10" in updates


def test_a_filtered_report_numbers_its_own_sources(run: Run) -> None:
    whole, part = run("export").out, run("export", "--area", "energy").out
    assert re.findall(r"^\[\^(\d+)]:", part, re.MULTILINE) == [
        str(each + 1) for each in range(part.count("\n[^"))
    ]
    assert part.count("\n[^") < whole.count("\n[^")
    assert "scope" in run("export", "--format", "json").out
    assert json.loads(run("export", "--format", "json").out)["scope"] is None


def test_parts_can_be_chosen_by_themselves(run: Run, tmp_path: Path) -> None:
    path = str(shutil.copy(DATA / "parts.toml", tmp_path))
    for arguments in ([], ["--parts"]):
        text = run("export", "--file", path, *arguments).out
        assert [line for line in text.splitlines() if line.startswith("###")] == [
            "### F1: Warn both banks of every flood",
            "#### F1.a: Set up gauges at the ten bridges",
            "#### F1.b: Agree on one scale of alarm",
            "#### F1.c: Send alarms to every telephone",
            "### F2: Keep the flood plain free of houses",
            "### F3: Insure every house below the dam",
            "### W1: Clean the water of the two largest towns",
            "#### W1.1: Build a plant in the upper town",
            "#### W1.2: Build a plant in the lower town",
            "### W2: 강물의 수질을 매일 공개한다 (publish the quality of the water every day)",
            "### O1: Put all gauges on one map",
            "### O2: Let schools adopt a gauge",
        ]
    part = run("export", "--file", path, "--parts", "--tag", "alarm", "--actor", "coast").out
    assert "### F1: Warn" in part
    assert "#### F1.c" in part
    assert run("export", "--file", path, "--format", "html", "--parts").out.count('id="F1.a"') == 1
    alone = run("export", "--file", path, "--parts", "--search", "every telephone").out
    assert "### F1.c" in alone
    assert "0 of 7 recommendations: mentioning “every telephone”" in alone
    assert "Not counted here: 1 part" in alone


def test_an_area_can_be_called_like_a_sum(run: Run, tmp_path: Path) -> None:
    for name, label in (("all", "**all areas**"), ("total", "**all**")):
        path = tmp_path / f"{name}.toml"
        text = f'[report]\ntitle = "T"\n[[recommendation]]\nid = "A"\narea = "{name}"\ntitle = "a"\n'
        path.write_text(text, encoding="utf-8")
        assert f"| {label} | 1 |" in run("export", "--file", str(path)).out
    names = [line.split("\t")[0] for line in run("progress", "--file", str(path)).out.splitlines()]
    assert names == ["total", "total areas"]


def test_the_timeline_can_be_that_of_some_recommendations(run: Run, tmp_path: Path) -> None:
    path = str(shutil.copy(DATA / "parts.toml", tmp_path))
    rows = [line.split("\t")[1].split() for line in run("timeline", "f1", "--file", path).out.splitlines()]
    assert rows
    assert all(any(each.lower().startswith("f1") for each in row) for row in rows)
    assert any("F1.a" in row for row in rows)
    alone = run("timeline", "F1.b", "W1", "--file", path).out
    assert [line.split("\t")[0] for line in alone.splitlines()] == [
        "2024-09-10",
        "2025-04-01",
        "2025-05-05",
        "2025-06-20",
    ]
    assert run("timeline", "X9", "--file", path).code == 4


def test_changes_can_be_pasted_as_text_or_as_markdown(run: Run) -> None:
    since = ["changes", "--since", "2025-06-30"]
    text = run(*since).out
    assert run(*since, "--format", "text", "--color", "always").out == text
    markdown = run(*since, "--format", "md").out
    assert (
        "- **E1** Bring shore power to every berth: in-progress to stalled (1 update, 0 new sources)"
        in markdown
    )
    assert (
        "    - 1 Jul 2025 *(stalled, Ana Lee)*: The grid company says that it waits for the port." in markdown
    )
    assert "        - Source: " in markdown
    code, _, err = run(*since, "--format", "md", "--json")
    assert (code, err) == (2, "error: --json and --format cannot be combined; give one of them\n")
    assert "did you mean md" in run(*since, "--format", "mdx").err
