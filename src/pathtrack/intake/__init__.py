"""Other bodies' tables, made into recommendations and updates."""
