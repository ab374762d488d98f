"""The Internet Archive: the copies that it has of an address, and new ones on request."""

import datetime as dt
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlencode

from pathtrack.errors import PageError, UsageError
from pathtrack.web.client import Answer, Client
from pathtrack.web.hosts import UnclearError

AVAILABLE = "https://archive.org/wayback/available"
WAYBACK = "https://web.archive.org"
_READERS = "https://web.archive.org"
BETWEEN = 1.0
"""How long to leave the archive alone between two questions, in seconds."""
BETWEEN_SAVES = 10.0
"""And between two requests for new copies: six a minute, of which it allows seven."""
_PATIENCE = 60.0
_WAITS = (5.0, 15.0, 45.0)
"""How long to wait after each answer that is a failure, in seconds, before it is asked again."""
_WHEN_BUSY = 60.0
_LONGEST_WAIT = 300.0
_NEAREST = 4
"""How many other copies on each side of a day are looked at."""
_COPY = re.compile(
    r"https?://web\.archive\.org(?::\d+)?/web/(\d{14})(?:[a-z]{2}_)?/(https?:.+)", re.IGNORECASE
)
_JOB = re.compile(r"[\w.-]{1,100}", re.ASCII)
_LATER = (
    *("user-session-limit", "a moment ago", "job is unknown"),
    *("cannot-fetch", "celery", "no-browsers", "proxy-error", "internal-server", "job-failed"),
)
"""What is wrong with the archive at the moment, rather than with the page."""


class Copy(NamedTuple):
    """A copy of a page: when it was taken, as fourteen digits, and of which address."""

    taken: str
    original: str

    @property
    def address(self) -> str:
        """Where readers find it."""
        return f"{_READERS}/web/{self.taken}/{self.original}"


class Job(NamedTuple):
    """How a request for a new copy stands: nothing yet, a copy, or why there is none."""

    copy: Copy | None = None
    why: str = ""
    is_lost: bool = False
    """Whether a copy may have been taken all the same."""


@dataclass
class Archive:
    """The service, which is asked one thing at a time; PageError when it does not answer."""

    client: Client
    keys: tuple[str, str] | None = None
    """The two keys of an account, which only new copies need."""
    sleep: Callable[[float], None] = field(default=time.sleep)
    _asked: float = field(default=0.0, init=False)
    _saved: float = field(default=0.0, init=False)

    def nearest(self, address: str, day: dt.date) -> Copy | None:
        """Return the copy nearest to a day that is not one of an error, if any is known."""
        answer = self._get(f"{AVAILABLE}?{urlencode({'url': address, 'timestamp': _digits(day)})}")
        found = _object(_object(_json(answer).get("archived_snapshots")).get("closest"))
        is_good = found.get("available") is True and str(found.get("status")) == "200"
        return _copy(found.get("url")) if is_good else None

    def others(self, address: str, day: dt.date) -> Iterator[Copy]:
        """Yield other copies that are not of errors: the first ones since a day, then the last before it."""
        for limits in ({"from": _digits(day), "limit": _NEAREST}, {"to": _digits(day), "limit": -_NEAREST}):
            asked = {"url": address, "output": "json", "fl": "timestamp,original", "filter": "statuscode:200"}
            answer = self._get(f"{WAYBACK}/cdx/search/cdx?{urlencode({**asked, **limits})}")
            found = [Copy(*row) for row in _rows(answer)]
            yield from (reversed(found) if "to" in limits else found)

    def seen(self, copy: Copy) -> Answer | None:
        """Return a copy as it was taken, with the address that it is of; None if there is none."""
        answer = self._get(f"{WAYBACK}/web/{copy.taken}id_/{copy.original}")
        found = _copy(answer.address.replace(WAYBACK, _READERS, 1))
        # Without this header, an answer is one of the archive itself.
        return (
            answer._replace(address=found.original)
            if found and "memento-datetime" in answer.headers
            else None
        )

    def save(self, address: str) -> str | Job:
        """Request a new copy; return the number of the job or, if nothing was begun, what is known."""
        self.sleep(max(0.0, self._saved + BETWEEN_SAVES - time.monotonic()))
        form = urlencode({"url": address, "skip_first_archive": 1}).encode()
        answer = self._get(f"{WAYBACK}/save", form=form)
        self._saved = time.monotonic()
        found = _json(answer)
        job, message = found.get("job_id"), str(found.get("message") or "")
        if isinstance(job, str) and _JOB.fullmatch(job):
            return job
        if "same snapshot" in message:
            return Job(None, "a copy was taken a moment ago", is_lost=True)
        return Job(None, _reason(found) or f"the archive returned {answer.status}")

    def job(self, number: str) -> Job:
        """Return how a job stands."""
        found = _json(self._get(f"{WAYBACK}/save/status/{number}", private=True))
        if found.get("status") == "success":
            return Job(_copy(f"{_READERS}/web/{found.get('timestamp')}/{found.get('original_url')}"))
        if found.get("status") == "pending":
            return Job()
        return Job(None, _reason(found) or "the job is unknown", is_lost="status_ext" not in found)

    def _get(self, address: str, *, form: bytes = b"", private: bool = False) -> Answer:
        """Return an answer that is about what was asked for; wait as long as the archive asks for."""
        why, unreachable = "", 0
        for wait in (0.0, *_WAITS):
            self.sleep(max(wait, self._asked + BETWEEN - time.monotonic(), 0.0))
            self._asked = time.monotonic()
            try:
                answer = self._once(address, form, private=private)
            except UnclearError as error:
                why, unreachable = str(error), unreachable + 1
                if unreachable > 1:  # there is probably no network, and no use in waiting
                    break
                continue
            if not _is_failure(answer):
                return answer
            why = f"returned {answer.status}"
            self.sleep(_asked_for(answer))
        todo = "run the command again later, nothing is lost"
        raise PageError(f"the archive {why}", todo=todo)

    def _once(self, address: str, form: bytes, *, private: bool) -> Answer:
        headers = {"Accept": "application/json"} if form or private else {}
        if (form or private) and self.keys:
            headers["Authorization"] = f"LOW {':'.join(self.keys)}"
        if form:
            answer = self.client.post(address, form, headers=headers, patience=_PATIENCE)
        else:
            answer = self.client.get(address, headers=headers, patience=_PATIENCE)
        if (form or private) and answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            todo = "set IA_ACCESS_KEY_ID and IA_SECRET_ACCESS_KEY to those of archive.org/account/s3.php"
            raise UsageError(f"the archive refused the keys ({answer.status})", todo=todo)
        return answer


def is_for_later(why: str) -> bool:
    """Return whether a copy could not be taken for a reason that passes."""
    return any(each in why for each in _LATER)


def _is_failure(answer: Answer) -> bool:
    """Return whether an answer is the archive's own trouble; a copy of an error is not."""
    is_trouble = (
        answer.status == HTTPStatus.TOO_MANY_REQUESTS or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    )
    return is_trouble and "memento-datetime" not in answer.headers


def _asked_for(answer: Answer) -> float:
    """Return for how long the archive asks to be left alone; PageError if that is too long to wait."""
    is_busy = answer.status == HTTPStatus.TOO_MANY_REQUESTS
    wait = answer.retry_after or (_WHEN_BUSY if is_busy else 0.0)
    if wait > _LONGEST_WAIT:
        todo = "run the command again then, nothing is lost"
        raise PageError(f"the archive asks to be left alone for {wait / 60:.0f} minutes", todo=todo)
    return wait


def _digits(day: dt.date) -> str:
    return f"{day:%Y%m%d}"


def _json(answer: Answer) -> Mapping[str, object]:
    try:
        return _object(json.loads(answer.body))
    except (ValueError, RecursionError):
        return {}


def _object(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _rows(answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield the rows of a table of copies; the first names the columns."""
    try:
        found = json.loads(answer.body or b"[]")
    except (ValueError, RecursionError):
        return
    for row in found[1:] if isinstance(found, list) else ():
        match row:
            case [str(taken), str(original)] if copy := _copy(f"{_READERS}/web/{taken}/{original}"):
                yield copy


def _copy(address: object) -> Copy | None:
    found = _COPY.fullmatch(address) if isinstance(address, str) else None
    return Copy(found[1], found[2]) if found else None


def _reason(found: Mapping[str, object]) -> str:
    """Return why the archive took no copy, with its own word for that."""
    parts = (str(found.get(each) or "") for each in ("message", "status_ext"))
    return ", ".join(filter(None, parts))
