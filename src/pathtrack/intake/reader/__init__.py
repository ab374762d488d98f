"""Files of tables as sheets of cells: text and workbooks alike."""
