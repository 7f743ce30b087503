"""Composites: motions on one theme made one, with the consent of each body whose words it has."""
