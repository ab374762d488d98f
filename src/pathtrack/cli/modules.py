"""The modules behind the commands, each loaded when a command first uses it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathtrack import (
        catalogue,
        checks,
        diagnosis,
        document,
        filters,
        git,
        insertion,
        merge,
        model,
        pages,
        payload,
        places,
        state,
        store,
        tables,
        views,
        wants,
    )
else:
    from pathtrack.cli.lazy import lazy

    catalogue = lazy("pathtrack.catalogue")
    checks = lazy("pathtrack.checks")
    diagnosis = lazy("pathtrack.diagnosis")
    document = lazy("pathtrack.document")
    filters = lazy("pathtrack.filters")
    git = lazy("pathtrack.git")
    insertion = lazy("pathtrack.insertion")
    merge = lazy("pathtrack.merge")
    model = lazy("pathtrack.model")
    pages = lazy("pathtrack.pages")
    payload = lazy("pathtrack.payload")
    places = lazy("pathtrack.places")
    state = lazy("pathtrack.state")
    store = lazy("pathtrack.store")
    tables = lazy("pathtrack.tables")
    views = lazy("pathtrack.views")
    wants = lazy("pathtrack.wants")

__all__ = [
    "catalogue",
    "checks",
    "diagnosis",
    "document",
    "filters",
    "git",
    "insertion",
    "merge",
    "model",
    "pages",
    "payload",
    "places",
    "state",
    "store",
    "tables",
    "views",
    "wants",
]
