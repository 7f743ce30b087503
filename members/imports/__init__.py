"""Tables that staff bring from elsewhere: read with caution, shown row by row, then written at once.

`reading` turns an upload into cells, `columns` cells into values, a `Kind` values into a plan of
what would be new, changed, unchanged or refused; `services.imports` writes what was shown.
"""
