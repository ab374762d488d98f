"""Addresses tried on the network: which pages are gone, moved or no longer what they were."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from pathtrack.record import same
from pathtrack.record.checks.sources import addresses
from pathtrack.record.corrections import Ledger, update_id
from pathtrack.record.finding import Finding, Place
from pathtrack.record.model import Tracker
from pathtrack.text import for_shell, is_public_address, quoted, safe_line
from pathtrack.web import page
from pathtrack.web.client import Answer, Client
from pathtrack.web.hosts import UnclearError
from pathtrack.web.journal import Journal
from pathtrack.web.verdict import instead

_AT_ONCE = 16
"""How many hosts are asked at the same time, each for one page."""
PAUSE = 0.5
"""How long to leave a host alone between two requests, in seconds."""
_FOR_A_HOST = 60.0
"""How long to wait for the answers of one host altogether, in seconds."""
_SILENCES = 3
"""After how many addresses in a row without an answer a host is left alone."""
_BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
_LONGEST_WAIT = 30.0
"""For how long a busy host may ask to be left alone, in seconds, to be asked once more."""
_HOST = re.compile(r"https?://([^/?#:]*).*", re.IGNORECASE | re.DOTALL)
_READ = 1 << 17
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


class _Outcome(NamedTuple):
    """What became of a page: the code and the message of a finding, and its new address if it moved."""

    code: str
    message: str
    moved: str = ""


_FINE = _Outcome("", "")


def wanted(tracker: Tracker, journal: Journal) -> list[str]:
    """Return the distinct addresses that have not been tried yet."""
    known = _known(journal)
    found = dict.fromkeys(address for _, address in addresses(tracker))
    return [each for each in found if is_public_address(each) and each not in known]


def check(
    tracker: Tracker, client: Client, journal: Journal, *, file: Path | None, advance: Callable[[], None]
) -> list[Finding]:
    """Try every address of a tracker once; return a warning for each that is gone, moved or unclear.

    What the journal knows is not tried again; `advance` is called after each address that is. `file` is
    the tracker's path if suggested commands must name it.
    """
    _try_all(wanted(tracker, journal), client, journal, advance)
    outcomes = _known(journal)
    journal.end()
    return list(_findings(tracker, outcomes, file))


def _known(journal: Journal) -> dict[str, _Outcome]:
    return {
        each["address"]: _Outcome(each["code"], each["message"], each["moved"])
        for each in journal.entries
        if each.keys() == {"address", *_Outcome._fields}
    }


def _findings(tracker: Tracker, outcomes: dict[str, _Outcome], file: Path | None) -> Iterator[Finding]:
    ledger = Ledger(tracker.updates)
    for place, address in addresses(tracker, ledger):
        outcome = outcomes.get(address, _FINE)
        if not outcome.code or (outcome.moved and place[-1] == "archive"):
            continue
        message = f"{quoted(address)} {outcome.message}"
        if outcome.moved:
            message += f"; {_command(tracker, place, outcome.moved, file)}"
        elif place[-1] == "url" and place[0] == "update":
            # Whichever citation gave it: a newer one need not repeat it.
            copy = ledger.sources.of(tracker.updates[int(place[1])].evidence[int(place[3])]).archive
            message += f"; archived at {quoted(copy)}" if copy else ""
        yield Finding(place, outcome.code, message)


def _command(tracker: Tracker, place: Place, new: str, file: Path | None) -> str:
    """Return the command that gives a moved page its new address, ready to be pasted."""
    where = f" --file {for_shell(str(file))}" if file else ""
    if place[0] == "report":
        return f"change it with: pathtrack edit{where}"
    update = tracker.updates[int(place[1])]
    number = ["--source", str(int(place[3]) + 1)] if len(update.evidence) > 1 else []
    options = [*number, "--evidence", new, "--reason", "The page has moved."]
    words = [for_shell(safe_line(each)) for each in ("pathtrack", "correct", update_id(update), *options)]
    return " ".join(words) + where


def _try_all(tried: list[str], client: Client, journal: Journal, advance: Callable[[], None]) -> None:
    """Try addresses: many hosts at once, each of them politely."""
    by_host: dict[str, list[str]] = {}
    for each in tried:
        by_host.setdefault(_HOST.sub(r"\1", each).lower(), []).append(each)
    stopped, keeping = threading.Event(), threading.Lock()

    def host(pages: list[str]) -> None:
        for address, outcome in _host(pages, client, stopped):
            with keeping:
                journal.add(address=address, **outcome._asdict())
            advance()

    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        # Those with the most pages first: they take the longest.
        for _ in pool.map(host, sorted(by_host.values(), key=len, reverse=True)):
            pass
    finally:
        stopped.set()
        pool.shutdown(wait=False, cancel_futures=True)


def _host(pages: list[str], client: Client, stopped: threading.Event) -> Iterator[tuple[str, _Outcome]]:
    """Yield what became of the pages of one host, until it has had its time or is silent."""
    silences, spent = 0, 0.0
    for number, address in enumerate(pages):
        if silences >= _SILENCES or spent > _FOR_A_HOST:
            why = "did not answer before" if silences >= _SILENCES else "is too slow"
            yield address, _Outcome("unclear-link", f"was not tried: its host {why}")
            continue
        if stopped.is_set() or (number and stopped.wait(PAUSE)):
            return
        start = time.monotonic()
        try:
            outcome = _outcome(address, _asked(address, client, stopped))
            silences = 0
        except UnclearError as error:
            outcome = _Outcome("unclear-link", str(error))
            silences += 1
        spent += time.monotonic() - start
        yield address, outcome


def _asked(address: str, client: Client, stopped: threading.Event) -> Answer:
    """Return the answer for an address, that of a second try where the host asks for a moment."""
    answer = client.get(address, most=_READ)
    if answer.status in _BUSY and answer.retry_after <= _LONGEST_WAIT:
        stopped.wait(max(answer.retry_after, PAUSE))
        answer = client.get(address, most=_READ)
    return answer


def _outcome(address: str, answer: Answer) -> _Outcome:
    if answer.is_error:
        known = answer.status in {*HTTPStatus}
        phrase = f" {HTTPStatus(answer.status).phrase}" if known else ""
        said = f"returned {answer.status}{phrase}"
        return _Outcome("dead-link" if answer.status in _GONE else "unclear-link", said)
    if what := instead(address, answer, page.read(answer)):
        return _Outcome("soft-dead-link", what)
    if answer.has_moved and same.address(answer.address) != same.address(address):
        return _Outcome("moved-link", f"has moved to {quoted(answer.address)}", answer.address)
    return _FINE
