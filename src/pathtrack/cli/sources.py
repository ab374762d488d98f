"""Sources as options describe them: read, or refused with a reason."""

from collections.abc import Mapping
from typing import Annotated, NamedTuple

import typer

from pathtrack.cli import completion, pasted, typed
from pathtrack.cli.screen import say_aside
from pathtrack.errors import UsageError
from pathtrack.text import is_address, is_safe_address, quoted


def _read(addresses: list[str] | None) -> list[str] | None:
    """Return addresses without what was pasted with them, and print what they were read as."""
    for each in addresses or ():
        if (address := pasted.address(each)) != each.strip():
            say_aside(f"note: {quoted(each)} was read as {quoted(address)}")
    return addresses and [*map(pasted.address, addresses)]


class Sources(NamedTuple):
    """The options that describe sources, each given once for every source."""

    evidence: Annotated[
        list[str] | None,
        typer.Option(
            "--evidence", metavar="URL", callback=_read, help="A source's address, or its title; repeatable."
        ),
    ] = None
    title: Annotated[
        list[str] | None, typer.Option("--title", metavar="TEXT", help="The source's title.")
    ] = None
    publisher: Annotated[
        list[str] | None, typer.Option("--publisher", metavar="TEXT", help="Who published it.")
    ] = None
    published: Annotated[
        list[str] | None, typer.Option("--published", metavar="DATE", help="Its publication date.")
    ] = None
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="law, agreement, statement, budget, operation, report, news or opinion.",
            autocompletion=completion.kinds,
        ),
    ] = None
    archive: Annotated[
        list[str] | None, typer.Option("--archive", metavar="URL", help="An archived copy's address.")
    ] = None
    quote: Annotated[
        list[str] | None,
        typer.Option("--quote", metavar="TEXT", help="The passage of the source that shows it."),
    ] = None
    locator: Annotated[
        list[str] | None, typer.Option("--locator", metavar="PLACE", help="Its page, paragraph or time.")
    ] = None
    lang: Annotated[
        list[str] | None, typer.Option("--lang", metavar="CODE", help="Its language, such as ko.")
    ] = None
    via: Annotated[
        list[str] | None,
        typer.Option("--via", metavar="NAME", help="Where you read it, if not at the publisher."),
    ] = None

    def given(self) -> dict[str, list[str]]:
        """Return the values of the options that are given, by their names."""
        return {name: values for name, values in self._asdict().items() if values}

    def each(self) -> tuple[dict[str, object], ...]:
        """Return the keys of each source; options belong together by position, an empty string means none."""
        addresses, more = self.evidence or (), {**self.given()}
        more.pop("evidence", None)
        for option, values in more.items():
            if len(values) != len(addresses):
                todo = f'give --{option} once for each --evidence, "" where there is none'
                raise UsageError(f"{len(addresses)} --evidence but {len(values)} --{option}", todo=todo)
        return tuple(
            source(address, {option: values[place] for option, values in more.items()})
            for place, address in enumerate(addresses)
        )


def source(address: str, more: Mapping[str, str]) -> dict[str, object]:
    """Return the keys of a source from the values of its options."""
    address = pasted.address(address)
    if not is_address(address) and more.get("title"):
        todo = "begin it with https://, or leave --title out"
        raise UsageError(f"{quoted(address)} is not an address", todo=todo)
    is_one = is_address(address) or address.lower().startswith(("http:", "https:"))
    found = {name: text or None for name, text in more.items()}
    return keys({**found, "url" if is_one else "title": address})


def keys(given: Mapping[str, str | None]) -> dict[str, object]:
    """Return the keys of a source from texts; UsageError for an unsafe address or an unknown kind."""
    found: dict[str, object] = {name: text for name, text in given.items() if name != "published"}
    for name in ("url", "archive"):
        if each := given.get(name):
            found[name] = web_address(each)
    if published := given.get("published"):
        found["date"] = typed.day(published)
    if kind := given.get("kind"):
        found["kind"] = typed.kind(kind)
    return found


def web_address(text: str) -> str:
    """Read an address as people paste it; UsageError for one that readers cannot be sent to."""
    address = pasted.address(text)
    if not is_safe_address(address):
        todo = "give a plain http:// or https:// address without spaces or a user name"
        raise UsageError(f"{quoted(address)} is not a safe web address", todo=todo)
    return address
