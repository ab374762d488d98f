"""Measure what it costs to import a table, as CSV and as a workbook, beside listing the tracker made of it.

    python bench/tables.py [PROGRAM] [--rows N] [--rounds N]

prints medians of processor time, that of the process which reads a workbook included, the ratio to `list`,
and peak memory. PROGRAM is a command to measure instead of the installed one.
"""

import argparse
import csv
import datetime as dt
import os
import resource
import statistics
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

HEAD = (
    *("Rec No", "Recommendation", "Theme", "Lead department", "Status", "Last checked", "Deadline"),
    *("Evidence link", "Comments"),
)
WORDS = ("Done", "On track", "Delayed", "Not started", "Partially implemented")


def rows(number: int) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a table as another body may have it."""
    for each in range(number):
        day = f"{each % 12 + 1:02}-{each % 28 + 1:02}"
        yield (
            *(f"R{each}", f"Recommendation {each} on the thing called {each * 7 % 1000}", f"Area {each % 4}"),
            *(f"Department {each % 50}", WORDS[each % 5], f"2025-{day}", f"2027-{day}"),
            *(f"https://example.org/{each}", f"What was done about number {each}, in a sentence or two."),
        )


def write(folder: Path, number: int) -> None:
    """Write the table, in a workbook with true dates and links."""
    with Path(folder, "t.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows(number)])
    with xlsxwriter.Workbook(folder / "t.xlsx") as book:
        sheet, date = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEAD)
        for line, row in enumerate(rows(number), start=1):
            for place, cell in enumerate(row):
                if HEAD[place] in {"Last checked", "Deadline"}:
                    sheet.write_datetime(line, place, dt.datetime.fromisoformat(cell), date)
                else:
                    sheet.write(line, place, cell)


def seconds(program: str, *arguments: str) -> float:
    """Return the processor time of a command and of the processes that it starts."""
    # A child ends before the command does, so that both count as children that have ended.
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, *arguments], capture_output=True, check=True, env=_environment())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def mebibytes(program: str, *arguments: str) -> float:
    """Return the peak memory of a command, that of its largest process."""
    timed = ["/usr/bin/time", "-f", "%M", program, *arguments]
    done = subprocess.run(timed, capture_output=True, text=True, check=True, env=_environment())
    return int(done.stderr.split()[-1]) / 1024


def _environment() -> dict[str, str]:
    hindering = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
    return {name: value for name, value in os.environ.items() if name not in hindering}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", nargs="?", default="pathtrack")
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, took = Path(name), defaultdict[str, list[float]](list)
        write(folder, options.rows)
        tracker = str(folder / "t.toml")
        for form, _ in [(form, turn) for turn in range(options.rounds) for form in ("csv", "xlsx")]:
            Path(tracker).unlink(missing_ok=True)
            took[form].append(seconds(options.program, "import", f"{folder}/t.{form}", "--file", tracker))
            took["list"].append(seconds(options.program, "list", "--file", tracker))
        listed = statistics.median(took["list"])
        print(f"list: {listed:.2f} s")
        for form in ("csv", "xlsx"):
            Path(tracker).unlink()
            held = mebibytes(options.program, "import", f"{folder}/t.{form}", "--file", tracker)
            median = statistics.median(took[form])
            print(f"import of {form}: {median:.2f} s, {median / listed:.1f} times list, {held:.0f} MiB")


if __name__ == "__main__":
    main()
