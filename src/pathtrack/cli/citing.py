"""The command that reads a source from its own page: cite."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from pathtrack.cli import changed, options, typed
from pathtrack.cli.screen import network, say, say_aside
from pathtrack.cli.sources import source, web_address
from pathtrack.cli.typed import Color
from pathtrack.errors import PageError, UsageError
from pathtrack.file import toml
from pathtrack.record import objections
from pathtrack.record.model import Evidence, Tracker
from pathtrack.record.status import Kind
from pathtrack.text import day, quoted, safe

if TYPE_CHECKING:
    from pathtrack.web.cite import Citation

app = typer.Typer(rich_markup_mode=None)

Url = Annotated[str, typer.Argument(metavar="URL", help="The address of a page.", show_default=False)]
_SAID = {"title": "title", "publisher": "publisher", "date": "publication date", "lang": "language"}


@app.command()
def cite(url: Url, *, json: options.Json = False, _color: options.ColorChoice = Color.AUTO) -> None:
    """Print what a page declares about itself, as a source to paste.

    It prints the citation in words, and the [[update.evidence]] table for a tracker. Only what the page
    states of itself is taken, never a guess; the kind of evidence is left to you. The page's server learns
    that you read it, as with a browser; nothing is sent to anybody else. Of a PDF, nothing is read.

    Example: pathtrack cite https://example.org/talks
    """
    from pathtrack.export.content import citation  # noqa: PLC0415 update, which shares this module, does not

    keys = source(url, {})
    if "url" not in keys:
        web_address(url)  # it is refused as an address
    found = reader("cite")(str(keys["url"]))
    cited = objections.build(Evidence, {"url": found.address, **found.keys})
    missing = [] if found.note else [word for name, word in _SAID.items() if name not in found.keys]
    if json:
        told: dict[str, object] = {"citation": citation(cited), "evidence": _given(cited)}
        changed.emit("cite", None, {**told, "undeclared": missing, "note": found.note or None})
        return
    say(f"# {citation(cited) or 'An untitled page'}. <{cited.url}>")
    typer.echo(safe(toml.block(cited)), nl=False)
    say(f"# kind = {quoted('…')}  one of {', '.join(Kind)}")
    if found.note:
        say_aside(f"note: the page {found.note}")
    elif missing:
        say_aside(f"note: the page does not declare its {' or '.join(missing)}")


def _given(source: Evidence) -> object:
    from pydantic import TypeAdapter  # noqa: PLC0415 only programs need it

    return TypeAdapter(Evidence).dump_python(source, mode="json")


def reader(what: str) -> "Callable[[str], Citation]":
    """Return a function that reads the source at an address; PageError if no page can be read there."""
    with network(what):
        from pathtrack.web.cite import cited  # noqa: PLC0415 only these commands need what it loads
        from pathtrack.web.client import Client  # noqa: PLC0415
        from pathtrack.web.hosts import UnclearError  # noqa: PLC0415
    client = Client()

    def read(address: str) -> "Citation":
        try:
            return cited(address, client, today=typed.today())
        except UnclearError as error:
            todo = "open it in a browser, and type what it says"
            raise PageError(f"{quoted(address)} {error}", todo=todo) from error

    return read


class Fetched(NamedTuple):
    """A source as it is given, and what its page declares beyond that."""

    given: Mapping[str, object]
    declared: Mapping[str, object]


def fetched(sources: Sequence[Mapping[str, object]], *, fetch: bool) -> list[Fetched]:
    """Return sources with what their pages declare, and print that, if it is wanted."""
    if not fetch:
        return [Fetched(each, {}) for each in sources]
    if not sources:
        raise UsageError("--fetch fills in sources, and none is given", todo="give one with --evidence URL")
    read = reader("--fetch")
    return [Fetched(each, _declared(each, read)) for each in sources]


def _declared(given: Mapping[str, object], read: "Callable[[str], Citation]") -> dict[str, object]:
    address = given.get("url")
    if not address:
        return {}
    try:
        cited = read(str(address))
    except PageError as error:
        say_aside(f"warning: {error.what}; nothing was filled in")
        return {}
    found = {name: value for name, value in cited.keys.items() if not given.get(name)}
    say_aside(f"from {quoted(str(address))}: {described(found) or 'nothing new'}")
    return found


def described(keys: Mapping[str, object]) -> str:
    """Return in words what a page declares."""
    return ", ".join(
        f"{word} {day(value) if isinstance(value, dt.date) else quoted(str(value))}"
        for name, word in _SAID.items()
        if (value := keys.get(name))
    )


def completed(sources: Sequence[Fetched], tracker: Tracker) -> tuple[dict[str, object], ...]:
    """Return sources with what their pages declare; the report's own language is not repeated."""
    own = _primary(tracker.report.language or "en")
    return tuple(
        {
            **given,
            **{name: value for name, value in found.items() if name != "lang" or _primary(value) != own},
        }
        for given, found in sources
    )


def _primary(language: object) -> str:
    return str(language).lower().partition("-")[0]
