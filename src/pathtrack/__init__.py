"""Keep the recommendations of a policy report honest.

`pathtrack.load(path)` reads a tracker; `pathtrack.standings(tracker, on=date)` returns how each
recommendation stands on a date.
"""

__version__ = "0.1.0"

# Not that of `typing`, which takes long to load: whoever presses Ctrl-C then would see where.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathtrack.errors import PathtrackError as PathtrackError
    from pathtrack.file.store import load as load
    from pathtrack.record.model import Evidence as Evidence
    from pathtrack.record.model import Recommendation as Recommendation
    from pathtrack.record.model import Report as Report
    from pathtrack.record.model import Tracker as Tracker
    from pathtrack.record.model import Update as Update
    from pathtrack.record.standings import Standing as Standing
    from pathtrack.record.standings import standings as standings
    from pathtrack.record.status import Kind as Kind
    from pathtrack.record.status import Status as Status

_MODULES = {
    "PathtrackError": "errors",
    "Evidence": "record.model",
    "Recommendation": "record.model",
    "Report": "record.model",
    "Tracker": "record.model",
    "Update": "record.model",
    "Standing": "record.standings",
    "standings": "record.standings",
    "Kind": "record.status",
    "Status": "record.status",
    "load": "file.store",
}

__all__ = ["__version__", *_MODULES]  # noqa: PLE0604 the names are strings


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that the command line starts quickly."""
    from importlib import import_module  # noqa: PLC0415

    if name not in _MODULES:
        raise AttributeError(f"module 'pathtrack' has no attribute {name!r}")
    return getattr(import_module(f"pathtrack.{_MODULES[name]}"), name)
