"""Campaigns and other undertakings of the party that are no conference, each with a page of its own."""
