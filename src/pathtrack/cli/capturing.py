"""Pages fetched and kept beside the tracker."""

import datetime as dt
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from pathtrack.cli.screen import network, say, say_aside, say_waiting, slow_progress
from pathtrack.file import captures
from pathtrack.record.archives import Cited
from pathtrack.text import count

PAUSE = 0.5
"""How long to wait between two pages, in seconds."""
_PATIENCE = 60.0


def keep(sources: Iterable[Cited], tracker: Path) -> None:
    """Fetch the page of each source that was not kept yet, and store it; each is on the disk at once."""
    fetch = _fetcher()
    known = {each.address for each in captures.listed(tracker)}
    wanted = [each.address for each in sources if each.address not in known]
    kept = 0
    with slow_progress("fetching pages", len(wanted)) as advance:
        for number, address in enumerate(wanted):
            time.sleep(PAUSE if number else 0)
            found = fetch(address)
            if isinstance(found, str):
                say_aside(f"not kept: {address} {found}")
            else:
                now, (body, kind) = dt.datetime.now(dt.UTC), found
                captures.keep(tracker, address, body, kind=kind, now=now, waiting=say_waiting)
                kept += 1
            advance()
    folder = tracker.parent / captures.FOLDER
    say(f"kept {count(kept, 'page')} in {folder}; {len(known)} were kept before")


def _fetcher() -> Callable[[str], tuple[bytes, str] | str]:
    """Return a function that returns the bytes and the type of a page, or why it cannot be kept."""
    with network("--keep"):
        from pathtrack.web import page  # noqa: PLC0415 only this needs what it loads
        from pathtrack.web.client import MOST, Client  # noqa: PLC0415
        from pathtrack.web.hosts import UnclearError  # noqa: PLC0415
        from pathtrack.web.verdict import instead  # noqa: PLC0415
    client = Client()

    def fetch(address: str) -> tuple[bytes, str] | str:
        try:
            answer = client.get(address, most=captures.MOST, patience=_PATIENCE)
        except UnclearError as error:
            return str(error)
        if answer.is_error:
            return f"returned {answer.status}"
        if not answer.is_whole:
            return f"has more than {captures.MOST >> 20} MB"
        why = instead(address, answer, page.read(answer._replace(body=answer.body[:MOST], is_whole=False)))
        return why or (answer.body, answer.media_type)

    return fetch
