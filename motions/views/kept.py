"""Typing that survives a session which has ended, for the forms of motions."""

from members.kept_typing import keeps_typing, take

__all__ = ["keeps_typing", "take"]
