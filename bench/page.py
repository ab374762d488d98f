"""Measure the HTML report of a large tracker: writing it, and filtering and scrolling it in a browser."""

import datetime as dt
import shutil
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from pydantic import TypeAdapter

import pathtrack
from pathtrack import export
from pathtrack.record.status import Status
from pathtrack.record.view import view as view_of

RECOMMENDATIONS = 1_000
UPDATES = 5_000

FILTER = """async word => {
  const input = document.querySelector("input[name=text]");
  const started = performance.now();
  input.value = word;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise(done => setTimeout(done, 60));
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - started - 60;
}"""
SCROLL = """async () => {
  let worst = 0, last = performance.now();
  for (let step = 0; step < 120; step++) {
    scrollBy(0, document.documentElement.scrollHeight / 120);
    await new Promise(requestAnimationFrame);
    worst = Math.max(worst, performance.now() - last);
    last = performance.now();
  }
  return worst;
}"""


def tracker() -> pathtrack.Tracker:
    """Return a tracker of 1,000 recommendations and 5,000 updates."""
    statuses = list(Status)
    return TypeAdapter(pathtrack.Tracker).validate_python(
        {
            "report": {"title": "A large report", "areas": [f"area {number}" for number in range(8)]},
            "recommendations": [
                {
                    "id": f"R{number}",
                    "area": f"area {number % 8}",
                    "title": f"Do the thing that chapter {number} asks for",
                    "summary": "One sentence says what is asked. Another says of whom.",
                    "done_when": "It is in force and somebody has seen it.",
                }
                for number in range(RECOMMENDATIONS)
            ],
            "updates": [
                {
                    "date": dt.date(2020, 1, 1) + dt.timedelta(days=number % 2_000),
                    "by": "bench",
                    "recommendations": [f"R{number * 7 % RECOMMENDATIONS}"],
                    "status": statuses[number % 8],
                    "note": f"Step {number} was taken. What it means takes a few more words.",
                    "evidence": [
                        {"title": f"Source {number}", "url": f"https://example.org/{number}", "kind": "law"}
                    ],
                }
                for number in range(UPDATES)
            ],
        }
    )


def measure(page: Page, report: Path) -> None:
    """Print how long the browser takes for what a reader does."""
    started = time.perf_counter()
    page.goto(report.as_uri())
    print(f"load                {(time.perf_counter() - started) * 1000:6.0f} ms")
    for word in ("chapter 77", "step 4", ""):
        print(f"filter {word!r:12} {page.evaluate(FILTER, word):6.0f} ms")
    print(f"slowest frame while scrolling through {page.evaluate(SCROLL):6.0f} ms")


def main() -> None:
    """Print the table."""
    view = view_of(tracker(), on=dt.date(2026, 1, 1))
    started = time.perf_counter()
    text = export.render(view, export.Format.HTML)
    print(f"{RECOMMENDATIONS} recommendations, {UPDATES} updates")
    print(f"render              {(time.perf_counter() - started) * 1000:6.0f} ms, {len(text) / 1e6:.1f} MB")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = Path(folder) / "index.html"
        report.write_text(text, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        measure(browser.new_page(), report)
        browser.close()


if __name__ == "__main__":
    main()
