"""Other bodies' tables, turned into recommendations and updates."""
