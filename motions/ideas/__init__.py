"""Calls for ideas: anybody sends one, it is read before it is published, others support it."""
