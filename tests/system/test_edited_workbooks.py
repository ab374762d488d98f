"""A cell of our workbook that somebody changed is recorded just so, or a line says that it is not."""

import datetime as dt
import io
from contextlib import suppress
from dataclasses import replace

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from pathtrack import sheet
from pathtrack.export import Format, Rows, document
from pathtrack.intake import columns, guesses, table
from pathtrack.intake import rules as rules_of
from pathtrack.intake.meanings import Vocabulary
from pathtrack.intake.plan import plan
from pathtrack.intake.rules import Rules
from pathtrack.record import crosswalk
from pathtrack.record.view import view as view_of
from samples import TODAY
from test_edits import Edit, edits, require_recorded_or_named
from test_own import NOW

PAGES = {Rows.RECOMMENDATIONS: "Recommendations", Rows.UPDATES: "Updates"}


class Typed(Edit):
    """An edit, typed into our workbook."""

    @property
    def text(self) -> bytes:
        """The workbook with the change, as a spreadsheet keeps what is typed: days and numbers are values."""
        data = document(view_of(self.tracker, on=self.on, by=self.by), Format.XLSX)
        book = openpyxl.load_workbook(io.BytesIO(data))
        page = book[PAGES[self.kind]]
        names = [cell.value for cell in page[1]]
        cell = page.cell(self.line, names.index(self.column) + 1)
        cell.value = typed(self.new)
        for name in self.gone:
            page.delete_cols([each.value for each in page[1]].index(name) + 1)
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    @property
    def line(self) -> int:
        """The number of the changed row."""
        return self.number + 2


def typed(text: str) -> dt.datetime | float | str | None:
    """Return what a spreadsheet makes of a text that is typed into a cell."""
    with suppress(ValueError):
        return dt.datetime.fromisoformat(text) if len(text) == len("2025-01-05") else float(text)
    return text or None


@settings(max_examples=60, deadline=None)
@given(edits(), st.sampled_from([None, "A slip."]))
def test_a_cell_changed_in_our_workbook_is_recorded_just_so_or_named(edit: Edit, reason: str | None) -> None:
    edit = Typed(*edit)
    found = table.read(edit.text, columns.is_name, name="own.xlsx", sheet=PAGES[edit.kind])
    shape = sheet.shape(found.columns)
    chosen = guesses.chosen(found, {}, None, shape)
    orders = rules_of.orders(found, chosen, shape)
    how = Rules(chosen, Vocabulary(crosswalk.known()), "Ben", NOW, date=TODAY, orders=orders, shape=shape)
    require_recorded_or_named(edit, plan(found, replace(how, reason=reason), edit.tracker))
