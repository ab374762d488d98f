"""Files of tables as rows of cells, whatever they are: CSV, JSON or a workbook."""
