"""The tracker's file: read, changed, merged, replaced whole."""
