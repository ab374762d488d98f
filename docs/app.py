"""The application, of which typer makes the reference.

typer docs/app.py utils docs --name=pathtrack --title=Commands > docs/commands.md
"""

from pathtrack.cli import app

__all__ = ["app"]
