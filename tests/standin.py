"""A stand-in for the Internet Archive, which answers as its own documents and clients describe it."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from urllib.parse import parse_qs, urlsplit

from sites import Asked, Reply

GOOD = b"<title>A page</title>" + b"<p>Something that was said.</p>" * 40
MOMENT = "20260131120000"
"""When new copies are taken."""
HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass
class Taken:
    """A copy: what was captured, at a moment of fourteen digits."""

    at: str
    body: bytes = GOOD
    status: int = 200
    leads: str = ""
    listed: int = 200
    """The status in the index, which can be wrong."""


@dataclass
class StandIn:
    """The service: its copies, and what is to go wrong."""

    copies: dict[str, list[Taken]] = field(default_factory=dict)
    pages: dict[str, bytes] = field(default_factory=dict)
    """What a new copy of an address has; of all others it is a good page."""
    refusals: dict[str, str] = field(default_factory=dict)
    """Why no copy is taken of an address, as a `status_ext`."""
    failures: Iterator[Reply] = field(default_factory=lambda: iter(()))
    """What comes instead of the next answers; an empty body stands for the real answer."""
    hidden: set[str] = field(default_factory=set)
    """Addresses of which the availability interface knows nothing, although there are copies."""
    polls: int = 2
    """How often a job is pending before it is done."""
    asked: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    jobs: dict[str, str] = field(default_factory=dict)
    trouble: int = 0
    """How often something went wrong."""
    _left: dict[str, int] = field(default_factory=dict)

    def __call__(self, asked: Asked) -> Reply:
        self.asked[f"{asked.method} {asked.path} {asked.body.decode()}".strip()] += 1
        if (failure := next(self.failures, None)) and failure.status != 200:
            self.trouble += 1
            return failure
        path = urlsplit(asked.path)
        query = {name: values[0] for name, values in parse_qs(path.query).items()}
        if path.path == "/wayback/available":
            return self._available(query)
        if path.path == "/cdx/search/cdx":
            return self._cdx(query)
        if path.path == "/save":
            return self._save(asked)
        if path.path.startswith("/save/status/"):
            return self._status(path.path.rpartition("/")[2])
        return self._memento(asked.path)

    def _available(self, query: dict[str, str]) -> Reply:
        found = [each for each in self.copies.get(query["url"], ()) if each.listed == 200]
        if not found or query["url"] in self.hidden:
            return _json({"url": query["url"], "archived_snapshots": {}})
        wanted = int(query["timestamp"].ljust(14, "0"))
        nearest = min(found, key=lambda each: abs(int(each.at) - wanted))
        url = f"http://web.archive.org/web/{nearest.at}/{query['url']}"
        closest = {"status": "200", "available": True, "url": url, "timestamp": nearest.at}
        return _json({"url": query["url"], "archived_snapshots": {"closest": closest}})

    def _cdx(self, query: dict[str, str]) -> Reply:
        assert query["filter"] == "statuscode:200"
        limit = int(query["limit"])
        found = [each for each in self.copies.get(query["url"], ()) if each.listed == 200]
        if "from" in query:
            found = [each for each in found if each.at[:8] >= query["from"]]
        else:
            found = [each for each in found if each.at[:8] <= query["to"]]
        found = found[:limit] if limit > 0 else found[limit:]
        rows = [[each.at, query["url"]] for each in found]
        return _json([["timestamp", "original"], *rows] if rows else [])

    def _memento(self, path: str) -> Reply:
        at, _, url = path.removeprefix("/web/").partition("/")
        assert at.endswith("id_")
        found = next((each for each in self.copies.get(url, ()) if each.at == at[:14]), None)
        if found is None:
            return Reply(404, b"not archived")
        headers = {**HTML, "Memento-Datetime": formatdate(0, usegmt=True)}
        if found.leads:
            return Reply(302, b"", {**headers, "Location": f"/web/{at}/{found.leads}"})
        return Reply(found.status, found.body, headers)

    def _save(self, asked: Asked) -> Reply:
        if asked.headers.get("Authorization") != "LOW key:secret":
            return Reply(401, b'{"message": "You need to be logged in to use Save Page Now."}')
        url = parse_qs(asked.body.decode())["url"][0]
        if ext := self.refusals.get(url, ""):
            return _json({"status": "error", "status_ext": ext, "message": "It cannot be captured."})
        if self.taken[url]:
            self._finish(url)  # a minute has passed since
            return _json(
                {"url": url, "job_id": None, "message": "The same snapshot had been made 1 minute ago."}
            )
        self.taken[url] += 1
        job = f"spn2-{len(self.jobs)}"
        self.jobs[job], self._left[job] = url, self.polls
        return _json({"url": url, "job_id": job})

    def _status(self, job: str) -> Reply:
        if job not in self.jobs:
            return _json({"status": "error", "job_id": job, "message": "It was not found."})
        if self._left[job]:
            self._left[job] -= 1
            return _json({"status": "pending", "job_id": job, "resources": []})
        url = self.jobs[job]
        self._finish(url)
        return _json({"status": "success", "job_id": job, "timestamp": MOMENT, "original_url": url})

    def _finish(self, url: str) -> None:
        taken = Taken(MOMENT, self.pages.get(url, GOOD))
        if taken not in self.copies.setdefault(url, []):
            self.copies[url].append(taken)


def _json(content: object) -> Reply:
    return Reply(200, json.dumps(content).encode(), {"Content-Type": "application/json"})
