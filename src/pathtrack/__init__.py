"""Keep the recommendations of a policy report honest.

`pathtrack.load(path)` reads a tracker; `pathtrack.standings(tracker, on=date)` says how each
recommendation stands on a date.
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from pathtrack.errors import PathtrackError as PathtrackError
    from pathtrack.model import Evidence as Evidence
    from pathtrack.model import Recommendation as Recommendation
    from pathtrack.model import Report as Report
    from pathtrack.model import Tracker as Tracker
    from pathtrack.model import Update as Update
    from pathtrack.state import Standing as Standing
    from pathtrack.state import standings as standings
    from pathtrack.status import Kind as Kind
    from pathtrack.status import Status as Status
    from pathtrack.store import load as load

_HOMES = {
    "PathtrackError": "errors",
    "Evidence": "model",
    "Recommendation": "model",
    "Report": "model",
    "Tracker": "model",
    "Update": "model",
    "Standing": "state",
    "standings": "state",
    "Kind": "status",
    "Status": "status",
    "load": "store",
}

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604 the names are strings


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that the command line starts quickly."""
    from importlib import import_module  # noqa: PLC0415

    if name not in _HOMES:
        raise AttributeError(f"module 'pathtrack' has no attribute {name!r}")
    return getattr(import_module(f"pathtrack.{_HOMES[name]}"), name)
