"""The words of other bodies: the crosswalk, and where reports and commands use it."""

import csv
import io
from html.parser import HTMLParser
from pathlib import Path

import pytest

from conftest import Run
from pathtrack import export, sheet
from pathtrack.cli import typed
from pathtrack.errors import UsageError
from pathtrack.export import Format
from pathtrack.export.csv import GAO_COLUMNS
from pathtrack.record import crosswalk
from pathtrack.record.crosswalk import Scheme
from pathtrack.record.model import Tracker
from pathtrack.record.status import Status
from pathtrack.record.view import view as view_of
from samples import TODAY, recommendation, tracked, update
from statements import for_each

# ---- the crosswalk ----


@for_each(
    "word, scheme, status",
    [
        ("Open", "gao", "not-assessed"),
        ("Open–Partially Addressed", "gao", "partial"),
        ("Closed–Implemented", "gao", "implemented"),
        ("Closed–Not Implemented", "gao", "not-implemented"),
        ("Limited Progress", "csc", "not-started"),
        ("On Track", "csc", "in-progress"),
        ("Nearing Implementation", "csc", "partial"),
        ("Implemented", "csc", "implemented"),
        ("Significant Barriers", "csc", "stalled"),
        ("Not Started", "ogp", "not-started"),
        ("Limited", "ogp", "in-progress"),
        ("Substantial", "ogp", "partial"),
        ("Complete", "ogp", "implemented"),
    ],
)
def test_a_word_that_may_be_several_of_ours_is_the_weakest_claim(word: str, scheme: str, status: str) -> None:
    assert crosswalk.known(Scheme(scheme))[word] == status


@pytest.mark.parametrize("scheme", Scheme)
def test_every_word_comes_from_the_statuses_it_stands_for(scheme: Scheme) -> None:
    for word, statuses in crosswalk.ours(scheme).items():
        assert {crosswalk.theirs(status, scheme) for status in statuses} == {word}
    wordless = {status for status in Status if not crosswalk.theirs(status, scheme)}
    assert {*wordless, *(each for group in crosswalk.ours(scheme).values() for each in group)} == {*Status}


@pytest.mark.parametrize("scheme", [None, *Scheme])
def test_our_own_words_are_known_in_every_scheme(scheme: Scheme | None) -> None:
    known = crosswalk.known(scheme)
    assert all(known[status] is status for status in Status)


def test_what_a_scheme_loses_is_said() -> None:
    assert crosswalk.losses(Scheme.GAO) == [
        "GAO's words are shown beside ours. Which word fits is our judgement, not GAO's.",
        "GAO's word Open stands for not-assessed, not-started, in-progress, stalled and reversed alike.",
    ]
    assert crosswalk.losses(Scheme.CSC)[-1] == "CSC 2.0 has no word for not-assessed."
    assert "OGP's word Limited stands for in-progress, stalled and reversed alike." in crosswalk.losses(
        Scheme.OGP
    )


@pytest.mark.parametrize(("word", "scheme"), [("gao", "gao"), ("CSC", "csc"), ("Ogp", "ogp")])
def test_a_scheme_is_named_in_any_case(word: str, scheme: str) -> None:
    assert typed.scheme(word) == scheme


def test_another_scheme_is_refused() -> None:
    with pytest.raises(UsageError, match="'goa' is not a scheme; did you mean gao"):
        typed.scheme("goa")


# ---- exports ----


class Words(HTMLParser):
    """The text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def text(tracker: Tracker, chosen: Format, scheme: Scheme | None) -> str:
    shown = export.render(view_of(tracker, on=TODAY), chosen, scheme=scheme)
    return " ".join("".join(Words(shown).found).split()) if chosen is Format.HTML else shown


@pytest.mark.parametrize("chosen", [Format.MARKDOWN, Format.HTML])
@pytest.mark.parametrize("scheme", Scheme)
def test_their_words_stand_beside_ours_and_the_losses_in_the_method(
    chosen: Format, scheme: Scheme, tracker: Tracker
) -> None:
    shown = text(tracker, chosen, scheme).replace("**", "")
    for status in Status:
        assert f"{status} ({scheme.body}: {crosswalk.theirs(status, scheme) or 'no word'})" in shown
    method = shown[shown.index("Old updates stay") :]
    for sentence in crosswalk.losses(scheme):
        assert sentence in method
    standing = f"reversed ({scheme.body}: {crosswalk.theirs(Status.REVERSED, scheme)}) since 20 Nov 2025"
    assert standing in shown


@pytest.mark.parametrize("chosen", [Format.MARKDOWN, Format.HTML])
def test_without_a_scheme_a_report_has_no_word_of_others(chosen: Format, tracker: Tracker) -> None:
    shown = text(tracker, chosen, None)
    for foreign in ("GAO", "CSC", "OGP", "Limited Progress", "no word"):
        assert foreign not in shown


@pytest.mark.parametrize("scheme", Scheme)
def test_json_keeps_our_words(scheme: Scheme, tracker: Tracker) -> None:
    assert text(tracker, Format.JSON, scheme) == text(tracker, Format.JSON, None)


def statuses(tracker: Tracker, scheme: Scheme) -> list[str]:
    column = "Status" if scheme is Scheme.GAO else scheme
    return [row[column] for row in csv.DictReader(io.StringIO(text(tracker, Format.CSV, scheme)))]


@pytest.mark.parametrize("scheme", Scheme)
def test_a_csv_export_has_their_words_in_its_column(scheme: Scheme, tracker: Tracker) -> None:
    view = view_of(tracker, on=TODAY)
    assert statuses(tracker, scheme) == [crosswalk.theirs(each.status, scheme) for each in view.standings]


def test_a_csv_export_has_our_columns_once_and_gaos_only_by_name(tracker: Tracker) -> None:
    columns = {each: text(tracker, Format.CSV, each).splitlines()[0].split(",") for each in (None, *Scheme)}
    assert columns[None] == [*sheet.RECOMMENDATION]
    assert len({*columns[None]}) == len(columns[None])
    assert columns[Scheme.GAO] == [*GAO_COLUMNS]
    assert columns[Scheme.CSC] == [*columns[None], "csc"]
    assert columns[Scheme.OGP] == [*columns[None], "ogp"]


OWN = {"Stato": "Closed - not implemented", "taken for not-implemented": "Closed - not implemented"}
OTHER = {"Stato": "On hold", "taken for stalled": "On hold"}


@for_each(
    "source, judged, printed",
    [
        (OWN, ["not-implemented"], "Closed - not implemented"),
        (OWN, ["not-implemented", None], "Closed - not implemented"),
        (OWN, ["not-implemented", "implemented"], "Closed–Implemented"),
        (OWN, ["not-implemented", "implemented", "not-implemented"], "Closed - not implemented"),
        (OWN, [], "Open"),
        (OTHER, ["stalled"], "Open"),
        ({"taken for not-assessed": "Unconfirmed"}, [], "Open"),
        ({"taken for not-assessed": "OPEN"}, [], "OPEN"),
        ({"taken for not-assessed": "OPEN"}, ["partial"], "Open–Partially Addressed"),
    ],
)
def test_the_bodys_own_spelling_is_printed_while_the_status_is_what_it_was_taken_for(
    source: dict[str, str], judged: list[str | None], printed: str
) -> None:
    about = [update(status=each, note="A note.") for each in judged]
    made = tracked(recommendation(source=source), *about)
    assert statuses(made, Scheme.GAO) == [printed]


@pytest.mark.parametrize(
    ("imported", "note", "printed"),
    [
        (
            "R&amp;D agreed.\nSo did others. ",
            "R&D agreed.\nSo did others.",
            "R&amp;D agreed.\nSo did others. ",
        ),
        ("Agreed.", "Agreed, and begun.", "Agreed, and begun."),
        ("Agreed.", None, "Agreed."),
    ],
)
def test_imported_comments_are_printed_as_they_were_while_they_are_the_newest(
    imported: str, note: str | None, printed: str
) -> None:
    about = [update(note=note)] if note else []
    made = tracked(recommendation(source={"Comments": imported}), *about)
    (row,) = csv.DictReader(io.StringIO(text(made, Format.CSV, Scheme.GAO), newline=""))
    assert row["Comments"] == printed


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("path", "words"), [("a.md", "(OGP: Limited)"), ("a.html", "(OGP: Limited)"), ("a.csv", ",Limited\n")]
)
def test_the_command_takes_a_scheme(path: str, words: str, run: Run) -> None:
    assert run("export", path, "--scheme", "OGP").code == 0
    assert words in Path(path).read_text(encoding="utf-8")


@pytest.mark.usefixtures("here")
def test_a_folder_takes_a_scheme(run: Run) -> None:
    assert run("export", "site", "--scheme", "csc").code == 0
    assert "CSC 2.0: Limited Progress" in Path("site/status.md").read_text(encoding="utf-8")
    assert "Significant Barriers" in Path("site/recommendations.csv").read_text(encoding="utf-8")
    assert "CSC" not in Path("site/tracker.json").read_text(encoding="utf-8")


@pytest.mark.usefixtures("here")
def test_another_scheme_is_a_wrong_usage(run: Run) -> None:
    assert run("export", "--scheme", "opg").refused(2) == "'opg' is not a scheme; did you mean ogp?"
