"""Amendments to published motions: drafted, shown, rebased when the text moves on, accepted."""
