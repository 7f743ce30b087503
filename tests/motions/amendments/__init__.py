"""Amendments: drafted, sent in, ruled on, shown, carried over, accepted."""
