"""The HTML report and the pages of a folder in a real browser: Debian's chromium, headless."""

import datetime as dt
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import pathtrack
from pathtrack import export
from pathtrack.export import front
from pathtrack.export.site import Site
from pathtrack.record.together import Together
from pathtrack.record.view import view as view_of

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
ON = dt.date(2026, 5, 1)
# What holds more than it shows, or reaches beyond the window.
CUT = """() => [...document.querySelectorAll("main *, header *")].filter(each =>
  each.checkVisibility() && !each.closest(".unseen, svg, select, input")
  && getComputedStyle(each).clipPath === "none" && (each.getBoundingClientRect().right > innerWidth + 1
    || (each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0
        && getComputedStyle(each).overflowX !== "visible"))
).map(each => each.outerHTML.slice(0, 120))"""
_CONTROLS = """[...document.querySelectorAll("a[href], button, select, input, summary")]
  .filter(each => each.tabIndex >= 0 && each.checkVisibility({ visibilityProperty: true }))"""
REACHABLE = f"{_CONTROLS}.length"
LAST = f"() => {_CONTROLS}.at(-1)"
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
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of the record, with an address, a contact and a licence."""
    tracker = pathtrack.load(HERE.parent / "data" / "record.toml")
    named = replace(
        tracker.report, site="https://x.example/", contact="mailto:a@x.example", licence="CC-BY-4.0"
    )
    folder = tmp_path_factory.mktemp("folder")
    files = Site(view_of(replace(tracker, report=named), on=ON), (export.Format.HTML, export.Format.FEED))
    for name, make in files.files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(make())
    since = export.Period(dt.date(2026, 1, 1))
    brief = export.render(view_of(tracker, on=ON), export.Format.HTML, period=since, brief=True)
    (folder / "brief.html").write_text(brief, encoding="utf-8")
    trackers = {"a": replace(tracker, report=named), "b": pathtrack.load(HERE.parent / "data" / "parts.toml")}
    found = Together(ON, {name: view_of(each, on=ON) for name, each in trackers.items()})
    (folder / "front.html").write_text(front.page(found, ["a", "b"]), encoding="utf-8")
    return folder


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


@contextmanager
def visiting(browser: Browser, address: str, *, scripts: bool = True) -> Iterator[Visit]:
    """Open a page, and note what it says and asks for."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
    visit = Visit(context.new_page())
    visit.page.on("console", lambda message: visit.said.append(message.text))
    visit.page.on("pageerror", lambda error: visit.said.append(str(error)))
    visit.page.on("request", lambda request: visit.asked.append(request.url))
    visit.page.goto(address)
    yield visit
    context.close()


@pytest.fixture
def visit(browser: Browser, report: Path) -> Iterator[Visit]:
    with visiting(browser, report.as_uri()) as visit:
        yield visit


PAGES = ("index.html", "timeline.html", "r/D2.html")


def shown(page: Page) -> list[str]:
    """Return the ids of the recommendations that can be seen."""
    return [each.get_attribute("id") or "" for each in page.locator(".recommendation:visible").all()]


def test_nothing_is_fetched_and_nothing_complains(visit: Visit, report: Path) -> None:
    visit.page.mouse.wheel(0, 5000)
    visit.page.wait_for_timeout(200)
    assert visit.asked == [report.as_uri()]
    assert visit.said == []


@pytest.mark.parametrize("name", [*PAGES, "front.html"])
def test_no_page_of_a_folder_fetches_or_complains(browser: Browser, site: Path, name: str) -> None:
    with visiting(browser, (site / name).as_uri()) as visit:
        visit.page.mouse.wheel(0, 5000)
        visit.page.wait_for_timeout(100)
        assert visit.asked == [(site / name).as_uri()]
        assert visit.said == []


def test_filters_by_area_status_and_text(visit: Visit) -> None:
    page = visit.page
    page.locator("select[name=area]").select_option("defense")
    expect(page.locator("output")).to_have_text("3 of 15 shown")
    assert shown(page) == ["D1", "D2", "D3"]
    assert page.locator(".lane[data-for]:not(.of-part):visible").count() == 3
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


@pytest.mark.parametrize(
    ("tail", "told"),
    [
        ("?area=Defense", "3 of 15 shown"),
        ("#area=defense", "3 of 15 shown"),
        ("?area=defence", "15 of 15 shown; not understood in the address: area=defence"),
        ("?area=defense&status=done", "3 of 15 shown; not understood in the address: status=done"),
        ("#state=partial", "15 of 15 shown; not understood in the address: state=partial"),
        ("?utm_source=x&area=", "15 of 15 shown"),
    ],
)
def test_what_an_address_asks_for_in_vain_is_said(
    browser: Browser, report: Path, tail: str, told: str
) -> None:
    with visiting(browser, f"{report.as_uri()}{tail}") as visit:
        expect(visit.page.locator("form output")).to_have_text(told)
        visit.page.locator("select[name=area]").select_option("political")
        expect(visit.page.locator("form output")).to_have_text("7 of 15 shown")
        assert visit.page.url.endswith("?area=political") or "status" in tail


def test_filters_stand_in_the_address_and_come_back_from_it(browser: Browser, visit: Visit) -> None:
    page = visit.page
    page.locator("select[name=area]").select_option("technological")
    page.locator("select[name=year]").select_option("2023")
    page.locator("input[name=text]").fill("civil & space")
    expect(page.locator("output")).to_have_text("0 of 15 shown")
    page.locator("input[name=text]").fill("")
    expect(page.locator("output")).not_to_have_text("0 of 15 shown")
    assert page.url.endswith("?area=technological&year=2023")
    before = shown(page)
    with visiting(browser, page.url) as sent:
        assert shown(sent.page) == before
        sent.page.locator("button.clear").click()
        expect(sent.page.locator("output")).to_have_text("15 of 15 shown")
        assert "?" not in sent.page.url
        assert sent.said == []


def test_the_timeline_and_its_chart_are_filtered_alike(browser: Browser, site: Path) -> None:
    address = f"{(site / 'timeline.html').as_uri()}?area=defense&year=2024&actor=Japan&text=x"
    with visiting(browser, address) as visit:
        page = visit.page
        page.locator("button.clear").click()
        everything = page.locator(".entry").count()
        expect(page.locator("output")).to_have_text(f"{everything} of {everything} shown")
        assert page.locator(".lane[data-for]:visible").count() == len([*(site / "r").iterdir()])
        page.locator("select[name=area]").select_option("defense")
        page.locator("select[name=year]").select_option("2024")
        expect(page.locator("output")).to_contain_text(f" of {everything} shown")
        entries = page.locator(".entry:visible")
        expect(page.locator(".group:visible h2")).to_have_text(["2024"])
        assert {each.get_attribute("data-year") for each in entries.all()} == {"2024"}
        lanes = [each.get_attribute("data-for") for each in page.locator(".lane[data-for]:visible").all()]
        assert {str(each).partition(".")[0] for each in lanes} <= {"D1", "D2", "D3", "P5"}
        for tick in page.locator(".lane[data-for]:visible svg a:visible").all():
            assert "2024" in (tick.get_attribute("aria-label") or "")
        assert visit.said == []


def test_an_update_that_names_no_actor_is_about_those_who_are_asked(browser: Browser, site: Path) -> None:
    actor = "United States"
    with visiting(browser, f"{(site / 'timeline.html').as_uri()}?actor=United+States") as visit:
        asked = visit.page.locator(f'option[value="{actor}"]').get_attribute("data-asked") or ""
        shown, hidden = 0, 0
        for each in visit.page.locator(".entry").all():
            names, about = (
                (each.get_attribute(f"data-{name}") or "").split("\n") for name in ("actor", "about")
            )
            meant = actor in names or (names == [""] and not {*about}.isdisjoint(asked.split("\n")))
            assert each.is_visible() is meant
            shown, hidden = shown + meant, hidden + (not meant)
        assert shown
        assert hidden


def test_a_milestone_leads_to_its_entry_and_a_page_to_the_report(browser: Browser, site: Path) -> None:
    with visiting(browser, (site / "timeline.html").as_uri()) as visit:
        page = visit.page
        page.locator(".entry[data-about='D2'] .about a").first.click()
        expect(page.locator("h1")).to_contain_text("D2")
        expect(page.locator(":target > details")).to_have_attribute("open", "")
        page.locator(".byline a").click()
        expect(page.locator("article:target h4")).to_contain_text("D2")
        page.locator("#D2 > .tools a", has_text="own page").click()
        expect(page.locator("h1")).to_contain_text("D2")


@pytest.mark.parametrize("name", ["index.html", "r/D2.html"])
def test_everything_can_be_reached_from_the_keyboard(browser: Browser, site: Path, name: str) -> None:
    with visiting(browser, (site / name).as_uri()) as visit:
        page = visit.page
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        wanted = page.evaluate(REACHABLE)
        for step in range(1, wanted):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement !== document.body"), step
        assert page.evaluate(f"document.activeElement === ({LAST})()")
        page.locator("summary").first.focus()
        page.keyboard.press("Enter")
        assert page.locator("details").first.get_attribute("open") is not None


def test_one_control_opens_and_closes_all_sources(browser: Browser, report: Path, site: Path) -> None:
    for path in (report, site / "r" / "D2.html"):
        with visiting(browser, path.as_uri()) as visit:
            button = visit.page.locator("button.opener")
            button.click()
            assert visit.page.locator("details:not([open])").count() == 0
            expect(button).to_have_text("Close all sources")
            button.click()
            assert visit.page.locator("details[open]").count() == 0
            expect(button).to_have_text("Open all sources")


@pytest.mark.parametrize("name", ["alone", "brief.html", "r/D2.html"])
def test_on_paper_every_source_has_its_address(browser: Browser, report: Path, site: Path, name: str) -> None:
    path = report if name == "alone" else site / name
    with visiting(browser, path.as_uri()) as visit:
        missing = """() => [...document.querySelectorAll("li a[href^=http]")]
          .map(each => each.getAttribute("href").replace(/^https?:..|.$/g, ""))
          .filter(each => !document.body.innerText.includes(each))"""
        visit.page.emulate_media(media="print")
        visit.page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        assert visit.page.evaluate(missing) == []
        visit.page.emulate_media(media="screen")
        assert visit.page.evaluate(missing) != []


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
    visit.page.locator("#D2 > .tools button.copy").click()
    expect(visit.page.locator("output")).to_have_text("link copied")
    assert visit.page.evaluate("navigator.clipboard.readText()") == f"{report.as_uri()}#D2"


def test_copy_link_copies_the_address_of_a_page(browser: Browser, site: Path) -> None:
    address = (site / "r" / "D2.html").as_uri()
    with visiting(browser, address) as visit:
        visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        visit.page.locator("button.copy").first.click()
        expect(visit.page.locator("output")).to_have_text("link copied")
        assert visit.page.evaluate("navigator.clipboard.readText()") == f"{address}#D2"


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


def test_without_scripts_the_timeline_and_a_page_are_whole(browser: Browser, site: Path) -> None:
    with visiting(browser, (site / "timeline.html").as_uri(), scripts=False) as visit:
        assert visit.page.locator(".entry:visible").count() == visit.page.locator(".entry").count() > 50
        assert visit.page.locator(".entry:visible .sources a").first.is_visible()
        assert not visit.page.locator("#_filter").is_visible()
    with visiting(browser, (site / "r" / "D2.html").as_uri(), scripts=False) as visit:
        visit.page.locator("summary").first.click()
        assert visit.page.locator(".sources a").first.is_visible()
        assert visit.page.locator("button:visible").count() == 0


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


@pytest.mark.parametrize("name", ["alone", "brief.html", "front.html", *PAGES])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_and_nothing_is_cut(
    browser: Browser, report: Path, site: Path, scheme: str, size: str, name: str
) -> None:
    assert AXE.exists(), "axe-core is missing: run .ci/install-system"
    dark = scheme == "dark"
    context = browser.new_context(
        viewport={"width": SIZES[size]["width"], "height": SIZES[size]["height"]},
        color_scheme="dark" if dark else "light",
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto((report if name == "alone" else site / name).as_uri())
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate(
        "axe.run().then(found => found.violations.map(each => `${each.id} ${each.nodes[0].html}`))"
    )
    assert violations == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(CUT) == []
    context.close()


@pytest.mark.parametrize("name", [*PAGES, "front.html"])
def test_every_text_has_enough_contrast(browser: Browser, site: Path, name: str) -> None:
    """Axe leaves symbols and words over a background of their own undecided: compute each colour pair."""
    for dark in (False, True):
        context = browser.new_context(color_scheme="dark" if dark else "light")
        page = context.new_page()
        page.goto((site / name).as_uri())
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
    assert "www.dvidshub.net/news/559670" in words
    context.close()
