"""The command that looks for archived copies of sources: archive."""

import csv
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pathtrack import git, sheet
from pathtrack.cli import capturing, changed, options, recording, typed
from pathtrack.cli.changed import Change
from pathtrack.cli.naming import spelled
from pathtrack.cli.screen import hint, network, resumable, say, say_aside, slow_progress
from pathtrack.cli.tracker import writable
from pathtrack.errors import UsageError
from pathtrack.file import publish, store, toml
from pathtrack.file.document import Document
from pathtrack.record import archives
from pathtrack.record.archives import Cited
from pathtrack.record.model import Tracker, key
from pathtrack.text import count, day

if TYPE_CHECKING:
    from pathtrack.web.copies import Copies
    from pathtrack.web.journal import Journal

app = typer.Typer(rich_markup_mode=None)

SomeIds = Annotated[list[str] | None, options.id_argument("Only sources about these recommendations.")]
Save = Annotated[
    bool, typer.Option("--save", help="Ask for a new copy where there is none; needs the keys of an account.")
]
Listing = Annotated[
    Path | None,
    typer.Option(
        "--list", metavar="FILE", help="Only write a CSV of the sources without a copy; - prints it."
    ),
]
Keep = Annotated[
    bool,
    typer.Option("--keep", help="Keep the pages themselves in sources/ beside the tracker, as they are now."),
]
_COLUMNS = ("url", "title", "publisher", "date", "recommendations")
_NAMES_OF_KEYS = ("IA_ACCESS_KEY_ID", "IA_SECRET_ACCESS_KEY")


@app.command()
@options.grouped
def archive(
    ids: SomeIds = None,
    *,
    save: Save = False,
    keep: Keep = False,
    listing: Listing = None,
    by: options.Author = None,
    change: Change,
) -> None:
    """Find archived copies of sources at the Internet Archive.

    Of every source without a copy, the one nearest to its date is looked up and examined: a copy of an
    error, of a login or of another page is not taken. What is found is recorded as new evidence, in one
    step at the end. An interrupted run records what it has found, and the next one goes on from there.

    The Internet Archive learns the addresses of your sources, and from where you ask. With --save, it
    fetches and publishes those pages under your account, whose keys are read from $IA_ACCESS_KEY_ID and
    $IA_SECRET_ACCESS_KEY. With --keep alone, it is not asked at all: each page is fetched from its own
    server, and stored under the hash of its bytes.

    Example: pathtrack archive --dry-run
    """
    path = writable(change.file)
    tracker = store.load(path)
    cited = archives.cited(tracker, about=[key(each) for each in spelled(tracker, ids or [])])
    sources = [each for each in cited if not each.source.archive]
    if listing is not None:
        _list(sources, tracker, listing, path, json=change.json)
        return
    if keep:
        capturing.keep(cited, path)
    if keep and not save:
        return
    if not sources:
        if change.json:
            document = store.open_(path)
            changed.show("archive", document, document, written=False, more={"sources": []})
        else:
            say("every source with an address has an archived copy")
        return
    run, journal = _opened(path, save=save and not change.dry_run)
    try:
        with resumable():
            _search(run, sources, save=save and not change.dry_run)
    finally:
        _record(path, run, sources, by, change)
    if not change.dry_run:
        journal.end({each.address for each in sources})
    if run.of_kind(sources, "none") and not (save or change.json):
        hint("archive --save", file=change.file)


def _opened(path: Path, *, save: bool) -> "tuple[Copies, Journal]":
    with network("archive"):
        from pathtrack.web.archive import Archive  # noqa: PLC0415 only this command needs what it loads
        from pathtrack.web.client import Client  # noqa: PLC0415
        from pathtrack.web.copies import Copies  # noqa: PLC0415
        from pathtrack.web.journal import Journal  # noqa: PLC0415
    keys = tuple(os.environ.get(each, "") for each in _NAMES_OF_KEYS)
    if save and not all(keys):
        todo = f"set {' and '.join(_NAMES_OF_KEYS)} to those of archive.org/account/s3.php"
        raise UsageError("--save needs the keys of an account at the Internet Archive", todo=todo)
    journal = Journal("archive", path, days=7)
    if journal.entries:
        say_aside("an earlier run was interrupted; what it found will not be asked for again")
    return Copies(Archive(Client(), (keys[0], keys[1]) if save else None), journal), journal


def _search(run: "Copies", sources: list[Cited], *, save: bool) -> None:
    """Look for copies, and ask for new ones where there are none."""
    unknown = run.of_kind(sources, "")
    with slow_progress("looking for copies", len(unknown)) as advance:
        for each in unknown:
            run.look(each)
            advance()
    if save:
        wanted = run.of_kind(sources, "none", "job")
        with slow_progress("waiting for new copies", len(wanted)) as advance:
            run.request(sources, advance)


def _record(path: Path, run: "Copies", sources: list[Cited], by: str | None, change: Change) -> None:
    """Record the copies that were found, and print what became of each source."""
    found = {each.address: run.known[each.address].value for each in run.of_kind(sources, "copy")}
    by = by or git.author()

    def grown(old: Document) -> Document:
        # Somebody may have added a copy, or removed the source, in the meantime.
        bare = (each for each in archives.cited(old.tracker) if not each.source.archive)
        wanted = {each: found[each.address] for each in bare if each.address in found}
        now = recording.moment(old.tracker)
        new = archives.completing(wanted, old.tracker, date=typed.today(), recorded=now, by=by)
        return old.with_more(updates=new) if new else old

    before, after = change.make(path, grown) if found else (old := store.open_(path), old)
    new = after.tracker.updates[len(before.tracker.updates) :]
    is_written = bool(new) and not change.dry_run
    if change.json:
        told = [_told(run, each) for each in sources]
        changed.show("archive", before, after, written=is_written, more={"sources": told})
        return
    if change.dry_run:
        typer.echo("\n".join(map(toml.block, new)), nl=False)
    _report(run, sources)
    if is_written:
        copies = count(sum(len(each.evidence) for each in new), "copy", "copies")
        say(f"recorded {copies} in {count(len(new), 'update')} by {new[0].by} in {path}")


def _told(run: "Copies", source: Cited) -> dict[str, str | None]:
    """Return what was found out about a source: its copy, or why there is none."""
    kind, value = run.known.get(source.address, ("", ""))
    is_copy = kind == "copy"
    return {
        "url": source.address,
        "archive": value if is_copy else None,
        "reason": value if value and not is_copy else None,
    }


def _report(run: "Copies", sources: list[Cited]) -> None:
    for each in sources:
        kind, value = run.known.get(each.address, ("", ""))
        if kind == "copy":
            taken = archives.taken_on(value)
            say_aside(f"found {each.address}: a copy of {day(taken)}")
        elif kind in {"none", "refused"}:
            say_aside(f"no copy of {each.address}: {value}")
    found = len(run.of_kind(sources, "copy"))
    have = "has" if found == 1 else "have"
    say(f"{found} of {count(len(sources), 'source')} without a copy {have} one now")


def _list(sources: list[Cited], tracker: Tracker, target: Path, path: Path, *, json: bool) -> None:
    """Write the sources without a copy as a table for other archivers."""
    if json:
        raise UsageError("--list writes CSV, which --json cannot be", todo="leave one of them out")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for each in sources:
        about = "; ".join(archives.ids(each, tracker))
        row = (each.address, each.source.title, each.source.publisher, each.source.date, about)
        writer.writerow([sheet.cell(value) for value in row])
    if str(target) == "-":
        typer.echo(text.getvalue(), nl=False)
        return
    publish.write(target, text.getvalue().encode(), tracker=path)
    say(f"wrote {count(len(sources), 'source')} without a copy to {target}")
