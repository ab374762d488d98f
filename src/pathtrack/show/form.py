"""The protocol of everything that is shown; the modules terminal, plain and json satisfy it."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from pathtrack.record.finding import Finding
from pathtrack.record.model import Update
from pathtrack.record.together import Together
from pathtrack.record.view import Changes, View

Shown_co = TypeVar("Shown_co", covariant=True)
_T = TypeVar("_T")


class Form(Protocol[Shown_co]):
    """One way to show what a command found: one name for one thing in every form."""

    def overview(self, view: View) -> Shown_co:
        """Show a tracker at a glance."""

    def listing(self, view: View) -> Shown_co:
        """Show a row for each recommendation."""

    def moves(self, view: View) -> Shown_co:
        """Show what each actor is asked and has neither done nor refused."""

    def answers(self, view: View) -> Shown_co:
        """Show the counts by answer and status."""

    def pages(self, view: View) -> Shown_co:
        """Show everything about each recommendation."""

    def progress(self, view: View) -> Shown_co:
        """Show the counts by area and status."""

    def years(self, view: View) -> Shown_co:
        """Show the counts at the end of each year with updates."""

    def reports(self, found: Together) -> Shown_co:
        """Show the counts of each report, and of all together."""

    def lists(self, found: Together, *, by_actor: bool = False) -> Shown_co:
        """Show the rows of each report, or what each actor still has to do, and how many there are."""

    def timeline(self, view: View, updates: Sequence[Update]) -> Shown_co:
        """Show updates, oldest first."""

    def changes(self, found: Changes) -> Shown_co:
        """Show the recommendations that changed."""

    def comparison(self, view: View) -> Shown_co:
        """Show the newest judgement of each assessor."""

    def statuses(self) -> Shown_co:
        """Show the eight statuses."""

    def findings(self, found: Sequence[Finding], *, file: str) -> Shown_co:
        """Show what a check found."""


class Ask(Protocol):
    """A request that any form can answer."""

    def __call__(self, form: Form[_T], /) -> _T:
        """Return the answer of a form."""
