"""Reading, noting and following motions; model motions."""
