"""A conference as a file: read with positions, checked, loaded, written back without loss."""
