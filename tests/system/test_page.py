"""The HTML report in a real browser: Debian's chromium, headless."""

import datetime as dt
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import pathtrack
from pathtrack import export
from pathtrack.record.view import view as view_of

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
ON = dt.date(2026, 5, 1)
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@dataclass
class Visit:
    """A page, what it said on the console and which addresses it asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tracker = pathtrack.load(HERE.parent / "data" / "record.toml")
    path = tmp_path_factory.mktemp("site") / "index.html"
    view = view_of(tracker, on=ON)
    path.write_text(
        export.render(view, export.Format.HTML, period=export.Period(dt.date(2026, 1, 1))), encoding="utf-8"
    )
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "chromium is missing: run .ci/install-system"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
            ],
        )
        yield launched
        launched.close()


@pytest.fixture
def visit(browser: Browser, report: Path) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    visit = Visit(context.new_page())
    visit.page.on("console", lambda message: visit.said.append(message.text))
    visit.page.on("pageerror", lambda error: visit.said.append(str(error)))
    visit.page.on("request", lambda request: visit.asked.append(request.url))
    visit.page.goto(report.as_uri())
    yield visit
    context.close()


def shown(page: Page) -> list[str]:
    """Return the ids of the recommendations that can be seen."""
    return [each.get_attribute("id") or "" for each in page.locator(".recommendation:visible").all()]


def test_nothing_is_fetched_and_nothing_complains(visit: Visit, report: Path) -> None:
    visit.page.mouse.wheel(0, 5000)
    visit.page.wait_for_timeout(200)
    assert visit.asked == [report.as_uri()]
    assert visit.said == []


def test_filters_by_area_status_and_text(visit: Visit) -> None:
    page = visit.page
    page.locator("select[name=area]").select_option("defense")
    expect(page.locator("output")).to_have_text("3 of 15 shown")
    assert shown(page) == ["D1", "D2", "D3"]
    assert page.locator(".lane:not(.of-part):visible").count() == 3
    page.locator("select[name=area]").select_option("all")
    page.locator("select[name=status]").select_option("stalled")
    expect(page.locator("output")).to_have_text("1 of 15 shown")
    assert shown(page) == ["C2"]
    page.locator("select[name=status]").select_option("all")
    page.locator("input[name=text]").fill("polaris HAMMER")
    expect(page.locator("output")).not_to_have_text("1 of 15 shown")
    expect(page.locator("output")).not_to_have_text("15 of 15 shown")
    assert "D2" in shown(page)
    assert "C2" not in shown(page)
    assert visit.said == []


def test_an_anchor_opens_its_entry_even_when_it_was_filtered_away(visit: Visit) -> None:
    page = visit.page
    page.locator("select[name=area]").select_option("political")
    expect(page.locator("output")).to_have_text("7 of 15 shown")
    entry = page.locator("[id^='D2:']").first
    page.evaluate("anchor => { location.hash = anchor }", entry.get_attribute("id"))
    expect(page.locator(":target > details")).to_have_attribute("open", "")
    assert entry.is_visible()
    assert entry.locator(".sources a").first.is_visible()


def test_a_tick_of_the_ribbon_leads_to_its_update(visit: Visit) -> None:
    page = visit.page
    page.locator(".lane[data-for='D2']:not(.of-part) svg a").last.click()
    expect(page.locator(":target > details")).to_have_attribute("open", "")
    assert page.evaluate("location.hash").startswith("#D2:")


def test_copy_link_copies_the_address_of_the_entry(visit: Visit, report: Path) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.page.locator("#D2 h4 button.copy").click()
    expect(visit.page.locator("output")).to_have_text("link copied")
    assert visit.page.evaluate("navigator.clipboard.readText()") == f"{report.as_uri()}#D2"


def test_without_scripts_everything_is_there(browser: Browser, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())
    assert page.locator(".recommendation:visible").count() == 15
    assert not page.locator("#_filter").is_visible()
    assert page.locator("button.copy:visible").count() == 0
    entry = page.locator("[id^='D2:'] details").first
    entry.locator("summary").click()
    assert entry.locator(".sources a").first.is_visible()
    context.close()


def test_the_policy_stops_a_script_that_is_not_ours(browser: Browser, report: Path, tmp_path: Path) -> None:
    tampered = tmp_path / "tampered.html"
    text = report.read_text(encoding="utf-8")
    assert "</main>" in text
    injected = "<script>document.title = 'taken'</script><img src='https://example.org/x' onerror='alert(1)'>"
    tampered.write_text(text.replace("</main>", f"{injected}</main>"), encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(tampered.as_uri())
    assert page.title() != "taken"
    assert sum("Content Security Policy" in text for text in said) >= 2
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_and_nothing_is_cut(browser: Browser, report: Path, scheme: str, size: str) -> None:
    assert AXE.exists(), "axe-core is missing: run .ci/install-system"
    dark = scheme == "dark"
    context = browser.new_context(
        viewport={"width": SIZES[size]["width"], "height": SIZES[size]["height"]},
        color_scheme="dark" if dark else "light",
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(report.as_uri())
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate(
        "axe.run().then(found => found.violations.map(each => `${each.id} ${each.nodes[0].html}`))"
    )
    assert violations == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_every_text_has_enough_contrast(browser: Browser, report: Path) -> None:
    """Axe leaves symbols and words over a background of their own undecided: compute each colour pair."""
    for dark in (False, True):
        context = browser.new_context(color_scheme="dark" if dark else "light")
        page = context.new_page()
        page.goto(report.as_uri())
        worst = page.evaluate((HERE / "contrast.js").read_text(encoding="utf-8"))
        assert worst["ratio"] >= 4.5, worst
        context.close()


def test_prints_every_update_and_address(browser: Browser, report: Path, tmp_path: Path) -> None:
    reader = shutil.which("pdftotext")
    assert reader, "pdftotext is missing: run .ci/install-system"
    context = browser.new_context()
    page = context.new_page()
    page.goto(report.as_uri())
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    done = subprocess.run(
        [reader, "-layout", str(tmp_path / "report.pdf"), "-"], capture_output=True, text=True, check=True
    )
    words = " ".join(done.stdout.split())
    assert "copy link" not in words
    assert words.count("By pathtrack maintainers") == page.locator(".updates > li").count()
    assert "https://www.dvidshub.net/news/559670" in words
    context.close()
