"""The report of a conference: notes by session, written by rapporteurs, joined by an editor."""
