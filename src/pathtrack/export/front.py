"""A folder of several reports: a front page, and below it the folder of each."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from pathtrack import export
from pathtrack.export import templates
from pathtrack.export.places import stems, told_apart
from pathtrack.export.site import GUIDE, Site
from pathtrack.record import same
from pathtrack.record.together import Together

_TEMPLATE = "front.html"


def folders(names: Iterable[str]) -> list[str]:
    """Return the folder of each report, made of its name in words that every system and address takes.

    Health_2023, health 2023, 보건   →   health-2023, health-2023~2, report
    """
    words = (re.sub(r"[^a-z0-9]+", "-", same.word(each))[:40].strip("-") or "report" for each in names)
    return list(told_apart((stems([word])[word] for word in words), sign="~"))


def files(found: Together, sites: Mapping[str, Site]) -> dict[str, Callable[[], bytes]]:
    """Return what makes each file, by its name; `sites` are those of the reports in order, by folder."""
    made = {folder: replace(site, below_front=True).files for folder, site in sites.items()}
    below = {f"{folder}/{name}": make for folder, files in made.items() for name, make in files.items()}
    guide = {GUIDE: lambda: export.guide().encode(), ".nojekyll": bytes}
    return {"index.html": lambda: page(found, sites).encode(), **guide, **below}


def page(found: Together, below: Iterable[str]) -> str:
    """Return the front page; `below` are the folders of the reports in order."""
    publishers = {each.tracker.report.publisher for each in found.views.values()}
    publisher = publishers.pop() if len(publishers) == 1 else None
    template = templates.environment().get_template(_TEMPLATE)
    return template.render(
        found=found,
        title=f"{publisher}: {found.number}" if publisher else found.number,
        publisher=publisher,
        rows=list(zip(below, found.views.values(), strict=True)),
        language=templates.language,
        **templates.inline(_TEMPLATE),
    )
