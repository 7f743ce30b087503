"""The verbs of the conference and its calendar."""
