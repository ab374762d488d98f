from pathlib import Path

import pytest

from conftest import Run
from pathtrack.cli import pasted
from pathtrack.errors import UsageError
from statements import for_each

PLAIN = "https://a.example/b"


@for_each(
    "given",
    [
        PLAIN,
        f" {PLAIN} ",
        f"<{PLAIN}>",
        f"<URL: {PLAIN}>",
        f"({PLAIN}).",
        f'"{PLAIN}"',
        f"\u201c{PLAIN}\u201d,",
        f"{PLAIN}.",
        f"{PLAIN},",
        f"{PLAIN} (accessed 12 May 2026)",
        f"{PLAIN} [last visited yesterday]",
        f"{PLAIN}, accessed 12 May 2026",
        f"{PLAIN}. Retrieved on 3 May.",
    ],
)
def test_an_address_is_read_as_people_paste_it(given: str) -> None:
    assert pasted.address(given) == PLAIN


@for_each(
    "given",
    [
        "https://a.example/x_(y)",
        "https://a.example/report.pdf",
        "https://a.example/b c",
        "gov.uk",
        "H.R.815/2",
        "Minutes of the board, volume 12",
        "A letter of 3 May.",
        "TTP: a title",
        "http: a title",
        "Act/Law",
        "Report (2019)",
        "x" * 5000,
        "a\0b",
    ],
)
def test_other_addresses_and_titles_stay_as_they_are(given: str) -> None:
    assert pasted.address(given) == given


@pytest.mark.parametrize(
    "given",
    [
        f"see ({PLAIN}).",
        f"Report: {PLAIN}.",
        f'=HYPERLINK("{PLAIN}","Report")',
        f'<a href="{PLAIN}">Report</a>',
        f"[Report]({PLAIN})",
    ],
)
def test_an_address_among_words_is_no_title(given: str) -> None:
    with pytest.raises(UsageError, match="is an address among words") as caught:
        pasted.address(given)
    assert caught.value.todo == f"give --evidence {PLAIN}, and the words as --title"


@for_each(
    "given, meant",
    [
        ("htps://a.example/b", PLAIN),
        ("htttp://a.example/b", PLAIN),
        ("hhttps://a.example/b", PLAIN),
        ("ttps://a.example/b", PLAIN),
        ("https:/a.example/b", PLAIN),
        ("https//a.example/b", PLAIN),
        ("https;//a.example/b", PLAIN),
        (r"https:\\a.example\b", PLAIN),
        ("https://https://a.example/b", PLAIN),
        ("http://https//a.example/b", PLAIN),
        ("www.gov.uk", "https://www.gov.uk"),
        ("www.gov.uk/x (accessed 3 May)", "https://www.gov.uk/x"),
        ("gov.uk/x", "https://gov.uk/x"),
        ("doi:10.1000/182", "https://doi.org/10.1000/182"),
        ("10.1000/182", "https://doi.org/10.1000/182"),
    ],
)
def test_what_is_nearly_an_address_is_refused_with_what_was_meant(given: str, meant: str) -> None:
    with pytest.raises(UsageError, match="is not quite an address") as caught:
        pasted.address(given)
    assert caught.value.todo == f"did you mean '{meant}'?"


@for_each(
    "path",
    [
        *("report.pdf", "./x", "../a/b", "/home/me/x", "~/x.html", "file:///etc/passwd", "Annual report.odt"),
        *(r"C:\Users\me\x.pdf", "c:/x", r"\\server\x"),
    ],
)
def test_a_file_of_this_computer_is_refused(path: str) -> None:
    Path("Annual report.odt").touch()
    with pytest.raises(UsageError, match="is a file on this computer, which readers cannot open; give the"):
        pasted.address(path)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("command", [["update", "W1"], ["correct", "W1", "--reason", "r"]], ids=" ".join)
def test_what_was_left_out_is_said(command: list[str], run: Run) -> None:
    outcome = run(*command, "--evidence", f"{PLAIN}.", "--kind", "news")
    assert outcome.code == 0
    assert outcome.err.startswith(f"note: '{PLAIN}.' was read as '{PLAIN}'\n")
    assert "note: " not in run(*command, "--evidence", PLAIN, "--kind", "law").err


@pytest.mark.usefixtures("here")
def test_an_archived_copy_is_pasted_likewise(run: Run) -> None:
    given = ["update", "W1", "--evidence", PLAIN, "--archive"]
    assert f'archive = "{PLAIN}"' in run(*given, f"<{PLAIN}>", "--dry-run").out
    assert "is not quite an address" in run(*given, "www.example.org").refused(2)
    assert "is not quite an address" in run(
        "init", "--blank", "--title", "T", "--url", "www.example.org", "--file", "new.toml"
    ).refused(2)
