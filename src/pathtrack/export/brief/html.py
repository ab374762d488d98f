"""The brief as a page that prints on two sheets of A4."""

from pathtrack.export import templates
from pathtrack.export.brief import Brief
from pathtrack.export.content import label


def render(brief: Brief) -> str:
    """Return the page."""
    view, template = brief.content.view, "brief.html"
    language = view.tracker.report.language or "en"
    return (
        templates.environment()
        .get_template(template)
        .render(
            brief=brief,
            view=view,
            language=language,
            own=templates.language(language),
            label=label,
            **templates.inline(template),
        )
    )
