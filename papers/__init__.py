"""Documents that people keep: tagged PDFs made from plain data. Knows nothing of conferences."""
